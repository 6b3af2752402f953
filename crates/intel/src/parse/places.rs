use riskgate_model::{GeoCoordinates, SignInLocation};

use super::lines::scan;
use super::private_relay::is_country;
use super::{Limits, ParseError, Parsed, parse_prefix};
use crate::Place;

/// Reads a table of places: `prefix,country,state,city,latitude,longitude,note`, `#` starts a comment line. Country is
/// an ISO 3166-1 alpha-2 code; state, city and both coordinates may be empty; coordinates are WGS 84 degrees.
///
/// # Errors
/// [`ParseError`] when the file as a whole is refused.
pub fn parse_places(bytes: &[u8], limits: &Limits) -> Result<Parsed<Place>, ParseError> {
    scan(bytes, limits, |line| {
        if line.is_empty() || line.starts_with('#') {
            return Ok(None);
        }
        let columns: Vec<&str> = line.splitn(7, ',').map(str::trim).collect();
        let [prefix, country, state, city, latitude, longitude, _note] = columns.as_slice() else {
            return Err("not prefix,country,state,city,latitude,longitude,note");
        };
        let network = parse_prefix(prefix)?;
        if !is_country(country) {
            return Err("the second column is not a two-letter country");
        }
        let location = SignInLocation {
            city: filled(city),
            state: filled(state),
            country_or_region: filled(country),
            geo_coordinates: coordinates(latitude, longitude)?,
        };
        Ok(Some(Place { network, location }))
    })
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn coordinates(latitude: &str, longitude: &str) -> Result<Option<GeoCoordinates>, &'static str> {
    if latitude.is_empty() && longitude.is_empty() {
        return Ok(None);
    }
    let within = |text: &str, bound: f64| text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= bound);
    match (within(latitude, 90.0), within(longitude, 180.0)) {
        (Some(latitude), Some(longitude)) => {
            Ok(Some(GeoCoordinates { latitude: Some(latitude), longitude: Some(longitude), altitude: None }))
        }
        _ => Err("the coordinates are not a latitude and a longitude in degrees"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_read_with_and_without_details() {
        let text = "# head\n178.17.170.0/24,MD,Chisinau,Chisinau,47.0105,28.8638,a note, with commas\n10.1.0.0/16,DE,,,,,office\n";
        let parsed = parse_places(text.as_bytes(), &Limits::default()).unwrap();
        let first = &parsed.entries[0].location;
        assert_eq!(first.city.as_deref(), Some("Chisinau"));
        assert_eq!(first.geo_coordinates.as_ref().unwrap().longitude, Some(28.8638));
        assert_eq!(parsed.entries[1].location.country_or_region.as_deref(), Some("DE"));
        assert!(parsed.entries[1].location.geo_coordinates.is_none());
    }

    #[test]
    fn places_off_the_globe_are_refused() {
        for text in [
            "1.2.3.0/24,MD,,,91,0,",
            "1.2.3.0/24,MD,,,0,181,",
            "1.2.3.0/24,MD,,,NaN,0,",
            "1.2.3.0/24,MD,,,1,,",
            "1.2.3.0/24,Moldova,,,1,1,",
            "1.2.3.0/24,MD,,,1,1",
        ] {
            assert!(parse_places(text.as_bytes(), &Limits::default()).is_err(), "{text}");
        }
    }
}
