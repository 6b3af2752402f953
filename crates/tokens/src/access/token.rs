use riskgate_core::Timestamp;

use super::claims::{APP, AccessClaims, USER};
use crate::CLAIMS_CHALLENGES;

/// An access token whose signature was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AccessToken {
    /// `uti`, which names the token in logs.
    pub id: String,
    /// `aud`.
    pub audience: String,
    /// `appid` of the client.
    pub app_id: String,
    /// `iat`.
    pub issued_at: Timestamp,
    /// `nbf`.
    pub not_before: Timestamp,
    /// `exp`.
    pub expires_at: Timestamp,
    /// Whether the client handles claims challenges (`cp1` in `xms_cc`).
    pub handles_claims_challenges: bool,
    /// Thumbprint of the key that whoever presents it must have (`cnf`, RFC 9449 §6.1).
    pub key_thumbprint: Option<String>,
    /// The grant it was issued for, which ends when its refresh tokens are revoked.
    pub grant_id: Option<String>,
    /// On whose behalf the client acts.
    pub actor: Actor,
}

/// On whose behalf a client acts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Actor {
    /// A user's: delegated permissions.
    User(UserActor),
    /// Its own: application permissions.
    Application {
        /// Object identifier of its service principal.
        service_principal_id: String,
        /// `roles`.
        roles: Vec<String>,
    },
}

/// The user part of an access token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserActor {
    /// `oid`.
    pub user_id: String,
    /// `upn`.
    pub user_principal_name: Option<String>,
    /// `name`.
    pub display_name: Option<String>,
    /// `scp`, split at spaces.
    pub scopes: Vec<String>,
    /// `wids`.
    pub role_template_ids: Vec<String>,
    /// `sid`.
    pub session_id: Option<String>,
    /// `acr`.
    pub acr: Option<String>,
    /// `amr`.
    pub amr: Vec<String>,
    /// `auth_time`.
    pub authenticated_at: Option<Timestamp>,
}

impl AccessToken {
    /// Whether it carries the permission, delegated or application, of this name. Case counts.
    pub fn has_permission(&self, name: &str) -> bool {
        let held = match &self.actor {
            Actor::User(user) => &user.scopes,
            Actor::Application { roles, .. } => roles,
        };
        held.iter().any(|permission| permission == name)
    }

    /// `None` if it is neither for a user nor for an application.
    pub(super) fn from_claims(claims: AccessClaims) -> Option<Self> {
        let actor = match claims.idtyp.as_str() {
            USER => Actor::User(UserActor {
                user_id: claims.oid,
                user_principal_name: claims.upn,
                display_name: claims.name,
                scopes: claims.scp.unwrap_or_default().split_whitespace().map(str::to_owned).collect(),
                role_template_ids: claims.wids,
                session_id: claims.sid,
                acr: claims.acr,
                amr: claims.amr,
                authenticated_at: claims.auth_time.map(Timestamp::from_seconds),
            }),
            APP => Actor::Application { service_principal_id: claims.oid, roles: claims.roles },
            _ => return None,
        };
        Some(Self {
            id: claims.uti,
            audience: claims.aud,
            app_id: claims.appid,
            issued_at: Timestamp::from_seconds(claims.iat),
            not_before: Timestamp::from_seconds(claims.nbf),
            expires_at: Timestamp::from_seconds(claims.exp),
            handles_claims_challenges: claims.xms_cc.contains(CLAIMS_CHALLENGES),
            key_thumbprint: claims.cnf.map(|confirmation| confirmation.jkt),
            grant_id: claims.grant_id,
            actor,
        })
    }
}
