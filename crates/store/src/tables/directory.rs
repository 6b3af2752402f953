//! Tables of people and their rights.

use crate::table::tables;

tables! {
    /// The tenant itself, one row.
    ORGANIZATIONS = "organizations" {
        Text "displayName" as "display_name",
    } indexes {
    }
    /// Users.
    USERS = "users" {
        Text "displayName" as "display_name",
        Text "givenName" as "given_name",
        Text "surname" as "surname",
        Text "userPrincipalName" as "user_principal_name",
        Text "mail" as "mail",
        Text "mailNickname" as "mail_nickname",
        Text "jobTitle" as "job_title",
        Text "department" as "department",
        Text "companyName" as "company_name",
        Text "city" as "city",
        Text "country" as "country",
        Text "state" as "state",
        Text "officeLocation" as "office_location",
        Text "employeeId" as "employee_id",
        Text "preferredLanguage" as "preferred_language",
        Text "usageLocation" as "usage_location",
        Text "mobilePhone" as "mobile_phone",
        Text "userType" as "user_type",
        Text "externalUserState" as "external_user_state",
        Text "creationType" as "creation_type",
        Boolean "accountEnabled" as "account_enabled",
        Boolean "onPremisesSyncEnabled" as "on_premises_sync_enabled",
        Time "createdDateTime" as "created_date_time",
        List "businessPhones" as "business_phones",
        List "otherMails" as "other_mails",
        List "proxyAddresses" as "proxy_addresses",
    } indexes {
        unique ["user_principal_name"],
        ["display_name"],
        ["mail"],
    }
    /// Passwords.
    USER_CREDENTIALS = "user_credentials" {
    } indexes {
    }
    /// Second factors.
    AUTHENTICATION_METHODS = "authentication_methods" {
        Text "userId" as "user_id",
    } indexes {
        ["user_id"],
    }
    /// Networks users signed in from.
    FAMILIAR_NETWORKS = "familiar_networks" {
    } indexes {
    }
    /// Failed attempts.
    FAILURE_COUNTERS = "failure_counters" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
    /// Groups.
    GROUPS = "groups" {
        Text "displayName" as "display_name",
        Text "mail" as "mail",
        Text "mailNickname" as "mail_nickname",
        Text "description" as "description",
        Text "visibility" as "visibility",
        Boolean "securityEnabled" as "security_enabled",
        Boolean "mailEnabled" as "mail_enabled",
        Boolean "isAssignableToRole" as "is_assignable_to_role",
        Time "createdDateTime" as "created_date_time",
        List "groupTypes" as "group_types",
        List "proxyAddresses" as "proxy_addresses",
    } indexes {
        ["display_name"],
    }
    /// Direct memberships in groups.
    GROUP_MEMBERSHIPS = "group_memberships" {
        Text "groupId" as "group_id",
        Text "memberId" as "member_id",
        Text "memberType" as "member_type",
    } indexes {
        ["group_id"],
        ["member_id"],
    }
    /// Devices.
    DEVICES = "devices" {
        Text "displayName" as "display_name",
        Text "deviceId" as "device_id",
        Text "deviceOwnership" as "device_ownership",
        Text "mdmAppId" as "mdm_app_id",
        Text "model" as "model",
        Text "operatingSystem" as "operating_system",
        Text "operatingSystemVersion" as "operating_system_version",
        Text "profileType" as "profile_type",
        Text "trustType" as "trust_type",
        Boolean "accountEnabled" as "account_enabled",
        Boolean "isCompliant" as "is_compliant",
        Boolean "isManaged" as "is_managed",
        Time "approximateLastSignInDateTime" as "approximate_last_sign_in_date_time",
        Time "registrationDateTime" as "registration_date_time",
        List "physicalIds" as "physical_ids",
        List "systemLabels" as "system_labels",
    } indexes {
        unique ["device_id"],
        ["display_name"],
    }
    /// Whose devices they are.
    DEVICE_REGISTRATIONS = "device_registrations" {
        Text "deviceId" as "device_id",
        Text "userId" as "user_id",
    } indexes {
        ["device_id"],
        ["user_id"],
    }
    /// What browsers prove that they are a device with.
    DEVICE_CREDENTIALS = "device_credentials" {
    } indexes {
    }
    /// Which device a certificate proves.
    DEVICE_CERTIFICATES = "device_certificates" {
    } indexes {
    }
    /// Who has which directory role.
    ROLE_ASSIGNMENTS = "role_assignments" {
        Text "principalId" as "principal_id",
        Text "roleDefinitionId" as "role_definition_id",
        Text "directoryScopeId" as "directory_scope_id",
        Text "appScopeId" as "app_scope_id",
    } indexes {
        ["principal_id"],
        ["role_definition_id"],
    }
    /// Deleted objects that can be restored.
    DELETED_ITEMS = "deleted_items" {
        Text "kind" as "kind",
        Text "document/displayName" as "document_display_name",
        Time "deletedDateTime" as "deleted_date_time",
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["kind", "deleted_date_time"],
        ["expires_date_time"],
    }
    /// Administrative changes.
    DIRECTORY_AUDITS = "directory_audits" {
        Text "activityDisplayName" as "activity_display_name",
        Text "category" as "category",
        Text "correlationId" as "correlation_id",
        Text "loggedByService" as "logged_by_service",
        Text "operationType" as "operation_type",
        Text "result" as "result",
        Text "initiatedBy/user/id" as "initiated_by_user_id",
        Text "initiatedBy/user/userPrincipalName" as "initiated_by_user_user_principal_name",
        Text "initiatedBy/user/displayName" as "initiated_by_user_display_name",
        Text "initiatedBy/app/appId" as "initiated_by_app_app_id",
        Text "initiatedBy/app/displayName" as "initiated_by_app_display_name",
        Time "activityDateTime" as "activity_date_time",
        List "targetResources/id" as "target_resources_id",
        List "targetResources/displayName" as "target_resources_display_name",
    } indexes {
        ["activity_date_time"],
        ["initiated_by_user_id", "activity_date_time"],
    }
}
