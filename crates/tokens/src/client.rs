//! Authentication of clients at the token endpoint (RFC 6749 §2.3, RFC 7523 §2.2).

mod assertion;
mod authenticate;
mod error;
mod secret;

pub use authenticate::{AuthenticatedClient, ClientAuthentication, ClientAuthenticationMethod, ClientProof};
pub use error::ClientAuthError;
