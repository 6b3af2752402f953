//! Access tokens: JSON Web Tokens with the claims Entra puts into those for Graph.

mod claims;
mod issue_app;
mod issue_user;
mod revoke;
mod session;
mod token;
mod verified;
mod verify;

pub use issue_app::AppTokenRequest;
pub use issue_user::UserTokenRequest;
pub use session::SessionClaims;
pub use token::{AccessToken, Actor, UserActor};
pub(crate) use verified::VerifiedTokens;
pub use verify::VerifyError;
