//! Conditional Access policies and named locations (Graph contract §2.2).

use riskgate_core::Timestamp;

use crate::authentication_strength::AuthenticationStrengthReference;
use crate::conditional_access_enums::*;
use crate::declare::graph_type;
use crate::external_tenants::AnyExternalTenants;
use crate::named_location::IpRange;
use crate::risk_enums::RiskLevel;

graph_type! {
    /// `microsoft.graph.policyDeletableItem`.
    #[derive(Default)]
    abstract_entity PolicyDeletableItem = "policyDeletableItem" {
        own {
            deleted_date_time: Option<Timestamp> = "deletedDateTime" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessPolicy`.
    keyed_entity ConditionalAccessPolicy = "conditionalAccessPolicy" : PolicyDeletableItem {
        inherit {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            conditions: ConditionalAccessConditionSet = "conditions" [],
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable filter order],
            description: Option<String> = "description" [nullable filter order],
            display_name: String = "displayName" [filter order],
            grant_controls: Option<ConditionalAccessGrantControls> = "grantControls" [nullable filter],
            id: String = "id" [filter order],
            modified_date_time: Option<Timestamp> = "modifiedDateTime" [nullable filter order],
            session_controls: Option<ConditionalAccessSessionControls> = "sessionControls" [nullable filter],
            state: ConditionalAccessPolicyState = "state" [filter order],
            template_id: Option<String> = "templateId" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessConditionSet`.
    #[derive(Default)]
    complex ConditionalAccessConditionSet = "conditionalAccessConditionSet" {
        own {
            applications: Option<ConditionalAccessApplications> = "applications" [nullable filter],
            authentication_flows: Option<ConditionalAccessAuthenticationFlows> = "authenticationFlows" [nullable filter],
            client_applications: Option<ConditionalAccessClientApplications> = "clientApplications" [nullable filter],
            #[serde(default)] client_app_types: Vec<ConditionalAccessClientApp> = "clientAppTypes" [],
            devices: Option<ConditionalAccessDevices> = "devices" [nullable filter],
            insider_risk_levels: Option<ConditionalAccessInsiderRiskLevels> = "insiderRiskLevels" [nullable filter],
            locations: Option<ConditionalAccessLocations> = "locations" [nullable filter],
            platforms: Option<ConditionalAccessPlatforms> = "platforms" [nullable filter],
            #[serde(default)] service_principal_risk_levels: Vec<RiskLevel> = "servicePrincipalRiskLevels" [filter],
            #[serde(default)] sign_in_risk_levels: Vec<RiskLevel> = "signInRiskLevels" [filter],
            #[serde(default)] user_risk_levels: Vec<RiskLevel> = "userRiskLevels" [filter],
            users: Option<ConditionalAccessUsers> = "users" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessApplications`.
    #[derive(Default)]
    complex ConditionalAccessApplications = "conditionalAccessApplications" {
        own {
            application_filter: Option<ConditionalAccessFilter> = "applicationFilter" [nullable filter],
            #[serde(default)] exclude_applications: Vec<String> = "excludeApplications" [filter],
            #[serde(default)] include_applications: Vec<String> = "includeApplications" [filter],
            #[serde(default)] include_authentication_context_class_references: Vec<String> = "includeAuthenticationContextClassReferences" [filter],
            #[serde(default)] include_user_actions: Vec<String> = "includeUserActions" [filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessUsers`.
    #[derive(Default)]
    complex ConditionalAccessUsers = "conditionalAccessUsers" {
        own {
            #[serde(default)] exclude_groups: Vec<String> = "excludeGroups" [filter],
            exclude_guests_or_external_users: Option<ConditionalAccessGuestsOrExternalUsers> = "excludeGuestsOrExternalUsers" [nullable filter],
            #[serde(default)] exclude_roles: Vec<String> = "excludeRoles" [filter],
            #[serde(default)] exclude_users: Vec<String> = "excludeUsers" [filter],
            #[serde(default)] include_groups: Vec<String> = "includeGroups" [filter],
            include_guests_or_external_users: Option<ConditionalAccessGuestsOrExternalUsers> = "includeGuestsOrExternalUsers" [nullable filter],
            #[serde(default)] include_roles: Vec<String> = "includeRoles" [filter],
            #[serde(default)] include_users: Vec<String> = "includeUsers" [filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessGuestsOrExternalUsers`.
    complex ConditionalAccessGuestsOrExternalUsers = "conditionalAccessGuestsOrExternalUsers" {
        own {
            external_tenants: Option<AnyExternalTenants> = "externalTenants" [nullable filter],
            guest_or_external_user_types: ConditionalAccessGuestOrExternalUserTypes = "guestOrExternalUserTypes" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessExternalTenants`.
    #[derive(Default)]
    abstract_complex ConditionalAccessExternalTenants = "conditionalAccessExternalTenants" {
        own {
            membership_kind: Option<ConditionalAccessExternalTenantsMembershipKind> = "membershipKind" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessClientApplications`.
    #[derive(Default)]
    complex ConditionalAccessClientApplications = "conditionalAccessClientApplications" {
        own {
            #[serde(default)] exclude_service_principals: Vec<String> = "excludeServicePrincipals" [filter],
            #[serde(default)] include_service_principals: Vec<String> = "includeServicePrincipals" [filter],
            service_principal_filter: Option<ConditionalAccessFilter> = "servicePrincipalFilter" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessLocations`.
    #[derive(Default)]
    complex ConditionalAccessLocations = "conditionalAccessLocations" {
        own {
            #[serde(default)] exclude_locations: Vec<String> = "excludeLocations" [filter],
            #[serde(default)] include_locations: Vec<String> = "includeLocations" [filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessPlatforms`.
    #[derive(Default)]
    complex ConditionalAccessPlatforms = "conditionalAccessPlatforms" {
        own {
            #[serde(default)] exclude_platforms: Vec<ConditionalAccessDevicePlatform> = "excludePlatforms" [],
            #[serde(default)] include_platforms: Vec<ConditionalAccessDevicePlatform> = "includePlatforms" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessDevices`.
    #[derive(Default)]
    complex ConditionalAccessDevices = "conditionalAccessDevices" {
        own {
            device_filter: Option<ConditionalAccessFilter> = "deviceFilter" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessFilter`.
    complex ConditionalAccessFilter = "conditionalAccessFilter" {
        own {
            mode: FilterMode = "mode" [],
            rule: String = "rule" [filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessAuthenticationFlows`.
    complex ConditionalAccessAuthenticationFlows = "conditionalAccessAuthenticationFlows" {
        own {
            transfer_methods: ConditionalAccessTransferMethods = "transferMethods" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessGrantControls`.
    #[derive(Default)]
    complex ConditionalAccessGrantControls = "conditionalAccessGrantControls" {
        own {
            #[serde(default)] built_in_controls: Vec<ConditionalAccessGrantControl> = "builtInControls" [],
            #[serde(default)] custom_authentication_factors: Vec<String> = "customAuthenticationFactors" [filter],
            operator: Option<String> = "operator" [nullable filter order],
            #[serde(default)] terms_of_use: Vec<String> = "termsOfUse" [filter],
        }
        inline {
            #[serde(default)] authentication_strength: Option<AuthenticationStrengthReference> = "authenticationStrength",
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessSessionControls`.
    #[derive(Default)]
    complex ConditionalAccessSessionControls = "conditionalAccessSessionControls" {
        own {
            application_enforced_restrictions: Option<ApplicationEnforcedRestrictionsSessionControl> = "applicationEnforcedRestrictions" [nullable filter],
            cloud_app_security: Option<CloudAppSecuritySessionControl> = "cloudAppSecurity" [nullable filter],
            disable_resilience_defaults: Option<bool> = "disableResilienceDefaults" [nullable filter order],
            persistent_browser: Option<PersistentBrowserSessionControl> = "persistentBrowser" [nullable filter],
            secure_sign_in_session: Option<SecureSignInSessionControl> = "secureSignInSession" [nullable filter],
            sign_in_frequency: Option<SignInFrequencySessionControl> = "signInFrequency" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.conditionalAccessSessionControl`.
    #[derive(Default)]
    abstract_complex ConditionalAccessSessionControl = "conditionalAccessSessionControl" {
        own {
            is_enabled: Option<bool> = "isEnabled" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.signInFrequencySessionControl`.
    #[derive(Default)]
    complex SignInFrequencySessionControl = "signInFrequencySessionControl" : ConditionalAccessSessionControl {
        inherit {
            is_enabled: Option<bool> = "isEnabled",
        }
        own {
            authentication_type: Option<SignInFrequencyAuthenticationType> = "authenticationType" [nullable filter order],
            frequency_interval: Option<SignInFrequencyInterval> = "frequencyInterval" [nullable filter],
            type_: Option<SigninFrequencyType> = "type" [nullable filter order],
            value: Option<i32> = "value" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.persistentBrowserSessionControl`.
    #[derive(Default)]
    complex PersistentBrowserSessionControl = "persistentBrowserSessionControl" : ConditionalAccessSessionControl {
        inherit {
            is_enabled: Option<bool> = "isEnabled",
        }
        own {
            mode: Option<PersistentBrowserSessionMode> = "mode" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.cloudAppSecuritySessionControl`.
    #[derive(Default)]
    complex CloudAppSecuritySessionControl = "cloudAppSecuritySessionControl" : ConditionalAccessSessionControl {
        inherit {
            is_enabled: Option<bool> = "isEnabled",
        }
        own {
            cloud_app_security_type: Option<CloudAppSecuritySessionControlType> = "cloudAppSecurityType" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.applicationEnforcedRestrictionsSessionControl`.
    #[derive(Default)]
    complex ApplicationEnforcedRestrictionsSessionControl = "applicationEnforcedRestrictionsSessionControl" : ConditionalAccessSessionControl {
        inherit {
            is_enabled: Option<bool> = "isEnabled",
        }
        own {
        }
    }
}

graph_type! {
    /// `microsoft.graph.secureSignInSessionControl`.
    #[derive(Default)]
    complex SecureSignInSessionControl = "secureSignInSessionControl" : ConditionalAccessSessionControl {
        inherit {
            is_enabled: Option<bool> = "isEnabled",
        }
        own {
        }
    }
}

graph_type! {
    /// `microsoft.graph.namedLocation`.
    #[derive(Default)]
    keyed_entity NamedLocation = "namedLocation" : PolicyDeletableItem {
        inherit {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable filter order],
            display_name: String = "displayName" [filter order],
            id: String = "id" [filter order],
            modified_date_time: Option<Timestamp> = "modifiedDateTime" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.ipNamedLocation`.
    #[derive(Default)]
    entity IpNamedLocation = "ipNamedLocation" : NamedLocation {
        inherit {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
            created_date_time: Option<Timestamp> = "createdDateTime",
            display_name: String = "displayName",
            id: String = "id",
            modified_date_time: Option<Timestamp> = "modifiedDateTime",
        }
        own {
            #[serde(default)] ip_ranges: Vec<IpRange> = "ipRanges" [],
            is_trusted: bool = "isTrusted" [filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.countryNamedLocation`.
    #[derive(Default)]
    entity CountryNamedLocation = "countryNamedLocation" : NamedLocation {
        inherit {
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
            created_date_time: Option<Timestamp> = "createdDateTime",
            display_name: String = "displayName",
            id: String = "id",
            modified_date_time: Option<Timestamp> = "modifiedDateTime",
        }
        own {
            #[serde(default)] countries_and_regions: Vec<String> = "countriesAndRegions" [filter],
            country_lookup_method: Option<CountryLookupMethodType> = "countryLookupMethod" [nullable filter order],
            include_unknown_countries_and_regions: bool = "includeUnknownCountriesAndRegions" [filter order],
        }
    }
}
