use std::sync::{Arc, PoisonError, RwLock};

use riskgate_core::{Clock, Rng, TenantId};
use riskgate_directory::Directory;
use riskgate_model::ClientFacts;
use riskgate_ports::{Intel, Seal};
use riskgate_risk::{BudgetedThresholds, NoiseBudget, RiskConfig};
use riskgate_store::Store;

use crate::activities::reads::RecentReads;
use crate::histories::failures::KeptFailures;
use crate::histories::password_tags::DayKeys;
use crate::histories::population::KnownPopulation;
use crate::histories::recent::RecentSignIns;
use crate::policies::in_force::PolicyCache;
use crate::sign_ins::continued_session::SessionUses;

/// Judges sign-ins of one tenant. Shared by every surface.
pub struct Protection {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) directory: Directory,
    pub(crate) intel: Arc<dyn Intel>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) rng: Arc<dyn Rng>,
    pub(crate) tenant: TenantId,
    /// The settings as they were configured.
    pub(crate) config: RiskConfig,
    /// The same with the thresholds the noise budget chose.
    pub(crate) in_force: RwLock<Arc<RiskConfig>>,
    pub(crate) noise_budget: Option<NoiseBudget>,
    pub(crate) policies: PolicyCache,
    pub(crate) population: KnownPopulation,
    pub(crate) recent: RecentSignIns,
    pub(crate) reads: RecentReads,
    pub(crate) day_keys: DayKeys,
    pub(crate) kept_failures: KeptFailures,
    /// The master key, for what other nodes and the next start are to know.
    pub(crate) seal: Option<Arc<dyn Seal>>,
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
            in_force: RwLock::new(Arc::new(config.clone())),
            config,
            noise_budget: None,
            policies: PolicyCache::default(),
            population: KnownPopulation::default(),
            recent: RecentSignIns::default(),
            reads: RecentReads::default(),
            day_keys: DayKeys::default(),
            kept_failures: KeptFailures::default(),
            seal: None,
            session_uses: SessionUses::default(),
            insider_risk_attribute: None,
        }
    }

    /// The same with the master key: equal passwords are told by all nodes, and after a start as before it.
    #[must_use]
    pub fn with_seal(self, seal: Arc<dyn Seal>) -> Self {
        Self { seal: Some(seal), ..self }
    }

    /// The settings sign-ins are judged by at this moment.
    pub fn settings(&self) -> Arc<RiskConfig> {
        self.in_force.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Puts thresholds in force, or the configured ones again.
    pub(crate) fn use_thresholds(&self, thresholds: Option<&BudgetedThresholds>) {
        let mut config = self.config.clone();
        if let Some(thresholds) = thresholds {
            thresholds.apply_to(&mut config.unfamiliar_features);
        }
        *self.in_force.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(config);
    }

    /// What a program says it is.
    pub fn client(&self, user_agent: Option<&str>) -> ClientFacts {
        self.intel.client(user_agent)
    }
}
