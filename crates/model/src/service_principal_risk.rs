//! Risk of applications that act on their own behalf (Graph contract §2.1).

use riskgate_core::Timestamp;

use crate::declare::graph_type;
use crate::entity::Entity;
use crate::identity_protection::SignInLocation;
use crate::risk_enums::*;

graph_type! {
    /// `microsoft.graph.servicePrincipalRiskDetection`.
    #[derive(Default)]
    entity ServicePrincipalRiskDetection = "servicePrincipalRiskDetection" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            activity: Option<ActivityType> = "activity" [nullable filter order],
            activity_date_time: Option<Timestamp> = "activityDateTime" [nullable filter order],
            additional_info: Option<String> = "additionalInfo" [nullable filter order],
            app_id: Option<String> = "appId" [nullable filter order],
            correlation_id: Option<String> = "correlationId" [nullable filter order],
            detected_date_time: Option<Timestamp> = "detectedDateTime" [nullable filter order],
            detection_timing_type: Option<RiskDetectionTimingType> = "detectionTimingType" [nullable filter order],
            ip_address: Option<String> = "ipAddress" [nullable filter order],
            #[serde(default)] key_ids: Vec<String> = "keyIds" [nullable filter],
            last_updated_date_time: Option<Timestamp> = "lastUpdatedDateTime" [nullable filter order],
            location: Option<SignInLocation> = "location" [nullable filter],
            request_id: Option<String> = "requestId" [nullable filter order],
            risk_detail: Option<RiskDetail> = "riskDetail" [nullable filter order],
            risk_event_type: Option<String> = "riskEventType" [nullable filter order],
            risk_level: Option<RiskLevel> = "riskLevel" [nullable filter order],
            risk_state: Option<RiskState> = "riskState" [nullable filter order],
            service_principal_display_name: Option<String> = "servicePrincipalDisplayName" [nullable filter order],
            service_principal_id: Option<String> = "servicePrincipalId" [nullable filter order],
            source: Option<String> = "source" [nullable filter order],
            token_issuer_type: Option<TokenIssuerType> = "tokenIssuerType" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.riskyServicePrincipal`; the identifier is that of the service principal.
    #[derive(Default)]
    entity RiskyServicePrincipal = "riskyServicePrincipal" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            app_id: Option<String> = "appId" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            is_enabled: Option<bool> = "isEnabled" [nullable filter order],
            is_processing: Option<bool> = "isProcessing" [nullable filter order],
            risk_detail: Option<RiskDetail> = "riskDetail" [nullable filter order],
            risk_last_updated_date_time: Option<Timestamp> = "riskLastUpdatedDateTime" [nullable filter order],
            risk_level: Option<RiskLevel> = "riskLevel" [nullable filter order],
            risk_state: Option<RiskState> = "riskState" [nullable filter order],
            service_principal_type: Option<String> = "servicePrincipalType" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.riskServicePrincipalActivity`.
    #[derive(Default)]
    complex RiskServicePrincipalActivity = "riskServicePrincipalActivity" {
        own {
            detail: Option<RiskDetail> = "detail" [nullable filter order],
            #[serde(default)] risk_event_types: Vec<String> = "riskEventTypes" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.riskyServicePrincipalHistoryItem`.
    #[derive(Default)]
    entity RiskyServicePrincipalHistoryItem = "riskyServicePrincipalHistoryItem" : RiskyServicePrincipal {
        inherit {
            id: String = "id",
            app_id: Option<String> = "appId",
            display_name: Option<String> = "displayName",
            is_enabled: Option<bool> = "isEnabled",
            is_processing: Option<bool> = "isProcessing",
            risk_detail: Option<RiskDetail> = "riskDetail",
            risk_last_updated_date_time: Option<Timestamp> = "riskLastUpdatedDateTime",
            risk_level: Option<RiskLevel> = "riskLevel",
            risk_state: Option<RiskState> = "riskState",
            service_principal_type: Option<String> = "servicePrincipalType",
        }
        own {
            activity: Option<RiskServicePrincipalActivity> = "activity" [nullable filter],
            initiated_by: Option<String> = "initiatedBy" [nullable filter order],
        }
    }
}
