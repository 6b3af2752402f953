use riskgate_core::Timestamp;
use riskgate_store::records::SignInTarget;
use serde::{Deserialize, Serialize};

use crate::Demand;

/// A sign-in that went to a provider, as its `state` carries it.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Started {
    /// The provider.
    pub provider_id: String,
    /// What it is for.
    pub destination: Destination,
    /// What was asked of the provider.
    pub demand: Demand,
    /// SHA-256 of the identifier of the browser.
    pub(crate) browser: String,
    /// `nonce`.
    pub(crate) nonce: String,
    /// `code_verifier` (RFC 7636).
    pub(crate) verifier: String,
    /// When it was begun.
    pub(crate) at: Timestamp,
}

/// What a sign-in through a provider is for.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub enum Destination {
    /// A first factor on the way to this.
    SignIn(Box<SignInTarget>),
    /// Something a sign-in waits for; the token of its form.
    Waiting(String),
}
