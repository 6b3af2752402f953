use std::collections::BTreeSet;

use riskgate_core::Timestamp;
use riskgate_model::User;
use riskgate_store::records::TokenGrant;
use serde::Serialize;

use crate::authentication::{acr, amr, auth_time};
use crate::digest::{base64url, sha256};
use crate::{IssuedToken, TokenError, TokenService, jws};

/// What goes into an id token.
#[derive(Debug, Clone, Copy)]
pub struct IdTokenRequest<'a> {
    /// What was granted: client, nonce, session, proofs.
    pub grant: &'a TokenGrant,
    /// The user as he is now.
    pub user: &'a User,
    /// The access token issued with it, for `at_hash`.
    pub access_token: Option<&'a str>,
    /// The code issued with it by the authorization endpoint, for `c_hash`.
    pub code: Option<&'a str>,
}

/// OpenID Connect Core §2 and §3.1.3.6, and the claims MSAL builds an account from.
#[derive(Serialize)]
struct IdClaims<'a> {
    aud: &'a str,
    iss: &'a str,
    iat: i64,
    nbf: i64,
    exp: i64,
    acr: String,
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    acrs: &'a BTreeSet<String>,
    amr: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    at_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    auth_time: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    c_hash: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nonce: Option<&'a str>,
    oid: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    preferred_username: Option<&'a str>,
    sid: &'a str,
    sub: &'a str,
    tid: String,
    ver: &'static str,
}

impl TokenService {
    /// Issues an id token for the client of a grant. `email` is in it when the scope of that name was granted.
    ///
    /// # Errors
    /// [`TokenError`] if there is no usable signing key.
    pub async fn issue_id_token(&self, request: IdTokenRequest<'_>) -> Result<IssuedToken, TokenError> {
        let IdTokenRequest { grant, user, access_token, code } = request;
        let now = self.clock.now();
        let has_email = grant.scopes.iter().any(|scope| scope == "email");
        let claims = IdClaims {
            aud: &grant.client_id,
            iss: &self.issuer,
            iat: now.as_seconds(),
            nbf: now.as_seconds(),
            exp: (now + self.lifetime).as_seconds(),
            acr: acr(&grant.authentication),
            acrs: &grant.claims.id_token_contexts,
            amr: amr(&grant.authentication),
            at_hash: access_token.map(half_hash),
            auth_time: auth_time(&grant.authentication),
            c_hash: code.map(half_hash),
            email: user.mail.as_deref().filter(|_| has_email),
            name: user.display_name.as_deref(),
            nonce: grant.nonce.as_deref(),
            oid: &user.id,
            preferred_username: user.user_principal_name.as_deref(),
            sid: &grant.session_id,
            sub: &user.id,
            tid: self.tenant.to_string(),
            ver: "2.0",
        };
        let key = self.signing_key().await?;
        let token = jws::sign(&key.header, &claims, &key.private)?;
        Ok(IssuedToken { token, lifetime: self.lifetime, expires_at: Timestamp::from_seconds(claims.exp) })
    }
}

/// `at_hash` and `c_hash`: the left half of the SHA-256 (OpenID Connect Core §3.1.3.6, §3.3.2.11).
fn half_hash(text: &str) -> String {
    base64url(&sha256(text.as_bytes())[..16])
}
