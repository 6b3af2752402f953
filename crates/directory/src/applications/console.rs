use super::own_application::OwnApplication;

/// `appId` of the console, the same in every tenant.
pub const CONSOLE_APP_ID: &str = "17ecaf24-9332-44f2-ae37-90c3b70f6032";

/// Delegated permissions of the console. They say what it may do on behalf of whoever signs in to it; what that is for
/// a person is still a matter of directory roles.
pub const CONSOLE_PERMISSIONS: &[&str] = &[
    "User.Read",
    "User.Read.All",
    "User.ReadWrite.All",
    "User-PasswordProfile.ReadWrite.All",
    "User.RevokeSessions.All",
    "User.EnableDisableAccount.All",
    "UserAuthenticationMethod.ReadWrite.All",
    "Group.Read.All",
    "RoleManagement.Read.Directory",
    "Agreement.Read.All",
    "Application.Read.All",
    "IdentityRiskyUser.ReadWrite.All",
    "IdentityRiskyServicePrincipal.ReadWrite.All",
    "IdentityRiskEvent.Read.All",
    "IdentityRiskEvent.ReadWrite.All",
    "AuditLog.Read.All",
    "Policy.Read.All",
    "Policy.ReadWrite.ConditionalAccess",
    "Policy.ReadWrite.AuthenticationMethod",
    "AuthenticationContext.ReadWrite.All",
    "DelegatedPermissionGrant.ReadWrite.All",
];

/// The console at `/admin/`.
pub(super) const CONSOLE: OwnApplication = OwnApplication {
    app_id: CONSOLE_APP_ID,
    seed: "console application",
    display_name: "Riskgate Console",
    path: "/admin/",
    permissions: CONSOLE_PERMISSIONS,
};
