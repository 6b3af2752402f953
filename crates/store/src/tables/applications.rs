//! Tables of applications, tokens and sessions.

use crate::table::tables;

tables! {
    /// Application registrations.
    APPLICATIONS = "applications" {
        Text "appId" as "app_id",
        Text "displayName" as "display_name",
        Text "description" as "description",
        Text "publisherDomain" as "publisher_domain",
        Text "signInAudience" as "sign_in_audience",
        Time "createdDateTime" as "created_date_time",
        List "identifierUris" as "identifier_uris",
        List "tags" as "tags",
    } indexes {
        unique ["app_id"],
        ["display_name"],
    }
    /// Applications as they act in the tenant.
    SERVICE_PRINCIPALS = "service_principals" {
        Text "appId" as "app_id",
        Text "displayName" as "display_name",
        Text "appOwnerOrganizationId" as "app_owner_organization_id",
        Text "servicePrincipalType" as "service_principal_type",
        Text "appDisplayName" as "app_display_name",
        Boolean "accountEnabled" as "account_enabled",
        Boolean "appRoleAssignmentRequired" as "app_role_assignment_required",
        List "servicePrincipalNames" as "service_principal_names",
        List "tags" as "tags",
    } indexes {
        unique ["app_id"],
        ["display_name"],
    }
    /// Secrets and certificates of applications.
    CLIENT_CREDENTIALS = "client_credentials" {
        Text "appId" as "app_id",
    } indexes {
        ["app_id"],
    }
    /// Delegated permissions (`oAuth2PermissionGrant`).
    PERMISSION_GRANTS = "permission_grants" {
        Text "clientId" as "client_id",
        Text "consentType" as "consent_type",
        Text "principalId" as "principal_id",
        Text "resourceId" as "resource_id",
    } indexes {
        ["client_id", "principal_id"],
    }
    /// Application permissions (`appRoleAssignment`).
    APP_ROLE_ASSIGNMENTS = "app_role_assignments" {
        Text "principalId" as "principal_id",
        Text "resourceId" as "resource_id",
        Text "appRoleId" as "app_role_id",
        Text "principalDisplayName" as "principal_display_name",
    } indexes {
        ["principal_id"],
    }
    /// Keys that sign tokens.
    SIGNING_KEYS = "signing_keys" {
        Time "retiresDateTime" as "retires_date_time",
    } indexes {
    }
    /// Authorization codes.
    AUTHORIZATION_CODES = "authorization_codes" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
    /// Devices that wait to be signed in from another one.
    DEVICE_AUTHORIZATIONS = "device_authorizations" {
        Text "userCodeDigest" as "user_code_digest",
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        unique ["user_code_digest"],
        ["expires_date_time"],
    }
    /// Refresh token families.
    REFRESH_TOKENS = "refresh_tokens" {
        Text "userId" as "user_id",
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["user_id"],
        ["expires_date_time"],
    }
    /// Authorization requests that were pushed.
    PUSHED_REQUESTS = "pushed_requests" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
    /// Access tokens that were revoked before they expired.
    REVOKED_ACCESS_TOKENS = "revoked_access_tokens" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
    /// Applications that have to be told that a session has ended.
    LOGOUT_NOTICES = "logout_notices" {
        Time "dueDateTime" as "due_date_time",
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["due_date_time"],
        ["expires_date_time"],
    }
    /// Signed-in browsers.
    SESSIONS = "sessions" {
        Text "userId" as "user_id",
        Text "sessionId" as "session_id",
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["user_id"],
        ["expires_date_time"],
    }
    /// Browsers signed in to applications behind forward authentication.
    APPLICATION_SESSIONS = "application_sessions" {
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
    /// Sign-ins that wait for something.
    INTERACTIONS = "interactions" {
        Text "userId" as "user_id",
        Time "expiresDateTime" as "expires_date_time",
    } indexes {
        ["expires_date_time"],
    }
}
