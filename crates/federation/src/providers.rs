//! What administrators do with providers.

mod check;
mod create;
mod delete;
mod find;
mod lockout;
mod secret;
mod update;

pub use create::NewProvider;
pub use find::provider_of;
pub(crate) use secret::open_secret;
pub use update::ProviderChange;

/// Most providers of a tenant.
const MOST: usize = 20;
/// Graph type in messages.
const RESOURCE: &str = "OidcIdentityProvider";
