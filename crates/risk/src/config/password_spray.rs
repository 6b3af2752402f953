use riskgate_model::RiskLevel;
use serde::{Deserialize, Serialize};

/// When a source or a password counts as spraying, and what a right password from it is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct PasswordSprayConfig {
    /// Level of a right password in a spray; `none` switches the detection off.
    pub level: RiskLevel,
    /// Different users with wrong passwords from one source within an hour.
    pub users_per_hour: u64,
    /// The same within 24 hours, for sprays that take their time.
    pub users_per_day: u64,
    /// Most wrong passwords a user on average: more is guessing and not spraying.
    pub attempts_per_user: u64,
    /// Least share of wrong passwords among all from the source, in percent.
    pub failure_percent: u64,
    /// Different users for whom the same wrong password was tried within 24 hours, from wherever.
    pub users_per_password: u64,
}

impl Default for PasswordSprayConfig {
    fn default() -> Self {
        Self {
            level: RiskLevel::High,
            users_per_hour: 10,
            users_per_day: 25,
            attempts_per_user: 3,
            failure_percent: 90,
            users_per_password: 4,
        }
    }
}
