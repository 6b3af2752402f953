//! The pages on a store in memory, with a clock that stands still until it is told.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use riskgate_authentication::{
    Approvals, Argon2Cost, BreachedCheck, DeviceCodeGuesses, EmailCodes, Forms, Interactions, NewPhone,
    Passkeys, PasswordHasher, PasswordResets, PasswordRules, Passwords, RecoveryCodes, RegisteredMethods,
    Services, Sessions, SoftwareOath, StrengthMeter, TemporaryAccessPasses,
};
use riskgate_core::{Clock, ManualClock, SystemRng, TenantId};
use riskgate_directory::{
    Actor, BootstrapRequest, Directory, NewApplication, NewUser, Platform, create_tenant,
};
use riskgate_federation::{Federation, FederationSettings};
use riskgate_http::{HttpContext, TrustedProxies};
use riskgate_keystore::MasterKey;
use riskgate_model::{AnonymizerKind, User};
use riskgate_odata::Filter;
use riskgate_protection::Protection;
use riskgate_risk::RiskConfig;
use riskgate_sign_in_web::{Recovery, SignInWeb, Texts, router};
use riskgate_store::records::{AuthorizationRequest, SignInRecord, SignInTarget, UserCredential};
use riskgate_store::{Batch, Record, Store, StoreExt, tables};
use riskgate_testkit::authenticator_app::{code_at, from_groups};
use riskgate_testkit::{KnownAddresses, KnownBreached, SoftwarePasskey, SoftwarePhone};
use riskgate_tokens::TokenService;

use crate::post::Post;

pub(crate) const BASE_URL: &str = "https://login.contoso.com:8443";
pub(crate) const PASSWORD: &str = "Contoso1234";
/// The one password that is known from breaches.
pub(crate) const BREACHED: &str = "Breached-1234";
pub(crate) const REDIRECT: &str = "https://app.contoso.com/cb";
/// Where people are when nothing is unusual.
pub(crate) const HOME: &str = "203.0.113.9";
/// An exit of the Tor network.
pub(crate) const TOR: &str = "178.17.170.23";
/// The name of every policy here, which nobody is told.
pub(crate) const POLICY_NAME: &str = "A name nobody is told";
pub(crate) const MINUTE: Duration = Duration::from_secs(60);
const HOUR: Duration = Duration::from_secs(60 * 60);
/// As cheap as Argon2 can be.
const CHEAP: Argon2Cost = Argon2Cost { memory_kib: 8, passes: 1 };

pub(crate) struct World {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) tenant: TenantId,
    pub(crate) directory: Directory,
    pub(crate) forms: Forms,
    pub(crate) federation: Federation,
    pub(crate) tokens: Arc<TokenService>,
    pub(crate) router: Router,
    /// Mail that was sent.
    pub(crate) post: Arc<Post>,
    pub(crate) emails: EmailCodes,
    pub(crate) recovery_codes: RecoveryCodes,
    hasher: PasswordHasher,
    oath: SoftwareOath,
    passkeys: Passkeys,
    pub(crate) approvals: Approvals,
    pub(crate) passes: TemporaryAccessPasses,
    pub(crate) protection: Arc<Protection>,
}

impl World {
    /// A tenant `contoso.com`; its administrator has the password all people here have.
    pub(crate) async fn new() -> Self {
        let rng = Arc::new(SystemRng);
        let store = riskgate_store_sql::open("sqlite::memory:").await.unwrap();
        let clock = Arc::new(ManualClock::new("2026-11-23T09:00:00Z".parse().unwrap()));
        let hasher = PasswordHasher::new(CHEAP, 2, rng.clone()).unwrap();
        let tenant = tenant(&store, &clock, &hasher).await;
        clock.advance(HOUR);
        let directory = Directory::new(store.clone(), clock.clone(), rng.clone(), tenant);
        let key = Arc::new(MasterKey::ephemeral(rng.clone()));
        let services = Services {
            store: store.clone(),
            seal: key.clone(),
            clock: clock.clone(),
            rng: rng.clone(),
            tenant,
        };
        let forms = Forms::new(services.clone(), &[7; 32]);
        let oath = SoftwareOath::new(services.clone(), forms.sealed().clone(), "Contoso");
        let passkeys = Passkeys::new(services.clone(), forms.sealed().clone(), BASE_URL, "Contoso");
        let approvals = Approvals::new(services.clone(), forms.sealed().clone(), BASE_URL, None);
        let protection = Protection::new(
            store.clone(),
            directory.clone(),
            Arc::new(KnownAddresses(&[(TOR, AnonymizerKind::Tor)])),
            clock.clone(),
            rng.clone(),
            RiskConfig::default(),
        );
        let protection = Arc::new(protection.with_seal(key.clone()));
        let tokens = TokenService::new(store.clone(), key, clock.clone(), rng.clone(), tenant, BASE_URL);
        let tokens = Arc::new(tokens);
        let post = Arc::new(Post::default());
        let emails = EmailCodes::new(services.clone(), &[9; 32]);
        let recovery_codes = RecoveryCodes::new(services.clone(), &[10; 32]);
        let settings = FederationSettings {
            base_url: BASE_URL.to_owned(),
            private_networks: vec!["127.0.0.1/32".parse().unwrap()],
            allow_plain_http: true,
            authorities: None,
            timeout: Duration::from_secs(5),
        };
        let federation = Federation::new(services.clone(), directory.clone(), hasher.clone(), settings);
        let passes = TemporaryAccessPasses::new(services.clone(), &[11; 32]);
        let web = SignInWeb {
            directory: directory.clone(),
            passwords: Passwords::new(services.clone(), hasher.clone(), &[8; 32])
                .with_rules(PasswordRules::new(&["Contoso"], &[]))
                .with_breached_check(Some(BreachedCheck {
                    list: Arc::new(KnownBreached(&[BREACHED])),
                    refuse_new: true,
                    demand_change: true,
                })),
            registered_methods: RegisteredMethods::new(services.clone()),
            passkeys: passkeys.clone(),
            approvals: approvals.clone(),
            software_oath: oath.clone(),
            temporary_access_passes: passes.clone(),
            sessions: Sessions::new(services.clone(), 8 * HOUR),
            interactions: Interactions::new(services.clone()),
            device_code_guesses: DeviceCodeGuesses::new(services.clone()),
            strength: StrengthMeter::default(),
            recovery: Recovery {
                emails: emails.clone(),
                codes: recovery_codes.clone(),
                resets: PasswordResets::new(
                    services.clone(),
                    emails.clone(),
                    oath.clone(),
                    recovery_codes.clone(),
                ),
                required_proofs: Some(2),
            },
            forms: forms.clone(),
            federation: federation.clone(),
            tokens: tokens.clone(),
            protection: protection.clone(),
            mailer: Some(post.clone()),
            clock: clock.clone(),
            rng: rng.clone(),
            answer_step: Duration::ZERO,
            organization: "Contoso".to_owned(),
        };
        let trusted_proxies = TrustedProxies::new(vec!["127.0.0.1/32".parse().unwrap()]);
        let context = HttpContext { trusted_proxies, clock: clock.clone(), rng };
        let with_context = axum::middleware::from_fn_with_state(context, riskgate_http::with_context);
        let router = router(web, Texts::built_in()).layer(with_context);
        Self {
            store,
            clock,
            tenant,
            directory,
            forms,
            federation,
            tokens,
            router,
            post,
            emails,
            recovery_codes,
            hasher,
            oath,
            passkeys,
            approvals,
            passes,
            protection,
        }
    }

    /// Somebody at `name@contoso.com` with [`PASSWORD`].
    pub(crate) async fn person(&self, name: &str) -> User {
        self.new_person(name, PASSWORD, false).await
    }

    /// The same, whose password was set by an administrator.
    pub(crate) async fn person_with_temporary_password(&self, name: &str) -> User {
        self.new_person(name, PASSWORD, true).await
    }

    /// The same with another password.
    pub(crate) async fn person_with_password(&self, name: &str, password: &str) -> User {
        self.new_person(name, password, false).await
    }

    async fn new_person(&self, name: &str, password: &str, must_change: bool) -> User {
        let hash = self.hasher.hash(password.into()).await.unwrap();
        let new = NewUser::new(&format!("{name}@contoso.com"), name, hash, must_change);
        let user = self.directory.create_user(&Actor::command_line(), &new).await.unwrap();
        self.clock.advance(MINUTE);
        user
    }

    /// Registers an authenticator app; its secret.
    pub(crate) async fn register(&self, user: &User) -> Vec<u8> {
        let enrollment = self.oath.begin(user).unwrap();
        let secret = from_groups(&enrollment.secret);
        self.oath.confirm(user, &enrollment.pending, &self.code(&secret)).await.unwrap();
        // The code of the registration is used up.
        self.clock.advance(MINUTE);
        secret
    }

    /// Registers a passkey.
    pub(crate) async fn passkey(&self, user: &User) -> SoftwarePasskey {
        let challenge = self.passkeys.begin_registration(user).await.unwrap();
        let passkey = SoftwarePasskey::new(BASE_URL, &challenge.options);
        let created = passkey.created(&challenge.options);
        self.passkeys.register(user, &challenge.pending, &created, "Key").await.unwrap();
        passkey
    }

    /// Registers a phone.
    pub(crate) async fn phone(&self, user: &User) -> SoftwarePhone {
        let pairing = self.approvals.begin_pairing(user).await.unwrap();
        let mut phone = SoftwarePhone::new(BASE_URL);
        let (public_key, signature) = (phone.public_key(), phone.sign_registration(&pairing.code));
        let new =
            NewPhone { code: &pairing.code, public_key: &public_key, signature: &signature, name: "Pocket" };
        phone.id = self.approvals.register(&new).await.unwrap().1.id;
        phone
    }

    /// How many apps somebody has.
    pub(crate) async fn apps(&self, user: &User) -> usize {
        self.oath.list(&user.id).await.unwrap().len()
    }

    /// The code an app shows now.
    pub(crate) fn code(&self, secret: &[u8]) -> String {
        code_at(secret, self.clock.now().as_seconds() / 30)
    }

    /// Six digits that are no code of this secret near now.
    pub(crate) fn wrong_code(&self, secret: &[u8]) -> String {
        let step = self.clock.now().as_seconds() / 30;
        let right: Vec<_> = (step - 2..=step + 2).map(|step| code_at(secret, step)).collect();
        (0..).map(|n: u32| format!("{n:06}")).find(|code| !right.contains(code)).unwrap()
    }

    /// Changes a record of the store behind the back of the pages.
    pub(crate) async fn change<R: Record>(&self, id: &str, change: impl FnOnce(&mut R)) {
        let mut found = self.store.load::<R>(self.tenant, id).await.unwrap().unwrap();
        change(&mut found.record);
        let mut batch = Batch::new(self.tenant);
        batch.update(&found).unwrap();
        self.store.commit(batch).await.unwrap();
    }

    /// The request of a new application that nobody consented to yet.
    pub(crate) async fn request(&self, scopes: &str) -> AuthorizationRequest {
        let new = NewApplication {
            display_name: "Expenses".to_owned(),
            application_permissions: Vec::new(),
            delegated_permissions: Vec::new(),
            redirect_uris: vec![(Platform::Web, REDIRECT.to_owned())],
            logout_url: None,
            public: false,
            credential: None,
        };
        let created = self.directory.create_application(&Actor::command_line(), &new).await.unwrap();
        AuthorizationRequest {
            client_id: created.application.app_id.unwrap(),
            redirect_uri: REDIRECT.to_owned(),
            response_mode: "query".to_owned(),
            scopes: scopes.split(' ').map(str::to_owned).collect(),
            state: Some("st/1 &2".to_owned()),
            nonce: None,
            code_challenge: None,
            prompt: Vec::new(),
            login_hint: None,
            max_age: None,
            correlation_id: "8b1a2c34-1111-4222-8333-444455556666".to_owned(),
            claims: Default::default(),
            dpop_key: None,
        }
    }

    /// The address of the sign-in page for a request.
    pub(crate) fn sign_in_path(&self, request: &AuthorizationRequest) -> String {
        format!("/signin?ctx={}", self.sealed(request))
    }

    /// The sealed target of a request.
    pub(crate) fn sealed(&self, request: &AuthorizationRequest) -> String {
        let target = SignInTarget::Application(Box::new(request.clone()));
        self.forms.sealed().seal(SignInTarget::PURPOSE, &target, HOUR).unwrap()
    }

    /// A record of the store.
    pub(crate) async fn load<R: Record>(&self, id: &str) -> Option<R> {
        let found = self.store.load::<R>(self.tenant, id).await.unwrap();
        found.map(|found| found.record)
    }

    /// All records of a kind.
    pub(crate) async fn all<R: Record>(&self) -> Vec<R> {
        let found = self.store.find_all::<R>(self.tenant, Filter::Constant(true)).await.unwrap();
        found.into_iter().map(|found| found.record).collect()
    }

    /// All sign-ins of somebody.
    pub(crate) async fn sign_ins(&self, user: &User) -> Vec<SignInRecord> {
        let filter = Filter::equals("userId", user.id.as_str());
        let found = self.store.find_all::<SignInRecord>(self.tenant, filter).await.unwrap();
        found.into_iter().map(|found| found.record).collect()
    }

    /// The error code the sign-in log shows.
    pub(crate) async fn logged_code(&self, sign_in_id: &str) -> Option<i32> {
        let record = self.load::<SignInRecord>(sign_in_id).await.expect("the sign-in is in the store");
        record.sign_in.status.and_then(|status| status.error_code)
    }

    /// The hash of somebody's password.
    pub(crate) async fn password_hash(&self, user: &User) -> String {
        self.load::<UserCredential>(&user.id).await.unwrap().password_hash
    }

    /// Disables an account.
    pub(crate) async fn disable(&self, user: &User) {
        self.change(&user.id, |user: &mut User| user.account_enabled = Some(false)).await;
    }

    /// How many rows a sign-in could have left.
    pub(crate) async fn rows(&self) -> Vec<u64> {
        let mut rows = Vec::new();
        for table in [
            &tables::SIGN_INS,
            &tables::SESSIONS,
            &tables::INTERACTIONS,
            &tables::AUTHENTICATION_METHODS,
            &tables::AUTHORIZATION_CODES,
            &tables::FAILURE_COUNTERS,
        ] {
            let everything = Filter::And(Vec::new());
            rows.push(self.store.count(self.tenant, table, &everything).await.unwrap());
        }
        rows
    }
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
