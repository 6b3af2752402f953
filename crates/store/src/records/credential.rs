use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::AuthenticationMethodKind;
use serde::{Deserialize, Serialize};

use super::ApprovalPhone;
use crate::{Record, Table, tables};

/// A user's password, apart from the user so that no directory read ever loads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UserCredential {
    /// Object identifier of the user.
    pub id: String,
    /// Argon2id hash in PHC form.
    pub password_hash: String,
    /// When the password was set.
    pub changed_date_time: Timestamp,
    /// Whether it must be changed at the next sign-in.
    pub must_change: bool,
}

impl Record for UserCredential {
    const TABLE: &'static Table = &tables::USER_CREDENTIALS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// A registered method besides the password.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationMethod {
    /// Identifier of the method.
    pub id: String,
    /// Whose.
    pub user_id: String,
    /// Which kind.
    pub kind: AuthenticationMethodKind,
    /// The shared secret, sealed with the master key, base64; empty for a passkey and a phone, which share none.
    pub sealed_secret: String,
    /// When it was registered.
    pub created_date_time: Timestamp,
    /// The last time step a code was accepted for (RFC 6238 §5.2: a code passes once).
    pub last_used_step: Option<i64>,
    /// What its owner calls it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub display_name: Option<String>,
    /// The public part of a passkey.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub passkey: Option<PasskeyCredential>,
    /// What is known of a phone that approves sign-ins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub phone: Option<ApprovalPhone>,
    /// What is kept of a temporary access pass.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub temporary_access_pass: Option<TemporaryAccessPass>,
}

impl AuthenticationMethod {
    /// Whether its owner could use it now. Only temporary access passes begin and end.
    pub fn is_usable(&self, now: Timestamp) -> bool {
        self.temporary_access_pass.as_ref().is_none_or(|pass| pass.is_usable(now))
    }
}

/// What is kept of a temporary access pass.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TemporaryAccessPass {
    /// Keyed digest of the pass.
    pub digest: String,
    /// From when on it is good.
    pub start_date_time: Timestamp,
    /// For how long.
    pub lifetime_in_minutes: i32,
    /// Whether it is good once.
    pub is_usable_once: bool,
    /// Whether it was used.
    pub was_used: bool,
}

impl TemporaryAccessPass {
    /// When it is good no longer.
    pub fn end(&self) -> Timestamp {
        let minutes = u64::try_from(self.lifetime_in_minutes).unwrap_or(0);
        self.start_date_time + Duration::from_secs(minutes.saturating_mul(60))
    }

    /// Whether it is good now.
    pub fn is_usable(&self, now: Timestamp) -> bool {
        self.start_date_time <= now && now < self.end() && !(self.is_usable_once && self.was_used)
    }
}

/// What is kept of a passkey (Web Authentication §4, credential record).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PasskeyCredential {
    /// Identifier, public key, signature counter and flags, as the library that verifies writes them.
    pub credential: serde_json::Value,
    /// Which make of authenticator it is, as that says without proof; a GUID.
    pub aa_guid: Option<String>,
    /// SHA-256 of the challenges it answered that have not expired yet, hexadecimal, each with its end.
    #[serde(default)]
    pub answered_challenges: Vec<(String, Timestamp)>,
}

impl Record for AuthenticationMethod {
    const TABLE: &'static Table = &tables::AUTHENTICATION_METHODS;
    fn id(&self) -> &str {
        &self.id
    }
}
