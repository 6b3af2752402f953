use riskgate_model::RiskLevel;
use serde::{Deserialize, Serialize};

/// Everything about the assessment an operator can set. Stored with each sign-in, so that a replay uses the same.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RiskConfig {
    /// Settings of `anonymizedIPAddress`.
    pub anonymized_ip_address: AnonymizedIpAddressConfig,
    /// Settings of `maliciousIPAddress`.
    pub malicious_ip_address: MaliciousIpAddressConfig,
}

/// Levels of `anonymizedIPAddress` by kind of egress; `none` switches a kind off. No list alone lifts a sign-in above
/// medium, so `high` counts as medium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct AnonymizedIpAddressConfig {
    /// Level of a Tor exit.
    pub tor: RiskLevel,
    /// Level of a commercial virtual private network.
    pub vpn: RiskLevel,
    /// Level of a browser in a hosting range.
    pub hosting: RiskLevel,
}

impl Default for AnonymizedIpAddressConfig {
    fn default() -> Self {
        Self { tor: RiskLevel::Medium, vpn: RiskLevel::Low, hosting: RiskLevel::Low }
    }
}

/// Levels of `maliciousIPAddress`. No list alone lifts a sign-in above medium, so `high` counts as medium.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct MaliciousIpAddressConfig {
    /// Level of an address in a reputation list; `none` switches it off.
    pub listed: RiskLevel,
}

impl Default for MaliciousIpAddressConfig {
    fn default() -> Self {
        Self { listed: RiskLevel::Medium }
    }
}
