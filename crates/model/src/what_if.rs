//! What If: the question which policies would apply to a sign-in that has not happened (Graph contract §1.2.3).

use serde::{Deserialize, Serialize};

use crate::declare::{GraphType, GraphValue, graph_enum, graph_type};
use crate::schema::{Edm, Property, StructuredType, TypeKind};
use crate::{
    ConditionalAccessClientApp, ConditionalAccessDevicePlatform, ConditionalAccessGuestOrExternalUserTypes,
    ConditionalAccessPolicy, ConditionalAccessTransferMethods, InsiderRiskLevel, RiskLevel, UserAction,
};

graph_enum! {
    /// `microsoft.graph.whatIfAnalysisReasons`.
    flags WhatIfAnalysisReasons = "whatIfAnalysisReasons" {
        "notSet" 0,
        "notEnoughInformation" 1,
        "invalidCondition" 2,
        "users" 4,
        "workloadIdentities" 8,
        "application" 16,
        "userActions" 32,
        "authenticationContext" 64,
        "devicePlatform" 128,
        "devices" 256,
        "clientApps" 512,
        "location" 1024,
        "signInRisk" 2048,
        "emptyPolicy" 4096,
        "invalidPolicy" 8192,
        "policyNotEnabled" 16384,
        "userRisk" 32768,
        "time" 65536,
        "insiderRisk" 131072,
        "authenticationFlow" 262144,
        "unknownFutureValue" 524288,
    }
}

graph_type! {
    /// `microsoft.graph.signInIdentity`: who would sign in.
    #[derive(Default)]
    abstract_complex SignInIdentity = "signInIdentity" {
        own {
        }
    }
}

graph_type! {
    /// `microsoft.graph.userSignIn`.
    #[derive(Default)]
    complex UserSignIn = "userSignIn" : SignInIdentity {
        own {
            external_tenant_id: Option<String> = "externalTenantId" [nullable],
            #[serde(default)] external_user_type: Option<ConditionalAccessGuestOrExternalUserTypes> = "externalUserType" [],
            user_id: Option<String> = "userId" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.servicePrincipalSignIn`.
    #[derive(Default)]
    complex ServicePrincipalSignIn = "servicePrincipalSignIn" : SignInIdentity {
        own {
            service_principal_id: Option<String> = "servicePrincipalId" [nullable],
        }
    }
}

/// Who would sign in, of either kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "@odata.type")]
pub enum AnySignInIdentity {
    /// A person.
    #[serde(rename = "#microsoft.graph.userSignIn")]
    User(UserSignIn),
    /// An application on its own behalf.
    #[serde(rename = "#microsoft.graph.servicePrincipalSignIn")]
    ServicePrincipal(ServicePrincipalSignIn),
}

graph_type! {
    /// `microsoft.graph.signInContext`: what for.
    #[derive(Default)]
    abstract_complex SignInContext = "signInContext" {
        own {
        }
    }
}

graph_type! {
    /// `microsoft.graph.applicationContext`.
    #[derive(Default)]
    complex ApplicationContext = "applicationContext" : SignInContext {
        own {
            #[serde(default)] include_applications: Vec<String> = "includeApplications" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.userActionContext`.
    #[derive(Default)]
    complex UserActionContext = "userActionContext" : SignInContext {
        own {
            user_action: Option<UserAction> = "userAction" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.authContext`.
    #[derive(Default)]
    complex AuthContext = "authContext" : SignInContext {
        own {
            authentication_context_value: Option<String> = "authenticationContextValue" [nullable],
        }
    }
}

/// What for, of any kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "@odata.type")]
pub enum AnySignInContext {
    /// Applications.
    #[serde(rename = "#microsoft.graph.applicationContext")]
    Applications(ApplicationContext),
    /// A user action.
    #[serde(rename = "#microsoft.graph.userActionContext")]
    UserAction(UserActionContext),
    /// An authentication context.
    #[serde(rename = "#microsoft.graph.authContext")]
    AuthenticationContext(AuthContext),
}

graph_type! {
    /// `microsoft.graph.authenticationFlow`.
    #[derive(Default)]
    complex AuthenticationFlow = "authenticationFlow" {
        own {
            transfer_method: Option<ConditionalAccessTransferMethods> = "transferMethod" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.deviceInfo`.
    #[derive(Default)]
    complex DeviceInfo = "deviceInfo" {
        own {
            device_id: Option<String> = "deviceId" [nullable],
            display_name: Option<String> = "displayName" [nullable],
            enrollment_profile_name: Option<String> = "enrollmentProfileName" [nullable],
            extension_attribute_1: Option<String> = "extensionAttribute1" [nullable],
            extension_attribute_10: Option<String> = "extensionAttribute10" [nullable],
            extension_attribute_11: Option<String> = "extensionAttribute11" [nullable],
            extension_attribute_12: Option<String> = "extensionAttribute12" [nullable],
            extension_attribute_13: Option<String> = "extensionAttribute13" [nullable],
            extension_attribute_14: Option<String> = "extensionAttribute14" [nullable],
            extension_attribute_15: Option<String> = "extensionAttribute15" [nullable],
            extension_attribute_2: Option<String> = "extensionAttribute2" [nullable],
            extension_attribute_3: Option<String> = "extensionAttribute3" [nullable],
            extension_attribute_4: Option<String> = "extensionAttribute4" [nullable],
            extension_attribute_5: Option<String> = "extensionAttribute5" [nullable],
            extension_attribute_6: Option<String> = "extensionAttribute6" [nullable],
            extension_attribute_7: Option<String> = "extensionAttribute7" [nullable],
            extension_attribute_8: Option<String> = "extensionAttribute8" [nullable],
            extension_attribute_9: Option<String> = "extensionAttribute9" [nullable],
            is_compliant: Option<bool> = "isCompliant" [nullable],
            manufacturer: Option<String> = "manufacturer" [nullable],
            mdm_app_id: Option<String> = "mdmAppId" [nullable],
            model: Option<String> = "model" [nullable],
            operating_system: Option<String> = "operatingSystem" [nullable],
            operating_system_version: Option<String> = "operatingSystemVersion" [nullable],
            ownership: Option<String> = "ownership" [nullable],
            #[serde(default)] physical_ids: Vec<String> = "physicalIds" [nullable],
            profile_type: Option<String> = "profileType" [nullable],
            #[serde(default)] system_labels: Vec<String> = "systemLabels" [nullable],
            trust_type: Option<String> = "trustType" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.signInConditions`: under which circumstances.
    #[derive(Default)]
    complex SignInConditions = "signInConditions" {
        own {
            authentication_flow: Option<AuthenticationFlow> = "authenticationFlow" [nullable],
            client_app_type: Option<ConditionalAccessClientApp> = "clientAppType" [nullable],
            country: Option<String> = "country" [nullable],
            device_info: Option<DeviceInfo> = "deviceInfo" [nullable],
            device_platform: Option<ConditionalAccessDevicePlatform> = "devicePlatform" [nullable],
            insider_risk_level: Option<InsiderRiskLevel> = "insiderRiskLevel" [nullable],
            ip_address: Option<String> = "ipAddress" [nullable],
            service_principal_risk_level: Option<RiskLevel> = "servicePrincipalRiskLevel" [nullable],
            sign_in_risk_level: Option<RiskLevel> = "signInRiskLevel" [nullable],
            user_risk_level: Option<RiskLevel> = "userRiskLevel" [nullable],
        }
    }
}

/// `microsoft.graph.whatIfAnalysisResult`: a policy with what it would do.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct WhatIfAnalysisResult {
    /// The policy.
    #[serde(flatten)]
    pub policy: ConditionalAccessPolicy,
    /// Why it does not apply: the first reason. `notSet` when it applies.
    #[serde(rename = "analysisReasons")]
    pub analysis_reasons: WhatIfAnalysisReasons,
    /// Whether it applies.
    #[serde(rename = "policyApplies")]
    pub policy_applies: bool,
}

impl GraphType for WhatIfAnalysisResult {
    const TYPE: &'static StructuredType = &RESULT;
}

static RESULT: StructuredType = StructuredType {
    name: "whatIfAnalysisResult",
    base: Some(ConditionalAccessPolicy::TYPE),
    kind: TypeKind::Entity,
    is_abstract: false,
    is_open: false,
    properties: &[
        Property { edm: WhatIfAnalysisReasons::EDM, name: "analysisReasons", ..PLAIN },
        Property { edm: Edm::Boolean, name: "policyApplies", ..PLAIN },
    ],
    navigation: &[],
};

const PLAIN: Property = Property {
    name: "",
    edm: Edm::Boolean,
    is_collection: false,
    is_nullable: false,
    filterable: false,
    sortable: false,
    select_only: false,
    is_dynamic: false,
};
