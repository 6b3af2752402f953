use super::known::{Known, log, number};
use crate::Feature;

/// What a device cookie that was seen often speaks against an attack, at most: it can be stolen with the session.
const KNOWN_COOKIE: f64 = 4.0;
/// Rate of sign-ins without cookie among people in general, from a device that is known long and from one just seen first.
const MISSING: f64 = 0.05;
const MISSING_AT_FIRST: f64 = 0.8;
/// Share of that for a cookie of ours the user is not known by: the browser of a colleague, or a new cookie.
const UNKNOWN_COOKIE: f64 = 0.5;
/// What a missing cookie says at most.
const CAP: f64 = 4.0;

/// The device cookie: proof of the browser we gave it to. Where one is missing, that says as much as it is rare for the user
/// with this device, and nothing for a new device or for a user who never keeps cookies.
pub(super) fn device_cookie(known: &Known<'_>) -> (Feature, f64) {
    let weight = number(known.seen(Feature::DeviceCookie).weight);
    if weight > 0.0 {
        return (Feature::DeviceCookie, -KNOWN_COOKIE * weight / (weight + 0.5));
    }
    if number(known.seen(Feature::Device).weight) <= 0.0 {
        return (Feature::DeviceCookie, 0.0);
    }
    let prior = if known.context.history.device_cookies == 0 { 1.0 } else { missing_in_general(known) };
    let missing = (-log(known.novelty_within(Feature::Device, prior))).clamp(0.0, CAP);
    let is_genuine = known.has(Feature::DeviceCookie);
    (Feature::DeviceCookie, if is_genuine { missing * UNKNOWN_COOKIE } else { missing })
}

/// A device seen once may not have kept its cookie, or be another of the same kind; one seen often has it.
fn missing_in_general(known: &Known<'_>) -> f64 {
    let weight = number(known.seen(Feature::Device).weight);
    MISSING + (MISSING_AT_FIRST - MISSING) / (1.0 + weight * weight / 4.0)
}
