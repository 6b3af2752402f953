use riskgate_model::GeoCoordinates;

/// Mean radius of the earth in kilometres (IUGG).
const EARTH: f64 = 6_371.008_8;

/// Great-circle distance by the haversine formula; `None` without both coordinates of both, or if one is no place.
pub(super) fn kilometres(from: &GeoCoordinates, to: &GeoCoordinates) -> Option<f64> {
    let ((from_latitude, from_longitude), (to_latitude, to_longitude)) = (radians(from)?, radians(to)?);
    let half = |angle: f64| {
        let sine = libm::sin(angle / 2.0);
        sine * sine
    };
    let angle = half(to_latitude - from_latitude)
        + libm::cos(from_latitude) * libm::cos(to_latitude) * half(to_longitude - from_longitude);
    Some(2.0 * EARTH * libm::asin(libm::sqrt(angle.clamp(0.0, 1.0))))
}

fn radians(point: &GeoCoordinates) -> Option<(f64, f64)> {
    let (latitude, longitude) = (point.latitude?, point.longitude?);
    let is_place = latitude.abs() <= 90.0 && longitude.abs() <= 360.0;
    is_place.then(|| (latitude.to_radians(), longitude.to_radians()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(latitude: f64, longitude: f64) -> GeoCoordinates {
        GeoCoordinates { altitude: None, latitude: Some(latitude), longitude: Some(longitude) }
    }

    #[test]
    fn distances_are_those_of_the_atlas() {
        let (oslo, sydney) = (at(59.91, 10.75), at(-33.87, 151.21));
        let (london, new_york) = (at(51.5074, -0.1278), at(40.7128, -74.006));
        for (from, to, expected) in
            [(&oslo, &sydney, 15_955.0), (&london, &new_york, 5_570.0), (&oslo, &oslo, 0.0)]
        {
            let found = kilometres(from, to).unwrap();
            assert!((found - expected).abs() < 40.0, "{found} instead of {expected}");
        }
        assert!(kilometres(&at(91.0, 0.0), &oslo).is_none());
        assert!(kilometres(&GeoCoordinates::default(), &oslo).is_none());
    }

    proptest! {
        #[test]
        fn no_two_places_are_farther_apart_than_half_way_around(
            a in -90.0..=90.0_f64, b in -180.0..=180.0_f64, c in -90.0..=90.0_f64, d in -180.0..=180.0_f64
        ) {
            let (there, back) = (kilometres(&at(a, b), &at(c, d)).unwrap(), kilometres(&at(c, d), &at(a, b)).unwrap());
            prop_assert!((0.0..=20_016.0).contains(&there));
            prop_assert!((there - back).abs() < 1e-6);
        }
    }
}
