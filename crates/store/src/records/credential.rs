use riskgate_core::Timestamp;
use riskgate_model::AuthenticationMethodKind;
use serde::{Deserialize, Serialize};

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

/// A registered second factor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthenticationMethod {
    /// Identifier of the method.
    pub id: String,
    /// Whose.
    pub user_id: String,
    /// Which kind.
    pub kind: AuthenticationMethodKind,
    /// The shared secret, sealed with the master key, base64.
    pub sealed_secret: String,
    /// When it was registered.
    pub created_date_time: Timestamp,
    /// The last time step a code was accepted for (RFC 6238 §5.2: a code passes once).
    pub last_used_step: Option<i64>,
}

impl Record for AuthenticationMethod {
    const TABLE: &'static Table = &tables::AUTHENTICATION_METHODS;
    fn id(&self) -> &str {
        &self.id
    }
}
