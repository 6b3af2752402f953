//! Applications, service principals and grants (Graph contract §2.5).

use riskgate_core::Timestamp;

use crate::audit_logs::KeyValue;
use crate::custom_security_attributes::CustomSecurityAttributeValue;
use crate::declare::graph_type;
use crate::directory::DirectoryObject;
use crate::entity::Entity;

graph_type! {
    /// `microsoft.graph.application`.
    #[derive(Default)]
    open_entity Application = "application" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            #[serde(default)] add_ins: Vec<AddIn> = "addIns" [],
            api: Option<ApiApplication> = "api" [nullable filter],
            app_id: Option<String> = "appId" [nullable filter order],
            #[serde(default)] app_roles: Vec<AppRole> = "appRoles" [],
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable filter order],
            description: Option<String> = "description" [nullable filter order],
            disabled_by_microsoft_status: Option<String> = "disabledByMicrosoftStatus" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            group_membership_claims: Option<String> = "groupMembershipClaims" [nullable filter order],
            #[serde(default)] identifier_uris: Vec<String> = "identifierUris" [filter],
            is_disabled: Option<bool> = "isDisabled" [nullable filter order],
            is_fallback_public_client: Option<bool> = "isFallbackPublicClient" [nullable filter order],
            #[serde(default)] key_credentials: Vec<KeyCredential> = "keyCredentials" [],
            #[serde(default)] password_credentials: Vec<PasswordCredential> = "passwordCredentials" [],
            public_client: Option<PublicClientApplication> = "publicClient" [nullable filter],
            publisher_domain: Option<String> = "publisherDomain" [nullable filter order],
            #[serde(default)] required_resource_access: Vec<RequiredResourceAccess> = "requiredResourceAccess" [],
            sign_in_audience: Option<String> = "signInAudience" [nullable filter order],
            spa: Option<SpaApplication> = "spa" [nullable filter],
            #[serde(default)] tags: Vec<String> = "tags" [filter],
            unique_name: Option<String> = "uniqueName" [nullable filter order],
            web: Option<WebApplication> = "web" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.servicePrincipal`.
    #[derive(Default)]
    open_entity ServicePrincipal = "servicePrincipal" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            #[serde(default)] add_ins: Vec<AddIn> = "addIns" [],
            #[serde(default)] alternative_names: Vec<String> = "alternativeNames" [],
            #[serde(default)] notification_email_addresses: Vec<String> = "notificationEmailAddresses" [],
            #[serde(default)] resource_specific_application_permissions: Vec<ResourceSpecificPermission> = "resourceSpecificApplicationPermissions" [],
            account_enabled: Option<bool> = "accountEnabled" [nullable filter order],
            app_display_name: Option<String> = "appDisplayName" [nullable filter order],
            app_id: Option<String> = "appId" [nullable filter order],
            app_owner_organization_id: Option<String> = "appOwnerOrganizationId" [guid nullable filter order],
            app_role_assignment_required: bool = "appRoleAssignmentRequired" [filter order],
            #[serde(default)] app_roles: Vec<AppRole> = "appRoles" [],
            #[serde(default)] custom_security_attributes: Option<CustomSecurityAttributeValue> = "customSecurityAttributes" [nullable select_only],
            disabled_by_microsoft_status: Option<String> = "disabledByMicrosoftStatus" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            homepage: Option<String> = "homepage" [nullable filter order],
            is_disabled: Option<bool> = "isDisabled" [nullable filter order],
            #[serde(default)] key_credentials: Vec<KeyCredential> = "keyCredentials" [],
            #[serde(default)] oauth2_permission_scopes: Vec<PermissionScope> = "oauth2PermissionScopes" [],
            #[serde(default)] password_credentials: Vec<PasswordCredential> = "passwordCredentials" [],
            #[serde(default)] reply_urls: Vec<String> = "replyUrls" [filter],
            #[serde(default)] service_principal_names: Vec<String> = "servicePrincipalNames" [filter],
            service_principal_type: Option<String> = "servicePrincipalType" [nullable filter order],
            sign_in_audience: Option<String> = "signInAudience" [nullable filter order],
            #[serde(default)] tags: Vec<String> = "tags" [filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.appRole`.
    #[derive(Default)]
    complex AppRole = "appRole" {
        own {
            #[serde(default)] allowed_member_types: Vec<String> = "allowedMemberTypes" [filter],
            description: Option<String> = "description" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            id: String = "id" [guid filter order],
            is_enabled: bool = "isEnabled" [filter order],
            origin: Option<String> = "origin" [nullable filter order],
            value: Option<String> = "value" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.permissionScope`.
    #[derive(Default)]
    complex PermissionScope = "permissionScope" {
        own {
            admin_consent_description: Option<String> = "adminConsentDescription" [nullable filter order],
            admin_consent_display_name: Option<String> = "adminConsentDisplayName" [nullable filter order],
            id: String = "id" [guid filter order],
            is_enabled: bool = "isEnabled" [filter order],
            origin: Option<String> = "origin" [nullable filter order],
            type_: Option<String> = "type" [nullable filter order],
            user_consent_description: Option<String> = "userConsentDescription" [nullable filter order],
            user_consent_display_name: Option<String> = "userConsentDisplayName" [nullable filter order],
            value: Option<String> = "value" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.apiApplication`.
    #[derive(Default)]
    complex ApiApplication = "apiApplication" {
        own {
            accept_mapped_claims: Option<bool> = "acceptMappedClaims" [nullable filter order],
            #[serde(default)] known_client_applications: Vec<String> = "knownClientApplications" [guid nullable filter],
            #[serde(default)] oauth2_permission_scopes: Vec<PermissionScope> = "oauth2PermissionScopes" [],
            #[serde(default)] pre_authorized_applications: Vec<PreAuthorizedApplication> = "preAuthorizedApplications" [nullable],
            requested_access_token_version: Option<i32> = "requestedAccessTokenVersion" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.webApplication`.
    #[derive(Default)]
    complex WebApplication = "webApplication" {
        own {
            home_page_url: Option<String> = "homePageUrl" [nullable filter order],
            implicit_grant_settings: Option<ImplicitGrantSettings> = "implicitGrantSettings" [nullable filter],
            logout_url: Option<String> = "logoutUrl" [nullable filter order],
            #[serde(default)] redirect_uris: Vec<String> = "redirectUris" [filter],
            #[serde(default)] redirect_uri_settings: Vec<RedirectUriSettings> = "redirectUriSettings" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.spaApplication`.
    #[derive(Default)]
    complex SpaApplication = "spaApplication" {
        own {
            #[serde(default)] redirect_uris: Vec<String> = "redirectUris" [filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.publicClientApplication`.
    #[derive(Default)]
    complex PublicClientApplication = "publicClientApplication" {
        own {
            #[serde(default)] redirect_uris: Vec<String> = "redirectUris" [filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.requiredResourceAccess`.
    #[derive(Default)]
    complex RequiredResourceAccess = "requiredResourceAccess" {
        own {
            #[serde(default)] resource_access: Vec<ResourceAccess> = "resourceAccess" [],
            resource_app_id: String = "resourceAppId" [filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.resourceAccess`.
    #[derive(Default)]
    complex ResourceAccess = "resourceAccess" {
        own {
            id: String = "id" [guid filter order],
            type_: Option<String> = "type" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.passwordCredential`.
    #[derive(Default)]
    complex PasswordCredential = "passwordCredential" {
        own {
            custom_key_identifier: Option<String> = "customKeyIdentifier" [binary nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            end_date_time: Option<Timestamp> = "endDateTime" [nullable filter order],
            hint: Option<String> = "hint" [nullable filter order],
            key_id: Option<String> = "keyId" [guid nullable filter order],
            secret_text: Option<String> = "secretText" [nullable filter order],
            start_date_time: Option<Timestamp> = "startDateTime" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.keyCredential`.
    #[derive(Default)]
    complex KeyCredential = "keyCredential" {
        own {
            custom_key_identifier: Option<String> = "customKeyIdentifier" [binary nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            end_date_time: Option<Timestamp> = "endDateTime" [nullable filter order],
            key: Option<String> = "key" [binary nullable filter order],
            key_id: Option<String> = "keyId" [guid nullable filter order],
            start_date_time: Option<Timestamp> = "startDateTime" [nullable filter order],
            type_: Option<String> = "type" [nullable filter order],
            usage: Option<String> = "usage" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.oAuth2PermissionGrant`.
    #[derive(Default)]
    entity OAuth2PermissionGrant = "oAuth2PermissionGrant" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            client_id: String = "clientId" [filter order],
            consent_type: Option<String> = "consentType" [nullable filter order],
            principal_id: Option<String> = "principalId" [nullable filter order],
            resource_id: String = "resourceId" [filter order],
            scope: Option<String> = "scope" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.appRoleAssignment`.
    #[derive(Default)]
    entity AppRoleAssignment = "appRoleAssignment" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            app_role_id: String = "appRoleId" [guid filter order],
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable filter order],
            principal_display_name: Option<String> = "principalDisplayName" [nullable filter order],
            principal_id: Option<String> = "principalId" [guid nullable filter order],
            principal_type: Option<String> = "principalType" [nullable filter order],
            resource_display_name: Option<String> = "resourceDisplayName" [nullable filter order],
            resource_id: Option<String> = "resourceId" [guid nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.preAuthorizedApplication`.
    #[derive(Default)]
    complex PreAuthorizedApplication = "preAuthorizedApplication" {
        own {
            app_id: Option<String> = "appId" [nullable filter order],
            #[serde(default)] delegated_permission_ids: Vec<String> = "delegatedPermissionIds" [filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.implicitGrantSettings`.
    #[derive(Default)]
    complex ImplicitGrantSettings = "implicitGrantSettings" {
        own {
            enable_access_token_issuance: Option<bool> = "enableAccessTokenIssuance" [nullable filter order],
            enable_id_token_issuance: Option<bool> = "enableIdTokenIssuance" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.redirectUriSettings`.
    #[derive(Default)]
    complex RedirectUriSettings = "redirectUriSettings" {
        own {
            index: Option<i32> = "index" [nullable filter order],
            uri: Option<String> = "uri" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.addIn`.
    #[derive(Default)]
    complex AddIn = "addIn" {
        own {
            id: Option<String> = "id" [guid nullable],
            #[serde(default)] properties: Vec<KeyValue> = "properties" [],
            type_: String = "type" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.resourceSpecificPermission`.
    #[derive(Default)]
    complex ResourceSpecificPermission = "resourceSpecificPermission" {
        own {
            description: Option<String> = "description" [nullable],
            display_name: Option<String> = "displayName" [nullable],
            id: String = "id" [guid],
            is_enabled: bool = "isEnabled" [],
            value: Option<String> = "value" [nullable],
        }
    }
}
