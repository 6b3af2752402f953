//! The built-in directory roles and what each may do (contract §1.1 to §1.6 and Appendix B).
//!
//! To add a role: a row in [`ROLES`]. Organization-specific roles are not supported.

use riskgate_model::{DirectoryRoleTemplate, UnifiedRoleDefinition, UnifiedRolePermission};

use crate::capabilities::{
    ALL_CAPABILITIES,
    Capability::{self, *},
};

/// A built-in directory role.
#[derive(Debug, Clone, Copy)]
pub struct Role {
    /// Template identifier, the same in every tenant; also the identifier of its role definition.
    pub template_id: &'static str,
    /// Name.
    pub display_name: &'static str,
    /// What it is for, one line.
    pub description: &'static str,
    /// What it allows, beyond what every member may.
    pub capabilities: &'static [Capability],
    /// Whether taking over someone who holds it gains power (see [`crate::may_manage`]).
    pub is_powerful: bool,
}

/// What every member of the organization may do without any role.
pub(crate) const BASIC: &[Capability] =
    &[ReadUsers, ReadGroups, ReadDevices, ReadRoles, ReadApplications, ReadOrganization];

macro_rules! roles {
    ($($const:ident $id:literal $name:literal $power:ident [$($capabilities:expr)?] $description:literal)+) => {
        $(#[doc = concat!("Template identifier of ", $name, ".")] pub const $const: &str = $id;)+

        /// Every built-in role.
        pub static ROLES: &[Role] = &[$(Role {
            template_id: $id,
            display_name: $name,
            description: $description,
            capabilities: roles!(@capabilities $($capabilities)?),
            is_powerful: roles!(@$power),
        }),+];
    };
    (@capabilities $capabilities:expr) => { $capabilities };
    (@capabilities) => { &[] };
    (@powerful) => { true };
    (@harmless) => { false };
}

#[rustfmt::skip]
roles! {
    GLOBAL_ADMINISTRATOR "62e90394-69f5-4237-9190-012177145e10" "Global Administrator" powerful
        [ALL_CAPABILITIES]
        "Can manage everything in the organization."
    GLOBAL_READER "f2ef992c-3afb-46b9-b7cf-a126ee74c451" "Global Reader" powerful
        [&[ReadRisk, ReadPolicies, ReadAuthenticationPolicies, ReadSignIns, ReadAudits, ReadUsers,
           ReadAuthenticationMethods, ReadGroups, ReadDevices, ReadRoles, ReadApplications, ReadSecurityAttributes,
           ReadAttributeDefinitions, ReadIdentityProviders,
            ReadOrganization]]
        "Can read everything a Global Administrator can, and change nothing."
    SECURITY_ADMINISTRATOR "194ae4cb-b126-40b2-bd5b-6091b380977d" "Security Administrator" powerful
        [&[ReadRisk, WriteRisk, ReadPolicies, WritePolicies, ReadAuthenticationPolicies, ReadSignIns, ReadAudits]]
        "Can read security information and manage risk and Conditional Access."
    SECURITY_OPERATOR "5f2222b1-57c3-48ba-8ad5-d4759f1fde6f" "Security Operator" powerful
        [&[ReadRisk, WriteRisk, ReadSignIns, ReadAudits]]
        "Can investigate risk, and confirm or dismiss it."
    SECURITY_READER "5d6b6bb7-de71-4623-b4af-96380a352509" "Security Reader" powerful
        [&[ReadRisk, ReadPolicies, ReadAuthenticationPolicies, ReadSignIns, ReadAudits]]
        "Can read security information, policies and logs."
    CONDITIONAL_ACCESS_ADMINISTRATOR "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9" "Conditional Access Administrator" powerful
        [&[ReadPolicies, WritePolicies, ReadAuthenticationPolicies]]
        "Can manage Conditional Access."
    AUTHENTICATION_ADMINISTRATOR "c4e39bd9-1100-46d3-8c65-fb160da0071f" "Authentication Administrator" powerful
        [&[ReadAuthenticationMethods, WriteAuthenticationMethods, WriteUserPasswords, RevokeSessions]]
        "Can manage the authentication methods and passwords of users who are not administrators."
    PRIVILEGED_AUTHENTICATION_ADMINISTRATOR "7be44c8a-adaf-4e2a-84d6-ab2649e08a13" "Privileged Authentication Administrator" powerful
        [&[ReadAuthenticationMethods, WriteAuthenticationMethods, WriteUserPasswords, RevokeSessions]]
        "Can manage the authentication methods and passwords of everyone, administrators included."
    AUTHENTICATION_POLICY_ADMINISTRATOR "0526716b-113d-4c15-b2c8-68e3c22b9f80" "Authentication Policy Administrator" powerful
        [&[ReadAuthenticationPolicies, WriteAuthenticationPolicies]]
        "Can manage the policies about authentication methods."
    PRIVILEGED_ROLE_ADMINISTRATOR "e8611ab8-c189-46e8-94e1-60213ab1f814" "Privileged Role Administrator" powerful
        [&[ReadRoles, WriteRoles, GrantDelegatedPermissions, GrantApplicationPermissions]]
        "Can assign directory roles and grant permissions to applications."
    USER_ADMINISTRATOR "fe930be7-5e62-47db-91af-98c3a49a38b1" "User Administrator" powerful
        [&[ReadUsers, WriteUsers, DeleteUsers, RevokeSessions, WriteUserPasswords, ReadGroups, WriteGroups]]
        "Can manage users who are not administrators, their passwords, and groups."
    HELPDESK_ADMINISTRATOR "729827e3-9c14-49f7-bb1b-9608f156bbb8" "Helpdesk Administrator" powerful
        [&[WriteUserPasswords, RevokeSessions]]
        "Can reset passwords and end sessions of users who are not administrators."
    PASSWORD_ADMINISTRATOR "966707d0-3269-4727-9be2-8c3a10f19b9d" "Password Administrator" powerful
        [&[WriteUserPasswords]]
        "Can reset passwords of users who are not administrators."
    REPORTS_READER "4a5d8f65-41da-4de4-8968-e035b65339cf" "Reports Reader" harmless
        [&[ReadSignIns, ReadAudits]]
        "Can read sign-ins and the audit log."
    GROUPS_ADMINISTRATOR "fdd7a751-b60b-444a-984c-02652fe8fa1c" "Groups Administrator" powerful
        [&[ReadGroups, WriteGroups]]
        "Can manage groups and their members."
    INTUNE_ADMINISTRATOR "3a2c62db-5318-420d-8d74-23affee5d9d5" "Intune Administrator" powerful
        [&[ReadDevices, WriteDevices, DeleteDevices]]
        "Can manage devices and say which of them comply."
    CLOUD_DEVICE_ADMINISTRATOR "7698a772-787b-4ac8-901f-60d6b08affd2" "Cloud Device Administrator" powerful
        [&[ReadDevices, EnableDevices, DeleteDevices]]
        "Can enable, disable and delete devices."
    APPLICATION_ADMINISTRATOR "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3" "Application Administrator" powerful
        [&[ReadApplications, CreateApplications, WriteApplications, GrantDelegatedPermissions]]
        "Can manage applications and consent to delegated permissions."
    CLOUD_APPLICATION_ADMINISTRATOR "158c047a-c907-4556-b7ef-446551a6b5f7" "Cloud Application Administrator" powerful
        [&[ReadApplications, CreateApplications, WriteApplications, GrantDelegatedPermissions]]
        "Can manage applications and consent to delegated permissions."
    APPLICATION_DEVELOPER "cf1c38e5-3621-4004-a7cb-879624dced7c" "Application Developer" powerful
        [&[ReadApplications, CreateApplications]]
        "Can register applications."
    ATTRIBUTE_ASSIGNMENT_ADMINISTRATOR "58a13ea3-c632-46ae-9ee0-9c0d43cd7f3d" "Attribute Assignment Administrator" powerful
        [&[ReadApplications, ReadAttributeDefinitions, ReadSecurityAttributes, WriteSecurityAttributes]]
        "Can assign custom security attributes to applications."
    ATTRIBUTE_ASSIGNMENT_READER "ffd52fa5-98dc-465c-991d-fc073eb59f8f" "Attribute Assignment Reader" harmless
        [&[ReadApplications, ReadAttributeDefinitions, ReadSecurityAttributes]]
        "Can read custom security attributes of applications."
    ATTRIBUTE_DEFINITION_ADMINISTRATOR "8424c6f0-a189-499e-bbd0-26c1753c96d4" "Attribute Definition Administrator" powerful
        [&[ReadAttributeDefinitions, WriteAttributeDefinitions]]
        "Can define custom security attributes."
    ATTRIBUTE_DEFINITION_READER "1d336d2c-4ae8-42ef-9711-b3604ce3fc2c" "Attribute Definition Reader" harmless
        [&[ReadAttributeDefinitions]]
        "Can read definitions of custom security attributes."
    DIRECTORY_READERS "88d8e3e3-8f55-4a1e-953a-9b9898b8876b" "Directory Readers" harmless
        [BASIC]
        "Can read the basic data of the directory."
    DIRECTORY_WRITERS "9360feb5-f418-4baa-8175-e2a00bac4301" "Directory Writers" powerful
        [&[ReadUsers, WriteUsers, ReadGroups, WriteGroups, ReadRoles, ReadApplications, ReadOrganization]]
        "Can read and write the basic data of the directory."
    GLOBAL_SECURE_ACCESS_ADMINISTRATOR "ac434307-12b9-4fa1-a708-88bf58caabc1" "Global Secure Access Administrator" powerful
        [&[ReadPolicies]]
        "Can read Conditional Access policies."
    DOMAIN_NAME_ADMINISTRATOR "8329153b-31d0-4727-b945-745eb3bc5f31" "Domain Name Administrator" powerful
        [&[ReadOrganization]]
        "Can read the domains of the organization."
    GUEST_INVITER "95e79109-95c0-4d8e-aee3-d01accf2d47b" "Guest Inviter" harmless
        [&[ReadUsers]]
        "Can read users."
}

/// The built-in role with this template identifier, in any case.
pub fn role(template_id: &str) -> Option<&'static Role> {
    ROLES.iter().find(|role| role.template_id.eq_ignore_ascii_case(template_id))
}

/// All roles as Graph's `directoryRoleTemplate`.
pub fn role_templates() -> Vec<DirectoryRoleTemplate> {
    ROLES
        .iter()
        .map(|role| DirectoryRoleTemplate {
            id: role.template_id.to_owned(),
            deleted_date_time: None,
            description: Some(role.description.to_owned()),
            display_name: Some(role.display_name.to_owned()),
        })
        .collect()
}

/// All roles as Graph's `unifiedRoleDefinition`.
pub fn role_definitions() -> Vec<UnifiedRoleDefinition> {
    ROLES.iter().map(definition).collect()
}

/// The role definition with this identifier, which is the template identifier.
pub fn role_definition(id: &str) -> Option<UnifiedRoleDefinition> {
    role(id).map(definition)
}

fn definition(role: &Role) -> UnifiedRoleDefinition {
    let actions = role.capabilities.iter().map(|capability| capability.resource_action().to_owned());
    UnifiedRoleDefinition {
        id: role.template_id.to_owned(),
        description: Some(role.description.to_owned()),
        display_name: Some(role.display_name.to_owned()),
        is_built_in: Some(true),
        is_enabled: Some(true),
        resource_scopes: vec!["/".to_owned()],
        role_permissions: vec![UnifiedRolePermission {
            allowed_resource_actions: actions.collect(),
            condition: None,
            excluded_resource_actions: Vec::new(),
        }],
        template_id: Some(role.template_id.to_owned()),
        version: Some("1".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn roles_have_unique_guids_and_names() {
        let mut seen = HashSet::new();
        for role in ROLES {
            assert!(riskgate_core::is_guid(role.template_id), "{}", role.display_name);
            assert!(seen.insert(role.template_id) && seen.insert(role.display_name), "{}", role.display_name);
        }
    }

    #[test]
    fn definitions_list_the_actions_the_role_allows() {
        let reader = role_definition(&SECURITY_READER.to_uppercase()).unwrap();
        let actions = &reader.role_permissions[0].allowed_resource_actions;
        assert!(actions.contains(&ReadRisk.resource_action().to_owned()));
        assert!(!actions.contains(&WriteRisk.resource_action().to_owned()));
        assert_eq!(role_definitions().len(), role_templates().len());
        assert!(role_definition("00000000-0000-0000-0000-000000000000").is_none());
    }
}
