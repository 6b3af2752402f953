use std::time::Duration;

use riskgate_model::AuthenticationFacts;
use riskgate_store::records::{Interaction, SignInTarget};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned};

use crate::digest::sha256_hex;
use crate::{AuthnError, Services};

/// How long a sign-in waits for a code, a new password or consent.
const LIFETIME: Duration = Duration::from_secs(10 * 60);
/// Wrong codes after which it ends.
const MAX_FAILURES: u32 = 5;
/// How often a change is tried again while somebody else is faster.
const ATTEMPTS: u32 = 16;

/// Sign-ins that passed the first factor and wait for something. The form carries a random token of which only the digest
/// is kept.
#[derive(Clone)]
pub struct Interactions {
    services: Services,
}

impl Interactions {
    /// Interactions over a store.
    pub fn new(services: Services) -> Self {
        Self { services }
    }

    /// Begins one; returns the token for the form.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn begin(
        &self,
        sign_in_id: &str,
        user_id: &str,
        authentication: &AuthenticationFacts,
        target: &SignInTarget,
        must_change_password: bool,
        is_risk_driven: bool,
    ) -> Result<String, AuthnError> {
        let token = self.services.rng.token();
        let interaction = Interaction {
            id: sha256_hex(&token),
            sign_in_id: sign_in_id.to_owned(),
            user_id: user_id.to_owned(),
            authentication: authentication.clone(),
            target: target.clone(),
            failures: 0,
            must_change_password,
            is_risk_driven,
            expires_date_time: self.services.clock.now() + LIFETIME,
        };
        let mut batch = Batch::new(self.services.tenant);
        batch.insert(&interaction)?;
        self.services.store.commit(batch).await?;
        Ok(token)
    }

    /// The one of this token, if it still waits.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn load(&self, token: &str) -> Result<Option<Versioned<Interaction>>, AuthnError> {
        self.still_waiting(&sha256_hex(token)).await
    }

    /// Keeps what changed.
    ///
    /// # Errors
    /// What the store fails with; a conflict means that the form was sent twice at once.
    pub async fn update(&self, interaction: &Versioned<Interaction>) -> Result<(), AuthnError> {
        let mut batch = Batch::new(self.services.tenant);
        batch.update(interaction)?;
        Ok(self.services.store.commit(batch).await?)
    }

    /// Counts a wrong code; true if it was the last that is allowed. Codes sent at the same moment are all counted, and
    /// `interaction` is what is stored then.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn count_failure(&self, interaction: &mut Versioned<Interaction>) -> Result<bool, AuthnError> {
        // Whoever is always slower than others has seen more of them than there are wrong codes allowed.
        for _ in 0..ATTEMPTS {
            interaction.record.failures = interaction.record.failures.saturating_add(1);
            match self.update(interaction).await {
                Ok(()) => {
                    interaction.version = interaction.version.saturating_add(1);
                    return Ok(interaction.record.failures >= MAX_FAILURES);
                }
                Err(AuthnError::Store(StoreError::Conflict { .. })) => {}
                Err(error) => return Err(error),
            }
            match self.still_waiting(&interaction.record.id).await? {
                Some(current) => *interaction = current,
                None => return Ok(true),
            }
        }
        Ok(true)
    }

    /// Ends one; false if somebody else already has, or it may not go on anymore. Whoever gets true goes on.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn finish(&self, interaction: &Versioned<Interaction>) -> Result<bool, AuthnError> {
        let mut current = interaction.clone();
        for _ in 0..ATTEMPTS {
            let mut batch = Batch::new(self.services.tenant);
            batch.delete(&current);
            match self.services.store.commit(batch).await {
                Ok(()) => return Ok(true),
                Err(StoreError::Conflict { .. }) => {}
                Err(error) => return Err(error.into()),
            }
            // Changed, for example by a wrong code counted at the same moment, or gone.
            match self.still_waiting(&interaction.record.id).await? {
                Some(changed) => current = changed,
                None => return Ok(false),
            }
        }
        Ok(false)
    }

    async fn still_waiting(&self, id: &str) -> Result<Option<Versioned<Interaction>>, AuthnError> {
        let found: Option<Versioned<Interaction>> =
            self.services.store.load(self.services.tenant, id).await?;
        let now = self.services.clock.now();
        Ok(found.filter(|i| i.record.expires_date_time > now && i.record.failures < MAX_FAILURES))
    }
}
