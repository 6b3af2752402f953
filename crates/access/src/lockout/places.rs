//! Places that the named locations can tell apart, one of each.

use std::collections::{BTreeMap, BTreeSet};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use riskgate_model::{AnyNamedLocation, IpNamedLocation, NetworkFacts, SignInLocation};

use crate::named_location::{Bounds, LocationMatcher, Membership, bounds, codes};

/// Most addresses that are looked at.
const MOST_ADDRESSES: usize = 4_000;
/// The address that stands for anywhere.
const ANYWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));

/// A place somebody may be in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) address: IpAddr,
    /// Two letters; `None` for a country that is not known.
    pub(super) country: Option<String>,
}

impl Place {
    /// The facts of a network there.
    pub(super) fn facts(&self) -> NetworkFacts {
        let country = self.country.clone();
        let location = country
            .map(|country| SignInLocation { country_or_region: Some(country), ..SignInLocation::default() });
        NetworkFacts { location, ..NetworkFacts::unknown(self.address) }
    }
}

/// One place for every combination of locations that some address and country are in; the ones in none of them first.
///
/// Addresses behave alike between two borders of ranges, so the first address of each range and the one behind it stand for
/// all. Countries behave alike if the same locations name them.
pub(super) fn all(locations: &[&AnyNamedLocation]) -> Vec<Place> {
    let addresses = addresses(locations);
    let countries = countries(locations);
    let mut places = Vec::with_capacity(addresses.len().saturating_mul(countries.len()));
    for address in &addresses {
        places.extend(countries.iter().map(|country| Place { address: *address, country: country.clone() }));
    }
    places
}

fn addresses(locations: &[&AnyNamedLocation]) -> Vec<IpAddr> {
    let by_address: Vec<&IpNamedLocation> = locations
        .iter()
        .filter_map(|location| match location {
            AnyNamedLocation::Ip(location) => Some(location),
            AnyNamedLocation::Country(_) => None,
        })
        .collect();
    let matchers = matchers(locations, |location| matches!(location, AnyNamedLocation::Ip(_)));
    let share = MOST_ADDRESSES.checked_div(by_address.len().saturating_mul(2)).unwrap_or(0).max(1);
    let borders = by_address.iter().flat_map(|location| {
        let readable = location.ip_ranges.iter().filter_map(|range| bounds(range).ok());
        readable.take(share).flat_map(borders)
    });
    let distinct = distinct(std::iter::once(ANYWHERE).chain(borders).take(MOST_ADDRESSES), |address| {
        memberships(&matchers, *address, None)
    });
    nowhere_first(distinct)
}

/// The first address of a range and the one behind it.
fn borders(range: Bounds) -> Vec<IpAddr> {
    let (first, behind) = match range {
        Bounds::V4(first, last) => {
            (IpAddr::V4(first), u32::from(last).checked_add(1).map(|next| IpAddr::V4(Ipv4Addr::from(next))))
        }
        Bounds::V6(first, last) => {
            (IpAddr::V6(first), u128::from(last).checked_add(1).map(|next| IpAddr::V6(Ipv6Addr::from(next))))
        }
    };
    std::iter::once(first).chain(behind).collect()
}

fn countries(locations: &[&AnyNamedLocation]) -> Vec<Option<String>> {
    let matchers = matchers(locations, |location| matches!(location, AnyNamedLocation::Country(_)));
    if matchers.is_empty() {
        return vec![None];
    }
    let known = codes().map(|code| Some(code.to_owned()));
    let distinct =
        distinct(known.chain([None]), |country| memberships(&matchers, ANYWHERE, country.as_deref()));
    nowhere_first(distinct)
}

fn matchers(locations: &[&AnyNamedLocation], wanted: fn(&AnyNamedLocation) -> bool) -> Vec<LocationMatcher> {
    locations
        .iter()
        .filter(|location| wanted(location))
        .map(|location| LocationMatcher::new(location))
        .collect()
}

/// In which of the locations a place is: `+` inside, `-` outside, `?` unknown.
fn memberships(matchers: &[LocationMatcher], address: IpAddr, country: Option<&str>) -> String {
    let sign = |matcher: &LocationMatcher| match matcher.membership(address, country) {
        Membership::Inside => '+',
        Membership::Outside => '-',
        Membership::Unknown => '?',
    };
    matchers.iter().map(sign).collect()
}

/// The first item of every kind, with its kind.
fn distinct<T>(items: impl IntoIterator<Item = T>, kind: impl Fn(&T) -> String) -> BTreeMap<String, T> {
    let mut first = BTreeMap::new();
    for item in items {
        first.entry(kind(&item)).or_insert(item);
    }
    first
}

/// The item that is in no location before those that are in some.
fn nowhere_first<T>(items: BTreeMap<String, T>) -> Vec<T> {
    let mut items: Vec<(String, T)> = items.into_iter().collect();
    items.sort_by_key(|(kind, _)| kind.chars().filter(|sign| *sign != '-').count());
    items.into_iter().map(|(_, item)| item).collect()
}

/// The locations a set of identifiers names, or every trusted one as well.
pub(super) fn named<'a>(
    locations: &'a [AnyNamedLocation],
    ids: &BTreeSet<String>,
    with_trusted: bool,
) -> Vec<&'a AnyNamedLocation> {
    let is_named = |location: &&AnyNamedLocation| {
        ids.contains(&location.id().to_ascii_lowercase()) || with_trusted && location.is_trusted()
    };
    locations.iter().filter(is_named).collect()
}
