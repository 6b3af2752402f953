use std::fmt::Debug;

use riskgate_core::Timestamp;
use riskgate_model::{NetworkFacts, RiskDetail, RiskDetectionTimingType, RiskLevel, RiskState};

use super::{Moment, Risk};

/// Whose risk it is, with the types Graph shows it in.
pub trait RiskOwner: Debug + Clone + PartialEq {
    /// The row of his risk.
    type Row: Debug + Clone + PartialEq;
    /// Something that was found about him.
    type Detection: Debug + Clone + PartialEq;
    /// An item of his history.
    type History: Debug + Clone + PartialEq;

    /// `riskDetail` when an administrator dismisses all of his risk.
    const DISMISSED: RiskDetail;
    /// `riskDetail` when an administrator says he is compromised.
    const CONFIRMED: RiskDetail;
    /// `riskEventType` of the detection which says so.
    const CONFIRMED_TYPE: &'static str;
    /// `riskEventType` of the detection that stands for many which add up, where they do.
    const COMPOUND_TYPE: Option<&'static str>;

    /// His object identifier.
    fn id(&self) -> &str;

    /// What people call him.
    fn display_name(&self) -> Option<&str>;

    /// Level, state and detail in a row.
    fn risk(row: &Self::Row) -> Risk;

    /// His row with another risk; `before` keeps what it says besides.
    fn row(&self, before: Option<&Self::Row>, risk: Risk, at: Timestamp) -> Self::Row;

    /// What is added to his history when his row became `row`.
    fn history(row: &Self::Row, activity: Activity, moment: &Moment) -> Self::History;

    /// What the machine looks at in a detection.
    fn view(detection: &Self::Detection) -> DetectionView<'_>;

    /// A detection the machine makes itself.
    fn detection(&self, new: &NewDetection) -> Self::Detection;

    /// A detection with another risk.
    fn moved(detection: &Self::Detection, risk: Risk, at: Timestamp) -> Self::Detection;
}

/// What happened, for the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Activity {
    /// Why.
    pub detail: RiskDetail,
    /// What was found, if something was.
    pub risk_event_types: Vec<String>,
}

/// What the machine looks at in a detection.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DetectionView<'a> {
    /// Identifier.
    pub id: &'a str,
    /// The sign-in it is of.
    pub sign_in_id: Option<&'a str>,
    /// `riskEventType`.
    pub risk_event_type: &'a str,
    /// When it was found.
    pub detected_at: Option<Timestamp>,
    /// Level, state and detail.
    pub risk: Risk,
}

impl DetectionView<'_> {
    /// Whether an administrator says it was an attack.
    pub fn is_confirmed(&self) -> bool {
        self.risk.state == RiskState::ConfirmedCompromised
    }
}

/// A detection that is about the account or application and no sign-in in the log.
#[derive(Debug, Clone, PartialEq)]
pub struct NewDetection {
    /// Identifier.
    pub id: String,
    /// `riskEventType`.
    pub risk_event_type: String,
    /// When it happened.
    pub activity_at: Timestamp,
    /// When it was found.
    pub at: Timestamp,
    /// Whether it was found before somebody was answered.
    pub timing: RiskDetectionTimingType,
    /// Level, state and detail.
    pub risk: Risk,
    /// Who found it.
    pub source: String,
    /// From where it came, if that is known.
    pub network: Option<NetworkFacts>,
    /// `keyId`s of the credentials it is about, of a service principal.
    pub key_ids: Vec<String>,
    /// `additionalInfo`.
    pub additional_info: String,
}

impl NewDetection {
    /// One the machine makes itself.
    pub(super) fn own(moment: &Moment, kind: &str, risk: Risk, additional_info: String) -> Self {
        Self {
            id: moment.detection_id.clone(),
            risk_event_type: kind.to_owned(),
            activity_at: moment.at,
            at: moment.at,
            timing: RiskDetectionTimingType::Offline,
            risk,
            source: "IdentityProtection".to_owned(),
            network: None,
            key_ids: Vec::new(),
            additional_info,
        }
    }

    /// `ipAddress`.
    pub(super) fn ip_address(&self) -> Option<String> {
        self.network.as_ref().map(|network| network.ip_address.to_string())
    }

    /// `location`.
    pub(super) fn location(&self) -> Option<riskgate_model::SignInLocation> {
        self.network.as_ref().and_then(|network| network.location.clone())
    }
}

/// The worst level of detections.
pub(super) fn worst<'a, O: RiskOwner>(detections: impl Iterator<Item = &'a O::Detection>) -> RiskLevel
where
    O::Detection: 'a,
{
    detections.map(|detection| O::view(detection).risk.level).fold(RiskLevel::None, RiskLevel::worst)
}
