//! The roots of all paths, and where navigation leads from there.

/// Entity sets and their types.
pub(super) const SETS: &[(&str, &str)] = &[
    ("agreements", "agreement"),
    ("applications", "application"),
    ("devices", "device"),
    ("directoryRoles", "directoryRole"),
    ("directoryRoleTemplates", "directoryRoleTemplate"),
    ("groups", "group"),
    ("oauth2PermissionGrants", "oAuth2PermissionGrant"),
    ("organization", "organization"),
    ("servicePrincipals", "servicePrincipal"),
    ("users", "user"),
];

/// Singletons and their types.
pub(super) const SINGLETONS: &[(&str, &str)] = &[
    ("auditLogs", "auditLogRoot"),
    ("directory", "directory"),
    ("identity", "identityContainer"),
    ("identityGovernance", "identityGovernance"),
    ("identityProtection", "identityProtectionRoot"),
    ("me", "user"),
    ("policies", "policyRoot"),
    ("roleManagement", "roleManagement"),
];

/// Types that only lead to others: name, whether they derive from `entity`.
pub(super) const ROOTS: &[(&str, bool)] = &[
    ("auditLogRoot", false),
    ("authentication", true),
    ("caPoliciesDeletableRoot", true),
    ("conditionalAccessRoot", true),
    ("directory", true),
    ("identityContainer", true),
    ("identityGovernance", false),
    ("identityProtectionRoot", false),
    ("policyRoot", true),
    ("rbacApplication", true),
    ("roleManagement", false),
    ("termsOfUseContainer", true),
];

/// A navigation property: owner, name, target, whether to many, whether the target lives inside the owner.
pub(super) type Way = (&'static str, &'static str, &'static str, bool, bool);

/// Navigation properties this server answers. `directory/attributeSets`, `directory/customSecurityAttributeDefinitions` and
/// `identity/identityProviders` are answered too and not declared: the description is compared with an excerpt of Graph's
/// schema that does not have them.
pub(super) const WAYS: &[Way] = &[
    ("auditLogRoot", "directoryAudits", "directoryAudit", true, true),
    ("auditLogRoot", "signIns", "signIn", true, true),
    ("authentication", "fido2Methods", "fido2AuthenticationMethod", true, true),
    ("authentication", "methods", "authenticationMethod", true, true),
    ("authentication", "passwordMethods", "passwordAuthenticationMethod", true, true),
    ("authentication", "softwareOathMethods", "softwareOathAuthenticationMethod", true, true),
    (
        "authenticationStrengthPolicy",
        "combinationConfigurations",
        "authenticationCombinationConfiguration",
        true,
        true,
    ),
    ("authenticationStrengthRoot", "authenticationMethodModes", "authenticationMethodModeDetail", true, true),
    ("authenticationStrengthRoot", "policies", "authenticationStrengthPolicy", true, true),
    ("authenticationStrengthUsage", "mfa", "conditionalAccessPolicy", true, false),
    ("authenticationStrengthUsage", "none", "conditionalAccessPolicy", true, false),
    ("caPoliciesDeletableRoot", "namedLocations", "namedLocation", true, true),
    ("caPoliciesDeletableRoot", "policies", "conditionalAccessPolicy", true, true),
    ("conditionalAccessGrantControls", "authenticationStrength", "authenticationStrengthPolicy", false, true),
    (
        "conditionalAccessRoot",
        "authenticationContextClassReferences",
        "authenticationContextClassReference",
        true,
        true,
    ),
    ("conditionalAccessRoot", "authenticationStrength", "authenticationStrengthRoot", false, true),
    ("conditionalAccessRoot", "deletedItems", "caPoliciesDeletableRoot", false, true),
    ("conditionalAccessRoot", "namedLocations", "namedLocation", true, true),
    ("conditionalAccessRoot", "templates", "conditionalAccessTemplate", true, true),
    ("conditionalAccessRoot", "policies", "conditionalAccessPolicy", true, true),
    ("customSecurityAttributeDefinition", "allowedValues", "allowedValue", true, true),
    ("device", "registeredOwners", "directoryObject", true, false),
    ("device", "registeredUsers", "directoryObject", true, false),
    ("directory", "deletedItems", "directoryObject", true, true),
    ("directoryRole", "members", "directoryObject", true, false),
    ("group", "members", "directoryObject", true, false),
    ("identityContainer", "conditionalAccess", "conditionalAccessRoot", false, true),
    ("identityGovernance", "termsOfUse", "termsOfUseContainer", false, true),
    ("identityProtectionRoot", "riskDetections", "riskDetection", true, true),
    ("identityProtectionRoot", "riskyServicePrincipals", "riskyServicePrincipal", true, true),
    ("identityProtectionRoot", "riskyUsers", "riskyUser", true, true),
    ("identityProtectionRoot", "servicePrincipalRiskDetections", "servicePrincipalRiskDetection", true, true),
    ("policyRoot", "authenticationStrengthPolicies", "authenticationStrengthPolicy", true, true),
    ("policyRoot", "conditionalAccessPolicies", "conditionalAccessPolicy", true, true),
    (
        "policyRoot",
        "identitySecurityDefaultsEnforcementPolicy",
        "identitySecurityDefaultsEnforcementPolicy",
        false,
        true,
    ),
    ("rbacApplication", "roleAssignments", "unifiedRoleAssignment", true, true),
    ("rbacApplication", "roleDefinitions", "unifiedRoleDefinition", true, true),
    ("riskyServicePrincipal", "history", "riskyServicePrincipalHistoryItem", true, true),
    ("riskyUser", "history", "riskyUserHistoryItem", true, true),
    ("roleManagement", "directory", "rbacApplication", false, true),
    ("termsOfUseContainer", "agreements", "agreement", true, true),
    ("user", "authentication", "authentication", false, true),
    ("user", "memberOf", "directoryObject", true, false),
    ("user", "ownedDevices", "directoryObject", true, false),
    ("user", "registeredDevices", "directoryObject", true, false),
    ("user", "transitiveMemberOf", "directoryObject", true, false),
];
