use riskgate_model::RiskLevel;
use serde::{Deserialize, Serialize};

/// Settings of `anomalousToken`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AnomalousTokenConfig {
    /// Level of a session that comes from another network owner, country and program than it began with.
    pub three_differences: RiskLevel,
    /// Level of two of the three.
    pub two_differences: RiskLevel,
    /// Level of a session that is used from two countries within ten minutes.
    pub overlap: RiskLevel,
}

impl Default for AnomalousTokenConfig {
    fn default() -> Self {
        Self {
            three_differences: RiskLevel::High,
            two_differences: RiskLevel::Medium,
            overlap: RiskLevel::Medium,
        }
    }
}

/// Settings of `suspiciousBrowser`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct SuspiciousBrowserConfig {
    /// Its level; `none` switches it off.
    pub level: RiskLevel,
    /// Users of one browser within 24 hours.
    pub users: u32,
    /// Countries they came from.
    pub countries: u32,
}

impl Default for SuspiciousBrowserConfig {
    fn default() -> Self {
        Self { level: RiskLevel::Medium, users: 3, countries: 2 }
    }
}

/// Settings of `riskyIPAddress`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RiskyIpAddressConfig {
    /// Its level; `none` switches it off.
    pub level: RiskLevel,
}

impl Default for RiskyIpAddressConfig {
    fn default() -> Self {
        Self { level: RiskLevel::Medium }
    }
}

/// Settings of `attackerinTheMiddle`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AttackerInTheMiddleConfig {
    /// Whether it is found.
    pub is_enabled: bool,
    /// Sign-ins with the browser at least.
    pub sign_ins: f64,
    /// Share of them without a known device cookie at most.
    pub missing_cookie_share: f64,
}

impl Default for AttackerInTheMiddleConfig {
    fn default() -> Self {
        Self { is_enabled: true, sign_ins: 5.0, missing_cookie_share: 0.1 }
    }
}
