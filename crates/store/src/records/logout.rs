use std::time::Duration;

use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use super::Session;
use crate::{Record, Table, tables};

/// How long it is tried to tell an application that a session has ended.
const LIFETIME: Duration = Duration::from_secs(60 * 60);

/// An application that has to be told that a session has ended (OpenID Connect Back-Channel Logout). It is written in the
/// batch that ends the session, so that none is lost, and goes when the application has taken it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LogoutNotice {
    /// Identifier.
    pub id: String,
    /// `appId` of the application.
    pub client_id: String,
    /// Who was signed in (`sub`).
    pub user_id: String,
    /// The session (`sid`).
    pub session_id: String,
    /// How often it was tried.
    pub attempts: u32,
    /// When it is tried next. A node that tries moves this first, so that others do not try at the same time.
    pub due_date_time: Timestamp,
    /// When it is given up.
    pub expires_date_time: Timestamp,
}

impl Record for LogoutNotice {
    const TABLE: &'static Table = &tables::LOGOUT_NOTICES;
    fn id(&self) -> &str {
        &self.id
    }
}

impl Session {
    /// What has to be written with the end of the session: one notice for each application that was signed in to from it.
    pub fn logout_notices(&self, now: Timestamp, new_id: impl Fn() -> String) -> Vec<LogoutNotice> {
        let notice = |client_id: &String| LogoutNotice {
            id: new_id(),
            client_id: client_id.clone(),
            user_id: self.user_id.clone(),
            session_id: self.session_id.clone(),
            attempts: 0,
            due_date_time: now,
            expires_date_time: now + LIFETIME,
        };
        self.applications.iter().map(notice).collect()
    }
}

/// What an application asks for when it sends a browser to sign out (OpenID Connect RP-Initiated Logout §2), checked. It
/// travels sealed in the address of the sign-out page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SignOutTarget {
    /// Where the browser goes afterwards: an address the application registered, with `state`.
    pub return_to: Option<String>,
    /// `sid` of the id token that came as `id_token_hint`. Only a session that is this one is ended without a question.
    pub session_id: Option<String>,
}

impl SignOutTarget {
    /// Purpose a sealed target is bound to; whoever seals and whoever opens uses this.
    pub const PURPOSE: &'static str = "sign-out-target";
}
