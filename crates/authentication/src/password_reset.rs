use std::net::IpAddr;
use std::time::Duration;

use riskgate_model::User;
use riskgate_store::records::{PasswordReset, ResetProof};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};

use crate::digest::sha256_hex;
use crate::email::EmailCodes;
use crate::familiar::{is_familiar, network_of};
use crate::recovery_codes::{RecoveryCodeError, RecoveryCodes};
use crate::throttle::count_failure;
use crate::{AuthnError, EmailCodeError, OathError, Services, SoftwareOath};

/// How long somebody has for all of it.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// Attempts to prove it that were not enough, before it is over.
const MAX_FAILURES: u32 = 5;
/// Resets that begin for one account, from networks of one kind, before a pause; and from one address.
const BEGUN_BEFORE_A_PAUSE: u32 = 5;
const BEGUN_FROM_ADDRESS: u32 = 20;

/// Proofs an administrator needs at least, whatever is configured.
const OF_ADMINISTRATORS: usize = 2;

/// How many proofs set a new password for somebody, where `configured` do for most people. Whoever holds a directory role is an
/// administrator.
pub fn required_proofs(configured: usize, is_administrator: bool) -> usize {
    if is_administrator { configured.max(OF_ADMINISTRATORS) } else { configured }
}

/// Lets people who have forgotten their password prove that it is they.
///
/// Nobody learns from the answers, or from how long they take, whether an account exists or what is registered for it: a name
/// nobody has is counted, gets a code that is mailed to nobody, and is refused like all others. Whoever guesses is counted
/// apart from networks the person signed in from, and never by the counters of a sign-in: he locks out himself.
#[derive(Clone)]
pub struct PasswordResets {
    services: Services,
    emails: EmailCodes,
    apps: SoftwareOath,
    recovery: RecoveryCodes,
}

/// A reset that began.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BegunReset {
    /// Token for the page.
    pub token: String,
    /// Address and code that are to be mailed, if an address is registered.
    pub mail: Option<(String, String)>,
}

/// What somebody offers as proof; empty is nothing.
#[derive(Debug, Clone, Default)]
pub struct OfferedProofs {
    /// The code that was mailed.
    pub email_code: String,
    /// A code of an authenticator app.
    pub app_code: String,
    /// A recovery code.
    pub recovery_code: String,
}

/// Why a reset does not go on.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ResetError {
    /// What was offered is wrong or not enough.
    #[error("the proofs are wrong or not enough")]
    NotProven,
    /// It is too old, over, or never was.
    #[error("the reset is over")]
    Expired,
    /// Too many began; refused for a while.
    #[error("too many resets began")]
    Locked,
    /// Nobody's mistake.
    #[error(transparent)]
    Failed(#[from] AuthnError),
}

impl From<StoreError> for ResetError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl PasswordResets {
    /// Over what people may have registered.
    pub fn new(services: Services, emails: EmailCodes, apps: SoftwareOath, recovery: RecoveryCodes) -> Self {
        Self { services, emails, apps, recovery }
    }

    /// Begins one for the account of a name, if there is one; `required` proofs are needed, of the kinds that count.
    ///
    /// # Errors
    /// [`ResetError::Locked`], [`ResetError::Failed`].
    pub async fn begin(
        &self,
        user: Option<&User>,
        name: &str,
        from: IpAddr,
        required: usize,
        counting: &[ResetProof],
    ) -> Result<BegunReset, ResetError> {
        // No identifier of a user has a colon.
        let account = match user {
            Some(user) => user.id.clone(),
            None => format!("name:{}", sha256_hex(&name.to_lowercase())),
        };
        let is_familiar = is_familiar(&self.services, &account, from).await?;
        let source = match from.to_canonical() {
            address @ IpAddr::V4(_) => address.to_string(),
            address @ IpAddr::V6(_) => network_of(address),
        };
        let key = format!("reset:{}:{account}", kind(is_familiar));
        let counted = [(format!("reset-from:{source}"), BEGUN_FROM_ADDRESS), (key, BEGUN_BEFORE_A_PAUSE)];
        for (key, limit) in counted {
            if !count_failure(&self.services, &key, limit, None).await? {
                return Err(ResetError::Locked);
            }
        }
        let address = self.emails.address(&account).await?.map(|method| method.address);
        let address = address.filter(|_| counting.contains(&ResetProof::Email));
        let issued = self.emails.issue(&account, address.as_deref().unwrap_or_default()).await?;
        let token = self.services.rng.token();
        let reset = PasswordReset {
            id: sha256_hex(&token),
            account,
            is_familiar,
            challenge: issued.challenge,
            required,
            counting: counting.to_vec(),
            proofs: Vec::new(),
            failures: 0,
            expires_date_time: self.services.clock.now() + LIFETIME,
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&reset)?;
        self.services.store.commit(batch).await?;
        Ok(BegunReset { token, mail: address.map(|address| (address, issued.code)) })
    }

    /// Looks at what is offered. What is right is kept, so that only the rest is needed at the next attempt.
    ///
    /// # Errors
    /// [`ResetError`].
    pub async fn prove(&self, token: &str, offered: &OfferedProofs) -> Result<(), ResetError> {
        let reset = self.count(token).await?;
        let mut proofs = reset.proofs.clone();
        for proof in [ResetProof::Email, ResetProof::SoftwareOath, ResetProof::RecoveryCode] {
            if proofs.contains(&proof) {
                continue;
            }
            // What does not count is looked at as well: how long an answer takes says nothing about an account.
            if self.is_right(&reset, proof, offered).await? && reset.counting.contains(&proof) {
                proofs.push(proof);
            }
        }
        let is_proven = proofs.len() >= reset.required;
        if proofs.len() > reset.proofs.len() {
            self.keep(&reset.id, &proofs, is_proven).await?;
        }
        if is_proven { Ok(()) } else { Err(ResetError::NotProven) }
    }

    /// The reset of this token, if enough was proven.
    ///
    /// # Errors
    /// [`ResetError::Expired`], [`ResetError::Failed`].
    pub async fn proven(&self, token: &str) -> Result<Versioned<PasswordReset>, ResetError> {
        let found = self.going_on(&sha256_hex(token)).await?;
        found.filter(|reset| reset.record.proofs.len() >= reset.record.required).ok_or(ResetError::Expired)
    }

    /// Ends one; whoever gets `Ok` sets the password.
    ///
    /// # Errors
    /// [`ResetError::Expired`] if somebody else was faster, [`ResetError::Failed`].
    pub async fn finish(&self, reset: &Versioned<PasswordReset>) -> Result<(), ResetError> {
        let mut batch = Batch::new(self.services.tenant);
        batch.delete(reset);
        match self.services.store.commit(batch).await {
            Err(StoreError::Conflict { .. }) => Err(ResetError::Expired),
            outcome => Ok(outcome?),
        }
    }

    /// Counts an attempt before anything is looked at: attempts sent at the same moment are all counted.
    async fn count(&self, token: &str) -> Result<PasswordReset, ResetError> {
        let id = sha256_hex(token);
        let counted = retry(|| async {
            let Some(mut reset) = self.going_on(&id).await? else { return Ok(None) };
            reset.record.failures = reset.record.failures.saturating_add(1);
            let mut batch = Batch::new(self.services.tenant);
            batch.update(&reset)?;
            self.services.store.commit(batch).await?;
            Ok(Some(reset.record))
        });
        match counted.await {
            Err(StoreError::Conflict { .. }) | Ok(None) => Err(ResetError::Expired),
            Ok(Some(reset)) => Ok(reset),
            Err(error) => Err(error.into()),
        }
    }

    async fn keep(&self, id: &str, proofs: &[ResetProof], is_proven: bool) -> Result<(), ResetError> {
        let kept = retry(|| async {
            let Some(mut reset) = self.load(id).await? else { return Ok(false) };
            for proof in proofs {
                if !reset.record.proofs.contains(proof) {
                    reset.record.proofs.push(*proof);
                }
            }
            if is_proven {
                reset.record.failures = 0;
            }
            let mut batch = Batch::new(self.services.tenant);
            batch.update(&reset)?;
            self.services.store.commit(batch).await.map(|()| true)
        });
        if kept.await? { Ok(()) } else { Err(ResetError::Expired) }
    }

    async fn is_right(
        &self,
        reset: &PasswordReset,
        proof: ResetProof,
        offered: &OfferedProofs,
    ) -> Result<bool, ResetError> {
        let account = &reset.account;
        let counter = |name: &str| format!("{name}-reset:{}:{account}", kind(reset.is_familiar));
        match proof {
            ResetProof::Email if !offered.email_code.trim().is_empty() => {
                match self.emails.verify(&reset.challenge, account, &offered.email_code).await {
                    Ok(_) => Ok(true),
                    Err(EmailCodeError::Failed(error)) => Err(error.into()),
                    Err(_) => Ok(false),
                }
            }
            ResetProof::SoftwareOath if !offered.app_code.trim().is_empty() => {
                match self.apps.verify_counted(account, &offered.app_code, &counter("oath")).await {
                    Ok(()) => Ok(true),
                    Err(OathError::Failed(error)) => Err(error.into()),
                    Err(_) => Ok(false),
                }
            }
            ResetProof::RecoveryCode if !offered.recovery_code.trim().is_empty() => {
                let code = &offered.recovery_code;
                match self.recovery.verify_counted(account, code, &counter("recovery")).await {
                    Ok(()) => Ok(true),
                    Err(RecoveryCodeError::Failed(error)) => Err(error.into()),
                    Err(_) => Ok(false),
                }
            }
            _ => Ok(false),
        }
    }

    async fn load(&self, id: &str) -> Result<Option<Versioned<PasswordReset>>, StoreError> {
        self.services.store.load(self.services.tenant, id).await
    }

    async fn going_on(&self, id: &str) -> Result<Option<Versioned<PasswordReset>>, StoreError> {
        let now = self.services.clock.now();
        let is_going_on = |r: &PasswordReset| r.expires_date_time > now && r.failures < MAX_FAILURES;
        Ok(self.load(id).await?.filter(|found| is_going_on(&found.record)))
    }
}

fn kind(is_familiar: bool) -> &'static str {
    if is_familiar { "familiar" } else { "unfamiliar" }
}
