use riskgate_core::Timestamp;
use riskgate_model::{RiskDetail, RiskState, SignIn, SignInFacts};
use riskgate_risk::UserHistory;
use riskgate_store::records::{SignInEvidence, SignInHistory, SignInRecord};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry, tables};

use crate::{Protection, ProtectionError};

/// What a user's sign-ins have taught, as it was read.
pub(crate) struct ReadHistory {
    user_id: String,
    row: Option<Versioned<SignInHistory>>,
    /// See above; changes are kept by [`ReadHistory::write`].
    pub(crate) history: UserHistory,
}

impl ReadHistory {
    /// Learns from a sign-in that ended well, and keeps it in the batch that records it.
    pub(crate) fn learn(
        &mut self,
        batch: &mut Batch,
        record: &mut SignInRecord,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        self.history.learn(&lesson(&record.evidence));
        record.evidence.is_learned = true;
        self.write(batch, now)
    }

    /// Adds what the history is now to the batch, which fails if somebody else has changed it meanwhile.
    pub(crate) fn write(&self, batch: &mut Batch, now: Timestamp) -> Result<(), StoreError> {
        let history = serde_json::to_value(&self.history).map_err(|error| self.damaged(&error))?;
        let record = SignInHistory { id: self.user_id.clone(), history, changed_date_time: now };
        match &self.row {
            Some(row) => batch.update(&Versioned { record, version: row.version }),
            None => batch.insert(&record),
        }
    }

    fn damaged(&self, error: &serde_json::Error) -> StoreError {
        let table = tables::SIGN_IN_HISTORIES.name;
        StoreError::Damaged { table, id: self.user_id.clone(), reason: error.to_string() }
    }
}

impl Protection {
    /// What the sign-ins of a user have taught until now; nothing for somebody who is new, or was there before there were
    /// histories.
    pub(crate) async fn history(&self, user_id: &str) -> Result<ReadHistory, StoreError> {
        let row: Option<Versioned<SignInHistory>> = self.store.load(self.tenant, user_id).await?;
        let mut read = ReadHistory { user_id: user_id.to_owned(), row, history: UserHistory::default() };
        if let Some(row) = &read.row {
            read.history =
                serde_json::from_value(row.record.history.clone()).map_err(|error| read.damaged(&error))?;
        }
        Ok(read)
    }

    /// Lets a user's history learn from a sign-in that is being completed, in the batch that records it; `None` if it does
    /// not end well, or taught before.
    pub(crate) async fn learn(
        &self,
        batch: &mut Batch,
        record: &mut SignInRecord,
    ) -> Result<Option<ReadHistory>, StoreError> {
        if record.evidence.is_learned || !ended_well(&record.sign_in) {
            return Ok(None);
        }
        let mut read = self.history(&record.sign_in.user_id).await?;
        read.learn(batch, record, self.clock.now())?;
        Ok(Some(read))
    }

    /// Lets a user's history learn from a sign-in that is recorded already: of somebody who signs in so often at the same
    /// moment that the sign-ins would wait for each other's histories.
    pub(crate) async fn learn_later(&self, sign_in_id: &str) -> Result<(), ProtectionError> {
        retry(|| async {
            let mut record = self.sign_in_record(sign_in_id).await?;
            let mut batch = Batch::new(self.tenant);
            if let Some(read) = self.learn(&mut batch, &mut record.record).await? {
                batch.update(&record)?;
                self.commit_learned(batch, Some(&read)).await?;
            }
            Ok(())
        })
        .await
    }

    /// Takes back what sign-ins have taught that are now suspected, and lets those teach that are not anymore. The caller
    /// writes the records.
    pub(crate) async fn relearn(
        &self,
        batch: &mut Batch,
        user_id: &str,
        records: &mut [&mut SignInRecord],
        restarts: bool,
    ) -> Result<Option<ReadHistory>, StoreError> {
        let changes = |record: &SignInRecord| match record.evidence.is_learned {
            true => is_suspected(&record.sign_in),
            false => ended_well(&record.sign_in),
        };
        let changed: Vec<_> = records.iter_mut().filter(|record| changes(record)).collect();
        if changed.is_empty() && !restarts {
            return Ok(None);
        }
        let mut read = self.history(user_id).await?;
        for record in changed {
            let lesson = lesson(&record.evidence);
            if record.evidence.is_learned {
                read.history.unlearn(&lesson);
            } else {
                read.history.learn(&lesson);
            }
            record.evidence.is_learned = !record.evidence.is_learned;
        }
        if restarts {
            read.history.restart_learning(self.clock.now());
        }
        read.write(batch, self.clock.now())?;
        Ok(Some(read))
    }

    /// Commits a batch with the history it changes, if it changes one.
    pub(crate) async fn commit_learned(
        &self,
        batch: Batch,
        learned: Option<&ReadHistory>,
    ) -> Result<(), StoreError> {
        self.store.commit(batch).await?;
        if let Some(learned) = learned {
            let version = learned.row.as_ref().map_or(1, |row| row.version.saturating_add(1));
            self.population.put(&learned.user_id, version, &learned.history);
        }
        Ok(())
    }
}

/// What a sign-in shows of its user: the browser is known by the cookie it got in it.
fn lesson(evidence: &SignInEvidence) -> SignInFacts {
    let mut facts = evidence.facts.clone();
    if facts.client.device_cookie_id.is_none() {
        facts.client.device_cookie_id.clone_from(&evidence.given_device_cookie_id);
    }
    facts
}

/// Whether a sign-in shows how its user signs in: he proved himself, got what he wanted, and nothing was found, or what was
/// found turned out to be he. Nothing else teaches: not what failed, waits or is suspected, and no session or token that is
/// used again, which somebody may have stolen. A new password closes the risk of earlier sign-ins, but says nothing about
/// who they were.
pub(crate) fn ended_well(sign_in: &SignIn) -> bool {
    let is_granted = sign_in.status.as_ref().is_some_and(|status| status.error_code == Some(0));
    sign_in.is_interactive == Some(true)
        && match (sign_in.risk_state, sign_in.risk_detail) {
            (None | Some(RiskState::None), _) => is_granted,
            (Some(RiskState::Remediated), detail) => {
                is_granted && detail == Some(RiskDetail::UserPassedMFADrivenByRiskBasedPolicy)
            }
            (Some(RiskState::Dismissed), detail) => {
                is_granted && detail == Some(RiskDetail::AiConfirmedSigninSafe)
            }
            (Some(RiskState::ConfirmedSafe), detail) => {
                is_granted || detail == Some(RiskDetail::AdminConfirmedSigninSafe)
            }
            _ => false,
        }
}

fn is_suspected(sign_in: &SignIn) -> bool {
    matches!(sign_in.risk_state, Some(RiskState::AtRisk | RiskState::ConfirmedCompromised))
}
