//! Tables of risk, policies and sign-ins.

use crate::table::tables;

tables! {
    /// Conditional Access policies.
    POLICIES = "policies" {
        Text "displayName" as "display_name",
        Text "state" as "state",
        Text "templateId" as "template_id",
        Text "description" as "description",
        Time "createdDateTime" as "created_date_time",
        Time "modifiedDateTime" as "modified_date_time",
    } indexes {
        ["display_name"],
    }
    /// Named locations.
    NAMED_LOCATIONS = "named_locations" {
        Text "@odata.type" as "odata_type",
        Text "displayName" as "display_name",
        Text "countryLookupMethod" as "country_lookup_method",
        Boolean "isTrusted" as "is_trusted",
        Boolean "includeUnknownCountriesAndRegions" as "include_unknown_countries_and_regions",
        Time "createdDateTime" as "created_date_time",
        Time "modifiedDateTime" as "modified_date_time",
        List "countriesAndRegions" as "countries_and_regions",
    } indexes {
        ["display_name"],
    }
    /// Authentication strengths besides the built-in ones. Few, so every query loads them all.
    AUTHENTICATION_STRENGTHS = "authentication_strengths" {} indexes {}
    /// Authentication contexts that were described. Few, as above.
    AUTHENTICATION_CONTEXTS = "authentication_contexts" {} indexes {}
    /// Sets of custom security attributes, at most 500.
    ATTRIBUTE_SETS = "attribute_sets" {} indexes {}
    /// Definitions of custom security attributes with the values to choose from. Few, as above.
    ATTRIBUTE_DEFINITIONS = "attribute_definitions" {} indexes {}
    /// The policies there is one of, each under its well-known identifier: the security defaults, which the table is named
    /// after, and the one about authentication methods.
    SINGLE_POLICIES = "security_defaults" {} indexes {}
    /// Risk detections.
    RISK_DETECTIONS = "risk_detections" {
        Text "activity" as "activity",
        Text "correlationId" as "correlation_id",
        Text "detectionTimingType" as "detection_timing_type",
        Text "ipAddress" as "ip_address",
        Text "location/city" as "location_city",
        Text "location/state" as "location_state",
        Text "location/countryOrRegion" as "location_country_or_region",
        Text "requestId" as "request_id",
        Text "riskDetail" as "risk_detail",
        Text "riskEventType" as "risk_event_type",
        Text "riskType" as "risk_type",
        Text "riskLevel" as "risk_level",
        Text "riskState" as "risk_state",
        Text "source" as "source",
        Text "tokenIssuerType" as "token_issuer_type",
        Text "userDisplayName" as "user_display_name",
        Text "userId" as "user_id",
        Text "userPrincipalName" as "user_principal_name",
        Time "activityDateTime" as "activity_date_time",
        Time "detectedDateTime" as "detected_date_time",
        Time "lastUpdatedDateTime" as "last_updated_date_time",
    } indexes {
        ["detected_date_time"],
        ["user_id", "detected_date_time"],
        ["user_display_name", "detected_date_time"],
        ["user_principal_name", "detected_date_time"],
        ["risk_state", "detected_date_time"],
        ["risk_level", "detected_date_time"],
        ["risk_event_type", "detected_date_time"],
        ["ip_address", "detected_date_time"],
        ["request_id"],
    }
    /// Users who are or were at risk.
    RISKY_USERS = "risky_users" {
        Text "riskDetail" as "risk_detail",
        Text "riskLevel" as "risk_level",
        Text "riskState" as "risk_state",
        Text "userDisplayName" as "user_display_name",
        Text "userPrincipalName" as "user_principal_name",
        Boolean "isDeleted" as "is_deleted",
        Boolean "isProcessing" as "is_processing",
        Time "riskLastUpdatedDateTime" as "risk_last_updated_date_time",
    } indexes {
        ["risk_last_updated_date_time"],
        ["risk_state", "risk_last_updated_date_time"],
        ["risk_level", "risk_last_updated_date_time"],
        ["user_display_name"],
    }
    /// What happened to the risk of users.
    RISKY_USER_HISTORY = "risky_user_history" {
        Text "userId" as "user_id",
        Text "initiatedBy" as "initiated_by",
        Text "riskDetail" as "risk_detail",
        Text "riskLevel" as "risk_level",
        Text "riskState" as "risk_state",
        Time "riskLastUpdatedDateTime" as "risk_last_updated_date_time",
    } indexes {
        ["user_id", "risk_last_updated_date_time"],
    }
    /// Sign-ins.
    SIGN_INS = "sign_ins" {
        Text "appDisplayName" as "app_display_name",
        Text "appId" as "app_id",
        Text "clientAppUsed" as "client_app_used",
        Text "conditionalAccessStatus" as "conditional_access_status",
        Text "correlationId" as "correlation_id",
        Text "deviceDetail/browser" as "device_detail_browser",
        Text "deviceDetail/operatingSystem" as "device_detail_operating_system",
        Text "ipAddress" as "ip_address",
        Text "location/city" as "location_city",
        Text "location/state" as "location_state",
        Text "location/countryOrRegion" as "location_country_or_region",
        Text "resourceDisplayName" as "resource_display_name",
        Text "resourceId" as "resource_id",
        Text "riskDetail" as "risk_detail",
        Text "riskLevelAggregated" as "risk_level_aggregated",
        Text "riskLevelDuringSignIn" as "risk_level_during_sign_in",
        Text "riskState" as "risk_state",
        Text "servicePrincipalId" as "service_principal_id",
        Text "userDisplayName" as "user_display_name",
        Text "userId" as "user_id",
        Text "userPrincipalName" as "user_principal_name",
        Integer "status/errorCode" as "status_error_code",
        Boolean "isInteractive" as "is_interactive",
        Time "createdDateTime" as "created_date_time",
        List "riskEventTypes_v2" as "risk_event_types_v2",
    } indexes {
        ["created_date_time"],
        ["user_id", "created_date_time"],
        ["user_display_name", "created_date_time"],
        ["user_principal_name", "created_date_time"],
        ["app_id", "created_date_time"],
        ["ip_address", "created_date_time"],
        ["risk_state", "created_date_time"],
        ["conditional_access_status", "created_date_time"],
        ["status_error_code", "created_date_time"],
        ["correlation_id"],
    }
    /// What is learned from the sign-ins of users.
    SIGN_IN_HISTORIES = "sign_in_histories" {
        Time "changedDateTime" as "changed_date_time",
    } indexes {
        ["changed_date_time"],
    }
    /// Wrong first factors of the last 24 hours.
    FAILED_FIRST_FACTORS = "failed_first_factors" {
        Time "createdDateTime" as "created_date_time",
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["created_date_time"],
        ["expires_date_time"],
    }
    /// Keys of the days, for what tells equal passwords apart.
    DAY_KEYS = "day_keys" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
    /// Counts of changes to what nodes keep in memory.
    REVISIONS = "revisions" {
    } indexes {
    }
}
