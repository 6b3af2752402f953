//! Named locations (Graph contract §1.2.1): validation and the question whether a request comes from one.

mod countries;
mod matcher;
mod ranges;
mod validate;

use riskgate_model::{AnyNamedLocation, CountryLookupMethodType};

pub(crate) use countries::codes;
pub use matcher::{LocationMatcher, Membership};
pub(crate) use ranges::{Bounds, Ranges, bounds};
pub use validate::validate_location;

/// Fills in what Graph echoes for what a client left out: the lookup method of a country location.
pub fn location_with_defaults(mut location: AnyNamedLocation) -> AnyNamedLocation {
    if let AnyNamedLocation::Country(country) = &mut location {
        country.country_lookup_method.get_or_insert(CountryLookupMethodType::ClientIpAddress);
    }
    location
}
