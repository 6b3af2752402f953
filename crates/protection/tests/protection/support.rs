//! A tenant with a user, threat data of a few addresses, and the pipeline over it.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, RwLock};
use std::time::Duration;

use riskgate_core::{Clock, ManualClock, Rng, SeededRng, TenantId};
use riskgate_directory::{Actor, Bootstrap, BootstrapRequest, Directory, NewUser, create_tenant};
use riskgate_model::*;
use riskgate_odata::Filter;
use riskgate_ports::Intel;
use riskgate_protection::{
    Attempt, Completion, Judgement, Protection, SignInApplication, SignInKind, SignInResource,
};
use riskgate_risk::RiskConfig;
use riskgate_store::records::{AuthenticationMethod, SignInRecord};
use riskgate_store::{Batch, Record, Store, StoreExt};
use serde_json::{Value, json};

/// An address nobody lists, in Norway.
pub(crate) const HOME: &str = "203.0.113.7";
/// An exit of the Tor network.
pub(crate) const TOR: &str = "192.0.2.66";
/// Another one.
pub(crate) const OTHER_TOR: &str = "192.0.2.67";
/// A commercial virtual private network.
pub(crate) const VPN: &str = "198.51.100.9";
pub(crate) const AGENT: &str = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0";
pub(crate) const CLIENT: &str = "cccccccc-0000-4000-8000-000000000001";
pub(crate) const RESOURCE: &str = "cccccccc-0000-4000-8000-000000000002";

/// Threat data as a table of addresses.
#[derive(Default)]
pub(crate) struct Table(RwLock<HashMap<IpAddr, NetworkFacts>>);

impl Table {
    /// Says of an address what it is and where.
    pub(crate) fn put(&self, address: &str, anonymizer: Option<AnonymizerKind>, country: Option<&str>) {
        let address: IpAddr = address.parse().unwrap();
        let country_or_region = country.map(str::to_owned);
        let location = country.map(|_| SignInLocation { country_or_region, ..SignInLocation::default() });
        let facts = NetworkFacts { anonymizer, location, ..NetworkFacts::unknown(address) };
        self.0.write().unwrap().insert(address, facts);
    }
}

impl Intel for Table {
    fn network(&self, address: IpAddr, _at: riskgate_core::Timestamp) -> NetworkFacts {
        let known = self.0.read().unwrap().get(&address).cloned();
        known.unwrap_or_else(|| NetworkFacts::unknown(address))
    }

    fn client(&self, user_agent: Option<&str>) -> ClientFacts {
        let is_browser = user_agent.is_some_and(|agent| agent.starts_with("Mozilla/"));
        ClientFacts {
            user_agent: user_agent.map(str::to_owned),
            browser: is_browser.then(|| "Firefox 140".to_owned()),
            operating_system: is_browser.then(|| "Linux".to_owned()),
            is_browser,
            ..ClientFacts::default()
        }
    }
}

/// A tenant `contoso.com` with an administrator and Alice.
pub(crate) struct World {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) rng: Arc<SeededRng>,
    pub(crate) intel: Arc<Table>,
    pub(crate) directory: Directory,
    pub(crate) tenant: TenantId,
    pub(crate) actor: Actor,
    pub(crate) admin_id: String,
    pub(crate) alice: User,
    pub(crate) protection: Protection,
}

impl World {
    /// In the database at `url`, which must be empty.
    pub(crate) async fn open(url: &str) -> Self {
        let store = riskgate_store_sql::open(url).await.unwrap();
        let clock = Arc::new(ManualClock::new("2026-11-23T10:00:00Z".parse().unwrap()));
        let rng = Arc::new(SeededRng::new(1));
        let hash = "$argon2id$v=19$m=8,t=1,p=1$c2FsdHNhbHQ$aGFzaA".to_owned();
        let request = BootstrapRequest {
            domain: "contoso.com".to_owned(),
            display_name: "Contoso".to_owned(),
            base_url: "https://localhost:8443".to_owned(),
            admin_upn: "admin@contoso.com".to_owned(),
            admin_password_hash: hash.clone(),
            admin_must_change_password: false,
        };
        let made = create_tenant(&store, &*clock, &*rng, &Actor::command_line(), &request).await.unwrap();
        let Bootstrap::Created { tenant, administrator_id } = made else { panic!("the store was empty") };
        let directory = Directory::new(store.clone(), clock.clone(), rng.clone(), tenant.id);
        let actor = Actor::user(&administrator_id, "admin@contoso.com");
        let new = NewUser::new("Alice@contoso.com", "Alice", hash, false);
        let alice = directory.create_user(&actor, &new).await.unwrap();
        let intel = Arc::new(Table::default());
        intel.put(HOME, None, Some("NO"));
        intel.put(TOR, Some(AnonymizerKind::Tor), Some("DE"));
        intel.put(OTHER_TOR, Some(AnonymizerKind::Tor), Some("DE"));
        intel.put(VPN, Some(AnonymizerKind::Vpn), None);
        let config = RiskConfig::default();
        let protection = Protection::new(
            store.clone(),
            directory.clone(),
            intel.clone(),
            clock.clone(),
            rng.clone(),
            config,
        );
        let (tenant, admin_id) = (tenant.id, administrator_id);
        Self { store, clock, rng, intel, directory, tenant, actor, admin_id, alice, protection }
    }

    /// The pipeline of another node on the same database.
    pub(crate) fn other_node(&self) -> Protection {
        self.node_on(self.store.clone())
    }

    /// The pipeline of another node, that sees the database through `store`.
    pub(crate) fn node_on(&self, store: Arc<dyn Store>) -> Protection {
        let mut seed = [0; 8];
        self.rng.fill(&mut seed);
        let rng = Arc::new(SeededRng::new(u64::from_le_bytes(seed)));
        let directory = Directory::new(store.clone(), self.clock.clone(), rng.clone(), self.tenant);
        let config = RiskConfig::default();
        Protection::new(store, directory, self.intel.clone(), self.clock.clone(), rng, config)
    }

    /// Alice has typed her password.
    pub(crate) fn attempt(&self, kind: SignInKind, address: &str) -> Attempt {
        let password = MethodUse { method: AuthenticationMethodKind::Password, at: self.clock.now() };
        Attempt {
            kind,
            user: self.alice.clone(),
            application: SignInApplication {
                client_app_id: CLIENT.to_owned(),
                client_display_name: Some("Mail client".to_owned()),
                resources: vec![SignInResource {
                    app_id: RESOURCE.to_owned(),
                    display_name: Some("Mail".to_owned()),
                }],
                client_app_type: ClientAppType::Browser,
                user_action: None,
                authentication_contexts: Default::default(),
            },
            address: address.parse().unwrap(),
            user_agent: Some(AGENT.to_owned()),
            session: None,
            device_cookie_id: None,
            password_tag: None,
            request_id: self.rng.guid(),
            correlation_id: self.rng.guid(),
            authentication: AuthenticationFacts { methods: vec![password], ..Default::default() },
        }
    }

    /// Alice's identifier, as administrators name her.
    pub(crate) fn alice_alone(&self) -> &[String] {
        std::slice::from_ref(&self.alice.id)
    }

    /// Alice signs in with her password.
    pub(crate) async fn sign_in(&self, address: &str) -> Judgement {
        self.protection.judge(&self.attempt(SignInKind::Interactive, address)).await.unwrap()
    }

    /// Alice passes a one-time code a second later.
    pub(crate) async fn pass_mfa(&self, sign_in_id: &str) -> Judgement {
        self.clock.advance(Duration::from_secs(1));
        let authentication = self.after_code();
        let completion = Completion { sign_in_id, authentication: &authentication };
        self.protection.complete(&completion).await.unwrap()
    }

    /// What is proven when a one-time code was passed now.
    pub(crate) fn after_code(&self) -> AuthenticationFacts {
        let use_of = |method| MethodUse { method, at: self.clock.now() };
        let methods = [AuthenticationMethodKind::Password, AuthenticationMethodKind::SoftwareOath];
        AuthenticationFacts { methods: methods.map(use_of).to_vec(), ..Default::default() }
    }

    /// Alice has an authenticator.
    pub(crate) async fn register_authenticator(&self) {
        self.insert(&AuthenticationMethod {
            id: self.rng.guid(),
            user_id: self.alice.id.clone(),
            kind: AuthenticationMethodKind::SoftwareOath,
            sealed_secret: String::new(),
            created_date_time: self.clock.now(),
            last_used_step: None,
            display_name: None,
            passkey: None,
            phone: None,
            temporary_access_pass: None,
        })
        .await;
    }

    /// Puts what decisions are made with into the store, past every check.
    pub(crate) async fn insert_policy<R: Record>(&self, record: &R) {
        let mut batch = Batch::new(self.tenant);
        batch.insert(record).unwrap();
        self.protection.commit_policies(&batch).await.unwrap();
    }

    /// Puts a record into the store, past every check.
    pub(crate) async fn insert<R: Record>(&self, record: &R) {
        let mut batch = Batch::new(self.tenant);
        batch.insert(record).unwrap();
        self.store.commit(batch).await.unwrap();
    }

    /// Adds a policy for all users and applications and gives its identifier.
    pub(crate) async fn add_policy(&self, state: &str, controls: &str, conditions: Value) -> String {
        let policy = self.policy(state, controls, conditions);
        self.insert_policy(&policy).await;
        policy.id
    }

    /// A policy for all users and applications.
    pub(crate) fn policy(&self, state: &str, control: &str, conditions: Value) -> ConditionalAccessPolicy {
        let mut body = json!({
            "id": self.rng.guid(), "displayName": "Policy", "state": state,
            "conditions": {"users": {"includeUsers": ["All"]}, "applications": {"includeApplications": ["All"]},
                "clientAppTypes": ["all"]},
            "grantControls": {"operator": "OR", "builtInControls": [control]},
        });
        for (name, value) in conditions.as_object().unwrap() {
            body["conditions"][name] = value.clone();
        }
        serde_json::from_value(body).unwrap()
    }

    /// Adds a policy that asks for `control`, multifactor authentication for one, multifactor authentication at medium or high risk of the sign-in, as the tutorial has it.
    pub(crate) async fn add_risk_policy(&self, control: &str) -> String {
        self.add_policy("enabled", control, json!({"signInRiskLevels": ["high", "medium"]})).await
    }

    pub(crate) async fn record(&self, sign_in_id: &str) -> SignInRecord {
        self.store.load::<SignInRecord>(self.tenant, sign_in_id).await.unwrap().unwrap().record
    }

    pub(crate) async fn all<R: Record>(&self) -> Vec<R> {
        let rows = self.store.find_all::<R>(self.tenant, Filter::Constant(true)).await.unwrap();
        rows.into_iter().map(|row| row.record).collect()
    }

    /// The detection of a sign-in.
    pub(crate) async fn detection(&self, sign_in_id: &str) -> RiskDetection {
        let filter = Filter::equals("requestId", sign_in_id);
        let found = self.store.find_all::<RiskDetection>(self.tenant, filter).await.unwrap();
        assert_eq!(found.len(), 1);
        found.into_iter().next().unwrap().record
    }

    /// Level, state and detail of Alice's risk.
    pub(crate) async fn risk(&self) -> (RiskLevel, RiskState, RiskDetail) {
        let user = self.store.load::<RiskyUser>(self.tenant, &self.alice.id).await.unwrap().unwrap().record;
        (user.risk_level.unwrap(), user.risk_state.unwrap(), user.risk_detail.unwrap())
    }

    /// Whether a row for Alice's risk exists.
    pub(crate) async fn was_ever_risky(&self) -> bool {
        self.store.load::<RiskyUser>(self.tenant, &self.alice.id).await.unwrap().is_some()
    }

    /// Alice's history, oldest first.
    pub(crate) async fn history(&self) -> Vec<RiskyUserHistoryItem> {
        let mut items = self.all::<RiskyUserHistoryItem>().await;
        items.sort_by_key(|item| item.risk_last_updated_date_time);
        items
    }

    /// Audit entries of an activity.
    pub(crate) async fn audits(&self, activity: &str) -> Vec<DirectoryAudit> {
        let entries = self.all::<DirectoryAudit>().await;
        entries.into_iter().filter(|entry| entry.activity_display_name == activity).collect()
    }

    /// Rows of sign-ins, detections and history.
    pub(crate) async fn rows(&self) -> [usize; 3] {
        [
            self.all::<SignInRecord>().await.len(),
            self.all::<RiskDetection>().await.len(),
            self.all::<RiskyUserHistoryItem>().await.len(),
        ]
    }
}

/// `riskState`, `riskDetail` and `riskLevelAggregated` of a sign-in.
pub(crate) fn sign_in_risk(record: &SignInRecord) -> (RiskState, RiskDetail, RiskLevel) {
    let sign_in = &record.sign_in;
    (sign_in.risk_state.unwrap(), sign_in.risk_detail.unwrap(), sign_in.risk_level_aggregated.unwrap())
}

/// `riskState` and `riskDetail` of a detection.
pub(crate) fn state_of(detection: &RiskDetection) -> (RiskState, RiskDetail) {
    (detection.risk_state.unwrap(), detection.risk_detail.unwrap())
}

/// `errorCode` of a sign-in.
pub(crate) fn error_code(record: &SignInRecord) -> i32 {
    record.sign_in.status.as_ref().unwrap().error_code.unwrap()
}
