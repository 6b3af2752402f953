use std::collections::BTreeSet;
use std::net::IpAddr;

use crate::ContinuedSession;
use riskgate_model::{AuthenticationFacts, ClientAppType, User, UserAction};

/// Somebody who passed a first factor, has a session or holds a refresh token, and wants in.
#[derive(Debug, Clone)]
pub struct Attempt {
    /// How he comes.
    pub kind: SignInKind,
    /// Who he is.
    pub user: User,
    /// What he wants.
    pub application: SignInApplication,
    /// Where he is.
    pub address: IpAddr,
    /// `User-Agent` of the request.
    pub user_agent: Option<String>,
    /// The session that goes on; `None` where somebody just proved who he is, or where it is not known.
    pub session: Option<ContinuedSession>,
    /// Identifier in the device cookie the browser brought, if the cookie is genuine.
    pub device_cookie_id: Option<String>,
    /// What [`crate::Protection::password_tag`] gave for the password that was tried.
    pub password_tag: Option<u64>,
    /// Identifier of the HTTP request; becomes the identifier of the sign-in.
    pub request_id: String,
    /// Identifier the client chose for the whole attempt.
    pub correlation_id: String,
    /// What was proven so far, with the moment of each.
    pub authentication: AuthenticationFacts,
}

/// How somebody comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInKind {
    /// A person at a page just proved who he is.
    Interactive,
    /// A signed-in browser asks for another application.
    SessionReuse,
    /// An application refreshes its token. Recorded only when something is found or refused, so that refreshing stays
    /// cheap.
    Refresh,
}

/// The application side of an [`Attempt`].
#[derive(Debug, Clone)]
pub struct SignInApplication {
    /// `appId` of the client.
    pub client_app_id: String,
    /// Its name.
    pub client_display_name: Option<String>,
    /// What the client asks for; the first is shown in the sign-in.
    pub resources: Vec<SignInResource>,
    /// What kind of program the client is.
    pub client_app_type: ClientAppType,
    /// What is done instead of using a resource, where policies have a word for it.
    pub user_action: Option<UserAction>,
    /// Authentication contexts asked for, `c1` to `c99`.
    pub authentication_contexts: BTreeSet<String>,
}

/// Something a client asks for.
#[derive(Debug, Clone)]
pub struct SignInResource {
    /// `appId`.
    pub app_id: String,
    /// Its name.
    pub display_name: Option<String>,
}
