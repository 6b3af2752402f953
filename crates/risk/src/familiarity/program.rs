use riskgate_model::SignInFacts;

use super::known::{Known, Prior, log};
use crate::Feature;
use crate::features::version as version_of;

/// Rate of a new device among people in general.
const NEW_DEVICE: Prior = Prior { at_first: 0.95, later: 0.03 };
/// Share of attackers who imitate the victim's browser.
const IMITATION: f64 = 0.65;
/// Strongest that the device can say.
const CAP: f64 = 10.0;

/// The device, as far as browser and operating system tell.
pub(super) fn device(known: &Known<'_>) -> (Feature, f64) {
    if !known.has(Feature::Device) {
        return (Feature::Device, 0.0);
    }
    let common = known.population_share(Feature::Device, None);
    let parts = known.share(Feature::Browser) * known.share(Feature::OperatingSystem);
    let new = known.novelty(Feature::Device, NEW_DEVICE) * (0.5 * common + 0.5 * parts);
    let usual = known.share(Feature::Device) + new;
    let attack = IMITATION + (1.0 - IMITATION) * common;
    (Feature::Device, (log(attack) - log(usual)).clamp(-CAP, CAP))
}

/// Releases that may have come since without surprise, and one more for every four weeks.
const USUAL_UPGRADE: u32 = 2;
const SECONDS_PER_RELEASE: u64 = 28 * 86_400;
/// What an upgrade too far, and a version older than the user's newest, say.
const FAR_UPGRADE: f64 = 0.7;
const DOWNGRADE: f64 = 1.5;
/// What a version the user had before speaks against an attack, at most.
const KNOWN_VERSION: f64 = 0.7;

/// The version of a known browser: upgrades come by themselves, downgrades do not.
pub(super) fn version(facts: &SignInFacts, known: &Known<'_>) -> (Feature, f64) {
    (Feature::BrowserVersion, version_value(facts, known).unwrap_or(0.0))
}

fn version_value(facts: &SignInFacts, known: &Known<'_>) -> Option<f64> {
    let seen = known.seen(Feature::BrowserVersion).weight;
    if seen > 0.0 {
        return Some(-KNOWN_VERSION * seen / (seen + 1.0));
    }
    let newest = known.context.history.newest_version?;
    let version = version_of(facts.client.browser.as_deref()?)?;
    let absent = facts.at.since(known.context.history.last_sign_in_at?).as_secs();
    let releases = u32::try_from(absent.checked_div(SECONDS_PER_RELEASE)?).unwrap_or(u32::MAX);
    let expected = newest.saturating_add(USUAL_UPGRADE).saturating_add(releases);
    Some(match version {
        _ if version < newest => DOWNGRADE,
        _ if version > expected => FAR_UPGRADE,
        _ => 0.0,
    })
}
