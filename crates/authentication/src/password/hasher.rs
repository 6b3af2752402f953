use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use argon2::{Algorithm, Argon2, Params, Version};
use riskgate_core::Rng;
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

/// Longest password that is hashed, in bytes of UTF-8: 256 characters. A longer one is wrong, at the same cost.
const MAX_BYTES: usize = 1024;
/// Verifications that may wait for each processor before more are turned away.
const WAITING_PER_PROCESSOR: usize = 64;

/// Cost of one hash (RFC 9106). The default is what OWASP recommends: 19 MiB, two passes, one lane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Argon2Cost {
    /// Memory in KiB.
    pub memory_kib: u32,
    /// Passes over it.
    pub passes: u32,
}

impl Default for Argon2Cost {
    fn default() -> Self {
        Self { memory_kib: 19_456, passes: 2 }
    }
}

/// Why nothing was hashed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum HashError {
    /// Too many are waiting already; try again in a moment.
    #[error("too many passwords are being verified at once")]
    Busy,
    /// The cost is outside of what Argon2 allows.
    #[error("the cost of password hashing is not possible: {0}")]
    Cost(String),
    /// The pool is shutting down.
    #[error("password verification has stopped")]
    Stopped,
}

/// Argon2id on as many threads as there are processors; who comes when too many wait is turned away at once, so that a
/// flood of sign-ins cannot take all memory. Cheap to clone.
#[derive(Clone)]
pub struct PasswordHasher {
    inner: Arc<Inner>,
}

struct Inner {
    argon2: Argon2<'static>,
    rng: Arc<dyn Rng>,
    /// A hash of nothing anybody knows, verified against when there is no account.
    decoy: String,
    running: Arc<Semaphore>,
    waiting: Semaphore,
    background: Semaphore,
    verifications: AtomicU64,
}

impl PasswordHasher {
    /// A pool for `processors` processors.
    ///
    /// # Errors
    /// [`HashError::Cost`].
    pub fn new(cost: Argon2Cost, processors: usize, rng: Arc<dyn Rng>) -> Result<Self, HashError> {
        let params =
            Params::new(cost.memory_kib, cost.passes, 1, None).map_err(|e| HashError::Cost(e.to_string()))?;
        let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let decoy = hash(&argon2, &*rng, rng.token().as_bytes())?;
        let processors = processors.max(1);
        let inner = Inner {
            argon2,
            rng,
            decoy,
            running: Arc::new(Semaphore::new(processors)),
            waiting: Semaphore::new(processors * WAITING_PER_PROCESSOR),
            background: Semaphore::new(1),
            verifications: AtomicU64::new(0),
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Hashes a new password into PHC form.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn hash(&self, password: SecretString) -> Result<String, HashError> {
        self.run(move |inner| hash(&inner.argon2, &*inner.rng, password.expose_secret().as_bytes())).await?
    }

    /// Whether the password is the one of `stored`. Without a hash the same work is done and the answer is no.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn verify(&self, stored: Option<&str>, password: SecretString) -> Result<bool, HashError> {
        let stored = stored.map(str::to_owned);
        self.run(move |inner| {
            inner.verifications.fetch_add(1, Ordering::Relaxed);
            let password = password.expose_secret().as_bytes();
            let is_short_enough = password.len() <= MAX_BYTES;
            let text = stored.as_deref().filter(|_| is_short_enough).unwrap_or(&inner.decoy);
            let password = if is_short_enough { password } else { &password[..MAX_BYTES] };
            let is_right = PasswordHash::new(text)
                .is_ok_and(|hash| inner.argon2.verify_password(password, &hash).is_ok());
            is_right && stored.is_some() && is_short_enough
        })
        .await
    }

    /// The same for work nobody waits for: one at a time, so that people wait for one such verification at most, and behind
    /// everybody who waits already.
    ///
    /// # Errors
    /// [`HashError`].
    pub async fn verify_in_background(
        &self,
        stored: Option<&str>,
        password: SecretString,
    ) -> Result<bool, HashError> {
        let _turn = self.inner.background.acquire().await.map_err(|_| HashError::Stopped)?;
        self.verify(stored, password).await
    }

    /// How many verifications were done; what an attacker could time.
    pub fn verifications(&self) -> u64 {
        self.inner.verifications.load(Ordering::Relaxed)
    }

    async fn run<T, F>(&self, work: F) -> Result<T, HashError>
    where
        T: Send + 'static,
        F: FnOnce(&Inner) -> T + Send + 'static,
    {
        let _place = self.inner.waiting.try_acquire().map_err(|_| HashError::Busy)?;
        let permit = self.inner.running.clone().acquire_owned().await.map_err(|_| HashError::Stopped)?;
        let inner = self.inner.clone();
        let task = tokio::task::spawn_blocking(move || {
            // Held by the work itself: a caller who went away does not make room while his hash still runs.
            let _permit = permit;
            work(&inner)
        });
        task.await.map_err(|_| HashError::Stopped)
    }
}

fn hash(argon2: &Argon2<'_>, rng: &dyn Rng, password: &[u8]) -> Result<String, HashError> {
    let mut salt = [0; 16];
    rng.fill(&mut salt);
    let hash: PasswordHash = argon2
        .hash_password_with_salt(password, &salt)
        .map_err(|error| HashError::Cost(error.to_string()))?;
    Ok(hash.to_string())
}
