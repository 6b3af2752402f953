use serde::{Deserialize, Serialize};

/// Something that is probably not meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// Identifier of the rule that found it.
    pub rule: String,
    /// How bad it is.
    pub severity: Severity,
    /// Identifier of the policy it is about.
    pub policy_id: String,
    /// The policy's name.
    pub policy_name: String,
    /// What is wrong, in one or two sentences.
    pub problem: String,
    /// What to do about it.
    pub remedy: String,
}

/// How bad a finding is, the worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Severity {
    /// People can be locked out, or the policy does not do what it says.
    Error,
    /// Probably a mistake.
    Warning,
    /// Worth knowing.
    Information,
}

impl Severity {
    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Information => "information",
        }
    }
}
