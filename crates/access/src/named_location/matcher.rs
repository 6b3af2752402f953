use std::collections::BTreeSet;
use std::net::IpAddr;

use riskgate_model::{AnyNamedLocation, CountryLookupMethodType, CountryNamedLocation};

use super::ranges::{self, Ranges};

/// Whether a request comes from a location.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Membership {
    /// It does.
    Inside,
    /// It does not.
    Outside,
    /// It cannot be told: the country of the address is not known, or the location cannot be read.
    Unknown,
}

/// A named location, prepared for many questions.
#[derive(Debug, Clone)]
pub struct LocationMatcher(Kind);

#[derive(Debug, Clone)]
enum Kind {
    Addresses { ranges: Ranges, is_complete: bool },
    Countries { codes: BTreeSet<String>, includes_unknown: bool },
    NotEnforced,
}

impl LocationMatcher {
    /// Prepares a location. Ranges that cannot be read (validation refuses them) make the answer for addresses outside
    /// the others [`Membership::Unknown`].
    pub fn new(location: &AnyNamedLocation) -> Self {
        match location {
            AnyNamedLocation::Ip(location) => {
                let bounds: Vec<_> =
                    location.ip_ranges.iter().filter_map(|range| ranges::bounds(range).ok()).collect();
                let is_complete = bounds.len() == location.ip_ranges.len();
                Self(Kind::Addresses { ranges: Ranges::new(bounds), is_complete })
            }
            AnyNamedLocation::Country(location) => Self(countries(location)),
        }
    }

    /// Whether an address whose country is `country` (two letters, any case) is in the location. A country that is not
    /// known is inside if the location says so, and otherwise [`Membership::Unknown`].
    pub fn membership(&self, address: IpAddr, country: Option<&str>) -> Membership {
        let (is_inside, is_known) = match &self.0 {
            Kind::Addresses { ranges, is_complete } => (ranges.contains(address), *is_complete),
            Kind::Countries { codes, includes_unknown } => match country.filter(|code| !code.is_empty()) {
                Some(code) => (codes.contains(&code.to_ascii_uppercase()), true),
                None => (*includes_unknown, false),
            },
            Kind::NotEnforced => (false, false),
        };
        match (is_inside, is_known) {
            (true, _) => Membership::Inside,
            (false, true) => Membership::Outside,
            (false, false) => Membership::Unknown,
        }
    }
}

fn countries(location: &CountryNamedLocation) -> Kind {
    match location.country_lookup_method {
        None | Some(CountryLookupMethodType::ClientIpAddress) => Kind::Countries {
            codes: location.countries_and_regions.iter().map(|code| code.to_ascii_uppercase()).collect(),
            includes_unknown: location.include_unknown_countries_and_regions,
        },
        Some(_) => Kind::NotEnforced,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::Membership::{Inside, Outside, Unknown};
    use super::*;

    fn location(json: Value) -> LocationMatcher {
        LocationMatcher::new(&serde_json::from_value(json).unwrap())
    }

    fn addresses(ranges: Value) -> LocationMatcher {
        location(json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "id": "a", "displayName": "a",
            "isTrusted": false, "ipRanges": ranges}))
    }

    fn countries(method: &str, includes_unknown: bool) -> LocationMatcher {
        location(
            json!({"@odata.type": "#microsoft.graph.countryNamedLocation", "id": "a", "displayName": "a",
            "countriesAndRegions": ["NO", "ca"], "countryLookupMethod": method,
            "includeUnknownCountriesAndRegions": includes_unknown}),
        )
    }

    #[test]
    fn addresses_are_matched_by_every_kind_of_range() {
        let office = addresses(json!([
            {"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "12.34.221.11/22"},
            {"@odata.type": "#microsoft.graph.iPv6CidrRange", "cidrAddress": "2001:db8::1/48"},
            {"@odata.type": "#microsoft.graph.iPv4Range", "lowerAddress": "192.0.2.10", "upperAddress": "192.0.2.20"},
            {"@odata.type": "#microsoft.graph.iPv6Range", "lowerAddress": "2001:db8:1::a", "upperAddress": "2001:db8:1::b"},
            {"@odata.type": "#microsoft.graph.iPv6CidrRange", "cidrAddress": "::ffff:198.51.100.0/120"},
        ]));
        for (address, membership) in [
            ("12.34.220.0", Inside),
            ("12.34.223.255", Inside),
            ("12.34.224.0", Outside),
            ("::ffff:12.34.221.1", Inside),
            ("2001:db8:0:ffff::", Inside),
            ("2001:db8:1::", Outside),
            ("192.0.2.9", Outside),
            ("192.0.2.10", Inside),
            ("192.0.2.20", Inside),
            ("192.0.2.21", Outside),
            ("2001:db8:1::b", Inside),
            ("2001:db8:1::c", Outside),
            ("198.51.100.7", Inside),
            ("198.51.101.7", Outside),
        ] {
            assert_eq!(office.membership(address.parse().unwrap(), Some("NO")), membership, "{address}");
        }
    }

    #[test]
    fn a_range_that_cannot_be_read_leaves_the_rest_unknown() {
        let broken = addresses(json!([
            {"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"},
            {"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "somewhere"},
        ]));
        assert_eq!(broken.membership("192.0.2.1".parse().unwrap(), None), Inside);
        assert_eq!(broken.membership("198.51.100.1".parse().unwrap(), None), Unknown);
    }

    #[test]
    fn countries_are_matched_without_case_and_the_unknown_one_as_the_location_says() {
        let at = "192.0.2.1".parse().unwrap();
        for (includes_unknown, country, membership) in [
            (false, Some("NO"), Inside),
            (false, Some("CA"), Inside),
            (false, Some("no"), Inside),
            (false, Some("SE"), Outside),
            (true, Some("SE"), Outside),
            (true, None, Inside),
            (false, None, Unknown),
            (false, Some(""), Unknown),
        ] {
            let matcher = countries("clientIpAddress", includes_unknown);
            assert_eq!(matcher.membership(at, country), membership, "{includes_unknown} {country:?}");
        }
    }

    #[test]
    fn a_location_by_position_cannot_be_told() {
        let by_position = countries("authenticatorAppGps", true);
        assert_eq!(by_position.membership("192.0.2.1".parse().unwrap(), Some("NO")), Unknown);
    }
}
