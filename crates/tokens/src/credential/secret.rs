use std::time::Duration;

use riskgate_model::PasswordCredential;
use riskgate_store::records::{ClientCredential, ClientCredentialKind};

use crate::TokenService;
use crate::digest::sha256_hex;

/// Entra's portal offers two years at most.
const LONGEST: Duration = Duration::from_secs(2 * 366 * 24 * 60 * 60);

/// A new secret of a client. The caller stores the first two; the third is shown once.
#[derive(Clone)]
pub struct NewSecret {
    /// For the table of credentials: the digest.
    pub credential: ClientCredential,
    /// For `passwordCredentials` of the application, without the secret.
    pub password_credential: PasswordCredential,
    /// The secret itself, 43 characters that need no quoting in a shell or URL.
    pub secret: String,
}

/// A lifetime no secret may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("a client secret must live longer than 0 and at most 732 days")]
pub struct SecretLifetimeError;

impl TokenService {
    /// Draws a secret of 256 bits for an application, good from now. Nothing is stored yet.
    ///
    /// # Errors
    /// [`SecretLifetimeError`].
    pub fn new_client_secret(
        &self,
        app_id: &str,
        display_name: Option<&str>,
        lifetime: Duration,
    ) -> Result<NewSecret, SecretLifetimeError> {
        if lifetime.is_zero() || lifetime > LONGEST {
            return Err(SecretLifetimeError);
        }
        let mut secret = self.rng.token();
        // On a command line a leading dash would make it an option; giving up one of 258 bits or so does no harm.
        if secret.starts_with('-') {
            secret.replace_range(..1, "a");
        }
        let hint: String = secret.chars().take(3).collect();
        let (start, id) = (self.clock.now(), self.rng.guid());
        let end = start + lifetime;
        let credential = ClientCredential {
            id: id.clone(),
            app_id: app_id.to_owned(),
            kind: ClientCredentialKind::Secret { digest: sha256_hex(&secret), hint: hint.clone() },
            start_date_time: start,
            end_date_time: end,
        };
        let password_credential = PasswordCredential {
            display_name: display_name.map(str::to_owned),
            end_date_time: Some(end),
            hint: Some(hint),
            key_id: Some(id),
            start_date_time: Some(start),
            ..PasswordCredential::default()
        };
        Ok(NewSecret { credential, password_credential, secret })
    }
}

impl std::fmt::Debug for NewSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewSecret").field("key_id", &self.credential.id).finish_non_exhaustive()
    }
}
