//! What detections ask of a user's history.

use crate::{Feature, HistoryFacts};

/// Whether the browser brought a device cookie the user signed in with on at least two days.
pub(super) fn is_known_device(history: &HistoryFacts) -> bool {
    days(history, Feature::DeviceCookie) >= 2
}

/// Whether neither the device cookie nor the browser with its system was ever seen with the user.
pub(super) fn is_new_device(history: &HistoryFacts) -> bool {
    let is_new = |feature| days(history, feature) == 0;
    is_new(Feature::DeviceCookie) && (is_new(Feature::Browser) || is_new(Feature::OperatingSystem))
}

/// Days on which the user signed in with the attempt's value of a feature.
pub(super) fn days(history: &HistoryFacts, feature: Feature) -> u32 {
    history.values.get(&feature).map_or(0, |seen| seen.days)
}
