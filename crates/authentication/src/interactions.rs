use std::time::Duration;

use riskgate_model::AuthenticationFacts;
use riskgate_store::records::{Interaction, SignInTarget};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned};
use serde_json::Value as Json;

use crate::digest::sha256_hex;
use crate::{AuthnError, Services};

/// How long a sign-in waits for a person to do what a page asks for.
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

/// What begins to wait.
#[derive(Debug, Clone)]
pub struct NewInteraction<'a> {
    /// The sign-in it belongs to.
    pub sign_in_id: &'a str,
    /// Who.
    pub user_id: &'a str,
    /// What was proven so far.
    pub authentication: &'a AuthenticationFacts,
    /// Where it leads.
    pub target: &'a SignInTarget,
    /// Whether the password must be changed before anything else.
    pub must_change_password: bool,
    /// Whether that is because it is known from breaches.
    pub is_password_breached: bool,
    /// Whether a policy with a sign-in risk condition asks for what it waits for.
    pub is_risk_driven: bool,
    /// `waitsFor` of the record.
    pub waits_for: Json,
    /// `passed` of the record.
    pub passed: Vec<Json>,
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
    pub async fn begin(&self, new: NewInteraction<'_>) -> Result<String, AuthnError> {
        let token = self.services.rng.token();
        let interaction = Interaction {
            id: sha256_hex(&token),
            sign_in_id: new.sign_in_id.to_owned(),
            user_id: new.user_id.to_owned(),
            authentication: new.authentication.clone(),
            target: new.target.clone(),
            failures: 0,
            must_change_password: new.must_change_password,
            is_password_breached: new.is_password_breached,
            is_risk_driven: new.is_risk_driven,
            waits_for: new.waits_for,
            passed: new.passed,
            has_opened_terms: false,
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
