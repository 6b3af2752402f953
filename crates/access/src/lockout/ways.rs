//! Ways in that policies can tell apart.

use std::collections::BTreeSet;

use riskgate_model::{
    AnyNamedLocation, ClientAppType, ConditionalAccessClientApp, ConditionalAccessDevicePlatform as Platform,
    ConditionalAccessPolicy, ConditionalAccessPolicyState,
};

use super::places::{self, Place};
use crate::keyword::{self, ALL_TRUSTED};

/// Under which circumstances somebody comes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Way {
    pub(super) place: Place,
    pub(super) client_app_type: ClientAppType,
    pub(super) platform: Platform,
}

/// Every platform a request can tell. One that tells none is treated as the worst of them, so it opens no other way.
const PLATFORMS: [Platform; 6] = [
    Platform::Windows,
    Platform::MacOS,
    Platform::Linux,
    Platform::IOS,
    Platform::Android,
    Platform::WindowsPhone,
];

/// At most `most` ways. What no enforced policy looks at is not varied.
pub(super) fn all(
    policies: &[ConditionalAccessPolicy],
    locations: &[AnyNamedLocation],
    most: usize,
) -> Vec<Way> {
    let enforced: Vec<&ConditionalAccessPolicy> =
        policies.iter().filter(|policy| policy.state == ConditionalAccessPolicyState::Enabled).collect();
    let places = places(&enforced, locations);
    let platforms = match enforced.iter().any(|policy| policy.conditions.platforms.is_some()) {
        true => PLATFORMS.to_vec(),
        false => vec![Platform::Windows],
    };
    let clients = match enforced.iter().any(|policy| tells_clients_apart(policy)) {
        true => vec![ClientAppType::Browser, ClientAppType::MobileAppsAndDesktopClients],
        false => vec![ClientAppType::Browser],
    };
    let with_client = |place: Place| {
        let platforms = platforms.clone();
        clients.clone().into_iter().flat_map(move |client_app_type| {
            let place = place.clone();
            platforms.clone().into_iter().map(move |platform| Way {
                place: place.clone(),
                client_app_type,
                platform,
            })
        })
    };
    places.into_iter().flat_map(with_client).take(most).collect()
}

fn tells_clients_apart(policy: &ConditionalAccessPolicy) -> bool {
    let types = &policy.conditions.client_app_types;
    !types.is_empty() && !types.contains(&ConditionalAccessClientApp::All)
}

fn places(enforced: &[&ConditionalAccessPolicy], locations: &[AnyNamedLocation]) -> Vec<Place> {
    let conditions = enforced.iter().filter_map(|policy| policy.conditions.locations.as_ref());
    let named: BTreeSet<String> = conditions
        .flat_map(|locations| locations.include_locations.iter().chain(&locations.exclude_locations))
        .map(|id| id.to_ascii_lowercase())
        .collect();
    let with_trusted = named.iter().any(|id| keyword::is(id, ALL_TRUSTED));
    places::all(&places::named(locations, &named, with_trusted))
}
