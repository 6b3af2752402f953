mod new_country;
mod password_spray;
mod sessions;
mod token_issuer_anomaly;
mod travel;
mod unfamiliar_features;
mod user_activity;
mod workload;

pub use new_country::NewCountryConfig;
pub use password_spray::PasswordSprayConfig;
use riskgate_model::RiskLevel;
use serde::{Deserialize, Serialize};
pub use sessions::{
    AnomalousTokenConfig, AttackerInTheMiddleConfig, RiskyIpAddressConfig, SuspiciousBrowserConfig,
};
pub use token_issuer_anomaly::TokenIssuerAnomalyConfig;
pub use travel::TravelConfig;
pub use unfamiliar_features::{TermWeights, UnfamiliarFeaturesConfig};
pub use user_activity::UserActivityConfig;
pub use workload::WorkloadConfig;

/// Everything about the assessment an operator can set. Stored with each sign-in, so that a replay uses the same.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct RiskConfig {
    /// Settings of `anonymizedIPAddress`.
    pub anonymized_ip_address: AnonymizedIpAddressConfig,
    /// Settings of `maliciousIPAddress`.
    pub malicious_ip_address: MaliciousIpAddressConfig,
    /// Settings of `newCountry`.
    pub new_country: NewCountryConfig,
    /// Settings of `passwordSpray`.
    pub password_spray: PasswordSprayConfig,
    /// Settings of `unlikelyTravel` and `mcasImpossibleTravel`.
    pub travel: TravelConfig,
    /// What is usual for applications.
    pub workload: WorkloadConfig,
    /// Settings of `unfamiliarFeatures`.
    pub unfamiliar_features: UnfamiliarFeaturesConfig,
    /// Settings of `anomalousToken`.
    pub anomalous_token: AnomalousTokenConfig,
    /// Settings of `suspiciousBrowser`.
    pub suspicious_browser: SuspiciousBrowserConfig,
    /// Settings of `riskyIPAddress`.
    pub risky_ip_address: RiskyIpAddressConfig,
    /// Settings of `attackerinTheMiddle`.
    pub attacker_in_the_middle: AttackerInTheMiddleConfig,
    /// Settings of `tokenIssuerAnomaly`.
    pub token_issuer_anomaly: TokenIssuerAnomalyConfig,
    /// Settings of `anomalousUserActivity` and `suspiciousAPITraffic`.
    pub user_activity: UserActivityConfig,
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

/// Levels of `maliciousIPAddress`. No list alone lifts a sign-in above medium, so `high` counts as medium there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct MaliciousIpAddressConfig {
    /// Level of an address in a reputation list; `none` switches it off.
    pub listed: RiskLevel,
    /// Level of an address from which nearly all passwords are wrong; `none` switches it off.
    pub failing: RiskLevel,
    /// Least number of attempts within 24 hours before an address is judged by its failures.
    pub attempts: u64,
    /// Least number of different users among the failures.
    pub users: u64,
    /// Least share of failures in percent, at the lower end of its 95 % interval.
    pub failure_percent: u64,
    /// Users of the tenant known to sign in from the address who make it one of the organisation's own.
    pub shared_by_users: u64,
}

impl Default for MaliciousIpAddressConfig {
    fn default() -> Self {
        Self {
            listed: RiskLevel::Medium,
            failing: RiskLevel::Medium,
            attempts: 20,
            users: 5,
            failure_percent: 80,
            shared_by_users: 3,
        }
    }
}
