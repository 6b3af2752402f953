//! Everything on a store in memory, with a clock that stands still until it is told.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use riskgate_authentication::{
    ApplicationSessions, Approvals, Argon2Cost, DeviceCodeGuesses, EmailCodes, Forms, Interactions, Passkeys,
    PasswordHasher, PasswordResets, Passwords, RecoveryCodes, RegisteredMethods, Services, Sessions,
    SoftwareOath, StrengthMeter, TemporaryAccessPasses,
};
use riskgate_core::{ManualClock, Rng, SystemRng, TenantId};
use riskgate_directory::{
    Actor, BootstrapRequest, Directory, NewApplication, NewUser, Platform, create_tenant,
};
use riskgate_federation::{Federation, FederationSettings};
use riskgate_forward_auth::ForwardAuth;
use riskgate_http::{HttpContext, TrustedProxies};
use riskgate_keystore::MasterKey;
use riskgate_model::{AnonymizerKind, ConditionalAccessPolicy, ServicePrincipal, User};
use riskgate_oauth_api::OAuthApi;
use riskgate_odata::Filter;
use riskgate_protection::Protection;
use riskgate_risk::RiskConfig;
use riskgate_sign_in_web::{Recovery, SignInWeb, Texts};
use riskgate_store::records::SignInRecord;
use riskgate_store::{Batch, Record, Store, StoreExt};
use riskgate_testkit::KnownAddresses;
use riskgate_tokens::TokenService;
use serde_json::{Value as Json, json};

pub(crate) const BASE_URL: &str = "https://login.contoso.com:8443";
pub(crate) const PASSWORD: &str = "Contoso1234";
pub(crate) const WIKI: &str = "https://wiki.contoso.com";
/// The name of every policy here, which nobody is told.
pub(crate) const POLICY_NAME: &str = "A name nobody is told";
pub(crate) const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
/// How long a verdict is kept here.
pub(crate) const KEPT: Duration = MINUTE;
/// Where people are when nothing is unusual.
pub(crate) const HOME: &str = "203.0.113.9";
/// An exit of the Tor network.
pub(crate) const TOR: &str = "178.17.170.23";
/// As cheap as Argon2 can be.
const CHEAP: Argon2Cost = Argon2Cost { memory_kib: 8, passes: 1 };

pub(crate) struct World {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) tenant: TenantId,
    pub(crate) directory: Directory,
    pub(crate) router: Router,
    pub(crate) protection: Arc<Protection>,
    hasher: PasswordHasher,
}

impl World {
    /// A tenant `contoso.com` that trusts the proxy 127.0.0.1.
    pub(crate) async fn new() -> Self {
        let rng = Arc::new(SystemRng);
        let store = riskgate_store_sql::open("sqlite::memory:").await.unwrap();
        let clock = Arc::new(ManualClock::new("2026-11-23T09:00:00Z".parse().unwrap()));
        let hasher = PasswordHasher::new(CHEAP, 2, rng.clone()).unwrap();
        let tenant = tenant(&store, &clock, &hasher).await;
        clock.advance(HOUR);
        let directory = Directory::new(store.clone(), clock.clone(), rng.clone(), tenant);
        let protection = Arc::new(Protection::new(
            store.clone(),
            directory.clone(),
            Arc::new(KnownAddresses(&[(TOR, AnonymizerKind::Tor)])),
            clock.clone(),
            rng.clone(),
            RiskConfig::default(),
        ));
        let services = Services {
            store: store.clone(),
            seal: Arc::new(MasterKey::ephemeral(rng.clone())),
            clock: clock.clone(),
            rng: rng.clone(),
            tenant,
        };
        let router = surfaces(&services, &directory, &protection, &hasher);
        let trusted_proxies = TrustedProxies::new(vec!["127.0.0.1/32".parse().unwrap()]);
        let context = HttpContext { trusted_proxies, clock: clock.clone(), rng };
        let router = router.layer(axum::middleware::from_fn_with_state(context, riskgate_http::with_context));
        Self { store, clock, tenant, directory, router, protection, hasher }
    }

    /// Somebody at `name@contoso.com` with [`PASSWORD`].
    pub(crate) async fn person(&self, name: &str) -> User {
        let hash = self.hasher.hash(PASSWORD.into()).await.unwrap();
        let new = NewUser::new(&format!("{name}@contoso.com"), name, hash, false);
        let user = self.directory.create_user(&Actor::command_line(), &new).await.unwrap();
        self.clock.advance(MINUTE);
        user
    }

    /// A web application on these origins; its `appId`.
    pub(crate) async fn application(&self, name: &str, origins: &[&str]) -> String {
        let callbacks = origins.iter().map(|origin| format!("{origin}/.riskgate/callback"));
        let new = NewApplication {
            display_name: name.to_owned(),
            application_permissions: Vec::new(),
            delegated_permissions: Vec::new(),
            redirect_uris: callbacks.map(|uri| (Platform::Web, uri)).collect(),
            logout_url: None,
            public: false,
            credential: None,
        };
        let created = self.directory.create_application(&Actor::command_line(), &new).await.unwrap();
        created.application.app_id.unwrap()
    }

    /// A policy for everybody at one application, with one control.
    pub(crate) async fn policy(&self, app_id: &str, control: &str, conditions: Json) {
        let mut policy = json!({
            "id": SystemRng.guid(),
            "displayName": POLICY_NAME,
            "state": "enabled",
            "conditions": {
                "users": { "includeUsers": ["All"] },
                "applications": { "includeApplications": [app_id] },
                "clientAppTypes": ["all"],
            },
            "grantControls": { "operator": "OR", "builtInControls": [control] },
        });
        for (name, condition) in conditions.as_object().unwrap() {
            policy["conditions"][name] = condition.clone();
        }
        let policy: ConditionalAccessPolicy = serde_json::from_value(policy).unwrap();
        let mut batch = Batch::new(self.tenant);
        batch.insert(&policy).unwrap();
        self.protection.commit_policies(&batch).await.unwrap();
    }

    /// Takes that policy away.
    pub(crate) async fn no_policy(&self) {
        let any = Filter::And(Vec::new());
        let policy = self.store.find_one::<ConditionalAccessPolicy>(self.tenant, any).await.unwrap().unwrap();
        let mut batch = Batch::new(self.tenant);
        batch.delete(&policy);
        self.protection.commit_policies(&batch).await.unwrap();
    }

    pub(crate) async fn insert<R: Record>(&self, record: &R) {
        let mut batch = Batch::new(self.tenant);
        batch.insert(record).unwrap();
        self.store.commit(batch).await.unwrap();
    }

    /// Stores what `change` makes of a record.
    pub(crate) async fn change<R: Record>(&self, id: &str, change: impl FnOnce(&mut R)) {
        let mut found = self.store.load::<R>(self.tenant, id).await.unwrap().unwrap();
        change(&mut found.record);
        let mut batch = Batch::new(self.tenant);
        batch.update(&found).unwrap();
        self.store.commit(batch).await.unwrap();
    }

    /// Disables an application in the tenant.
    pub(crate) async fn disable(&self, app_id: &str) {
        let principal = self.directory.find_service_principal_of(app_id).await.unwrap().unwrap();
        self.change::<ServicePrincipal>(&principal.id, |found| found.account_enabled = Some(false)).await;
    }

    /// Error codes and applications of all sign-ins of somebody.
    pub(crate) async fn sign_ins(&self, user: &User) -> Vec<(i32, String)> {
        let filter = Filter::equals("userId", user.id.as_str());
        let found = self.store.find_all::<SignInRecord>(self.tenant, filter).await.unwrap();
        let shown = |record: SignInRecord| {
            (record.sign_in.status.and_then(|s| s.error_code).unwrap(), record.sign_in.app_id.unwrap())
        };
        found.into_iter().map(|found| shown(found.record)).collect()
    }
}

/// The sign-in pages, the OAuth endpoints and forward authentication.
fn surfaces(
    services: &Services,
    directory: &Directory,
    protection: &Arc<Protection>,
    hasher: &PasswordHasher,
) -> Router {
    let Services { store, seal, clock, rng, tenant } = services.clone();
    let forms = Forms::new(services.clone(), &[7; 32]);
    let tokens =
        Arc::new(TokenService::new(store.clone(), seal, clock.clone(), rng.clone(), tenant, BASE_URL));
    let oath = SoftwareOath::new(services.clone(), forms.sealed().clone(), "Contoso");
    let emails = EmailCodes::new(services.clone(), &[9; 32]);
    let codes = RecoveryCodes::new(services.clone(), &[10; 32]);
    let web = SignInWeb {
        directory: directory.clone(),
        passwords: Passwords::new(services.clone(), hasher.clone(), &[8; 32]),
        registered_methods: RegisteredMethods::new(services.clone()),
        passkeys: Passkeys::new(services.clone(), forms.sealed().clone(), BASE_URL, "Contoso"),
        approvals: Approvals::new(services.clone(), forms.sealed().clone(), BASE_URL, None),
        software_oath: oath.clone(),
        temporary_access_passes: TemporaryAccessPasses::new(services.clone(), &[11; 32]),
        sessions: Sessions::new(services.clone(), 8 * HOUR),
        interactions: Interactions::new(services.clone()),
        device_code_guesses: DeviceCodeGuesses::new(services.clone()),
        forms: forms.clone(),
        federation: Federation::new(
            services.clone(),
            directory.clone(),
            hasher.clone(),
            FederationSettings {
                base_url: BASE_URL.to_owned(),
                private_networks: Vec::new(),
                allow_plain_http: false,
                authorities: None,
                timeout: Duration::from_secs(1),
            },
        ),
        tokens: tokens.clone(),
        protection: protection.clone(),
        mailer: None,
        recovery: Recovery {
            emails: emails.clone(),
            codes: codes.clone(),
            resets: PasswordResets::new(services.clone(), emails, oath.clone(), codes),
            required_proofs: None,
        },
        clock: clock.clone(),
        rng: rng.clone(),
        answer_step: Duration::ZERO,
        organization: "Contoso".to_owned(),
        strength: StrengthMeter::default(),
    };
    let oauth = OAuthApi {
        store,
        tenant,
        base_url: BASE_URL.to_owned(),
        directory: directory.clone(),
        tokens: tokens.clone(),
        protection: protection.clone(),
        forms: forms.clone(),
    };
    let forward_auth = ForwardAuth {
        tenant,
        base_url: BASE_URL.to_owned(),
        directory: directory.clone(),
        sessions: ApplicationSessions::new(services.clone()),
        forms,
        tokens,
        protection: protection.clone(),
        clock,
        rng,
        judge_again: KEPT,
    };
    Router::new()
        .merge(riskgate_oauth_api::router(oauth))
        .merge(riskgate_forward_auth::router(forward_auth))
        .merge(riskgate_sign_in_web::router(web, Texts::built_in()))
}

async fn tenant(store: &Arc<dyn Store>, clock: &ManualClock, hasher: &PasswordHasher) -> TenantId {
    let request = BootstrapRequest {
        domain: "contoso.com".to_owned(),
        display_name: "Contoso".to_owned(),
        base_url: BASE_URL.to_owned(),
        admin_upn: "admin@contoso.com".to_owned(),
        admin_password_hash: hasher.hash(PASSWORD.into()).await.unwrap(),
        admin_must_change_password: false,
    };
    let made = create_tenant(store, clock, &SystemRng, &Actor::command_line(), &request).await.unwrap();
    made.tenant().id
}
