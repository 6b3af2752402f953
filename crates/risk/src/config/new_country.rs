use riskgate_model::RiskLevel;
use serde::{Deserialize, Serialize};

/// Settings of `newCountry`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct NewCountryConfig {
    /// Level of a country that is new for the user; one more if the device is new too. `none` switches it off.
    pub level: RiskLevel,
    /// Days after which a country the user was in counts as new again.
    pub forgotten_after_days: u32,
    /// Days a user is learned before anything is found.
    pub learning_days: u32,
    /// Share of the tenant's users, in percent, from which on a country is usual for everybody.
    pub usual_from_percent: u64,
}

impl Default for NewCountryConfig {
    fn default() -> Self {
        Self { level: RiskLevel::Low, forgotten_after_days: 90, learning_days: 7, usual_from_percent: 2 }
    }
}
