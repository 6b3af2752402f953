use serde::{Deserialize, Serialize};

/// Settings of `tokenIssuerAnomaly`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct TokenIssuerAnomalyConfig {
    /// Signs for medium.
    pub medium: u32,
    /// Signs for high.
    pub high: u32,
    /// Sign-ins of the user through the provider before his own are compared, with decay.
    pub sign_ins: f64,
    /// Sign-ins of all users through the provider before theirs are compared, with decay.
    pub provider_sign_ins: f64,
}

impl Default for TokenIssuerAnomalyConfig {
    fn default() -> Self {
        Self { medium: 2, high: 3, sign_ins: 5.0, provider_sign_ins: 20.0 }
    }
}
