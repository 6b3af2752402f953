//! Sign-in through upstream OpenID providers (OpenID Connect Core §3.1, authorization code flow with PKCE).
//!
//! * [`Federation::create_provider`] and its neighbours are what administrators do.
//! * [`Federation::begin`] makes the address a browser is sent to; what must be known when it comes back travels in `state`,
//!   sealed and tied to the browser, so that a visitor writes nothing to the store.
//! * [`Federation::complete`] takes the answer: `state`, `iss` (RFC 9207), code, ID token. What comes out is verified and
//!   counts once.
//! * [`Federation::sign_out_address`] is where somebody signs out there as well; [`Federation::ended`] takes the word of a
//!   provider that a session there has ended.
//! * [`Federation::person`] says whose assertion it is: somebody linked to issuer and subject, linked now by a mail address
//!   the provider vouches for in a domain an administrator gave it, or created where that is switched on.
//!
//! No provider is believed before its token is verified, and none is asked for more than its bounds: every answer is read up
//! to a size and a time, redirects are not followed, and addresses of private networks are refused unless they are
//! configured.
//!
//! To accept another claim: read it in `tokens/claims.rs`, carry it in [`Assertion`], and say in `people/` what follows.

mod begin;
mod complete;
mod ended;
mod error;
mod exchange;
mod federation;
mod http;
mod people;
mod providers;
mod sign_out;
mod started;
mod tokens;

pub use begin::{Beginning, Demand};
pub use complete::{Answer, Completed};
pub use ended::EndedSession;
pub use error::FederationError;
pub use federation::{Federation, FederationSettings};
pub use http::Network;
pub use people::PersonError;
pub use providers::{NewProvider, ProviderChange, provider_of};
pub use started::{Destination, Started};
pub use tokens::Assertion;
