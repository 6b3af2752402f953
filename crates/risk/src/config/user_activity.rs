use serde::{Deserialize, Serialize};

/// Settings of `anomalousUserActivity` and `suspiciousAPITraffic`: when people do something unusual here.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct UserActivityConfig {
    /// Days in which somebody's activities are learned and no burst is found.
    pub learning_days: u32,
    /// Days after which an activity that was not done is new again.
    pub forget_after_days: u32,
    /// How unlikely so many activities of a kind within an hour must be, by what is usual.
    pub probability: f64,
    /// What counts as usual at least, of an activity that gives power.
    pub privileged_per_hour: u32,
    /// The same of any other.
    pub others_per_hour: u32,
    /// Objects of the directory read within ten minutes, at least.
    pub reads: u32,
    /// Times the busiest ten minutes before.
    pub times_busiest_reads: f64,
    /// Objects within ten minutes of somebody who is still learned.
    pub reads_of_strangers: u32,
}

impl Default for UserActivityConfig {
    fn default() -> Self {
        Self {
            learning_days: 14,
            forget_after_days: 90,
            probability: 1e-6,
            privileged_per_hour: 2,
            others_per_hour: 10,
            reads: 200,
            times_busiest_reads: 10.0,
            reads_of_strangers: 2_000,
        }
    }
}
