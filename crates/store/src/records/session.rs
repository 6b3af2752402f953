use std::collections::BTreeSet;

use riskgate_core::Timestamp;
use riskgate_model::AuthenticationFacts;
use serde::{Deserialize, Serialize};

use super::TokenGrant;
use crate::{Record, Table, tables};

/// A browser that is signed in. The cookie holds a random token; only its digest is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// SHA-256 of the cookie's token, hexadecimal.
    pub id: String,
    /// `sid` claim: names the session without giving it away.
    pub session_id: String,
    /// Who is signed in.
    pub user_id: String,
    /// What was proven, and when.
    pub authentication: AuthenticationFacts,
    /// When it began.
    pub created_date_time: Timestamp,
    /// Address it began from.
    pub ip_address: String,
    /// Program it began with.
    pub user_agent: Option<String>,
    /// `appId` of the applications that were signed in to from it, which are told when it ends.
    #[serde(default)]
    pub applications: BTreeSet<String>,
    /// When it ends at the latest.
    pub expires_date_time: Timestamp,
}

impl Record for Session {
    const TABLE: &'static Table = &tables::SESSIONS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// A browser that is signed in to an application behind forward authentication, on the application's own host. The cookie
/// holds a random token; only its digest is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ApplicationSession {
    /// SHA-256 of the cookie's token, hexadecimal.
    pub id: String,
    /// What the application was granted when the person signed in: who, to which application, from which session.
    pub grant: TokenGrant,
    /// Scheme, host and port the cookie is good on.
    pub origin: String,
    /// When it began.
    pub created_date_time: Timestamp,
    /// When it ends at the latest: with the [`Session`] it came from.
    pub expires_date_time: Timestamp,
}

impl Record for ApplicationSession {
    const TABLE: &'static Table = &tables::APPLICATION_SESSIONS;
    fn id(&self) -> &str {
        &self.id
    }
}
