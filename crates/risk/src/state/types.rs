use riskgate_core::Timestamp;
use riskgate_model::{RiskDetail, RiskLevel, RiskState};
use serde::{Deserialize, Serialize};

use super::{Compound, RiskOwner};

/// Level, state and detail of whoever or whatever is at risk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Risk {
    /// `riskLevel`.
    pub level: RiskLevel,
    /// `riskState`.
    pub state: RiskState,
    /// `riskDetail`.
    pub detail: RiskDetail,
}

impl Risk {
    /// Whether something is open.
    pub fn is_open(&self) -> bool {
        matches!(self.state, RiskState::AtRisk | RiskState::ConfirmedCompromised)
    }
}

/// How things are: the owner's row, his active detections and his risky sign-ins. Closed ones need not be given: nothing
/// here changes them. [`super::Action::Detected`] needs the newest detections alone, to see what comes together, and an action
/// on one sign-in ([`super::Action::sign_in_id`]) no other sign-in, so neither slows down with the risk that has piled up.
#[derive(Debug, Clone, PartialEq)]
pub struct OpenRisk<O: RiskOwner> {
    /// `None` before the first detection.
    pub row: Option<O::Row>,
    /// The episode his active detections belong to.
    pub episode: Option<String>,
    /// Detections in state `atRisk` or `confirmedCompromised`.
    pub detections: Vec<O::Detection>,
    /// Sign-ins in one of the same states.
    pub sign_ins: Vec<SignInRisk>,
}

impl<O: RiskOwner> Default for OpenRisk<O> {
    fn default() -> Self {
        Self { row: None, episode: None, detections: Vec::new(), sign_ins: Vec::new() }
    }
}

/// The risk of a sign-in. `riskLevelDuringSignIn` is not here: it never changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignInRisk {
    /// Identifier of the sign-in, `requestId` of its detections.
    pub sign_in_id: String,
    /// `riskState`.
    pub risk_state: RiskState,
    /// `riskDetail`.
    pub risk_detail: RiskDetail,
    /// `riskLevelAggregated`.
    pub risk_level_aggregated: RiskLevel,
}

/// When and by whom, and identifiers for what is made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Moment {
    /// When.
    pub at: Timestamp,
    /// Identifier of the administrator or application; `None` for Riskgate itself.
    pub initiated_by: Option<String>,
    /// Identifier of the history item, should one be made; also of the episode, should one begin.
    pub history_id: String,
    /// Identifier of a detection, should one be made.
    pub detection_id: String,
}

/// What changes. Empty when nothing does.
#[derive(Debug, Clone, PartialEq)]
pub struct Change<O: RiskOwner> {
    /// The owner's new row, if it is another.
    pub row: Option<O::Row>,
    /// Detections that changed.
    pub detections: Vec<O::Detection>,
    /// Detections that are new.
    pub new_detections: Vec<O::Detection>,
    /// Sign-ins that changed.
    pub sign_ins: Vec<SignInRisk>,
    /// What is added to the owner's history; there exactly when `row` is.
    pub history: Option<O::History>,
    /// What the history item does not say; there exactly when `row` is.
    pub transition: Option<Transition>,
}

impl<O: RiskOwner> Default for Change<O> {
    fn default() -> Self {
        Self {
            row: None,
            detections: Vec::new(),
            new_detections: Vec::new(),
            sign_ins: Vec::new(),
            history: None,
            transition: None,
        }
    }
}

impl<O: RiskOwner> Change<O> {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

/// A step of somebody's risk, for whoever wants to know how it came about.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Transition {
    /// The episode: risk that begins after everything was closed is a new one.
    pub episode: String,
    /// Risk before; `None` if there never was any.
    pub before: Option<Risk>,
    /// Risk after.
    pub after: Risk,
    /// Identifiers of the detections that are new or changed.
    pub detections: Vec<String>,
    /// The sign-in it was about, if it was about one.
    pub sign_in_id: Option<String>,
    /// What the detections that are open after it add up to; not said of service principals.
    pub compound: Option<Compound>,
}
