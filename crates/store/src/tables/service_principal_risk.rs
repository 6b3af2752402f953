//! Tables of the risk of service principals.

use crate::table::tables;

tables! {
    /// Risk detections of service principals.
    SERVICE_PRINCIPAL_RISK_DETECTIONS = "service_principal_detections" {
        Text "activity" as "activity",
        Text "appId" as "app_id",
        Text "correlationId" as "correlation_id",
        Text "detectionTimingType" as "detection_timing_type",
        Text "ipAddress" as "ip_address",
        Text "location/city" as "location_city",
        Text "location/state" as "location_state",
        Text "location/countryOrRegion" as "location_country_or_region",
        Text "requestId" as "request_id",
        Text "riskDetail" as "risk_detail",
        Text "riskEventType" as "risk_event_type",
        Text "riskLevel" as "risk_level",
        Text "riskState" as "risk_state",
        Text "servicePrincipalDisplayName" as "principal_display_name",
        Text "servicePrincipalId" as "principal_id",
        Text "source" as "source",
        Text "tokenIssuerType" as "token_issuer_type",
        Time "activityDateTime" as "activity_date_time",
        Time "detectedDateTime" as "detected_date_time",
        Time "lastUpdatedDateTime" as "last_updated_date_time",
        List "keyIds" as "key_ids",
    } indexes {
        ["detected_date_time"],
        ["principal_id", "detected_date_time"],
        ["app_id", "detected_date_time"],
        ["risk_state", "detected_date_time"],
        ["risk_level", "detected_date_time"],
        ["risk_event_type", "detected_date_time"],
        ["request_id"],
    }
    /// Service principals that are or were at risk.
    RISKY_SERVICE_PRINCIPALS = "risky_service_principals" {
        Text "appId" as "app_id",
        Text "displayName" as "display_name",
        Text "riskDetail" as "risk_detail",
        Text "riskLevel" as "risk_level",
        Text "riskState" as "risk_state",
        Text "servicePrincipalType" as "service_principal_type",
        Boolean "isEnabled" as "is_enabled",
        Boolean "isProcessing" as "is_processing",
        Time "riskLastUpdatedDateTime" as "risk_last_updated_date_time",
    } indexes {
        ["risk_last_updated_date_time"],
        ["risk_state", "risk_last_updated_date_time"],
        ["risk_level", "risk_last_updated_date_time"],
        ["app_id"],
    }
    /// What happened to the risk of service principals.
    RISKY_SERVICE_PRINCIPAL_HISTORY = "service_principal_history" {
        Text "@riskgate.ownerId" as "owner_id",
        Text "initiatedBy" as "initiated_by",
        Text "riskDetail" as "risk_detail",
        Text "riskLevel" as "risk_level",
        Text "riskState" as "risk_state",
        Time "riskLastUpdatedDateTime" as "risk_last_updated_date_time",
    } indexes {
        ["owner_id", "risk_last_updated_date_time"],
    }
    /// How service principals ask for tokens.
    WORKLOAD_HISTORIES = "workload_histories" {} indexes {}
    /// What service principals do in the directory.
    WORKLOAD_ACTIVITIES = "workload_activities" {} indexes {}
    /// How far the audit log was read.
    AUDIT_CURSORS = "audit_cursors" {} indexes {}
}
