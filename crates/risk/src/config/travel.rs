use riskgate_model::RiskLevel;
use serde::{Deserialize, Serialize};

/// When two sign-ins are too far apart for the time between them. Shared by `unlikelyTravel` and `mcasImpossibleTravel`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TravelConfig {
    /// Level of a journey nobody makes; one more if the device is new and no second factor was passed, `none` switches both
    /// detections off.
    pub level: RiskLevel,
    /// Least distance in kilometres, after what both places may be off is taken away.
    pub distance: u32,
    /// Least speed in kilometres an hour: an airliner flies at 900.
    pub speed: u32,
    /// How far back earlier sign-ins are looked at, in hours.
    pub hours: u32,
    /// Users of the tenant who make an address, prefix or place one that is shared, so that it says nothing about travel.
    pub shared_by_users: u64,
}

impl Default for TravelConfig {
    fn default() -> Self {
        Self { level: RiskLevel::Medium, distance: 500, speed: 900, hours: 24, shared_by_users: 5 }
    }
}
