use std::sync::Arc;

use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

use super::rules::{PasswordOwner, PasswordRules};

/// Characters that are looked at: more make no password weaker, and the time grows faster than the length.
const MAX_CHARACTERS: usize = 64;
/// Estimates at a time.
const AT_ONCE: usize = 2;

/// Estimates how hard a password is to guess, as zxcvbn does (Wheeler, USENIX Security 2016). Cheap to clone.
#[derive(Debug, Clone)]
pub struct StrengthMeter {
    running: Arc<Semaphore>,
}

impl Default for StrengthMeter {
    fn default() -> Self {
        Self { running: Arc::new(Semaphore::new(AT_ONCE)) }
    }
}

impl StrengthMeter {
    /// From 0, guessed at once, to 4, very hard to guess; `None` if too many ask at the moment. The names of the person and
    /// of the organization count as words that are tried first.
    pub async fn measure(
        &self,
        password: &SecretString,
        rules: &PasswordRules,
        owner: PasswordOwner<'_>,
    ) -> Option<u8> {
        let permit = self.running.clone().try_acquire_owned().ok()?;
        let first: String = password.expose_secret().chars().take(MAX_CHARACTERS).collect();
        let first = SecretString::from(first);
        let guesses: Vec<String> = rules.guesses(&owner).map(str::to_lowercase).collect();
        let estimate = tokio::task::spawn_blocking(move || {
            let _permit = permit;
            let guesses: Vec<&str> = guesses.iter().map(String::as_str).collect();
            u8::from(zxcvbn::zxcvbn(first.expose_secret(), &guesses).score())
        });
        estimate.await.ok()
    }
}
