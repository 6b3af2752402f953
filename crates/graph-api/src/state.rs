use std::sync::Arc;

use riskgate_authentication::{
    BreachedCheck, PasswordHasher, PasswordRules, Passwords, TemporaryAccessPasses,
};
use riskgate_core::{Clock, Rng, TenantId};
use riskgate_directory::Directory;
use riskgate_federation::Federation;
use riskgate_ports::Sources;
use riskgate_protection::Protection;
use riskgate_store::Store;
use riskgate_tokens::TokenService;
use tokio::sync::watch::Receiver;

use crate::throttle::RequestLimit;

/// What the Graph surface works with.
#[derive(Clone)]
pub struct GraphApi {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Whose.
    pub tenant: TenantId,
    /// What clients see, without a slash at the end: every link begins with it.
    pub base_url: String,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness for identifiers.
    pub rng: Arc<dyn Rng>,
    /// Users, groups, roles, applications.
    pub directory: Directory,
    /// Upstream identity providers.
    pub federation: Federation,
    /// Hashes passwords that administrators set.
    pub passwords: PasswordHasher,
    /// Passes for people who have nothing else.
    pub temporary_access_passes: TemporaryAccessPasses,
    /// Verifies what people say is their own password, and hashes what they choose.
    pub own_passwords: Passwords,
    /// What a new password must keep.
    pub password_rules: PasswordRules,
    /// How many proofs set a new password for somebody who has forgotten his; `None`: nobody resets his password himself.
    pub password_reset_proofs: Option<usize>,
    /// What is done about passwords that are known from breaches.
    pub breached_passwords: Option<BreachedCheck>,
    /// What administrators do about risk, and who is told about changed policies.
    pub protection: Arc<Protection>,
    /// Where threat and location data come from.
    pub sources: Arc<dyn Sources>,
    /// Becomes true when the server is to stop, so that streams end.
    pub stopping: Receiver<bool>,
    /// Checks access tokens.
    pub tokens: Arc<TokenService>,
    /// Most requests an application may send.
    pub limit: RequestLimit,
}

impl GraphApi {
    /// Where the resources are: `{base_url}/v1.0`.
    pub(crate) fn root(&self) -> String {
        format!("{}/v1.0", self.base_url)
    }
}
