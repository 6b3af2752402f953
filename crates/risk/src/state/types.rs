use riskgate_core::Timestamp;
use riskgate_model::{RiskDetail, RiskDetection, RiskLevel, RiskState, RiskyUser, RiskyUserHistoryItem};

/// Whose risk it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RiskOwner {
    /// Object identifier.
    pub user_id: String,
    /// Display name, copied into what is made.
    pub display_name: Option<String>,
    /// User principal name, likewise.
    pub user_principal_name: Option<String>,
}

/// How things are: the user's row, his active detections and his risky sign-ins. Closed ones need not be given: nothing
/// here changes them. [`super::Action::Detected`] looks at the user's row alone, and an action on one sign-in
/// ([`super::Action::sign_in_id`]) at no other sign-in, so neither slows down with the risk that has piled up.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct UserRiskState {
    /// `None` before the first detection.
    pub user: Option<RiskyUser>,
    /// Detections in state `atRisk` or `confirmedCompromised`.
    pub detections: Vec<RiskDetection>,
    /// Sign-ins in one of the same states.
    pub sign_ins: Vec<SignInRisk>,
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
    /// Identifier of the history item, should one be made.
    pub history_id: String,
    /// Identifier of a detection, should one be made.
    pub detection_id: String,
}

/// What changes. Empty when nothing does.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Change {
    /// The user's new row, if it is another.
    pub user: Option<RiskyUser>,
    /// Detections that changed.
    pub detections: Vec<RiskDetection>,
    /// Detections that are new.
    pub new_detections: Vec<RiskDetection>,
    /// Sign-ins that changed.
    pub sign_ins: Vec<SignInRisk>,
    /// What is added to the user's history; there exactly when `user` is.
    pub history: Option<RiskyUserHistoryItem>,
}

impl Change {
    /// Whether nothing changes.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}
