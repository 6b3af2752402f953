use std::sync::Arc;

use riskgate_core::{Clock, Rng, TenantId};
use riskgate_directory::Directory;
use riskgate_model::ClientFacts;
use riskgate_ports::Intel;
use riskgate_risk::RiskConfig;
use riskgate_store::Store;

use crate::continued_session::SessionUses;
use crate::password_tags::PasswordTags;
use crate::policies::PolicyCache;
use crate::population::KnownPopulation;
use crate::recent::RecentSignIns;

/// Judges sign-ins of one tenant. Shared by every surface.
pub struct Protection {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) directory: Directory,
    pub(crate) intel: Arc<dyn Intel>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
    pub(crate) tenant: TenantId,
    pub(crate) config: RiskConfig,
    pub(crate) policies: PolicyCache,
    pub(crate) population: KnownPopulation,
    pub(crate) recent: RecentSignIns,
    pub(crate) password_tags: PasswordTags,
    pub(crate) session_uses: SessionUses,
    pub(crate) insider_risk_attribute: Option<u8>,
}

impl Protection {
    /// The pipeline over a store, a directory of the same tenant and the loaded threat data.
    pub fn new(
        store: Arc<dyn Store>,
        directory: Directory,
        intel: Arc<dyn Intel>,
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
        config: RiskConfig,
    ) -> Self {
        let tenant = directory.tenant();
        Self {
            store,
            directory,
            intel,
            clock,
            rng,
            tenant,
            config,
            policies: PolicyCache::default(),
            population: KnownPopulation::default(),
            recent: RecentSignIns::default(),
            password_tags: PasswordTags::default(),
            session_uses: SessionUses::default(),
            insider_risk_attribute: None,
        }
    }

    /// What a program says it is.
    pub fn client(&self, user_agent: Option<&str>) -> ClientFacts {
        self.intel.client(user_agent)
    }
}
