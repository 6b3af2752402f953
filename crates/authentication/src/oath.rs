use std::fmt;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use qrcode::QrCode;
use qrcode::render::svg;
use riskgate_model::{AuthenticationMethodKind, User};
use riskgate_store::records::AuthenticationMethod;
use riskgate_store::{Batch, StoreError, Versioned, retry};
use serde::{Deserialize, Serialize};
use totp_rs::{Builder, Secret, Totp};

use crate::throttle::{ACCOUNT_LIMIT, count_failure, forget};
use crate::{AuthnError, RegisteredMethods, SealedForms, Services};

/// Most authenticator apps of one person.
const MAX_METHODS: usize = 5;
/// How long a registration page is good.
const PENDING: Duration = Duration::from_secs(15 * 60);
const STEP_SECONDS: u64 = 30;
/// Longest issuer shown in an app, in characters; a QR code does not hold the longest names of organizations.
const MAX_ISSUER: usize = 64;

/// Authenticator apps: codes of six digits and thirty seconds from a secret of 160 bits (RFC 6238 with HMAC-SHA-1, which
/// is what every app understands). A code passes once, also when it comes twice at the same moment.
#[derive(Clone)]
pub struct SoftwareOath {
    services: Services,
    registered: RegisteredMethods,
    forms: SealedForms,
    issuer: String,
}

/// What the registration page shows. Nothing is stored until the first code is right.
#[derive(Clone)]
pub struct Enrollment {
    /// The secret in base32, in groups of four.
    pub secret: String,
    /// The same as a QR code, SVG.
    pub qr_svg: String,
    /// Sealed; goes into the form and comes back with the first code.
    pub pending: String,
}

impl fmt::Debug for Enrollment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Enrollment(..)")
    }
}

/// What a registration page carries, sealed.
#[derive(Serialize, Deserialize)]
struct Pending {
    /// Identifier the method will have, so that a page sent twice registers one app, and not two that accept the same
    /// code once each.
    id: String,
    /// The secret, base64.
    secret: String,
}

/// Why a code or registration was not accepted.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OathError {
    /// The code is wrong or was used before.
    #[error("the code is wrong or was used before")]
    Wrong,
    /// Too many wrong codes; refused for a while.
    #[error("locked after too many wrong codes")]
    Locked,
    /// The registration page is too old, was used already or belongs to somebody else.
    #[error("the registration has expired")]
    Expired,
    /// There are five apps already.
    #[error("no more than five authenticator apps can be registered")]
    TooMany,
    /// Nobody's mistake.
    #[error(transparent)]
    Failed(#[from] AuthnError),
}

impl From<StoreError> for OathError {
    fn from(error: StoreError) -> Self {
        Self::Failed(error.into())
    }
}

impl SoftwareOath {
    /// `issuer` is shown by the app beside the account; its first 64 characters.
    pub fn new(services: Services, forms: SealedForms, issuer: &str) -> Self {
        // A colon separates issuer and account in the address the QR code holds.
        let issuer = issuer.replace(':', " ").chars().take(MAX_ISSUER).collect();
        Self { registered: RegisteredMethods::new(services.clone()), services, forms, issuer }
    }

    /// Begins a registration: a fresh secret, not stored yet.
    ///
    /// # Errors
    /// [`AuthnError::Sealed`] if the address is too long for a QR code, which the limits on names exclude.
    pub fn begin(&self, user: &User) -> Result<Enrollment, AuthnError> {
        let mut secret = [0; 20];
        self.services.rng.fill(&mut secret);
        let pending = Pending { id: self.services.rng.guid(), secret: STANDARD.encode(secret) };
        let sealed =
            self.forms.seal(&pending_purpose(&user.id), &pending, PENDING).map_err(|_| AuthnError::Sealed)?;
        self.enrollment(user, &secret, sealed)
    }

    /// The registration page again, after a wrong code.
    ///
    /// # Errors
    /// [`OathError::Expired`].
    pub fn resume(&self, user: &User, pending: &str) -> Result<Enrollment, OathError> {
        let (_, secret) = self.open_pending(user, pending)?;
        Ok(self.enrollment(user, &secret, pending.to_owned())?)
    }

    /// Registers the app if the code fits the secret of the page.
    ///
    /// # Errors
    /// [`OathError`].
    pub async fn confirm(
        &self,
        user: &User,
        pending: &str,
        code: &str,
    ) -> Result<AuthenticationMethod, OathError> {
        let (id, secret) = self.open_pending(user, pending)?;
        if self.list(&user.id).await?.len() >= MAX_METHODS {
            return Err(OathError::TooMany);
        }
        let now = self.services.clock.now();
        let step = check(&secret, code, now.as_seconds()).ok_or(OathError::Wrong)?;
        let method = AuthenticationMethod {
            id,
            user_id: user.id.clone(),
            kind: AuthenticationMethodKind::SoftwareOath,
            sealed_secret: STANDARD.encode(self.services.seal.seal(&purpose(&user.id), &secret)),
            created_date_time: now,
            last_used_step: Some(step),
            display_name: None,
            passkey: None,
            phone: None,
            temporary_access_pass: None,
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&method)?;
        match self.services.store.commit(batch).await {
            Err(StoreError::Exists { .. }) => return Err(OathError::Expired),
            outcome => outcome?,
        }
        // Several registered at the same moment: whoever sees one too many takes his back.
        if self.list(&user.id).await?.len() > MAX_METHODS {
            self.registered.remove(&user.id, &method.id).await?;
            return Err(OathError::TooMany);
        }
        Ok(method)
    }

    /// Accepts a code of one of the user's apps, once.
    ///
    /// # Errors
    /// [`OathError`].
    pub async fn verify(&self, user_id: &str, code: &str) -> Result<(), OathError> {
        self.verify_counted(user_id, code, &counter_key(user_id)).await
    }

    /// The same, with wrong codes counted under a key of its own.
    pub(crate) async fn verify_counted(
        &self,
        user_id: &str,
        code: &str,
        counter: &str,
    ) -> Result<(), OathError> {
        // Counted before it is looked at: a code is checked so fast that otherwise any number of guesses sent at the same
        // moment would all be checked before the first of them is counted.
        if !count_failure(&self.services, counter, ACCOUNT_LIMIT, None).await? {
            return Err(OathError::Locked);
        }
        // Somebody who uses the step up first makes the other fail: read and used up again until it is clear who.
        if !retry(|| self.use_up(user_id, code)).await? {
            return Err(OathError::Wrong);
        }
        forget(&self.services, counter).await?;
        Ok(())
    }

    /// The user's apps.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn list(&self, user_id: &str) -> Result<Vec<Versioned<AuthenticationMethod>>, AuthnError> {
        let mut methods = self.registered.list(user_id).await?;
        methods.retain(|method| method.record.kind == AuthenticationMethodKind::SoftwareOath);
        Ok(methods)
    }

    async fn use_up(&self, user_id: &str, code: &str) -> Result<bool, AuthnError> {
        let now = self.services.clock.now().as_seconds();
        for mut method in self.list(user_id).await? {
            let sealed = STANDARD.decode(&method.record.sealed_secret).map_err(|_| AuthnError::Sealed)?;
            let secret =
                self.services.seal.open(&purpose(user_id), &sealed).map_err(|_| AuthnError::Sealed)?;
            let Some(step) = check(&secret, code, now) else { continue };
            if method.record.last_used_step.is_some_and(|used| step <= used) {
                continue;
            }
            method.record.last_used_step = Some(step);
            let mut batch = Batch::new(self.services.tenant);
            batch.update(&method)?;
            self.services.store.commit(batch).await?;
            return Ok(true);
        }
        Ok(false)
    }

    /// Identifier and secret of a registration page.
    fn open_pending(&self, user: &User, pending: &str) -> Result<(String, Vec<u8>), OathError> {
        let purpose = pending_purpose(&user.id);
        let pending: Pending = self.forms.open(&purpose, pending).map_err(|_| OathError::Expired)?;
        let secret = STANDARD.decode(pending.secret).map_err(|_| OathError::Expired)?;
        Ok((pending.id, secret))
    }

    fn enrollment(&self, user: &User, secret: &[u8], pending: String) -> Result<Enrollment, AuthnError> {
        let name = user.user_principal_name.as_deref().unwrap_or_default();
        let totp = Builder::new()
            .with_secret(secret)
            .with_account_name(name)
            .with_issuer(Some(self.issuer.as_str()));
        let totp = totp.build().map_err(|_| AuthnError::Sealed)?;
        let address = totp.to_url().map_err(|_| AuthnError::Sealed)?;
        let code = QrCode::new(address).map_err(|_| AuthnError::Sealed)?;
        let picture = code.render::<svg::Color<'_>>().min_dimensions(200, 200).build();
        let base32 = Secret::from(secret).to_base32();
        let groups: Vec<_> = base32.as_bytes().chunks(4).map(String::from_utf8_lossy).collect();
        Ok(Enrollment {
            secret: groups.join(" "),
            qr_svg: picture.trim_start_matches("<?xml version=\"1.0\" standalone=\"yes\"?>").to_owned(),
            pending,
        })
    }
}

/// The counter of a user's wrong codes.
pub(crate) fn counter_key(user_id: &str) -> String {
    format!("oath:{user_id}")
}

fn purpose(user_id: &str) -> String {
    format!("software-oath:{user_id}")
}

fn pending_purpose(user_id: &str) -> String {
    format!("software-oath-pending:{user_id}")
}

/// The step the code belongs to, one before and one after now included; spaces are ignored.
fn check(secret: &[u8], code: &str, seconds: i64) -> Option<i64> {
    let code: String = code.chars().filter(|c| !c.is_whitespace()).take(7).collect();
    if code.len() != 6 || !code.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let totp: Totp =
        Builder::new().with_secret(secret).with_skew(1).with_step_duration(STEP_SECONDS).build_noncompliant();
    i64::try_from(totp.check(&code, u64::try_from(seconds).ok()?)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_vectors_of_rfc_6238() {
        // Appendix B gives eight digits; six-digit codes are their last six.
        for (seconds, code) in
            [(59, "287082"), (1_111_111_109, "081804"), (1_234_567_890, "005924"), (20_000_000_000, "353130")]
        {
            assert_eq!(check(b"12345678901234567890", code, seconds), Some(seconds / 30), "{seconds}");
        }
        assert!(check(b"12345678901234567890", "287082", 59 + 90).is_none(), "three steps later");
        assert!(check(b"12345678901234567890", "287 082", 59).is_some());
        for wrong in ["", "28708", "2870820", "abcdef", "２８７０８２"] {
            assert!(check(b"12345678901234567890", wrong, 59).is_none(), "{wrong}");
        }
    }
}
