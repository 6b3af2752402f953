use std::sync::Arc;
use std::time::Duration;

use riskgate_authentication::{ApplicationSessions, Forms};
use riskgate_core::{Clock, Rng, TenantId};
use riskgate_directory::Directory;
use riskgate_protection::Protection;
use riskgate_tokens::TokenService;

use crate::verdict::Verdicts;

/// What forward authentication works with.
pub struct ForwardAuth {
    /// Whose.
    pub tenant: TenantId,
    /// What clients see, without a slash at the end: where people sign in.
    pub base_url: String,
    /// Applications, groups.
    pub directory: Directory,
    /// Browsers that are signed in to applications.
    pub sessions: ApplicationSessions,
    /// Seals what the browser takes along to the sign-in pages and back.
    pub forms: Forms,
    /// Authorization codes.
    pub tokens: Arc<TokenService>,
    /// Judges sessions that are used.
    pub protection: Arc<Protection>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub rng: Arc<dyn Rng>,
    /// How long a decision of Conditional Access is good for a session while nothing changes; zero decides each time.
    pub judge_again: Duration,
}

/// [`ForwardAuth`] and what is kept in memory.
pub(crate) struct App {
    pub(crate) api: ForwardAuth,
    pub(crate) verdicts: Verdicts,
}

impl App {
    pub(crate) fn new(api: ForwardAuth) -> Self {
        Self { verdicts: Verdicts::new(api.judge_again), api }
    }
}
