//! §3.5: where a request comes from.

use std::net::{IpAddr, Ipv6Addr};

use riskgate_model::*;

use super::{Scene, Truth, any, is_met, same};

/// Where a request comes from.
pub struct Place<'a> {
    pub address: IpAddr,
    pub country: Option<&'a str>,
}

pub fn are_met(scene: &Scene<'_>, place: &Place<'_>, locations: &ConditionalAccessLocations) -> bool {
    let include = match locations.include_locations.as_slice() {
        [] => Truth::Yes,
        list => names(scene, place, "includeLocations", list),
    };
    is_met(include, names(scene, place, "excludeLocations", &locations.exclude_locations))
}

fn names(scene: &Scene<'_>, place: &Place<'_>, branch: &'static str, list: &[String]) -> Truth {
    let known = &scene.tenant.locations;
    any(list.iter().map(|item| match item.to_lowercase().as_str() {
        "all" => scene.note(branch, "All", true),
        "alltrusted" => {
            let trusted = known.iter().filter(|location| location.is_trusted());
            scene.note(branch, "AllTrusted", any(trusted.map(|location| lies_in(place, location))))
        }
        _ => match known.iter().find(|location| same(location.id(), item)) {
            Some(location) => scene.note(branch, kind(location), lies_in(place, location)),
            None => scene.note(branch, "missing", Truth::Unknown),
        },
    }))
}

/// The kind of location, as the counters name it.
fn kind(location: &AnyNamedLocation) -> &'static str {
    match location {
        AnyNamedLocation::Ip(location) if location.ip_ranges.iter().any(|range| ends(range).is_none()) => {
            "unreadable range"
        }
        AnyNamedLocation::Ip(location) => match location.ip_ranges.first() {
            Some(IpRange::V4Cidr { .. }) => "iPv4CidrRange",
            Some(IpRange::V6Cidr { .. }) => "iPv6CidrRange",
            Some(IpRange::V4 { .. }) => "iPv4Range",
            Some(IpRange::V6 { .. }) => "iPv6Range",
            None => "no range",
        },
        AnyNamedLocation::Country(location) => {
            match (location.country_lookup_method, location.include_unknown_countries_and_regions) {
                (Some(CountryLookupMethodType::AuthenticatorAppGps), _) => "country by authenticatorAppGps",
                (_, true) => "country or unknown",
                (_, false) => "country",
            }
        }
    }
}

fn lies_in(place: &Place<'_>, location: &AnyNamedLocation) -> Truth {
    match location {
        AnyNamedLocation::Ip(location) => any(location.ip_ranges.iter().map(|range| {
            ends(range).map_or(Truth::Unknown, |(first, last)| {
                let address = number(place.address);
                (first <= address && address <= last).into()
            })
        })),
        AnyNamedLocation::Country(location) => match (location.country_lookup_method, place.country) {
            // Nothing here knows where a telephone is.
            (Some(CountryLookupMethodType::AuthenticatorAppGps), _) => Truth::Unknown,
            (_, None | Some("")) if location.include_unknown_countries_and_regions => Truth::Yes,
            (_, None | Some("")) => Truth::Unknown,
            (_, Some(country)) => {
                location.countries_and_regions.iter().any(|code| same(code, country)).into()
            }
        },
    }
}

/// An IPv4 address is the IPv6 address it is mapped to, so that all of them are on one line of numbers.
fn number(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(address) => u128::from(address.to_ipv6_mapped()),
        IpAddr::V6(address) => u128::from(address),
    }
}

/// First and last address of a range; `None` when it cannot be read.
fn ends(range: &IpRange) -> Option<(u128, u128)> {
    let address = |text: &str| Some(number(text.parse().ok()?));
    match range {
        IpRange::V4Cidr { cidr_address } | IpRange::V6Cidr { cidr_address } => {
            let (text, length) = cidr_address.split_once('/')?;
            let (first, bits): (IpAddr, u32) = (text.parse().ok()?, length.parse().ok()?);
            let host_bits = if first.is_ipv4() { 32_u32 } else { 128 }.checked_sub(bits)?;
            let mask =
                1_u128.checked_shl(host_bits).map_or(u128::from(Ipv6Addr::from([0xff; 16])), |size| size - 1);
            Some((number(first) & !mask, number(first) | mask))
        }
        IpRange::V4 { lower_address, upper_address } | IpRange::V6 { lower_address, upper_address } => {
            Some((address(lower_address)?, address(upper_address)?))
        }
    }
}
