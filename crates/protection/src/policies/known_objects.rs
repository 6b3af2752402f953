//! Which of the objects that policies refer to exist.

use std::collections::HashSet;

use riskgate_access::{KnownObjects, ObjectKind, references, security_attributes};
use riskgate_core::TenantId;
use riskgate_directory::role;
use riskgate_model::{
    AuthenticationStrengthPolicy, ConditionalAccessPolicy, CustomSecurityAttributeDefinition,
    built_in_strengths,
};
use riskgate_odata::Filter;
use riskgate_store::{Query, Store, StoreError, StoreExt, Table, tables};

/// Objects looked up at once.
const CHUNK: usize = 100;

/// The objects that exist, of those that were looked up.
#[derive(Debug, Default)]
pub struct KnownIds(HashSet<(ObjectKind, String)>);

impl KnownObjects for KnownIds {
    fn exists(&self, kind: ObjectKind, id: &str) -> bool {
        self.0.contains(&(kind, lower_case(kind, id)))
    }
}

/// Identifiers are compared without regard to case; names of attributes may have letters beyond ASCII.
fn lower_case(kind: ObjectKind, id: &str) -> String {
    match kind {
        ObjectKind::SecurityAttribute => id.to_lowercase(),
        _ => id.to_ascii_lowercase(),
    }
}

impl KnownIds {
    /// Looks up everything the policies refer to.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn of(
        store: &dyn Store,
        tenant: TenantId,
        policies: impl IntoIterator<Item = &ConditionalAccessPolicy>,
    ) -> Result<Self, StoreError> {
        let named: HashSet<(ObjectKind, String)> = policies
            .into_iter()
            .flat_map(|policy| {
                let attributes = security_attributes(policy).into_iter();
                let attributes = attributes.map(|id| (ObjectKind::SecurityAttribute, id));
                let objects = references(policy).into_iter();
                objects.map(|(kind, id)| (kind, lower_case(kind, id))).chain(attributes)
            })
            .collect();
        let mut known = Self::default();
        for kind in ObjectKind::ALL {
            let asked: Vec<&str> =
                named.iter().filter(|(of, _)| *of == kind).map(|(_, id)| id.as_str()).collect();
            for chunk in asked.chunks(CHUNK) {
                let found = existing(store, tenant, kind, chunk).await?;
                known.0.extend(found.into_iter().map(|id| (kind, id)));
            }
        }
        Ok(known)
    }
}

/// Those of the identifiers that something of this kind has, in lower case.
async fn existing(
    store: &dyn Store,
    tenant: TenantId,
    kind: ObjectKind,
    ids: &[&str],
) -> Result<Vec<String>, StoreError> {
    let (table, path): (&'static Table, &str) = match kind {
        ObjectKind::RoleTemplate => {
            let built_in = ids.iter().filter(|id| role(id).is_some());
            return Ok(built_in.map(|id| (*id).to_owned()).collect());
        }
        ObjectKind::User => (&tables::USERS, "id"),
        ObjectKind::Group => (&tables::GROUPS, "id"),
        ObjectKind::Application => (&tables::SERVICE_PRINCIPALS, "appId"),
        ObjectKind::NamedLocation => (&tables::NAMED_LOCATIONS, "id"),
        ObjectKind::ServicePrincipal => (&tables::SERVICE_PRINCIPALS, "id"),
        ObjectKind::AuthenticationStrength => {
            let all = Filter::Constant(true);
            let stored = store.find_all::<AuthenticationStrengthPolicy>(tenant, all).await?.into_iter();
            let strengths = built_in_strengths().into_iter().chain(stored.map(|row| row.record));
            return Ok(strengths.map(|strength| strength.id.to_ascii_lowercase()).collect());
        }
        ObjectKind::Agreement => (&tables::AGREEMENTS, "id"),
        ObjectKind::SecurityAttribute => {
            let all = store.find_all::<CustomSecurityAttributeDefinition>(tenant, Filter::Constant(true));
            let texts = all.await?.into_iter().map(|row| row.record).filter(|it| it.is_text());
            return Ok(texts.map(|definition| definition.id.to_lowercase()).collect());
        }
    };
    let most = u64::try_from(ids.len()).unwrap_or(u64::MAX);
    let query = Query::filtered(Filter::one_of(path, ids.iter().copied()), most);
    let page = store.query(tenant, table, &query).await?;
    let id = |document: &serde_json::Value| {
        document.get(path).and_then(|id| id.as_str()).map(str::to_ascii_lowercase)
    };
    Ok(page.items.iter().filter_map(|row| id(&row.document)).collect())
}
