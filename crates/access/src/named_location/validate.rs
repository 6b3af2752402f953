use riskgate_model::{
    AnyNamedLocation, CountryLookupMethodType, CountryNamedLocation, IpNamedLocation, IpRange,
};

use super::countries::is_country;
use super::ranges::{Bounds, bounds};
use crate::error::{NamedLocationError, shortened};

/// Most ranges of one location (Graph contract §1.2.1).
const MAX_RANGES: usize = 2_000;
/// Most country codes of one location; there are fewer countries.
const MAX_COUNTRIES: usize = 300;
/// Most characters of a display name.
const MAX_DISPLAY_NAME: usize = 256;
/// A mask must be longer than this, so a range holds fewer addresses than such a network.
const WIDEST_MASK: u32 = 8;

/// Checks a named location before it is stored. Its text is kept as sent, host bits included.
///
/// # Errors
/// The first limit that is broken, or a lookup method that this version does not enforce.
pub fn validate_location(location: &AnyNamedLocation) -> Result<(), NamedLocationError> {
    let name = match location {
        AnyNamedLocation::Ip(location) => &location.display_name,
        AnyNamedLocation::Country(location) => &location.display_name,
    };
    if name.trim().is_empty() || name.chars().count() > MAX_DISPLAY_NAME {
        let problem = format!("it must have between 1 and {MAX_DISPLAY_NAME} characters");
        return Err(NamedLocationError::invalid("displayName", problem));
    }
    match location {
        AnyNamedLocation::Ip(location) => validate_addresses(location),
        AnyNamedLocation::Country(location) => validate_countries(location),
    }
}

fn validate_addresses(location: &IpNamedLocation) -> Result<(), NamedLocationError> {
    if location.ip_ranges.is_empty() || location.ip_ranges.len() > MAX_RANGES {
        let problem = format!("it must have between 1 and {MAX_RANGES} ranges");
        return Err(NamedLocationError::invalid("ipRanges", problem));
    }
    location.ip_ranges.iter().try_for_each(validate_range)
}

fn validate_range(range: &IpRange) -> Result<(), NamedLocationError> {
    let wrong =
        |problem: &str| NamedLocationError::invalid("ipRanges", format!("'{}' {problem}", shown(range)));
    let (is_ordered, is_narrow) = match bounds(range).map_err(wrong)? {
        Bounds::V4(first, last) => {
            let widest = u32::MAX.wrapping_shr(WIDEST_MASK);
            (first <= last, u32::from(last).saturating_sub(u32::from(first)) < widest)
        }
        Bounds::V6(first, last) => {
            let widest = u128::MAX.wrapping_shr(WIDEST_MASK);
            (first <= last, u128::from(last).saturating_sub(u128::from(first)) < widest)
        }
    };
    if !is_ordered {
        return Err(wrong("must have a lowerAddress that is not above its upperAddress"));
    }
    if !is_narrow {
        return Err(wrong("must be narrower than a network with the mask /8"));
    }
    Ok(())
}

fn shown(range: &IpRange) -> String {
    match range {
        IpRange::V4Cidr { cidr_address } | IpRange::V6Cidr { cidr_address } => shortened(cidr_address),
        IpRange::V4 { lower_address, upper_address } | IpRange::V6 { lower_address, upper_address } => {
            format!("{}-{}", shortened(lower_address), shortened(upper_address))
        }
    }
}

fn validate_countries(location: &CountryNamedLocation) -> Result<(), NamedLocationError> {
    let codes = &location.countries_and_regions;
    if codes.is_empty() || codes.len() > MAX_COUNTRIES {
        let problem = format!("it must have between 1 and {MAX_COUNTRIES} codes");
        return Err(NamedLocationError::invalid("countriesAndRegions", problem));
    }
    if let Some(code) = codes.iter().find(|code| !is_country(code)) {
        let problem = format!("'{}' is not a two-letter code of ISO 3166-1", shortened(code));
        return Err(NamedLocationError::invalid("countriesAndRegions", problem));
    }
    match location.country_lookup_method {
        None | Some(CountryLookupMethodType::ClientIpAddress) => Ok(()),
        Some(CountryLookupMethodType::AuthenticatorAppGps) => {
            Err(NamedLocationError::NotEnforced("countryLookupMethod: authenticatorAppGps"))
        }
        Some(CountryLookupMethodType::UnknownFutureValue) => {
            Err(NamedLocationError::invalid("countryLookupMethod", "it must be 'clientIpAddress'"))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn check(json: Value) -> Result<(), String> {
        validate_location(&serde_json::from_value(json).unwrap()).map_err(|error| error.to_string())
    }

    fn range(range: Value) -> Result<(), String> {
        check(json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "id": "", "displayName": "Office",
            "isTrusted": true, "ipRanges": [range]}))
    }

    fn cidr(family: &str, cidr: &str) -> Result<(), String> {
        range(json!({"@odata.type": format!("#microsoft.graph.iP{family}CidrRange"), "cidrAddress": cidr}))
    }

    fn country(codes: Value, method: Value) -> Result<(), String> {
        check(
            json!({"@odata.type": "#microsoft.graph.countryNamedLocation", "id": "", "displayName": "North",
            "countriesAndRegions": codes, "includeUnknownCountriesAndRegions": false, "countryLookupMethod": method}),
        )
    }

    #[test]
    fn networks_need_their_own_family_and_a_mask_longer_than_8() {
        for (family, text, is_valid) in [
            ("v4", "192.0.2.17/24", true),
            ("v4", "10.0.0.0/9", true),
            ("v4", "10.0.0.0/8", false),
            ("v4", "0.0.0.0/0", false),
            ("v4", "192.0.2.1/32", true),
            ("v4", "192.0.2.1/33", false),
            ("v4", "192.0.2.1", false),
            ("v4", "2001:db8::/48", false),
            ("v4", "", false),
            ("v6", "2001:db8::/48", true),
            ("v6", "2001:db8::/9", true),
            ("v6", "2001:db8::/8", false),
            ("v6", "::/0", false),
            ("v6", "192.0.2.0/24", false),
        ] {
            assert_eq!(cidr(family, text).is_ok(), is_valid, "{family} {text}");
        }
        assert_eq!(
            cidr("v4", "10.0.0.0/8").unwrap_err(),
            "'ipRanges' is not valid: '10.0.0.0/8' must be narrower than a network with the mask /8."
        );
    }

    #[test]
    fn address_pairs_are_ordered_and_as_narrow_as_networks() {
        let pair = |family: &str, lower: &str, upper: &str| {
            let kind = format!("#microsoft.graph.iP{family}Range");
            range(json!({"@odata.type": kind, "lowerAddress": lower, "upperAddress": upper})).is_ok()
        };
        assert!(pair("v4", "192.0.2.1", "192.0.2.1"));
        assert!(pair("v6", "2001:db8::1", "2001:db8::ffff"));
        assert!(!pair("v4", "192.0.2.2", "192.0.2.1"));
        assert!(!pair("v4", "0.0.0.0", "255.255.255.255"));
        assert!(!pair("v6", "::", "ffff::"));
        assert!(!pair("v6", "192.0.2.1", "192.0.2.2"));
    }

    #[test]
    fn countries_are_iso_codes_looked_up_by_address() {
        assert_eq!(country(json!(["NO", "CA"]), json!("clientIpAddress")), Ok(()));
        assert_eq!(country(json!(["NO"]), json!(null)), Ok(()));
        assert!(country(json!([]), json!(null)).is_err());
        assert!(country(json!(["Norway"]), json!(null)).unwrap_err().contains("'Norway'"));
        assert!(country(json!(["NO"]), json!("authenticatorAppGps")).unwrap_err().contains("not enforced"));
        assert!(country(json!(["NO"]), json!("unknownFutureValue")).is_err());
    }

    #[test]
    fn names_and_numbers_of_ranges_are_bounded() {
        let location = |name: &str, ranges: usize| {
            let range =
                json!({"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"});
            check(json!({"@odata.type": "#microsoft.graph.ipNamedLocation", "id": "", "displayName": name,
                "isTrusted": false, "ipRanges": vec![range; ranges]}))
        };
        assert_eq!(location("a", 2_000), Ok(()));
        assert!(location("a", 2_001).unwrap_err().contains("2000"));
        assert!(location("a", 0).is_err());
        assert!(location(" ", 1).is_err());
        assert!(location(&"a".repeat(257), 1).is_err());
    }
}
