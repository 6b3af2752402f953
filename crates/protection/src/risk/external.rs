use std::net::IpAddr;

use riskgate_core::Timestamp;
use riskgate_directory::{Actor, AuditEntry, Initiator, audit, other_target};
use riskgate_model::{RiskDetail, RiskDetectionTimingType, RiskLevel, RiskState, ServicePrincipal, User};
use riskgate_odata::Filter;
use riskgate_risk::state::{Action, NewDetection, Risk, ServicePrincipalOwner, UserOwner, apply};
use riskgate_store::records::RiskDetectionRecord;
use riskgate_store::{Batch, Record, Store, StoreExt, retry};
use serde_json::json;

use crate::digest::sha256;
use crate::risk::actions::initiator_id;
use crate::risk::batch::StoredOwner;
use crate::{Protection, ProtectionError};

/// Open detections one source may have of one user or service principal.
const MOST_OPEN: u64 = 100;

/// Risk that somebody else saw: a mail filter, an endpoint agent, the operator.
#[derive(Debug, Clone)]
pub struct ExternalSignal {
    /// What the reporter calls it. The same from the same reporter is the same detection.
    pub external_id: String,
    /// Whether the identifier means the same whoever reports it.
    pub is_shared: bool,
    /// `riskEventType`.
    pub risk_event_type: String,
    /// How severe.
    pub risk_level: RiskLevel,
    /// When it happened.
    pub activity_at: Timestamp,
    /// Where from, if that is known.
    pub address: Option<IpAddr>,
    /// Why, as Graph's `additionalInfo`: JSON text, an array of `Key`/`Value` objects.
    pub additional_info: String,
    /// `keyId`s of credentials it is about, of a service principal.
    pub key_ids: Vec<String>,
}

/// The detection of a signal.
#[derive(Debug, Clone, PartialEq)]
pub struct Reported<D> {
    /// The detection.
    pub detection: D,
    /// Whether it was made now; the same signal was known otherwise.
    pub is_new: bool,
}

impl Protection {
    /// Raises risk of a user that an application or person reports; his level counts for the next decision.
    ///
    /// # Errors
    /// [`ProtectionError::SignalOfAnother`], [`ProtectionError::TooManySignals`], or what the store fails with.
    pub async fn report_user(
        &self,
        user: &User,
        signal: &ExternalSignal,
        actor: &Actor,
    ) -> Result<Reported<riskgate_model::RiskDetection>, ProtectionError> {
        retry(|| self.report_once(UserOwner::from(user), signal, actor)).await
    }

    /// The same of a service principal.
    ///
    /// # Errors
    /// Those of [`Protection::report_user`].
    pub async fn report_service_principal(
        &self,
        principal: &ServicePrincipal,
        signal: &ExternalSignal,
        actor: &Actor,
    ) -> Result<Reported<riskgate_model::ServicePrincipalRiskDetection>, ProtectionError> {
        retry(|| self.report_once(ServicePrincipalOwner::from(principal), signal, actor)).await
    }

    async fn report_once<O: StoredOwner>(
        &self,
        owner: O,
        signal: &ExternalSignal,
        actor: &Actor,
    ) -> Result<Reported<O::Detection>, ProtectionError> {
        let id = detection_id(actor, O::PROPERTY, signal);
        if let Some(known) = self.store.load::<RiskDetectionRecord<O::Detection>>(self.tenant, &id).await? {
            let detection = known.record.detection;
            let view = O::view(&detection);
            if O::owner_id(&detection) != Some(owner.id()) || view.risk_event_type != signal.risk_event_type {
                return Err(ProtectionError::SignalOfAnother(signal.external_id.clone()));
            }
            return Ok(Reported { detection, is_new: false });
        }
        let source = source(actor);
        self.check_open::<O>(owner.id(), &source).await?;
        let now = self.clock.now();
        let detection = owner.detection(&NewDetection {
            id: id.clone(),
            risk_event_type: signal.risk_event_type.clone(),
            activity_at: signal.activity_at,
            at: now,
            risk: Risk { level: signal.risk_level, state: RiskState::AtRisk, detail: RiskDetail::None },
            timing: RiskDetectionTimingType::Offline,
            source: source.clone(),
            network: signal.address.map(|address| self.intel.network(address, signal.activity_at)),
            key_ids: signal.key_ids.clone(),
            additional_info: signal.additional_info.clone(),
        });
        let evidence = json!({
            "riskEventType": signal.risk_event_type, "riskLevel": signal.risk_level,
            "externalId": signal.external_id, "source": source, "reportedBy": initiator_id(actor),
        });
        let detected = Action::Detected(vec![detection.clone()]);
        let open = self.open_risk::<O>(owner.id(), &detected).await?.with_evidence([(id, evidence)].into());
        let change = apply(&open.state(), &owner, &detected, &self.moment(now, initiator_id(actor)));
        let mut batch = Batch::new(self.tenant);
        open.write(&mut batch, &change, None)?;
        let (kind, category) = O::AUDITED;
        let target = other_target(kind, owner.id(), owner.display_name());
        let entry = AuditEntry::new("Report risk detection", category, "Create").target(target);
        let entry =
            entry.detail("RiskEventType", &signal.risk_event_type).detail("DetectionId", detection.id());
        audit(&mut batch, &*self.clock, &*self.rng, actor, entry)?;
        self.store.commit(batch).await?;
        Ok(Reported { detection, is_new: true })
    }

    async fn check_open<O: StoredOwner>(&self, owner_id: &str, source: &str) -> Result<(), ProtectionError> {
        let open = Filter::And(vec![
            Filter::equals(O::PROPERTY, owner_id),
            Filter::one_of("riskState", ["atRisk", "confirmedCompromised"]),
            Filter::equals("source", source),
        ]);
        let store: &dyn Store = &*self.store;
        match store.count(self.tenant, O::Detection::TABLE, &open).await? {
            many if many >= MOST_OPEN => Err(ProtectionError::TooManySignals(MOST_OPEN)),
            _ => Ok(()),
        }
    }
}

/// 64 hexadecimal digits, the same for the same signal of the same reporter.
fn detection_id(actor: &Actor, kind: &str, signal: &ExternalSignal) -> String {
    let reporter = initiator_id(actor).filter(|_| !signal.is_shared).unwrap_or_default();
    sha256(format!("external signal\n{kind}\n{reporter}\n{}", signal.external_id).as_bytes())
}

/// Who says so, as Graph's `source`: the name of the application or person.
fn source(actor: &Actor) -> String {
    match &actor.who {
        Initiator::Application { display_name, .. } => display_name.clone(),
        Initiator::User { user_principal_name, .. } => user_principal_name.clone(),
        Initiator::System | Initiator::CommandLine => "IdentityProtection".to_owned(),
    }
}
