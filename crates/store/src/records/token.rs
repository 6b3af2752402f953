use std::collections::BTreeSet;
use std::net::IpAddr;

use riskgate_core::Timestamp;
use riskgate_model::{AuthenticationFacts, UserAction};
use serde::{Deserialize, Serialize};

use super::DeviceSignIn;
use crate::{Record, Table, tables};

/// An authorization request that was checked (RFC 6749 §4.1.1, OpenID Connect Core §3.1.2.1).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationRequest {
    /// `client_id`, an `appId`.
    pub client_id: String,
    /// `redirect_uri` as sent.
    pub redirect_uri: String,
    /// `response_mode`: `query`, `fragment` or `form_post`.
    pub response_mode: String,
    /// `scope` as sent, split at spaces.
    pub scopes: Vec<String>,
    /// `state`, byte for byte.
    pub state: Option<String>,
    /// `nonce`.
    pub nonce: Option<String>,
    /// `code_challenge` (RFC 7636, S256).
    pub code_challenge: Option<String>,
    /// `prompt` values.
    pub prompt: Vec<String>,
    /// `login_hint`.
    pub login_hint: Option<String>,
    /// `max_age` in seconds.
    pub max_age: Option<u64>,
    /// `client-request-id`, echoed as correlation id; a GUID.
    pub correlation_id: String,
    /// `claims`.
    #[serde(default)]
    pub claims: RequestedClaims,
    /// Thumbprint of the key that the code is bound to: `dpop_jkt`, or that of a pushed proof (RFC 9449 §10).
    #[serde(default)]
    pub dpop_key: Option<String>,
}

/// What the `claims` parameter of a request asks for (OpenID Connect Core §5.5), as far as anything follows from it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct RequestedClaims {
    /// Authentication contexts for the access token (`acrs`), `c1` to `c99`; each is a condition.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub access_token_contexts: BTreeSet<String>,
    /// Authentication contexts for the id token (`acrs`), `c1` to `c99`; each is a condition.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub id_token_contexts: BTreeSet<String>,
    /// What the client can do (`xms_cc`): `cp1` if it handles claims challenges.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub client_capabilities: BTreeSet<String>,
    /// The user must have proven something at this moment or later (`nbf` of a claims challenge).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub authenticated_since: Option<Timestamp>,
    /// `acr` of the sign-in must be one of these; empty if any will do.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub acr_values: BTreeSet<String>,
    /// The user must be this one (`sub`).
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subject: Option<String>,
}

impl RequestedClaims {
    /// Every authentication context that is asked for.
    pub fn contexts(&self) -> BTreeSet<String> {
        self.access_token_contexts.union(&self.id_token_contexts).cloned().collect()
    }
}

/// What was granted to a client on behalf of a user.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TokenGrant {
    /// `appId` of the client.
    pub client_id: String,
    /// The user.
    pub user_id: String,
    /// Scopes as requested, for the `scope` of answers.
    pub scopes: Vec<String>,
    /// What was proven.
    pub authentication: AuthenticationFacts,
    /// The session it came from (`sid`).
    pub session_id: String,
    /// The sign-in it came from.
    pub sign_in_id: String,
    /// `nonce` of the request.
    pub nonce: Option<String>,
    /// When the grant was made; revoked when the user's sessions are valid only from later.
    pub granted_date_time: Timestamp,
    /// What was asked for by `claims`. Its authentication contexts were satisfied when the grant was made, or later.
    #[serde(default)]
    pub claims: RequestedClaims,
    /// What policies asked of the session then.
    #[serde(default)]
    pub session: GrantedSession,
    /// Thumbprint of the key that whoever uses the grant has to prove (RFC 9449); `None` if any client will do that proves
    /// itself.
    #[serde(default)]
    pub dpop_key: Option<String>,
}

/// What policies asked of the session a grant came from, as far as tokens tell it to applications.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct GrantedSession {
    /// Whether some resource of the sign-in is told to restrict what an unmanaged device may do.
    pub application_enforced_restrictions: bool,
    /// Whether the browser stays signed in when it is closed.
    pub stays_signed_in: bool,
}

/// An authorization code waiting to be redeemed, once.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AuthorizationCode {
    /// SHA-256 of the code, hexadecimal.
    pub id: String,
    /// What it stands for.
    pub grant: TokenGrant,
    /// `redirect_uri` of the request.
    pub redirect_uri: String,
    /// `code_challenge` of the request.
    pub code_challenge: Option<String>,
    /// The refresh token family it was redeemed for; a second redemption revokes it (RFC 6749 §4.1.2).
    pub redeemed_family: Option<String>,
    /// When it was redeemed.
    pub redeemed_date_time: Option<Timestamp>,
    /// When it is too late.
    pub expires_date_time: Timestamp,
}

impl Record for AuthorizationCode {
    const TABLE: &'static Table = &tables::AUTHORIZATION_CODES;
    fn id(&self) -> &str {
        &self.id
    }
}

/// A client as it showed itself when it was handed a token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IssuedTo {
    /// When.
    pub at: Timestamp,
    /// Where it was.
    pub ip_address: IpAddr,
    /// What it was.
    pub user_agent: Option<String>,
}

/// All refresh tokens that came from one grant; only the newest is good (RFC 9700 §4.14).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RefreshTokenFamily {
    /// Identifier; the first part of every token of the family.
    pub id: String,
    /// `userId` of the grant, for revocation.
    pub user_id: String,
    /// What the tokens stand for.
    pub grant: TokenGrant,
    /// SHA-256 of the newest token, hexadecimal.
    pub current_digest: String,
    /// To whom the first token was handed out; a use that is too different may be of a stolen one.
    #[serde(default)]
    pub issued_to: Option<IssuedTo>,
    /// How many tokens were issued.
    pub generation: i64,
    /// Whether a new token moves `expires_date_time`; those of single-page applications end at a fixed moment.
    pub is_sliding: bool,
    /// When all of them were revoked, and never mind by what.
    pub revoked_date_time: Option<Timestamp>,
    /// When the newest token is too old.
    pub expires_date_time: Timestamp,
}

impl Record for RefreshTokenFamily {
    const TABLE: &'static Table = &tables::REFRESH_TOKENS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// An access token that is not accepted any more, although it says that it is good (RFC 7009). It is kept until the token
/// would have expired.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RevokedAccessToken {
    /// `jti` of the token; or `grant:` and the `grant_id` of all tokens of a grant.
    pub id: String,
    /// `exp` of the token, or of the last one of the grant.
    pub expires_date_time: Timestamp,
}

impl Record for RevokedAccessToken {
    const TABLE: &'static Table = &tables::REVOKED_ACCESS_TOKENS;
    fn id(&self) -> &str {
        &self.id
    }
}

/// Where a sign-in leads. It travels sealed in the address of the sign-in page, so that a visitor who has proven nothing
/// writes nothing to the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum SignInTarget {
    /// Back to an application.
    Application(Box<AuthorizationRequest>),
    /// To the approval of another device.
    Device(Box<DeviceSignIn>),
    /// To a page of Riskgate's own: its path.
    Page(String),
    /// To something done on a page of Riskgate's own that policies have a word for.
    Action {
        /// Path of the page.
        path: String,
        /// What is done there.
        user_action: UserAction,
    },
}

impl SignInTarget {
    /// Purpose a sealed target is bound to; whoever seals and whoever opens uses this.
    pub const PURPOSE: &'static str = "sign-in-target";
}
