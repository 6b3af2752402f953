use std::sync::Arc;
use std::time::Duration;

use riskgate_core::{Clock, Rng, TenantId, Timestamp};
use riskgate_ports::Seal;
use riskgate_store::Store;

use crate::access::VerifiedTokens;
use crate::keys::KeyRing;

/// `subject_types_supported` of the discovery document; why is said in the crate documentation.
pub const SUBJECT_TYPE: &str = "public";

/// Azure identity libraries treat a token with five minutes left as expired, so shorter ones would never be used.
const SHORTEST_LIFETIME: Duration = Duration::from_secs(300);
/// Keys stay published this long after they stopped signing, so no token may live longer.
pub(crate) const LONGEST_LIFETIME: Duration = Duration::from_secs(24 * 60 * 60);
const DEFAULT_LIFETIME: Duration = Duration::from_secs(3600);

/// Issues and checks tokens of one tenant. One for the whole process: it keeps keys and verified tokens in memory.
pub struct TokenService {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) seal: Arc<dyn Seal>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
    pub(crate) tenant: TenantId,
    pub(crate) base_url: String,
    pub(crate) issuer: String,
    pub(crate) lifetime: Duration,
    pub(crate) keys: KeyRing,
    pub(crate) verified: VerifiedTokens,
    pub(crate) are_assertions_single_use: bool,
}

/// A signed token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct IssuedToken {
    /// The JWT in compact form.
    pub token: String,
    /// How long it is good, for `expires_in`.
    pub lifetime: Duration,
    /// When it expires.
    pub expires_at: Timestamp,
}

/// A token lifetime that clients or key rotation cannot live with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("tokens must live more than 300 seconds and at most 86400, not {0}")]
pub struct LifetimeError(u64);

impl TokenService {
    /// A service for `tenant`, whose clients see `base_url` (without a slash at the end).
    pub fn new(
        store: Arc<dyn Store>,
        seal: Arc<dyn Seal>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        tenant: TenantId,
        base_url: &str,
    ) -> Self {
        let base_url = base_url.trim_end_matches('/').to_owned();
        let issuer = format!("{base_url}/{tenant}/v2.0");
        Self {
            store,
            seal,
            clock,
            rng,
            tenant,
            base_url,
            issuer,
            lifetime: DEFAULT_LIFETIME,
            keys: KeyRing::default(),
            verified: VerifiedTokens::default(),
            are_assertions_single_use: false,
        }
    }

    /// Sets how long access and id tokens live, instead of an hour.
    ///
    /// # Errors
    /// [`LifetimeError`] unless it is more than 300 seconds and at most a day.
    pub fn with_token_lifetime(mut self, lifetime: Duration) -> Result<Self, LifetimeError> {
        if lifetime <= SHORTEST_LIFETIME || lifetime > LONGEST_LIFETIME {
            return Err(LifetimeError(lifetime.as_secs()));
        }
        self.lifetime = lifetime;
        Ok(self)
    }

    /// Accepts each client assertion once only (RFC 7523 §3, item 7).
    ///
    /// Off by default: MSAL for Python and for Node sign an assertion once and send it for ten minutes, and Entra
    /// accepts that.
    #[must_use]
    pub fn with_single_use_assertions(mut self) -> Self {
        self.are_assertions_single_use = true;
        self
    }

    /// `iss` of every token: `{base_url}/{tenant}/v2.0`.
    pub fn issuer(&self) -> &str {
        &self.issuer
    }
}
