//! Sign-ins and directory audits (Graph contract §2.3).

use riskgate_core::Timestamp;

use crate::conditional_access_enums::AppliedConditionalAccessPolicyResult;
use crate::declare::{graph_enum, graph_type};
use crate::entity::{Entity, Identity};
use crate::identity_protection::SignInLocation;
use crate::risk_enums::*;

graph_enum! {
    /// `microsoft.graph.conditionalAccessStatus`.
    ConditionalAccessStatus = "conditionalAccessStatus" {
        Success = "success" 0,
        Failure = "failure" 1,
        NotApplied = "notApplied" 2,
        UnknownFutureValue = "unknownFutureValue" 3,
    }
}

graph_enum! {
    /// `microsoft.graph.groupType`.
    GroupType = "groupType" {
        UnifiedGroups = "unifiedGroups" 0,
        AzureAD = "azureAD" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

graph_enum! {
    /// `microsoft.graph.operationResult`.
    OperationResult = "operationResult" {
        Success = "success" 0,
        Failure = "failure" 1,
        Timeout = "timeout" 2,
        UnknownFutureValue = "unknownFutureValue" 3,
    }
}

graph_enum! {
    /// `microsoft.graph.groupAccessType`.
    GroupAccessType = "groupAccessType" {
        None = "none" 0,
        Private = "private" 1,
        Secret = "secret" 2,
        Public = "public" 3,
        UnknownFutureValue = "unknownFutureValue" 4,
    }
}

graph_type! {
    /// `microsoft.graph.signIn`.
    entity SignIn = "signIn" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            app_display_name: Option<String> = "appDisplayName" [nullable filter order],
            app_id: Option<String> = "appId" [nullable filter order],
            #[serde(default)] applied_conditional_access_policies: Vec<AppliedConditionalAccessPolicy> = "appliedConditionalAccessPolicies" [nullable],
            client_app_used: Option<String> = "clientAppUsed" [nullable filter order],
            conditional_access_status: Option<ConditionalAccessStatus> = "conditionalAccessStatus" [nullable filter order],
            correlation_id: Option<String> = "correlationId" [nullable filter order],
            created_date_time: Timestamp = "createdDateTime" [filter order],
            device_detail: Option<DeviceDetail> = "deviceDetail" [nullable filter order],
            home_tenant_id: Option<String> = "homeTenantId" [nullable filter order],
            ip_address: Option<String> = "ipAddress" [nullable filter order],
            is_interactive: Option<bool> = "isInteractive" [nullable filter order],
            location: Option<SignInLocation> = "location" [nullable filter],
            resource_display_name: Option<String> = "resourceDisplayName" [nullable filter order],
            resource_id: Option<String> = "resourceId" [nullable filter order],
            resource_tenant_id: Option<String> = "resourceTenantId" [nullable filter order],
            risk_detail: Option<RiskDetail> = "riskDetail" [nullable filter order],
            #[serde(default)] risk_event_types: Vec<RiskEventType> = "riskEventTypes" [nullable filter],
            #[serde(default)] risk_event_types_v2: Vec<String> = "riskEventTypes_v2" [nullable filter],
            risk_level_aggregated: Option<RiskLevel> = "riskLevelAggregated" [nullable filter order],
            risk_level_during_sign_in: Option<RiskLevel> = "riskLevelDuringSignIn" [nullable filter order],
            risk_state: Option<RiskState> = "riskState" [nullable filter order],
            service_principal_id: Option<String> = "servicePrincipalId" [nullable filter order],
            service_principal_name: Option<String> = "servicePrincipalName" [nullable filter order],
            status: Option<SignInStatus> = "status" [nullable filter order],
            user_agent: Option<String> = "userAgent" [nullable filter order],
            user_display_name: Option<String> = "userDisplayName" [nullable filter order],
            user_id: String = "userId" [filter order],
            user_principal_name: Option<String> = "userPrincipalName" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.appliedConditionalAccessPolicy`.
    #[derive(Default)]
    complex AppliedConditionalAccessPolicy = "appliedConditionalAccessPolicy" {
        own {
            display_name: Option<String> = "displayName" [nullable filter order],
            #[serde(default)] enforced_grant_controls: Vec<String> = "enforcedGrantControls" [nullable filter],
            #[serde(default)] enforced_session_controls: Vec<String> = "enforcedSessionControls" [nullable filter],
            id: Option<String> = "id" [nullable filter order],
            result: Option<AppliedConditionalAccessPolicyResult> = "result" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.signInStatus`.
    #[derive(Default)]
    complex SignInStatus = "signInStatus" {
        own {
            additional_details: Option<String> = "additionalDetails" [nullable filter order],
            error_code: Option<i32> = "errorCode" [nullable filter order],
            failure_reason: Option<String> = "failureReason" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.deviceDetail`.
    #[derive(Default)]
    complex DeviceDetail = "deviceDetail" {
        own {
            browser: Option<String> = "browser" [nullable filter order],
            device_id: Option<String> = "deviceId" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            is_compliant: Option<bool> = "isCompliant" [nullable filter order],
            is_managed: Option<bool> = "isManaged" [nullable filter order],
            operating_system: Option<String> = "operatingSystem" [nullable filter order],
            trust_type: Option<String> = "trustType" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.directoryAudit`.
    entity DirectoryAudit = "directoryAudit" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            activity_date_time: Timestamp = "activityDateTime" [filter order],
            activity_display_name: String = "activityDisplayName" [filter order],
            #[serde(default)] additional_details: Vec<KeyValue> = "additionalDetails" [nullable],
            category: String = "category" [filter order],
            correlation_id: Option<String> = "correlationId" [nullable filter order],
            initiated_by: AuditActivityInitiator = "initiatedBy" [filter],
            logged_by_service: Option<String> = "loggedByService" [nullable filter order],
            operation_type: Option<String> = "operationType" [nullable filter order],
            result: Option<OperationResult> = "result" [nullable filter order],
            result_reason: Option<String> = "resultReason" [nullable filter order],
            #[serde(default)] target_resources: Vec<TargetResource> = "targetResources" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.auditActivityInitiator`.
    #[derive(Default)]
    complex AuditActivityInitiator = "auditActivityInitiator" {
        own {
            app: Option<AppIdentity> = "app" [nullable filter],
            user: Option<UserIdentity> = "user" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.userIdentity`.
    #[derive(Default)]
    complex UserIdentity = "userIdentity" : Identity {
        inherit {
            display_name: Option<String> = "displayName",
            id: Option<String> = "id",
        }
        own {
            ip_address: Option<String> = "ipAddress" [nullable filter order],
            user_principal_name: Option<String> = "userPrincipalName" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.appIdentity`.
    #[derive(Default)]
    complex AppIdentity = "appIdentity" {
        own {
            app_id: Option<String> = "appId" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            service_principal_id: Option<String> = "servicePrincipalId" [nullable filter order],
            service_principal_name: Option<String> = "servicePrincipalName" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.targetResource`.
    #[derive(Default)]
    complex TargetResource = "targetResource" {
        own {
            display_name: Option<String> = "displayName" [nullable filter order],
            group_type: Option<GroupType> = "groupType" [nullable filter order],
            id: Option<String> = "id" [nullable filter order],
            #[serde(default)] modified_properties: Vec<ModifiedProperty> = "modifiedProperties" [nullable],
            type_: Option<String> = "type" [nullable filter order],
            user_principal_name: Option<String> = "userPrincipalName" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.modifiedProperty`.
    #[derive(Default)]
    complex ModifiedProperty = "modifiedProperty" {
        own {
            display_name: Option<String> = "displayName" [nullable filter order],
            new_value: Option<String> = "newValue" [nullable filter order],
            old_value: Option<String> = "oldValue" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.keyValue`.
    #[derive(Default)]
    complex KeyValue = "keyValue" {
        own {
            key: Option<String> = "key" [nullable filter order],
            value: Option<String> = "value" [nullable filter order],
        }
    }
}
