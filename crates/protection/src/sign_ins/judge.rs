use std::collections::BTreeMap;
use std::sync::Arc;

use riskgate_access::{Decision, evaluate};
use riskgate_model::{RiskDetectionTimingType, RiskLevel, SignInFacts};
use riskgate_risk::state::{Action, UserOwner, apply};
use riskgate_risk::{Assessment, Finding, FirstFactor, RiskConfig, RiskContext, assess};
use riskgate_store::records::{SignInEvidence, SignInRecord};
use riskgate_store::{Batch, StoreError, retry, tables};

use crate::histories::of_user::ended_well;
use crate::histories::recent::Tried;
use crate::policies::in_force::PolicyVersion;
use crate::risk::batch::OpenRisk;
use crate::risk::detection::Found;
use crate::risk::evidence::detection_evidence;
use crate::sign_ins::record::is_granted;
use crate::{Attempt, Protection, ProtectionError, SignInKind};

/// What the policies demand of an attempt.
#[derive(Debug, Clone, PartialEq)]
pub struct Judgement {
    /// Identifier of the sign-in, the attempt's request identifier.
    pub sign_in_id: String,
    /// Level of the sign-in's risk.
    pub sign_in_level: RiskLevel,
    /// Access, no access, or something to do first, with the reasons.
    pub decision: Decision,
    /// Identifier for the device cookie of the browser, which brought none; given once the person is in.
    pub device_cookie_id: Option<String>,
}

impl Protection {
    /// Judges an attempt and records it; when this returns, Graph shows the sign-in and its detections.
    ///
    /// # Errors
    /// [`ProtectionError`] if the store or the directory fails; then nobody gets in.
    pub async fn judge(&self, attempt: &Attempt) -> Result<Judgement, ProtectionError> {
        let policies = self.policies.load(&*self.store, self.tenant).await?;
        match retry(|| self.judge_once(attempt, &policies, true)).await {
            Err(error) if is_about_history(&error) => {
                let judgement = retry(|| self.judge_once(attempt, &policies, false)).await?;
                self.learn_later(&judgement.sign_in_id).await?;
                Ok(judgement)
            }
            judged => judged,
        }
    }

    async fn judge_once(
        &self,
        attempt: &Attempt,
        policies: &PolicyVersion,
        learns: bool,
    ) -> Result<Judgement, ProtectionError> {
        let (mut facts, risky) = self.facts(attempt, &policies.set).await?;
        let mut history = self.history(&attempt.user.id).await?;
        if attempt.kind == SignInKind::Interactive {
            let (id, password_tag) = (&*attempt.request_id, attempt.password_tag);
            self.recent.record(&Tried { id, facts: &facts, password_tag, outcome: FirstFactor::Right });
        }
        let context = self.risk_context(attempt, &facts, &history.history, policies);
        self.session_was_used(attempt, &facts);
        let settings = self.settings();
        let assessed = Assessed { assessment: assess(&facts, &context, &settings), context, settings };
        let assessment = &assessed.assessment;
        let mut batch = Batch::new(self.tenant);
        if !assessment.findings.is_empty() {
            let open = self.open_risk_of(risky).await?;
            self.raise(&mut batch, attempt, &mut facts, &assessed, open).await?;
        }
        let is_new_risk = !batch.writes.is_empty();
        let decision = evaluate(&facts, assessment.sign_in_level, &policies.set);
        let given = self.device_cookie_for(attempt);
        let is_recorded = attempt.kind != SignInKind::Refresh || is_new_risk || !is_granted(&decision);
        if is_recorded {
            let sign_in = self.sign_in(attempt, &facts, assessment, &decision, is_new_risk);
            let evidence = evidence(facts, &assessed, &decision, policies);
            let evidence = SignInEvidence { given_device_cookie_id: given.clone(), ..evidence };
            let mut record = SignInRecord { sign_in, evidence };
            let learns = learns && ended_well(&record.sign_in);
            if learns {
                history.learn(&mut batch, &mut record, self.clock.now())?;
            }
            batch.insert(&record)?;
            self.commit_learned(batch, learns.then_some(&history)).await?;
        }
        Ok(Judgement {
            sign_in_id: attempt.request_id.clone(),
            sign_in_level: assessment.sign_in_level,
            decision,
            device_cookie_id: given,
        })
    }

    /// An identifier of 128 random bits for a browser that has none yet. It is drawn before it is known whether the person
    /// gets in, so that what he proves in this sign-in makes the browser familiar.
    fn device_cookie_for(&self, attempt: &Attempt) -> Option<String> {
        let is_due = attempt.kind == SignInKind::Interactive && attempt.device_cookie_id.is_none();
        is_due.then(|| {
            let mut bytes = [0; 16];
            self.rng.fill(&mut bytes);
            bytes.iter().map(|byte| format!("{byte:02x}")).collect()
        })
    }

    /// Adds detections to the batch, and the user's new level to the facts: policies on user risk see it at once.
    async fn raise(
        &self,
        batch: &mut Batch,
        attempt: &Attempt,
        facts: &mut SignInFacts,
        assessed: &Assessed,
        open: OpenRisk<UserOwner>,
    ) -> Result<(), ProtectionError> {
        let owner = UserOwner::from(&attempt.user);
        let (mut new, mut evidence) = (Vec::new(), BTreeMap::new());
        for finding in &assessed.assessment.findings {
            if !self.is_known(attempt, finding).await? {
                let found = Found {
                    sign_in_id: &attempt.request_id,
                    correlation_id: Some(&attempt.correlation_id),
                    owner: &owner,
                    facts,
                    finding,
                    at: facts.at,
                    timing: RiskDetectionTimingType::Realtime,
                };
                let detection = found.detection(&*self.rng);
                evidence.insert(detection.id.clone(), detection_evidence(&found, &assessed.settings));
                new.push(detection);
            }
        }
        let change = apply(&open.state(), &owner, &Action::Detected(new), &self.moment(facts.at, None));
        if let Some(level) = change.row.as_ref().and_then(|user| user.risk_level) {
            facts.user.risk_level = level;
        }
        Ok(open.with_evidence(evidence).write(batch, &change, None)?)
    }

    /// An application that refreshes from the same place over and over raises one detection, not one each time.
    async fn is_known(&self, attempt: &Attempt, finding: &Finding) -> Result<bool, ProtectionError> {
        let user = &attempt.user.id;
        Ok(attempt.kind == SignInKind::Refresh
            && self.is_open_at(user, &finding.risk_event_type, attempt.address).await?)
    }
}

/// What was found about a sign-in, with all that it was found by.
struct Assessed {
    assessment: Assessment,
    context: RiskContext,
    /// Those in force when it was judged, whatever they become while it is.
    settings: Arc<RiskConfig>,
}

/// Everything the decision came from.
fn evidence(
    facts: SignInFacts,
    assessed: &Assessed,
    decision: &Decision,
    policies: &PolicyVersion,
) -> SignInEvidence {
    let json = |value: Result<serde_json::Value, serde_json::Error>| value.unwrap_or(serde_json::Value::Null);
    SignInEvidence {
        facts,
        risk_context: json(serde_json::to_value(&assessed.context)),
        assessment: json(serde_json::to_value(&assessed.assessment)),
        decision: json(serde_json::to_value(decision)),
        policy_version: policies.definitions.version.clone(),
        risk_config: json(serde_json::to_value(&*assessed.settings)),
        software: env!("CARGO_PKG_VERSION").to_owned(),
        given_device_cookie_id: None,
        is_learned: false,
    }
}

/// Whether others changed the user's history each time. Nobody is kept out because much of him is learned at once.
fn is_about_history(error: &ProtectionError) -> bool {
    let ProtectionError::Store(StoreError::Conflict { table, .. } | StoreError::Exists { table, .. }) = error
    else {
        return false;
    };
    *table == tables::SIGN_IN_HISTORIES.name
}
