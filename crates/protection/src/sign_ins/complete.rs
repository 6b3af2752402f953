use riskgate_access::{Decision, evaluate};
use riskgate_model::{AuthenticationFacts, RiskLevel, RiskyUser};
use riskgate_risk::state::{Action, UserOwner, apply};
use riskgate_store::records::SignInRecord;
use riskgate_store::{Batch, StoreExt, Versioned, retry};

use crate::risk::batch::set_sign_in_risk;
use crate::sign_ins::device::device_detail;
use crate::sign_ins::record::{is_granted, status};
use crate::{Judgement, Protection, ProtectionError};

/// Something asked for that was passed or failed.
#[derive(Debug, Clone)]
pub struct Completion<'a> {
    /// The sign-in it belongs to.
    pub sign_in_id: &'a str,
    /// What is proven now, the new factor included.
    pub authentication: &'a AuthenticationFacts,
}

impl Protection {
    /// Decides a sign-in again on its stored facts after something was passed, with what changed by it: what is proven,
    /// the user's risk, the terms of use he accepted. Closes its risk if multifactor
    /// authentication was passed after the risk was found: `remediated` when a policy with a sign-in risk condition asked
    /// for it, `dismissed` when something else did. A factor remembered from before closes nothing.
    ///
    /// # Errors
    /// [`ProtectionError::UnknownSignIn`], or what the store fails with.
    pub async fn complete(&self, completion: &Completion<'_>) -> Result<Judgement, ProtectionError> {
        retry(|| self.complete_once(completion)).await
    }

    async fn complete_once(&self, completion: &Completion<'_>) -> Result<Judgement, ProtectionError> {
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        let mut record = self.sign_in_record(completion.sign_in_id).await?;
        let found_at = record.record.evidence.facts.at;
        let was_risk_driven = self.asked_because_of_risk(&record.record);
        let mut facts = record.record.evidence.facts.clone();
        facts.authentication = completion.authentication.clone();
        facts.device = self.device(&facts.authentication, &facts.user.id, self.clock.now()).await?;
        facts
            .user
            .registered_methods
            .extend(completion.authentication.methods.iter().map(|used| used.method));
        let now = self.clock.now();
        facts.user.accepted_agreement_ids =
            self.directory.accepted_agreement_ids(&facts.user.id, now).await?;
        let resources = &facts.application.resource_app_ids;
        facts.application.resource_attributes = self.resource_attributes(resources, &policies.set).await?;
        let level = record.record.sign_in.risk_level_during_sign_in.unwrap_or(RiskLevel::None);
        let risky: Option<Versioned<RiskyUser>> = self.store.load(self.tenant, &facts.user.id).await?;
        facts.user.risk_level = risky.and_then(|user| user.record.risk_level).unwrap_or(RiskLevel::None);

        let mut batch = Batch::new(self.tenant);
        if facts.authentication.mfa_at().is_some_and(|at| at >= found_at) {
            facts.user.risk_level =
                self.settle(&mut batch, &mut record.record, was_risk_driven, facts.user.risk_level).await?;
        }
        let decision = evaluate(&facts, level, &policies.set);
        show(&mut record.record, &decision);
        record.record.sign_in.device_detail = Some(device_detail(&facts));
        record.record.evidence.facts = facts;
        record.record.evidence.decision = serde_json::to_value(&decision).unwrap_or_default();
        record.record.evidence.policy_version.clone_from(&policies.definitions.version);
        let learned = self.learn(&mut batch, &mut record.record).await?;
        batch.update(&record)?;
        self.commit_learned(batch, learned.as_ref()).await?;
        Ok(Judgement {
            sign_in_id: completion.sign_in_id.to_owned(),
            sign_in_level: level,
            decision,
            device_cookie_id: record.record.evidence.given_device_cookie_id,
        })
    }

    /// Closes the risk of the sign-in; returns the user's level after it.
    async fn settle(
        &self,
        batch: &mut Batch,
        record: &mut SignInRecord,
        was_risk_driven: bool,
        before: RiskLevel,
    ) -> Result<RiskLevel, ProtectionError> {
        let id = record.sign_in.id.clone();
        let action = if was_risk_driven {
            Action::PassedMfaDrivenByPolicy { sign_in_id: id.clone() }
        } else {
            Action::PassedMfa { sign_in_id: id.clone() }
        };
        let open = self.open_risk::<UserOwner>(&record.sign_in.user_id, &action).await?;
        let Some(owner) = open.owner() else { return Ok(before) };
        let change = apply(&open.state(), &owner, &action, &self.moment(self.clock.now(), None));
        if let Some(own) = change.sign_ins.iter().find(|changed| changed.sign_in_id == id) {
            set_sign_in_risk(record, own);
        }
        open.write(batch, &change, Some(&id))?;
        Ok(change.row.and_then(|user| user.risk_level).unwrap_or(before))
    }

    /// Keeps that what was asked for was not passed (500121 and the like).
    ///
    /// # Errors
    /// [`ProtectionError::UnknownSignIn`], or what the store fails with.
    pub async fn fail(&self, sign_in_id: &str, error_code: i32) -> Result<(), ProtectionError> {
        retry(|| async {
            let mut record = self.sign_in_record(sign_in_id).await?;
            record.record.sign_in.status = Some(status(Some(error_code)));
            let mut batch = Batch::new(self.tenant);
            batch.update(&record)?;
            Ok(self.store.commit(batch).await?)
        })
        .await
    }

    /// Where a sign-in came from; `None` if there is no such sign-in.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn address_of(&self, sign_in_id: &str) -> Result<Option<std::net::IpAddr>, ProtectionError> {
        let found: Option<Versioned<SignInRecord>> = self.store.load(self.tenant, sign_in_id).await?;
        Ok(found.map(|record| record.record.evidence.facts.network.ip_address))
    }

    /// The decision about a sign-in as it stands; `None` if there is none.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn decision_of(&self, sign_in_id: &str) -> Result<Option<Decision>, ProtectionError> {
        let found: Option<Versioned<SignInRecord>> = self.store.load(self.tenant, sign_in_id).await?;
        Ok(found.and_then(|record| serde_json::from_value(record.record.evidence.decision).ok()))
    }

    pub(crate) async fn sign_in_record(&self, id: &str) -> Result<Versioned<SignInRecord>, ProtectionError> {
        let found = self.store.load(self.tenant, id).await?;
        found.ok_or_else(|| ProtectionError::UnknownSignIn(id.to_owned()))
    }

    /// Whether the last decision asked for multifactor authentication because of the sign-in's risk.
    fn asked_because_of_risk(&self, record: &SignInRecord) -> bool {
        serde_json::from_value::<Decision>(record.evidence.decision.clone())
            .is_ok_and(|d| d.has_risk_based_mfa())
    }
}

/// Puts the decision into what Graph shows.
fn show(record: &mut SignInRecord, decision: &Decision) {
    let sign_in = &mut record.sign_in;
    sign_in.applied_conditional_access_policies = decision.applied_policies();
    sign_in.conditional_access_status = Some(decision.conditional_access_status);
    sign_in.status = Some(status(if is_granted(decision) { None } else { decision.outcome.error_code() }));
}
