use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use riskgate_access::PolicySet;
use riskgate_core::{TenantId, Timestamp};
use riskgate_model::{AnyNamedLocation, ConditionalAccessPolicy};
use riskgate_odata::Filter;
use riskgate_store::{Store, StoreError, StoreExt};

use crate::Protection;
use crate::digest::digest;

/// How long policies are used before the store is asked again. A change made through this process is seen at once
/// ([`PolicyCache::forget`]); one made by another node within this time.
const KEEP: Duration = Duration::from_secs(1);

/// The policies and named locations in force, prepared once for many sign-ins.
#[derive(Default)]
pub(crate) struct PolicyCache {
    generation: AtomicU64,
    kept: RwLock<Option<Kept>>,
}

#[derive(Clone)]
struct Kept {
    loaded: Timestamp,
    policies: Arc<PolicyVersion>,
}

/// Policies with the digest that names exactly this state of them.
pub(crate) struct PolicyVersion {
    pub(crate) set: PolicySet,
    pub(crate) version: String,
}

impl PolicyCache {
    /// Makes the next sign-in read the policies anew.
    pub(crate) fn forget(&self) {
        self.generation.fetch_add(1, Ordering::SeqCst);
        *self.kept.write().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The policies in force at `now`.
    pub(crate) async fn load(
        &self,
        store: &dyn Store,
        tenant: TenantId,
        now: Timestamp,
    ) -> Result<Arc<PolicyVersion>, StoreError> {
        let kept = self.kept.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(kept) = kept.filter(|kept| now >= kept.loaded && now.since(kept.loaded) < KEEP) {
            return Ok(kept.policies);
        }
        let generation = self.generation.load(Ordering::SeqCst);
        let definitions = read(store, tenant).await?;
        let policies = Arc::new(PolicyVersion { set: definitions.prepare(), version: definitions.version });
        // What was read before a change was announced must not outlive the announcement.
        let mut slot = self.kept.write().unwrap_or_else(PoisonError::into_inner);
        if self.generation.load(Ordering::SeqCst) == generation {
            *slot = Some(Kept { loaded: now, policies: policies.clone() });
        }
        Ok(policies)
    }
}

/// Everything policies are prepared from.
pub(crate) struct Definitions {
    pub(crate) policies: Vec<ConditionalAccessPolicy>,
    locations: Vec<AnyNamedLocation>,
    /// Digest of the versions of all of it.
    version: String,
}

impl Definitions {
    pub(crate) fn prepare(&self) -> PolicySet {
        PolicySet::new(&self.policies, &self.locations, [])
    }
}

impl Protection {
    /// Reads policies and named locations as they are now.
    pub(crate) async fn definitions(&self) -> Result<Definitions, StoreError> {
        read(&*self.store, self.tenant).await
    }
}

async fn read(store: &dyn Store, tenant: TenantId) -> Result<Definitions, StoreError> {
    let policies = store.find_all::<ConditionalAccessPolicy>(tenant, Filter::Constant(true)).await?;
    let locations = store.find_all::<AnyNamedLocation>(tenant, Filter::Constant(true)).await?;
    let mut seen: Vec<String> = policies.iter().map(|p| format!("{}@{}", p.record.id, p.version)).collect();
    seen.extend(locations.iter().map(|l| format!("{}@{}", l.record.id(), l.version)));
    Ok(Definitions {
        policies: policies.into_iter().map(|policy| policy.record).collect(),
        locations: locations.into_iter().map(|location| location.record).collect(),
        version: digest(seen.join("\n").as_bytes()),
    })
}
