use std::time::Duration;

use serde::Serialize;
use serde_json::{Value as Json, json};

use crate::digest::base64url;
use crate::{TokenError, TokenService, jws};

/// `events` of a logout token (OpenID Connect Back-Channel Logout §2.4).
const EVENT: &str = "http://schemas.openid.net/event/backchannel-logout";
/// It is used at once; two minutes are what §4 recommends.
const LIFETIME: Duration = Duration::from_secs(120);

/// What goes into a logout token.
#[derive(Debug, Clone, Copy)]
pub struct LogoutTokenRequest<'a> {
    /// `aud`: the application that is told.
    pub client_id: &'a str,
    /// `sub`: who was signed in.
    pub user_id: &'a str,
    /// `sid`: the session that has ended.
    pub session_id: &'a str,
}

/// OpenID Connect Back-Channel Logout §2.4; there must be no `nonce`, so that it is never taken for an id token.
#[derive(Serialize)]
struct LogoutClaims<'a> {
    iss: &'a str,
    sub: &'a str,
    aud: &'a str,
    iat: i64,
    exp: i64,
    jti: String,
    events: Json,
    sid: &'a str,
}

impl TokenService {
    /// Issues a logout token, which tells an application that a session has ended.
    ///
    /// # Errors
    /// [`TokenError`] if there is no usable signing key.
    pub async fn issue_logout_token(&self, request: LogoutTokenRequest<'_>) -> Result<String, TokenError> {
        let LogoutTokenRequest { client_id, user_id, session_id } = request;
        let now = self.clock.now();
        let mut unique = [0; 16];
        self.rng.fill(&mut unique);
        let claims = LogoutClaims {
            iss: &self.issuer,
            sub: user_id,
            aud: client_id,
            iat: now.as_seconds(),
            exp: (now + LIFETIME).as_seconds(),
            jti: base64url(&unique),
            events: json!({ EVENT: {} }),
            sid: session_id,
        };
        let key = self.signing_key().await?;
        // A type of its own keeps it from being taken for another token (§2.4, RFC 8725 §3.11).
        jws::sign(&jws::typed_header("logout+jwt", key.id()), &claims, &key.private)
    }
}
