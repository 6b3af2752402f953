use std::collections::BTreeSet;

use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::digest::base64url;
use crate::{IssuedToken, TokenError, TokenService, jws};

/// `idtyp` of a token for a user.
pub(super) const USER: &str = "user";
/// `idtyp` of a token for an application itself.
pub(super) const APP: &str = "app";

/// The claims of an access token. `idtyp` is in every one and in no id token, and so tells them apart.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(super) struct AccessClaims {
    pub(super) aud: String,
    pub(super) iss: String,
    pub(super) iat: i64,
    pub(super) nbf: i64,
    pub(super) exp: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) acr: Option<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) acrs: BTreeSet<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) amr: Vec<String>,
    pub(super) appid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) auth_time: Option<i64>,
    pub(super) azp: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) cnf: Option<Confirmation>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) controls: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) deviceid: Option<String>,
    /// The family of refresh tokens it was issued beside, by a digest that cannot be sent as one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) grant_id: Option<String>,
    pub(super) idtyp: String,
    pub(super) jti: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) name: Option<String>,
    pub(super) oid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) preferred_username: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) roles: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) scp: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) sid: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) signin_state: Vec<String>,
    pub(super) sub: String,
    pub(super) tid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) upn: Option<String>,
    pub(super) uti: String,
    pub(super) ver: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub(super) wids: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub(super) xms_cc: BTreeSet<String>,
}

/// `cnf`: the key the token is bound to (RFC 7800, RFC 9449 §6.1).
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Confirmation {
    /// Its thumbprint.
    pub(super) jkt: String,
}

impl TokenService {
    /// The claims every access token has.
    pub(super) fn common_claims(
        &self,
        now: Timestamp,
        audience: &str,
        app_id: &str,
        object_id: &str,
    ) -> AccessClaims {
        let mut unique = [0; 16];
        self.rng.fill(&mut unique);
        let unique = base64url(&unique);
        AccessClaims {
            aud: audience.to_owned(),
            iss: self.issuer.clone(),
            iat: now.as_seconds(),
            nbf: now.as_seconds(),
            exp: (now + self.lifetime).as_seconds(),
            appid: app_id.to_owned(),
            azp: app_id.to_owned(),
            jti: unique.clone(),
            oid: object_id.to_owned(),
            sub: object_id.to_owned(),
            tid: self.tenant.to_string(),
            uti: unique,
            ver: "2.0".to_owned(),
            ..AccessClaims::default()
        }
    }

    pub(super) async fn sign_access(&self, claims: &AccessClaims) -> Result<IssuedToken, TokenError> {
        let key = self.signing_key().await?;
        let token = jws::sign(&key.header, claims, &key.private)?;
        Ok(IssuedToken { token, lifetime: self.lifetime, expires_at: Timestamp::from_seconds(claims.exp) })
    }
}
