//! Sessions to try the detections of continued sessions with.

use riskgate_model::{SignInFacts, SignInLocation};

use super::samples::{after_start, facts_from};
use crate::{Features, RiskContext, SessionFacts, SessionUse, UserHistory};

/// From where and with what.
#[derive(Debug, Clone, Copy)]
pub(super) struct Where {
    pub(super) owner: u32,
    pub(super) country: &'static str,
    pub(super) browser: &'static str,
    pub(super) system: &'static str,
}

fn facts(place: Where, minutes: u64) -> SignInFacts {
    let mut facts = facts_from("192.0.2.7");
    facts.at = after_start(minutes.saturating_mul(60));
    facts.network.autonomous_system_number = Some(place.owner);
    facts.network.location = Some(SignInLocation {
        country_or_region: Some(place.country.to_owned()),
        ..SignInLocation::default()
    });
    facts.client.browser = Some(place.browser.to_owned());
    facts.client.operating_system = Some(place.system.to_owned());
    facts
}

fn session_use(place: Where, minutes: u64) -> SessionUse {
    SessionUse {
        at: facts(place, minutes).at,
        network_owner: Some(format!("AS{}", place.owner)),
        country: Some(place.country.to_owned()),
        browser: Some(place.browser.to_owned()),
        operating_system: Some(place.system.to_owned()),
        is_egress: false,
    }
}

/// A session that began an hour ago.
pub(super) fn used(began: Where, now: Where) -> (SignInFacts, RiskContext) {
    let session = Some(SessionFacts { began: session_use(began, 0), recent: Vec::new() });
    (facts(now, 60), RiskContext { session, ..RiskContext::default() })
}

/// The same, used where it began five minutes ago.
pub(super) fn overlapping(began: Where, now: Where) -> (SignInFacts, RiskContext) {
    let (facts, mut context) = used(began, now);
    context.session.iter_mut().for_each(|session| session.recent = vec![session_use(began, 55)]);
    (facts, context)
}

/// The same by a device and in a network the user is known with.
pub(super) fn known_device(began: Where, now: Where) -> (SignInFacts, RiskContext) {
    let (mut facts, mut context) = used(began, now);
    facts.client.device_cookie_id = Some("device-1".to_owned());
    let mut history = UserHistory::default();
    history.learn(&facts);
    context.history = history.facts_for(&Features::of(&facts), facts.at);
    (facts, context)
}
