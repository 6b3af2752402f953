use super::known::{Known, log, number, smoothed};
use crate::Feature;

/// What a device cookie that was seen often speaks against an attack, at most: it can be stolen with the session.
const KNOWN_COOKIE: f64 = 6.0;
/// Rate of sign-ins without cookie among people in general, from a device that is known long and from one just seen first.
const MISSING: f64 = 0.08;
const MISSING_AT_FIRST: f64 = 0.8;
/// Share of that for a cookie of ours the user is not known by: the browser of a colleague, or a new cookie.
const UNKNOWN_COOKIE: f64 = 0.2;
/// What a missing cookie says at most.
const CAP: f64 = 4.0;

/// The device cookie: proof of the browser we gave it to. Where one is missing, that says as much as it is rare for the user
/// with this device, and nothing for a user who never keeps cookies. A new device is taken as one seen once, which could not
/// bring one then: otherwise a device would become more suspicious by being seen.
pub(super) fn device_cookie(known: &Known<'_>) -> (Feature, f64) {
    let weight = number(known.seen(Feature::DeviceCookie).weight);
    let value = if weight > 0.0 {
        -KNOWN_COOKIE * weight / (weight + 0.5)
    } else if known.context.history.device_cookies == 0 {
        0.0
    } else {
        let is_genuine = known.has(Feature::DeviceCookie);
        missing(known) * if is_genuine { UNKNOWN_COOKIE } else { 1.0 }
    };
    (Feature::DeviceCookie, value)
}

fn missing(known: &Known<'_>) -> f64 {
    let device = number(known.seen(Feature::Device).weight);
    let rate = if device > 0.0 {
        known.novelty_within(Feature::Device, missing_in_general(device))
    } else {
        smoothed(0.0, 1.0, missing_in_general(1.0))
    };
    (-log(rate)).clamp(0.0, CAP)
}

/// A device seen once may not have kept its cookie, or be another of the same kind; one seen often has it.
fn missing_in_general(weight: f64) -> f64 {
    MISSING + (MISSING_AT_FIRST - MISSING) / (1.0 + weight * weight / 4.0)
}
