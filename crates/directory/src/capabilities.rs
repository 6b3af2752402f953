use crate::roles::{self, GLOBAL_ADMINISTRATOR, PRIVILEGED_AUTHENTICATION_ADMINISTRATOR};

macro_rules! capabilities {
    ($($(#[$meta:meta])* $name:ident = $action:literal),+ $(,)?) => {
        /// What a person may do through Graph, apart from what the application may. An application with application
        /// permissions needs none of these.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        pub enum Capability {
            $($(#[$meta])* $name),+
        }

        /// Every capability.
        pub const ALL_CAPABILITIES: &[Capability] = &[$(Capability::$name),+];

        impl Capability {
            /// Its name among the actions of role definitions.
            pub fn resource_action(self) -> &'static str {
                match self { $(Self::$name => $action),+ }
            }
        }
    };
}

capabilities! {
    /// Risk detections, risky users, risky service principals.
    ReadRisk = "microsoft.directory/identityProtection/allProperties/read",
    /// Dismiss and confirm risk.
    WriteRisk = "microsoft.directory/identityProtection/allProperties/update",
    /// Conditional Access policies and named locations.
    ReadPolicies = "microsoft.directory/conditionalAccessPolicies/allProperties/read",
    /// Change them.
    WritePolicies = "microsoft.directory/conditionalAccessPolicies/allProperties/allTasks",
    /// Policies about authentication methods and strengths.
    ReadAuthenticationPolicies = "microsoft.directory/userCredentialPolicies/standard/read",
    /// Change them.
    WriteAuthenticationPolicies = "microsoft.directory/userCredentialPolicies/basic/update",
    /// The sign-in log.
    ReadSignIns = "microsoft.directory/signInReports/allProperties/read",
    /// The audit log.
    ReadAudits = "microsoft.directory/auditLogs/allProperties/read",
    /// Other users.
    ReadUsers = "microsoft.directory/users/standard/read",
    /// Create and change users, subject to [`may_manage`].
    WriteUsers = "microsoft.directory/users/basic/update",
    /// Delete and restore users, subject to [`may_manage`].
    DeleteUsers = "microsoft.directory/users/delete",
    /// End sessions of users, subject to [`may_manage`].
    RevokeSessions = "microsoft.directory/users/invalidateAllRefreshTokens",
    /// Reset passwords of users, subject to [`may_manage`].
    WriteUserPasswords = "microsoft.directory/users/password/update",
    /// Second factors of others.
    ReadAuthenticationMethods = "microsoft.directory/users/authenticationMethods/standard/read",
    /// Change them, subject to [`may_manage`].
    WriteAuthenticationMethods = "microsoft.directory/users/authenticationMethods/basic/update",
    /// Groups and their members.
    ReadGroups = "microsoft.directory/groups/standard/read",
    /// Change them.
    WriteGroups = "microsoft.directory/groups/allProperties/allTasks",
    /// Devices and whose they are.
    ReadDevices = "microsoft.directory/devices/standard/read",
    /// Create and change devices, say that they comply, and whose they are.
    WriteDevices = "microsoft.directory/devices/allProperties/allTasks",
    /// Enable and disable devices.
    EnableDevices = "microsoft.directory/devices/enable",
    /// Delete devices.
    DeleteDevices = "microsoft.directory/devices/delete",
    /// Directory roles and who holds them.
    ReadRoles = "microsoft.directory/directoryRoles/standard/read",
    /// Assign them.
    WriteRoles = "microsoft.directory/roleAssignments/allProperties/allTasks",
    /// Applications and service principals.
    ReadApplications = "microsoft.directory/applications/standard/read",
    /// Register applications.
    CreateApplications = "microsoft.directory/applications/create",
    /// Change and delete applications, their secrets included.
    WriteApplications = "microsoft.directory/applications/allProperties/allTasks",
    /// Custom security attributes of applications.
    ReadSecurityAttributes = "microsoft.directory/servicePrincipals/customSecurityAttributes/read",
    /// Assign them.
    WriteSecurityAttributes = "microsoft.directory/servicePrincipals/customSecurityAttributes/update",
    /// Sets and definitions of custom security attributes.
    ReadAttributeDefinitions = "microsoft.directory/customSecurityAttributeDefinitions/allProperties/read",
    /// Change them.
    WriteAttributeDefinitions = "microsoft.directory/customSecurityAttributeDefinitions/allProperties/allTasks",
    /// Consent to delegated permissions for everybody.
    GrantDelegatedPermissions = "microsoft.directory/oAuth2PermissionGrants/allProperties/allTasks",
    /// Grant application permissions.
    GrantApplicationPermissions = "microsoft.directory/servicePrincipals/appRoleAssignedTo/update",
    /// Upstream identity providers, and whom they know.
    ReadIdentityProviders = "microsoft.directory/identityProviders/allProperties/read",
    /// Change them, which is to say who may sign in as whom.
    WriteIdentityProviders = "microsoft.directory/identityProviders/allProperties/allTasks",
    /// The organization and its domains.
    ReadOrganization = "microsoft.directory/organization/standard/read",
}

/// Whether a directory role allows it (contract §1.1 to §1.6, `docs` of the built-in roles). Unknown roles allow nothing.
pub fn allows(role_template_id: &str, capability: Capability) -> bool {
    roles::role(role_template_id).is_some_and(|role| role.capabilities.contains(&capability))
}

/// Whether every member of the organization may do it, without any role: read the basic data of the directory. Guests
/// may not.
pub fn member_allows(capability: Capability) -> bool {
    roles::BASIC.contains(&capability)
}

/// Whether someone with `actor_roles` may change, disable, delete or reset the password of someone with `target_roles`.
/// Who resets an administrator's password becomes that administrator; so those with roles that give power are managed
/// by Global Administrators and Privileged Authentication Administrators alone.
pub fn may_manage<'a>(
    actor_roles: impl IntoIterator<Item = &'a str>,
    target_roles: impl IntoIterator<Item = &'a str>,
) -> bool {
    let is_privileged =
        |id: &str| [GLOBAL_ADMINISTRATOR, PRIVILEGED_AUTHENTICATION_ADMINISTRATOR].contains(&id);
    let gives_power = |id: &str| roles::role(id).is_none_or(|role| role.is_powerful);
    !target_roles.into_iter().any(gives_power) || actor_roles.into_iter().any(is_privileged)
}

#[cfg(test)]
mod tests {
    use Capability::*;

    use super::*;
    use crate::roles::*;

    #[test]
    fn who_reads_and_who_dismisses_risk() {
        for (role, reads, writes) in [
            (GLOBAL_ADMINISTRATOR, true, true),
            (SECURITY_ADMINISTRATOR, true, true),
            (SECURITY_OPERATOR, true, true),
            (SECURITY_READER, true, false),
            (GLOBAL_READER, true, false),
            (CONDITIONAL_ACCESS_ADMINISTRATOR, false, false),
            (USER_ADMINISTRATOR, false, false),
            ("no-such-role", false, false),
        ] {
            assert_eq!((allows(role, ReadRisk), allows(role, WriteRisk)), (reads, writes), "{role}");
        }
    }

    #[test]
    fn who_reads_and_who_writes_policies() {
        for (role, reads, writes) in [
            (GLOBAL_ADMINISTRATOR, true, true),
            (CONDITIONAL_ACCESS_ADMINISTRATOR, true, true),
            (SECURITY_ADMINISTRATOR, true, true),
            (SECURITY_READER, true, false),
            (GLOBAL_READER, true, false),
            (SECURITY_OPERATOR, false, false),
        ] {
            assert_eq!((allows(role, ReadPolicies), allows(role, WritePolicies)), (reads, writes), "{role}");
        }
    }

    #[test]
    fn readers_write_nothing_and_global_administrators_do_everything() {
        let reads = |capability: &Capability| format!("{capability:?}").starts_with("Read");
        for id in [GLOBAL_READER, SECURITY_READER, REPORTS_READER, DIRECTORY_READERS] {
            assert!(role(id).unwrap().capabilities.iter().all(reads), "{id}");
        }
        for capability in ALL_CAPABILITIES {
            assert!(allows(GLOBAL_ADMINISTRATOR, *capability));
            assert_eq!(allows(GLOBAL_READER, *capability), reads(capability), "{capability:?}");
        }
    }

    #[test]
    fn no_role_below_the_global_administrator_has_both_passwords_and_policies() {
        for role in ROLES.iter().filter(|role| role.template_id != GLOBAL_ADMINISTRATOR) {
            let both = [WriteUserPasswords, WritePolicies].iter().all(|c| role.capabilities.contains(c));
            assert!(!both, "{}", role.display_name);
        }
    }

    #[test]
    fn who_enables_and_who_changes_devices() {
        for (role, changes, enables, deletes) in [
            (GLOBAL_ADMINISTRATOR, true, true, true),
            (INTUNE_ADMINISTRATOR, true, false, true),
            (CLOUD_DEVICE_ADMINISTRATOR, false, true, true),
            (USER_ADMINISTRATOR, false, false, false),
        ] {
            let got = [WriteDevices, EnableDevices, DeleteDevices].map(|what| allows(role, what));
            assert_eq!(got, [changes, enables, deletes], "{role}");
        }
    }

    #[test]
    fn members_read_basic_data_and_change_nothing() {
        assert!(member_allows(ReadUsers) && member_allows(ReadGroups) && member_allows(ReadOrganization));
        for capability in
            [ReadRisk, ReadPolicies, ReadSignIns, ReadAudits, WriteUsers, WriteGroups, WriteRoles]
        {
            assert!(!member_allows(capability), "{capability:?}");
        }
    }

    #[test]
    fn only_privileged_roles_manage_administrators() {
        assert!(may_manage([HELPDESK_ADMINISTRATOR], []));
        assert!(may_manage([HELPDESK_ADMINISTRATOR], [DIRECTORY_READERS]));
        assert!(!may_manage([HELPDESK_ADMINISTRATOR], [GLOBAL_ADMINISTRATOR]));
        assert!(!may_manage([USER_ADMINISTRATOR], [SECURITY_READER, "unknown-role"]));
        assert!(!may_manage([USER_ADMINISTRATOR], [CONDITIONAL_ACCESS_ADMINISTRATOR]));
        assert!(may_manage([PRIVILEGED_AUTHENTICATION_ADMINISTRATOR], [GLOBAL_ADMINISTRATOR]));
        assert!(may_manage([GLOBAL_ADMINISTRATOR], [GLOBAL_ADMINISTRATOR]));
    }
}
