use serde::{Deserialize, Serialize};

/// When something is new for an application that gets tokens of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct WorkloadConfig {
    /// Days in which it is learned and nothing is found.
    pub learning_days: u32,
    /// Requests, at most one an hour, that must have been learned.
    pub learning_sign_ins: u32,
    /// Days after which what was not seen is new again.
    pub forget_after_days: u32,
}

impl Default for WorkloadConfig {
    fn default() -> Self {
        Self { learning_days: 2, learning_sign_ins: 3, forget_after_days: 60 }
    }
}
