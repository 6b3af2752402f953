//! Refresh tokens (RFC 6749 §6, RFC 9700 §4.14): one family for each grant, a new token at each use, and the whole
//! family revoked when an old one turns up.
//!
//! A token is `{family}.{secret}`, 76 characters; the family keeps the digest of its newest secret. Using one takes two
//! steps, because between them the caller looks at the account, its sessions and Conditional Access:
//! [`TokenService::inspect_refresh`] looks the token up, [`TokenService::rotate_refresh`] uses it up.
//!
//! [`TokenService::inspect_refresh`]: crate::TokenService::inspect_refresh
//! [`TokenService::rotate_refresh`]: crate::TokenService::rotate_refresh

mod error;
mod inspect;
mod issue;
mod revoke;
mod rotate;

pub use error::RefreshError;
pub use inspect::RefreshTicket;
pub use issue::RefreshLifetime;
pub use revoke::Revocation;

use std::time::Duration;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// A token that is not used for this long expires, as in Entra.
const SLIDING: Duration = DAY.saturating_mul(90);
/// Tokens of single-page applications end this long after the first one was issued, as in Entra.
const SINGLE_PAGE: Duration = DAY;
