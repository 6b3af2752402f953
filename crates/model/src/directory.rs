//! Users, groups, roles and the organization (Graph contract §2.4 and §2.7).

use riskgate_core::Timestamp;

use crate::declare::graph_type;
use crate::device::OnPremisesExtensionAttributes;
use crate::entity::Entity;

graph_type! {
    /// `microsoft.graph.directoryObject`.
    #[derive(Default)]
    open_entity DirectoryObject = "directoryObject" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            deleted_date_time: Option<Timestamp> = "deletedDateTime" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.user`.
    #[derive(Default)]
    open_entity User = "user" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            account_enabled: Option<bool> = "accountEnabled" [nullable filter order select_only],
            age_group: Option<String> = "ageGroup" [nullable filter order select_only],
            #[serde(default)] business_phones: Vec<String> = "businessPhones" [filter],
            city: Option<String> = "city" [nullable filter order select_only],
            company_name: Option<String> = "companyName" [nullable filter order select_only],
            consent_provided_for_minor: Option<String> = "consentProvidedForMinor" [nullable filter order select_only],
            country: Option<String> = "country" [nullable filter order select_only],
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable filter order select_only],
            creation_type: Option<String> = "creationType" [nullable filter order select_only],
            department: Option<String> = "department" [nullable filter order select_only],
            display_name: Option<String> = "displayName" [nullable filter order],
            employee_id: Option<String> = "employeeId" [nullable filter order select_only],
            employee_type: Option<String> = "employeeType" [nullable filter order select_only],
            external_user_state: Option<String> = "externalUserState" [nullable filter order select_only],
            external_user_state_change_date_time: Option<Timestamp> = "externalUserStateChangeDateTime" [nullable filter order select_only],
            fax_number: Option<String> = "faxNumber" [nullable filter order select_only],
            given_name: Option<String> = "givenName" [nullable filter order],
            #[serde(default)] im_addresses: Vec<String> = "imAddresses" [nullable filter select_only],
            job_title: Option<String> = "jobTitle" [nullable filter order],
            last_password_change_date_time: Option<Timestamp> = "lastPasswordChangeDateTime" [nullable filter order select_only],
            legal_age_group_classification: Option<String> = "legalAgeGroupClassification" [nullable filter order select_only],
            mail: Option<String> = "mail" [nullable filter order],
            mail_nickname: Option<String> = "mailNickname" [nullable filter order select_only],
            mobile_phone: Option<String> = "mobilePhone" [nullable filter order],
            office_location: Option<String> = "officeLocation" [nullable filter order],
            on_premises_extension_attributes: Option<OnPremisesExtensionAttributes> = "onPremisesExtensionAttributes" [nullable select_only],
            on_premises_immutable_id: Option<String> = "onPremisesImmutableId" [nullable filter order select_only],
            on_premises_sync_enabled: Option<bool> = "onPremisesSyncEnabled" [nullable filter order select_only],
            #[serde(default)] other_mails: Vec<String> = "otherMails" [filter select_only],
            password_policies: Option<String> = "passwordPolicies" [nullable filter order select_only],
            password_profile: Option<PasswordProfile> = "passwordProfile" [nullable filter select_only],
            postal_code: Option<String> = "postalCode" [nullable filter order select_only],
            preferred_language: Option<String> = "preferredLanguage" [nullable filter order],
            #[serde(default)] proxy_addresses: Vec<String> = "proxyAddresses" [filter select_only],
            security_identifier: Option<String> = "securityIdentifier" [nullable filter order select_only],
            sign_in_sessions_valid_from_date_time: Option<Timestamp> = "signInSessionsValidFromDateTime" [nullable filter order select_only],
            state: Option<String> = "state" [nullable filter order select_only],
            street_address: Option<String> = "streetAddress" [nullable filter order select_only],
            surname: Option<String> = "surname" [nullable filter order],
            usage_location: Option<String> = "usageLocation" [nullable filter order select_only],
            user_principal_name: Option<String> = "userPrincipalName" [nullable filter order],
            user_type: Option<String> = "userType" [nullable filter order select_only],
        }
    }
}

graph_type! {
    /// `microsoft.graph.passwordProfile`.
    #[derive(Default)]
    complex PasswordProfile = "passwordProfile" {
        own {
            force_change_password_next_sign_in: Option<bool> = "forceChangePasswordNextSignIn" [nullable filter order],
            force_change_password_next_sign_in_with_mfa: Option<bool> = "forceChangePasswordNextSignInWithMfa" [nullable filter order],
            password: Option<String> = "password" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.group`.
    #[derive(Default)]
    open_entity Group = "group" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            classification: Option<String> = "classification" [nullable filter order],
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable filter order],
            description: Option<String> = "description" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            expiration_date_time: Option<Timestamp> = "expirationDateTime" [nullable filter order],
            #[serde(default)] group_types: Vec<String> = "groupTypes" [filter],
            is_assignable_to_role: Option<bool> = "isAssignableToRole" [nullable filter order],
            is_favorite: Option<bool> = "isFavorite" [nullable filter order],
            is_management_restricted: Option<bool> = "isManagementRestricted" [nullable filter order],
            mail: Option<String> = "mail" [nullable filter order],
            mail_enabled: Option<bool> = "mailEnabled" [nullable filter order],
            mail_nickname: Option<String> = "mailNickname" [nullable filter order],
            membership_rule: Option<String> = "membershipRule" [nullable filter order],
            membership_rule_processing_state: Option<String> = "membershipRuleProcessingState" [nullable filter order],
            on_premises_sync_enabled: Option<bool> = "onPremisesSyncEnabled" [nullable filter order],
            organization_id: Option<String> = "organizationId" [nullable filter order],
            #[serde(default)] proxy_addresses: Vec<String> = "proxyAddresses" [filter],
            renewed_date_time: Option<Timestamp> = "renewedDateTime" [nullable filter order],
            #[serde(default)] resource_behavior_options: Vec<String> = "resourceBehaviorOptions" [filter],
            #[serde(default)] resource_provisioning_options: Vec<String> = "resourceProvisioningOptions" [filter],
            security_enabled: Option<bool> = "securityEnabled" [nullable filter order],
            security_identifier: Option<String> = "securityIdentifier" [nullable filter order],
            unseen_conversations_count: Option<i32> = "unseenConversationsCount" [nullable filter order],
            unseen_messages_count: Option<i32> = "unseenMessagesCount" [nullable filter order],
            visibility: Option<String> = "visibility" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.directoryRole`.
    #[derive(Default)]
    open_entity DirectoryRole = "directoryRole" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            description: Option<String> = "description" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            role_template_id: Option<String> = "roleTemplateId" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.directoryRoleTemplate`.
    #[derive(Default)]
    open_entity DirectoryRoleTemplate = "directoryRoleTemplate" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            description: Option<String> = "description" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.unifiedRoleDefinition`.
    #[derive(Default)]
    entity UnifiedRoleDefinition = "unifiedRoleDefinition" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            description: Option<String> = "description" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            is_built_in: Option<bool> = "isBuiltIn" [nullable filter order],
            is_enabled: Option<bool> = "isEnabled" [nullable filter order],
            #[serde(default)] resource_scopes: Vec<String> = "resourceScopes" [filter],
            #[serde(default)] role_permissions: Vec<UnifiedRolePermission> = "rolePermissions" [],
            template_id: Option<String> = "templateId" [nullable filter order],
            version: Option<String> = "version" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.unifiedRolePermission`.
    #[derive(Default)]
    complex UnifiedRolePermission = "unifiedRolePermission" {
        own {
            #[serde(default)] allowed_resource_actions: Vec<String> = "allowedResourceActions" [filter],
            condition: Option<String> = "condition" [nullable filter order],
            #[serde(default)] excluded_resource_actions: Vec<String> = "excludedResourceActions" [nullable filter],
        }
    }
}

graph_type! {
    /// `microsoft.graph.unifiedRoleAssignment`.
    #[derive(Default)]
    entity UnifiedRoleAssignment = "unifiedRoleAssignment" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            app_scope_id: Option<String> = "appScopeId" [nullable filter order],
            condition: Option<String> = "condition" [nullable filter order],
            directory_scope_id: Option<String> = "directoryScopeId" [nullable filter order],
            principal_id: Option<String> = "principalId" [nullable filter order],
            principal_organization_id: Option<String> = "principalOrganizationId" [nullable filter order],
            role_definition_id: Option<String> = "roleDefinitionId" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.organization`.
    #[derive(Default)]
    open_entity Organization = "organization" : DirectoryObject {
        inherit {
            id: String = "id",
            #[serde(default, skip_serializing_if = "Option::is_none")]
            deleted_date_time: Option<Timestamp> = "deletedDateTime",
        }
        own {
            #[serde(default)] assigned_plans: Vec<AssignedPlan> = "assignedPlans" [],
            #[serde(default)] provisioned_plans: Vec<ProvisionedPlan> = "provisionedPlans" [],
            #[serde(default)] security_compliance_notification_phones: Vec<String> = "securityComplianceNotificationPhones" [],
            #[serde(default)] business_phones: Vec<String> = "businessPhones" [filter],
            city: Option<String> = "city" [nullable filter order],
            country: Option<String> = "country" [nullable filter order],
            country_letter_code: Option<String> = "countryLetterCode" [nullable filter order],
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable filter order],
            default_usage_location: Option<String> = "defaultUsageLocation" [nullable filter order],
            display_name: Option<String> = "displayName" [nullable filter order],
            #[serde(default)] marketing_notification_emails: Vec<String> = "marketingNotificationEmails" [filter],
            on_premises_sync_enabled: Option<bool> = "onPremisesSyncEnabled" [nullable filter order],
            postal_code: Option<String> = "postalCode" [nullable filter order],
            preferred_language: Option<String> = "preferredLanguage" [nullable filter order],
            #[serde(default)] security_compliance_notification_mails: Vec<String> = "securityComplianceNotificationMails" [filter],
            state: Option<String> = "state" [nullable filter order],
            street: Option<String> = "street" [nullable filter order],
            #[serde(default)] technical_notification_mails: Vec<String> = "technicalNotificationMails" [filter],
            tenant_type: Option<String> = "tenantType" [nullable filter order],
            #[serde(default)] verified_domains: Vec<VerifiedDomain> = "verifiedDomains" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.verifiedDomain`.
    #[derive(Default)]
    complex VerifiedDomain = "verifiedDomain" {
        own {
            capabilities: Option<String> = "capabilities" [nullable filter order],
            is_default: Option<bool> = "isDefault" [nullable filter order],
            is_initial: Option<bool> = "isInitial" [nullable filter order],
            name: Option<String> = "name" [nullable filter order],
            type_: Option<String> = "type" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.assignedPlan`.
    #[derive(Default)]
    complex AssignedPlan = "assignedPlan" {
        own {
            assigned_date_time: Option<Timestamp> = "assignedDateTime" [nullable],
            capability_status: Option<String> = "capabilityStatus" [nullable],
            service: Option<String> = "service" [nullable],
            service_plan_id: Option<String> = "servicePlanId" [guid nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.provisionedPlan`.
    #[derive(Default)]
    complex ProvisionedPlan = "provisionedPlan" {
        own {
            capability_status: Option<String> = "capabilityStatus" [nullable],
            provisioning_status: Option<String> = "provisioningStatus" [nullable],
            service: Option<String> = "service" [nullable],
        }
    }
}
