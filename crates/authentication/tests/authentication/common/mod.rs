//! All services on one store, and people to try them with.

mod observed;

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use riskgate_authentication::{
    Argon2Cost, EmailCodes, FirstFactor, FirstFactorError, Forms, Interactions, PasswordAttempt,
    PasswordHasher, PasswordResets, Passwords, RecoveryCodes, SealedForms, Services, Sessions, SoftwareOath,
};
use riskgate_core::{Clock, ManualClock, SeededRng, TenantId};
use riskgate_keystore::MasterKey;
use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind, MethodUse, User};
use riskgate_store::records::UserCredential;
use riskgate_store::{Batch, Record, StoreExt, Versioned};

pub(crate) use observed::Observed;
pub(crate) use riskgate_testkit::authenticator_app::{code_at, from_groups};
pub(crate) use riskgate_testkit::{AA_GUID, SoftwarePasskey, SoftwarePhone};

pub(crate) const RIGHT: &str = "Contoso1234";
pub(crate) const MINUTE: Duration = Duration::from_secs(60);
pub(crate) const HOUR: Duration = Duration::from_secs(60 * 60);
pub(crate) const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// As cheap as Argon2 can be.
pub(crate) const CHEAP: Argon2Cost = Argon2Cost { memory_kib: 8, passes: 1 };
/// How long a session is good in these tests.
pub(crate) const SESSION: Duration = Duration::from_secs(8 * 60 * 60);

pub(crate) struct World {
    pub(crate) observed: Observed,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) services: Services,
    pub(crate) passwords: Passwords,
    pub(crate) oath: SoftwareOath,
    pub(crate) emails: EmailCodes,
    pub(crate) recovery: RecoveryCodes,
    pub(crate) resets: PasswordResets,
    pub(crate) sessions: Sessions,
    pub(crate) interactions: Interactions,
    pub(crate) forms: Forms,
    pub(crate) sealed: SealedForms,
}

impl World {
    pub(crate) async fn new() -> Self {
        let (store, observed) = Observed::on(riskgate_store_sql::open("sqlite::memory:").await.unwrap());
        let clock = Arc::new(ManualClock::new("2026-11-23T10:00:00Z".parse().unwrap()));
        let rng = Arc::new(SeededRng::new(7));
        let tenant: TenantId = "6d3f2a54-4c0a-4f43-9d9f-0f2d43c0a001".parse().unwrap();
        let services = Services {
            store,
            seal: Arc::new(MasterKey::ephemeral(rng.clone())),
            clock: clock.clone(),
            rng: rng.clone(),
            tenant,
        };
        let hasher = PasswordHasher::new(CHEAP, 2, rng).unwrap();
        let forms = Forms::new(services.clone(), &[1; 32]);
        let oath = SoftwareOath::new(services.clone(), forms.sealed().clone(), "Contoso");
        let emails = EmailCodes::new(services.clone(), &[3; 32]);
        let recovery = RecoveryCodes::new(services.clone(), &[4; 32]);
        let resets = PasswordResets::new(services.clone(), emails.clone(), oath.clone(), recovery.clone());
        Self {
            observed,
            clock,
            passwords: Passwords::new(services.clone(), hasher, &[2; 32]),
            oath,
            emails,
            recovery,
            resets,
            sessions: Sessions::new(services.clone(), SESSION),
            interactions: Interactions::new(services.clone()),
            sealed: forms.sealed().clone(),
            forms,
            services,
        }
    }

    /// A person without password.
    pub(crate) async fn person(&self, name: &str) -> User {
        let user = User {
            id: self.services.rng.guid(),
            user_principal_name: Some(format!("{name}@contoso.com")),
            account_enabled: Some(true),
            ..User::default()
        };
        self.insert(&user).await;
        user
    }

    /// A person whose password is [`RIGHT`].
    pub(crate) async fn person_with_password(&self, name: &str) -> User {
        let user = self.person(name).await;
        self.set_password(&user, RIGHT, false).await;
        user
    }

    pub(crate) async fn set_password(&self, user: &User, password: &str, must_change: bool) {
        let credential = UserCredential {
            id: user.id.clone(),
            password_hash: self.passwords.hasher().hash(password.into()).await.unwrap(),
            changed_date_time: self.clock.now(),
            must_change,
        };
        self.insert(&credential).await;
    }

    pub(crate) async fn insert<R: Record>(&self, record: &R) {
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(record).unwrap();
        self.services.store.commit(batch).await.unwrap();
    }

    /// Stores what `change` makes of a record.
    pub(crate) async fn change<R: Record>(&self, id: &str, change: impl FnOnce(&mut R)) {
        let mut found: Versioned<R> = self.load(id).await.unwrap();
        change(&mut found.record);
        let mut batch = Batch::new(self.services.tenant);
        batch.update(&found).unwrap();
        self.services.store.commit(batch).await.unwrap();
    }

    pub(crate) async fn load<R: Record>(&self, id: &str) -> Option<Versioned<R>> {
        self.services.store.load(self.services.tenant, id).await.unwrap()
    }

    /// What happens when somebody types a known person's name and this password.
    pub(crate) async fn try_password(
        &self,
        user: &User,
        password: &str,
        from: &str,
    ) -> Result<FirstFactor, FirstFactorError> {
        let name = user.user_principal_name.as_deref().unwrap();
        self.attempt(Some(user), name, password, from).await
    }

    /// The same with a name nobody has.
    pub(crate) async fn try_unknown(
        &self,
        name: &str,
        password: &str,
        from: &str,
    ) -> Result<FirstFactor, FirstFactorError> {
        self.attempt(None, name, password, from).await
    }

    async fn attempt(
        &self,
        user: Option<&User>,
        user_principal_name: &str,
        password: &str,
        from: &str,
    ) -> Result<FirstFactor, FirstFactorError> {
        let address: IpAddr = from.parse().unwrap();
        let attempt = PasswordAttempt { user, user_principal_name, password: password.into(), address };
        self.passwords.verify(attempt).await
    }

    /// Facts of somebody who just typed a password.
    pub(crate) fn password_now(&self) -> AuthenticationFacts {
        let used = MethodUse { method: AuthenticationMethodKind::Password, at: self.clock.now() };
        AuthenticationFacts { methods: vec![used], ..Default::default() }
    }

    /// Registers an authenticator app; its secret.
    pub(crate) async fn register(&self, user: &User) -> Vec<u8> {
        let enrollment = self.oath.begin(user).unwrap();
        let secret = from_groups(&enrollment.secret);
        let code = self.code(&secret, 0);
        self.oath.confirm(user, &enrollment.pending, &code).await.unwrap();
        secret
    }

    /// The code an app shows `steps` steps of thirty seconds from now.
    pub(crate) fn code(&self, secret: &[u8], steps: i64) -> String {
        code_at(secret, self.clock.now().as_seconds() / 30 + steps)
    }

    /// Six digits that are no code of this secret near now; another one for each `number` below 10.
    pub(crate) fn wrong_code(&self, secret: &[u8], number: usize) -> String {
        let right: Vec<_> = (-2..=2).map(|steps| self.code(secret, steps)).collect();
        (0..).map(|n: u32| format!("{n:06}")).filter(|code| !right.contains(code)).nth(number).unwrap()
    }
}
