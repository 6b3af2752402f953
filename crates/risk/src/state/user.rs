use riskgate_core::Timestamp;
use riskgate_model::{
    ActivityType, RiskDetail, RiskDetection, RiskLevel, RiskState, RiskUserActivity, RiskyUser,
    RiskyUserHistoryItem, TokenIssuerType, User,
};

use super::{Activity, DetectionView, Moment, NewDetection, Risk, RiskOwner};

/// A user whose risk it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UserOwner {
    /// Object identifier.
    pub user_id: String,
    /// Display name, copied into what is made.
    pub display_name: Option<String>,
    /// User principal name, likewise.
    pub user_principal_name: Option<String>,
}

impl From<&User> for UserOwner {
    fn from(user: &User) -> Self {
        Self {
            user_id: user.id.clone(),
            display_name: user.display_name.clone(),
            user_principal_name: user.user_principal_name.clone(),
        }
    }
}

impl From<&RiskyUser> for UserOwner {
    fn from(row: &RiskyUser) -> Self {
        Self {
            user_id: row.id.clone(),
            display_name: row.user_display_name.clone(),
            user_principal_name: row.user_principal_name.clone(),
        }
    }
}

impl RiskOwner for UserOwner {
    type Row = RiskyUser;
    type Detection = RiskDetection;
    type History = RiskyUserHistoryItem;

    const DISMISSED: RiskDetail = RiskDetail::AdminDismissedAllRiskForUser;
    const CONFIRMED: RiskDetail = RiskDetail::AdminConfirmedUserCompromised;
    const CONFIRMED_TYPE: &'static str = "adminConfirmedUserCompromised";
    const COMPOUND_TYPE: Option<&'static str> = Some("aiCompoundAccountRisk");

    fn id(&self) -> &str {
        &self.user_id
    }

    fn display_name(&self) -> Option<&str> {
        self.display_name.as_deref()
    }

    fn risk(row: &RiskyUser) -> Risk {
        Risk {
            level: row.risk_level.unwrap_or(RiskLevel::None),
            state: row.risk_state.unwrap_or(RiskState::None),
            detail: row.risk_detail.unwrap_or(RiskDetail::None),
        }
    }

    fn row(&self, before: Option<&RiskyUser>, risk: Risk, at: Timestamp) -> RiskyUser {
        RiskyUser {
            id: self.user_id.clone(),
            is_deleted: Some(before.and_then(|user| user.is_deleted).unwrap_or(false)),
            is_processing: Some(false),
            risk_detail: Some(risk.detail),
            risk_last_updated_date_time: Some(at),
            risk_level: Some(risk.level),
            risk_state: Some(risk.state),
            user_display_name: self.display_name.clone(),
            user_principal_name: self.user_principal_name.clone(),
        }
    }

    fn history(row: &RiskyUser, activity: Activity, moment: &Moment) -> RiskyUserHistoryItem {
        let activity =
            RiskUserActivity { detail: Some(activity.detail), risk_event_types: activity.risk_event_types };
        RiskyUserHistoryItem {
            id: moment.history_id.clone(),
            is_deleted: row.is_deleted,
            is_processing: row.is_processing,
            risk_detail: row.risk_detail,
            risk_last_updated_date_time: row.risk_last_updated_date_time,
            risk_level: row.risk_level,
            risk_state: row.risk_state,
            user_display_name: row.user_display_name.clone(),
            user_principal_name: row.user_principal_name.clone(),
            activity: Some(activity),
            initiated_by: moment.initiated_by.clone(),
            user_id: Some(row.id.clone()),
        }
    }

    fn view(detection: &RiskDetection) -> DetectionView<'_> {
        DetectionView {
            id: &detection.id,
            sign_in_id: detection.request_id.as_deref(),
            risk_event_type: detection.risk_event_type.as_deref().unwrap_or_default(),
            detected_at: detection.detected_date_time,
            risk: Risk {
                level: detection.risk_level.unwrap_or(RiskLevel::None),
                state: detection.risk_state.unwrap_or(RiskState::AtRisk),
                detail: detection.risk_detail.unwrap_or(RiskDetail::None),
            },
        }
    }

    fn detection(&self, new: &NewDetection) -> RiskDetection {
        RiskDetection {
            id: new.id.clone(),
            activity: Some(ActivityType::User),
            activity_date_time: Some(new.activity_at),
            additional_info: Some(new.additional_info.clone()),
            correlation_id: None,
            detected_date_time: Some(new.at),
            detection_timing_type: Some(new.timing),
            ip_address: new.ip_address(),
            last_updated_date_time: Some(new.at),
            location: new.location(),
            request_id: None,
            risk_detail: Some(new.risk.detail),
            risk_event_type: Some(new.risk_event_type.clone()),
            risk_type: Some(new.risk_event_type.clone()),
            risk_level: Some(new.risk.level),
            risk_state: Some(new.risk.state),
            source: Some(new.source.clone()),
            token_issuer_type: Some(TokenIssuerType::AzureAD),
            user_display_name: self.display_name.clone(),
            user_id: Some(self.user_id.clone()),
            user_principal_name: self.user_principal_name.clone(),
        }
    }

    fn moved(detection: &RiskDetection, risk: Risk, at: Timestamp) -> RiskDetection {
        RiskDetection {
            risk_state: Some(risk.state),
            risk_detail: Some(risk.detail),
            risk_level: Some(risk.level),
            last_updated_date_time: Some(at),
            ..detection.clone()
        }
    }
}
