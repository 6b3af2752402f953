//! A tenant to try things on.

use std::sync::Arc;

use riskgate_core::{ManualClock, SeededRng, TenantId, Timestamp};
use riskgate_directory::*;
use riskgate_model::{DirectoryAudit, User};
use riskgate_odata::Filter;
use riskgate_store::{Store, StoreExt, Table};
use riskgate_testkit::HookedStore;
use serde_json::{Map, Value as Json};

pub(crate) const HASH: &str = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA";

/// A tenant `contoso.com` in memory with its administrator.
pub(crate) struct Contoso {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) directory: Directory,
    pub(crate) tenant: TenantId,
    pub(crate) admin_id: String,
    pub(crate) actor: Actor,
}

pub(crate) fn start() -> Timestamp {
    "2026-11-23T10:00:00Z".parse().unwrap()
}

pub(crate) fn request() -> BootstrapRequest {
    BootstrapRequest {
        domain: "contoso.com".to_owned(),
        display_name: "Contoso".to_owned(),
        base_url: "https://localhost:8443".to_owned(),
        admin_upn: "admin@contoso.com".to_owned(),
        admin_password_hash: HASH.to_owned(),
        admin_must_change_password: true,
    }
}

pub(crate) async fn contoso() -> Contoso {
    let store = riskgate_store_sql::open("sqlite::memory:").await.unwrap();
    let clock = Arc::new(ManualClock::new(start()));
    let rng = Arc::new(SeededRng::new(1));
    let made = create_tenant(&store, &*clock, &*rng, &Actor::command_line(), &request()).await.unwrap();
    let Bootstrap::Created { tenant, administrator_id } = made else { panic!("the store was empty") };
    let directory = Directory::new(store.clone(), clock.clone(), rng, tenant.id);
    let actor = Actor::user(&administrator_id, "admin@contoso.com");
    Contoso { store, clock, directory, tenant: tenant.id, admin_id: administrator_id, actor }
}

impl Contoso {
    pub(crate) async fn user(&self, name: &str) -> User {
        let new = NewUser::new(&format!("{name}@contoso.com"), name, HASH.to_owned(), false);
        self.directory.create_user(&self.actor, &new).await.unwrap()
    }

    pub(crate) async fn patch(&self, id: &str, properties: Json) -> Result<UserUpdate, DirectoryError> {
        let change = UserChange { properties: object(properties), password: None };
        self.directory.update_user(&self.actor, id, &change).await
    }

    /// The same directory on a store whose first `commits` commits happen in pairs, both prepared before either is done.
    pub(crate) fn racing(&self, commits: usize) -> Directory {
        let store = HookedStore::racing(self.store.clone(), commits);
        Directory::new(store, self.clock.clone(), Arc::new(SeededRng::new(2)), self.tenant)
    }

    /// The same directory on a store where something happens between the first operation's reading and its commit.
    pub(crate) fn interrupted(&self, interruption: impl Future<Output = ()> + Send + 'static) -> Directory {
        let store = HookedStore::interrupted(self.store.clone(), interruption);
        Directory::new(store, self.clock.clone(), Arc::new(SeededRng::new(3)), self.tenant)
    }

    pub(crate) async fn audits(&self, activity: &str) -> Vec<DirectoryAudit> {
        let filter = Filter::equals("activityDisplayName", activity);
        let rows = self.store.find_all::<DirectoryAudit>(self.tenant, filter).await.unwrap();
        rows.into_iter().map(|row| row.record).collect()
    }

    pub(crate) async fn count(&self, table: &'static Table, filter: Filter) -> u64 {
        self.store.count(self.tenant, table, &filter).await.unwrap()
    }
}

pub(crate) fn object(json: Json) -> Map<String, Json> {
    match json {
        Json::Object(map) => map,
        other => panic!("{other} is no object"),
    }
}
