use std::sync::{Arc, PoisonError, RwLock};

use riskgate_access::PolicySet;
use riskgate_core::TenantId;
use riskgate_model::{
    AUTHENTICATION_METHODS_POLICY, AnyNamedLocation, AuthenticationMethodsPolicy,
    AuthenticationStrengthPolicy, ConditionalAccessPolicy, IdentitySecurityDefaultsEnforcementPolicy,
    SECURITY_DEFAULTS, built_in_strengths,
};
use riskgate_odata::Filter;
use riskgate_store::records::Revision;
use riskgate_store::{AsConflict, Batch, Store, StoreError, StoreExt, Versioned, retry, tables};

use crate::Protection;
use crate::digest::digest;
use crate::policies::security_defaults::security_defaults;

/// The policies in force and what they refer to, prepared once for many sign-ins. Every decision asks the store for one
/// number, so a change made by any node is in force for the next decision of all of them.
#[derive(Default)]
pub(crate) struct PolicyCache(RwLock<Option<Kept>>);

#[derive(Clone)]
struct Kept {
    revision: i64,
    policies: Arc<PolicyVersion>,
}

/// Policies as they were read, prepared.
pub(crate) struct PolicyVersion {
    pub(crate) set: PolicySet,
    pub(crate) definitions: Definitions,
    /// Which methods there are, and for whom.
    pub(crate) methods: AuthenticationMethodsPolicy,
}

impl PolicyCache {
    /// The policies in force.
    pub(crate) async fn load(
        &self,
        store: &dyn Store,
        tenant: TenantId,
    ) -> Result<Arc<PolicyVersion>, StoreError> {
        // The number comes first: what is read after it is at least as new as it says.
        let revision = revision(store, tenant).await?.map_or(0, |revision| revision.record.number);
        let kept = self.0.read().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(kept) = kept.filter(|kept| kept.revision == revision) {
            return Ok(kept.policies);
        }
        let definitions = read(store, tenant, revision).await?;
        let methods =
            store.load::<AuthenticationMethodsPolicy>(tenant, AUTHENTICATION_METHODS_POLICY).await?;
        let methods = methods.map_or_else(AuthenticationMethodsPolicy::initial, |row| row.record);
        let policies = Arc::new(PolicyVersion { set: definitions.prepare(), definitions, methods });
        let mut slot = self.0.write().unwrap_or_else(PoisonError::into_inner);
        if slot.as_ref().is_none_or(|kept| kept.revision < revision) {
            *slot = Some(Kept { revision, policies: policies.clone() });
        }
        Ok(policies)
    }
}

/// How often policies were changed; `None` if never.
pub(crate) async fn revision(
    store: &dyn Store,
    tenant: TenantId,
) -> Result<Option<Versioned<Revision>>, StoreError> {
    store.load(tenant, Revision::CONDITIONAL_ACCESS).await
}

impl Protection {
    /// Commits a change of policies, named locations or whatever else decisions are made with: when this returns, the next
    /// decision of every node is made with it.
    ///
    /// # Errors
    /// What the store fails with; a conflict is one in the batch itself.
    pub async fn commit_policies(&self, batch: &Batch) -> Result<(), StoreError> {
        let committed = retry(|| async {
            let mut batch = batch.clone();
            count_change(&mut batch, revision(&*self.store, self.tenant).await?)?;
            match self.store.commit(batch).await {
                Ok(()) => Ok(Ok(())),
                Err(StoreError::Conflict { table, id } | StoreError::Exists { table, id })
                    if table == tables::REVISIONS.name =>
                {
                    Err(StoreError::Conflict { table, id })
                }
                // Counting again would not help: what was to be changed is not as it was read.
                Err(error) if error.is_conflict() => Ok(Err(error)),
                Err(error) => Err(error),
            }
        });
        committed.await?
    }
}

fn count_change(batch: &mut Batch, last: Option<Versioned<Revision>>) -> Result<(), StoreError> {
    match last {
        Some(mut last) => {
            last.record.number = last.record.number.saturating_add(1);
            batch.update(&last)
        }
        None => batch.insert(&Revision { id: Revision::CONDITIONAL_ACCESS.to_owned(), number: 1 }),
    }
}

/// Everything policies are prepared from.
#[derive(Clone)]
pub(crate) struct Definitions {
    pub(crate) policies: Vec<ConditionalAccessPolicy>,
    pub(crate) locations: Vec<AnyNamedLocation>,
    /// The fixed policies of the security defaults, while they are on.
    pub(crate) defaults: Vec<ConditionalAccessPolicy>,
    /// The built-in ones among them.
    pub(crate) strengths: Vec<AuthenticationStrengthPolicy>,
    /// Digest of the number of the last change and the versions of all of it, which names exactly this state. The versions
    /// would not do: those of an object that was deleted and restored begin anew.
    pub(crate) version: String,
}

impl Definitions {
    /// The stored policies with others in place of those with their identifiers, or beside them; without the defaults.
    pub(crate) fn supposing(&self, others: &[ConditionalAccessPolicy]) -> Vec<ConditionalAccessPolicy> {
        let mut policies: Vec<_> = self.without(others).chain(others).cloned().collect();
        policies.sort_by(|a, b| a.id.cmp(&b.id));
        policies
    }

    /// The stored policies that none of the others stands for.
    pub(crate) fn without<'a>(
        &'a self,
        others: &'a [ConditionalAccessPolicy],
    ) -> impl Iterator<Item = &'a ConditionalAccessPolicy> {
        let is_kept = |policy: &&ConditionalAccessPolicy| {
            !others.iter().any(|other| other.id.eq_ignore_ascii_case(&policy.id))
        };
        self.policies.iter().filter(is_kept)
    }

    pub(crate) fn prepare(&self) -> PolicySet {
        PolicySet::new(self.policies.iter().chain(&self.defaults), &self.locations, &self.strengths)
    }
}

async fn read(store: &dyn Store, tenant: TenantId, revision: i64) -> Result<Definitions, StoreError> {
    let policies = store.find_all::<ConditionalAccessPolicy>(tenant, Filter::Constant(true)).await?;
    let locations = store.find_all::<AnyNamedLocation>(tenant, Filter::Constant(true)).await?;
    let mut seen = vec![revision.to_string()];
    seen.extend(policies.iter().map(|p| format!("{}@{}", p.record.id, p.version)));
    seen.extend(locations.iter().map(|l| format!("{}@{}", l.record.id(), l.version)));
    let strengths = store.find_all::<AuthenticationStrengthPolicy>(tenant, Filter::Constant(true)).await?;
    seen.extend(strengths.iter().map(|s| format!("{}@{}", s.record.id, s.version)));
    let stored = strengths.into_iter().map(|strength| strength.record);
    let defaults = store.load::<IdentitySecurityDefaultsEnforcementPolicy>(tenant, SECURITY_DEFAULTS).await?;
    let defaults = defaults.filter(|defaults| defaults.record.is_enabled);
    seen.extend(defaults.iter().map(|defaults| format!("{SECURITY_DEFAULTS}@{}", defaults.version)));
    Ok(Definitions {
        policies: policies.into_iter().map(|policy| policy.record).collect(),
        locations: locations.into_iter().map(|location| location.record).collect(),
        defaults: defaults.map(|_| security_defaults()).unwrap_or_default(),
        strengths: built_in_strengths().into_iter().chain(stored).collect(),
        version: digest(seen.join("\n").as_bytes()),
    })
}
