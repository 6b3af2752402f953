use riskgate_core::Timestamp;
use riskgate_model::{
    ActivityType, RiskDetail, RiskLevel, RiskServicePrincipalActivity, RiskState, RiskyServicePrincipal,
    RiskyServicePrincipalHistoryItem, ServicePrincipal, ServicePrincipalRiskDetection, TokenIssuerType,
};

use super::{Activity, DetectionView, Moment, NewDetection, Risk, RiskOwner};

/// An application, as it acts in the tenant, whose risk it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServicePrincipalOwner {
    /// Object identifier of the service principal.
    pub service_principal_id: String,
    /// `appId` of the application, copied into what is made.
    pub app_id: Option<String>,
    /// Display name, likewise.
    pub display_name: Option<String>,
    /// Whether it may get tokens, likewise.
    pub is_enabled: Option<bool>,
    /// What kind it is, likewise.
    pub service_principal_type: Option<String>,
}

impl From<&ServicePrincipal> for ServicePrincipalOwner {
    fn from(principal: &ServicePrincipal) -> Self {
        Self {
            service_principal_id: principal.id.clone(),
            app_id: principal.app_id.clone(),
            display_name: principal.display_name.clone(),
            is_enabled: principal.account_enabled,
            service_principal_type: principal.service_principal_type.clone(),
        }
    }
}

impl From<&RiskyServicePrincipal> for ServicePrincipalOwner {
    fn from(row: &RiskyServicePrincipal) -> Self {
        Self {
            service_principal_id: row.id.clone(),
            app_id: row.app_id.clone(),
            display_name: row.display_name.clone(),
            is_enabled: row.is_enabled,
            service_principal_type: row.service_principal_type.clone(),
        }
    }
}

impl RiskOwner for ServicePrincipalOwner {
    type Row = RiskyServicePrincipal;
    type Detection = ServicePrincipalRiskDetection;
    type History = RiskyServicePrincipalHistoryItem;

    const DISMISSED: RiskDetail = RiskDetail::AdminDismissedAllRiskForServicePrincipal;
    const CONFIRMED: RiskDetail = RiskDetail::AdminConfirmedServicePrincipalCompromised;
    const CONFIRMED_TYPE: &'static str = "adminConfirmedServicePrincipalCompromised";
    const COMPOUND_TYPE: Option<&'static str> = None;

    fn id(&self) -> &str {
        &self.service_principal_id
    }

    fn display_name(&self) -> Option<&str> {
        self.display_name.as_deref()
    }

    fn risk(row: &RiskyServicePrincipal) -> Risk {
        Risk {
            level: row.risk_level.unwrap_or(RiskLevel::None),
            state: row.risk_state.unwrap_or(RiskState::None),
            detail: row.risk_detail.unwrap_or(RiskDetail::None),
        }
    }

    fn row(&self, _: Option<&RiskyServicePrincipal>, risk: Risk, at: Timestamp) -> RiskyServicePrincipal {
        RiskyServicePrincipal {
            id: self.service_principal_id.clone(),
            app_id: self.app_id.clone(),
            display_name: self.display_name.clone(),
            is_enabled: self.is_enabled,
            is_processing: Some(false),
            risk_detail: Some(risk.detail),
            risk_last_updated_date_time: Some(at),
            risk_level: Some(risk.level),
            risk_state: Some(risk.state),
            service_principal_type: self.service_principal_type.clone(),
        }
    }

    fn history(
        row: &RiskyServicePrincipal,
        activity: Activity,
        moment: &Moment,
    ) -> RiskyServicePrincipalHistoryItem {
        let activity = RiskServicePrincipalActivity {
            detail: Some(activity.detail),
            risk_event_types: activity.risk_event_types,
        };
        RiskyServicePrincipalHistoryItem {
            id: moment.history_id.clone(),
            app_id: row.app_id.clone(),
            display_name: row.display_name.clone(),
            is_enabled: row.is_enabled,
            is_processing: row.is_processing,
            risk_detail: row.risk_detail,
            risk_last_updated_date_time: row.risk_last_updated_date_time,
            risk_level: row.risk_level,
            risk_state: row.risk_state,
            service_principal_type: row.service_principal_type.clone(),
            activity: Some(activity),
            initiated_by: moment.initiated_by.clone(),
        }
    }

    fn view(detection: &ServicePrincipalRiskDetection) -> DetectionView<'_> {
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

    fn detection(&self, new: &NewDetection) -> ServicePrincipalRiskDetection {
        ServicePrincipalRiskDetection {
            id: new.id.clone(),
            activity: Some(ActivityType::ServicePrincipal),
            activity_date_time: Some(new.activity_at),
            additional_info: Some(new.additional_info.clone()),
            app_id: self.app_id.clone(),
            correlation_id: None,
            detected_date_time: Some(new.at),
            detection_timing_type: Some(new.timing),
            ip_address: new.ip_address(),
            key_ids: new.key_ids.clone(),
            last_updated_date_time: Some(new.at),
            location: new.location(),
            request_id: None,
            risk_detail: Some(new.risk.detail),
            risk_event_type: Some(new.risk_event_type.clone()),
            risk_level: Some(new.risk.level),
            risk_state: Some(new.risk.state),
            service_principal_display_name: self.display_name.clone(),
            service_principal_id: Some(self.service_principal_id.clone()),
            source: Some(new.source.clone()),
            token_issuer_type: Some(TokenIssuerType::AzureAD),
        }
    }

    fn moved(
        detection: &ServicePrincipalRiskDetection,
        risk: Risk,
        at: Timestamp,
    ) -> ServicePrincipalRiskDetection {
        ServicePrincipalRiskDetection {
            risk_state: Some(risk.state),
            risk_detail: Some(risk.detail),
            risk_level: Some(risk.level),
            last_updated_date_time: Some(at),
            ..detection.clone()
        }
    }
}
