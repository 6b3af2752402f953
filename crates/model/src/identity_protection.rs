//! Risk detections, risky users and their history (Graph contract §2.1).

use riskgate_core::Timestamp;

use crate::declare::graph_type;
use crate::entity::Entity;
use crate::risk_enums::*;

graph_type! {
    /// `microsoft.graph.riskDetection`.
    #[derive(Default)]
    entity RiskDetection = "riskDetection" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            activity: Option<ActivityType> = "activity" [nullable filter order],
            activity_date_time: Option<Timestamp> = "activityDateTime" [nullable filter order],
            additional_info: Option<String> = "additionalInfo" [nullable filter order],
            correlation_id: Option<String> = "correlationId" [nullable filter order],
            detected_date_time: Option<Timestamp> = "detectedDateTime" [nullable filter order],
            detection_timing_type: Option<RiskDetectionTimingType> = "detectionTimingType" [nullable filter order],
            ip_address: Option<String> = "ipAddress" [nullable filter order],
            last_updated_date_time: Option<Timestamp> = "lastUpdatedDateTime" [nullable filter order],
            location: Option<SignInLocation> = "location" [nullable filter],
            request_id: Option<String> = "requestId" [nullable filter order],
            risk_detail: Option<RiskDetail> = "riskDetail" [nullable filter order],
            risk_event_type: Option<String> = "riskEventType" [nullable filter order],
            risk_type: Option<String> = "riskType" [nullable filter order],
            risk_level: Option<RiskLevel> = "riskLevel" [nullable filter order],
            risk_state: Option<RiskState> = "riskState" [nullable filter order],
            source: Option<String> = "source" [nullable filter order],
            token_issuer_type: Option<TokenIssuerType> = "tokenIssuerType" [nullable filter order],
            user_display_name: Option<String> = "userDisplayName" [nullable filter order],
            user_id: Option<String> = "userId" [nullable filter order],
            user_principal_name: Option<String> = "userPrincipalName" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.riskyUser`.
    #[derive(Default)]
    entity RiskyUser = "riskyUser" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            is_deleted: Option<bool> = "isDeleted" [nullable filter order],
            is_processing: Option<bool> = "isProcessing" [nullable filter order],
            risk_detail: Option<RiskDetail> = "riskDetail" [nullable filter order],
            risk_last_updated_date_time: Option<Timestamp> = "riskLastUpdatedDateTime" [nullable filter order],
            risk_level: Option<RiskLevel> = "riskLevel" [nullable filter order],
            risk_state: Option<RiskState> = "riskState" [nullable filter order],
            user_display_name: Option<String> = "userDisplayName" [nullable filter order],
            user_principal_name: Option<String> = "userPrincipalName" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.riskUserActivity`.
    #[derive(Default)]
    complex RiskUserActivity = "riskUserActivity" {
        own {
            detail: Option<RiskDetail> = "detail" [nullable filter order],
            #[serde(default)] risk_event_types: Vec<String> = "riskEventTypes" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.riskyUserHistoryItem`.
    #[derive(Default)]
    entity RiskyUserHistoryItem = "riskyUserHistoryItem" : RiskyUser {
        inherit {
            id: String = "id",
            is_deleted: Option<bool> = "isDeleted",
            is_processing: Option<bool> = "isProcessing",
            risk_detail: Option<RiskDetail> = "riskDetail",
            risk_last_updated_date_time: Option<Timestamp> = "riskLastUpdatedDateTime",
            risk_level: Option<RiskLevel> = "riskLevel",
            risk_state: Option<RiskState> = "riskState",
            user_display_name: Option<String> = "userDisplayName",
            user_principal_name: Option<String> = "userPrincipalName",
        }
        own {
            activity: Option<RiskUserActivity> = "activity" [nullable filter],
            initiated_by: Option<String> = "initiatedBy" [nullable filter order],
            user_id: Option<String> = "userId" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.signInLocation`.
    #[derive(Default)]
    complex SignInLocation = "signInLocation" {
        own {
            city: Option<String> = "city" [nullable filter order],
            country_or_region: Option<String> = "countryOrRegion" [nullable filter order],
            geo_coordinates: Option<GeoCoordinates> = "geoCoordinates" [nullable filter],
            state: Option<String> = "state" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.geoCoordinates`.
    #[derive(Default)]
    complex GeoCoordinates = "geoCoordinates" {
        own {
            altitude: Option<f64> = "altitude" [nullable filter order],
            latitude: Option<f64> = "latitude" [nullable filter order],
            longitude: Option<f64> = "longitude" [nullable filter order],
        }
    }
}
