//! The permissions of Microsoft Graph that this server knows, with the identifiers Microsoft publishes (contract
//! Appendix A), so that applications made for the original carry over.
//!
//! To add one: a row in [`PERMISSIONS`].

/// `appId` of Microsoft Graph.
pub const GRAPH_APP_ID: &str = "00000003-0000-0000-c000-000000000000";

/// A permission of Microsoft Graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Permission {
    /// Name: the `value` of scope and application role.
    pub name: &'static str,
    /// Identifier of the delegated permission (`oauth2PermissionScopes`), if there is one.
    pub delegated_id: Option<&'static str>,
    /// Identifier of the application permission (`appRoles`), if there is one.
    pub application_id: Option<&'static str>,
    /// Whether only an administrator may consent to the delegated permission. Application permissions always need one.
    pub needs_admin_consent: bool,
    /// What it allows, one line.
    pub description: &'static str,
}

/// Who may consent to a delegated permission.
#[derive(PartialEq)]
enum Consent {
    User,
    Admin,
}

const fn row(
    name: &'static str,
    delegated_id: Option<&'static str>,
    application_id: Option<&'static str>,
    consent: Consent,
    description: &'static str,
) -> Permission {
    let needs_admin_consent = matches!(consent, Consent::Admin);
    Permission { name, delegated_id, application_id, needs_admin_consent, description }
}

/// The permission with this name, in any case, or with this delegated or application identifier.
pub fn permission(name_or_id: &str) -> Option<&'static Permission> {
    let is_it = |id: Option<&str>| id.is_some_and(|id| id.eq_ignore_ascii_case(name_or_id));
    PERMISSIONS.iter().find(|permission| {
        permission.name.eq_ignore_ascii_case(name_or_id)
            || is_it(permission.delegated_id)
            || is_it(permission.application_id)
    })
}

/// Every permission there is.
#[rustfmt::skip]
pub static PERMISSIONS: &[Permission] = &[
    row("IdentityRiskEvent.Read.All", Some("8f6a01e7-0391-4ee5-aa22-a3af122cef27"), Some("6e472fd1-ad78-48da-a0f0-97ab2c6b769e"), Consent::Admin, "Read risk detections"),
    row("IdentityRiskEvent.ReadWrite.All", Some("9e4862a5-b68f-479e-848a-4e07e25c9916"), Some("db06fb33-1953-4b7b-a2ac-f1e2c854f7ae"), Consent::Admin, "Read risk detections and confirm or dismiss the risk of sign-ins"),
    row("IdentityRiskyUser.Read.All", Some("d04bb851-cb7c-4146-97c7-ca3e71baf56c"), Some("dc5007c0-2d7d-4c42-879c-2dab87571379"), Consent::Admin, "Read users at risk and the history of their risk"),
    row("IdentityRiskyUser.ReadWrite.All", Some("e0a7cdbb-08b0-4697-8264-0069786e9674"), Some("656f6061-f9fe-4807-9708-6a2e0934df76"), Consent::Admin, "Read users at risk, and dismiss or confirm their risk"),
    row("IdentityRiskyServicePrincipal.Read.All", Some("ea5c4ab0-5a73-4f35-8272-5d5337884e5d"), Some("607c7344-0eed-41e5-823a-9695ebe1b7b0"), Consent::Admin, "Read applications at risk"),
    row("IdentityRiskyServicePrincipal.ReadWrite.All", Some("bb6f654c-d7fd-4ae3-85c3-fc380934f515"), Some("cb8d6980-6bcb-4507-afec-ed6de3a2d798"), Consent::Admin, "Read applications at risk, and dismiss or confirm their risk"),
    row("Policy.Read.All", Some("572fea84-0151-49b2-9301-11cb16974376"), Some("246dd0d5-5bd0-4def-940b-0421030a5b68"), Consent::Admin, "Read all policies of the organization"),
    row("Policy.Read.ConditionalAccess", Some("633e0fce-8c58-4cfb-9495-12bbd5a24f7c"), Some("37730810-e9ba-4e46-b07e-8ca78d182097"), Consent::Admin, "Read Conditional Access policies"),
    row("Policy.ReadWrite.ConditionalAccess", Some("ad902697-1014-4ef5-81ef-2b4301988e8c"), Some("01c0a623-fc9b-48e9-b794-0756f8e8f067"), Consent::Admin, "Read and write Conditional Access policies"),
    row("Policy.Read.AuthenticationMethod", None, Some("8e3bc81b-d2f3-4b7b-838c-32c88218d2f0"), Consent::Admin, "Read the authentication method policies"),
    row("Policy.ReadWrite.AuthenticationMethod", Some("7e823077-d88e-468f-a337-e18f1f0e6c7c"), Some("29c18626-4985-4dcd-85c0-193eef327366"), Consent::Admin, "Read and write the authentication method policies"),
    row("Policy.ReadWrite.SecurityDefaults", Some("0b2a744c-2abf-4f1e-ad7e-17a087e2be99"), Some("1c6e93a6-28e2-4cbb-9f64-1a46a821124d"), Consent::Admin, "Read and write the security defaults"),
    row("AuthenticationContext.Read.All", Some("57b030f1-8c35-469c-b0d9-e4a077debe70"), Some("381f742f-e1f8-4309-b4ab-e3d91ae4c5c1"), Consent::Admin, "Read authentication contexts"),
    row("AuthenticationContext.ReadWrite.All", Some("ba6d575a-1344-4516-b777-1404f5593057"), Some("a88eef72-fed0-4bf7-a2a9-f19df33f8b83"), Consent::Admin, "Read and write authentication contexts"),
    row("Agreement.Read.All", Some("af2819c9-df71-4dd3-ade7-4d7c9dc653b7"), Some("2f3e6f8c-093b-4c57-a58b-ba5ce494a169"), Consent::Admin, "Read terms of use"),
    row("Agreement.ReadWrite.All", Some("ef4b5d93-3104-4664-9053-a5c49ab44218"), Some("c9090d00-6101-42f0-a729-c41074260d47"), Consent::Admin, "Read and write terms of use"),
    row("AgreementAcceptance.Read", Some("0b7643bb-5336-476f-80b5-18fbfbc91806"), None, Consent::Admin, "Read who accepted terms of use"),
    row("AgreementAcceptance.Read.All", Some("a66a5341-e66e-4897-9d52-c2df58c2bfb9"), Some("d8e4ec18-f6c0-4620-8122-c8b1f2bf400e"), Consent::Admin, "Read who accepted terms of use, of all users"),
    row("IdentityProvider.Read.All", Some("43781733-b5a7-4d1b-98f4-e8edff23e1a9"), Some("e321f0bb-e7f7-481e-bb28-e3b0b32d4bd0"), Consent::Admin, "Read upstream identity providers"),
    row("IdentityProvider.ReadWrite.All", Some("f13ce604-1677-429f-90bd-8a10b9f01325"), Some("90db2b9a-d928-4d33-a4dd-8442ae3d41e4"), Consent::Admin, "Read and write upstream identity providers"),
    row("CustomSecAttributeAssignment.Read.All", Some("b46ffa80-fe3d-4822-9a1a-c200932d54d0"), Some("3b37c5a4-1226-493d-bec3-5d6c6b866f3f"), Consent::Admin, "Read custom security attributes"),
    row("CustomSecAttributeAssignment.ReadWrite.All", Some("ca46335e-8453-47cd-a001-8459884efeae"), Some("de89b5e4-5b8f-48eb-8925-29c2b33bd8bd"), Consent::Admin, "Read and write custom security attributes"),
    row("CustomSecAttributeDefinition.Read.All", Some("ce026878-a0ff-4745-a728-d4fedd086c07"), Some("b185aa14-d8d2-42c1-a685-0f5596613624"), Consent::Admin, "Read definitions of custom security attributes"),
    row("CustomSecAttributeDefinition.ReadWrite.All", Some("8b0160d4-5743-482b-bb27-efc0a485ca4a"), Some("12338004-21f4-4896-bf5e-b75dfaf1016d"), Consent::Admin, "Read and write definitions of custom security attributes"),
    row("AuditLog.Read.All", Some("e4c9e354-4dc5-45b8-9e7c-e1393b0b1a20"), Some("b0afded3-3588-46d8-8b3d-9842eff778da"), Consent::Admin, "Read sign-ins and the audit log"),
    row("User.Read", Some("e1fe6dd8-ba31-4d61-89e7-88639da4683d"), None, Consent::User, "Sign in and read the own profile"),
    row("User.ReadWrite", Some("b4e74841-8e56-480b-be8b-910348b18b4c"), None, Consent::User, "Read and write the own profile"),
    row("User.ReadBasic.All", Some("b340eb25-3456-403f-be2f-af7a0d370277"), Some("97235f07-e226-4f63-ace3-39588e11d3a1"), Consent::User, "Read the basic profiles of all users"),
    row("User.Read.All", Some("a154be20-db9c-4678-8ab7-66f6cc099a59"), Some("df021288-bdef-4463-88db-98f22de89214"), Consent::Admin, "Read the full profiles of all users"),
    row("User.ReadWrite.All", Some("204e0828-b5ca-4ad8-b9f3-f32a958e7cc4"), Some("741f803b-c850-494e-b5df-cde7c675a1ca"), Consent::Admin, "Read and write the full profiles of all users"),
    row("User.DeleteRestore.All", Some("4bb440cd-2cf2-4f90-8004-aa2acd2537c5"), Some("eccc023d-eccf-4e7b-9683-8813ab36cecc"), Consent::Admin, "Delete and restore users"),
    row("User.RevokeSessions.All", Some("fc30e98b-8810-4501-81f5-c20a3196387b"), Some("77f3a031-c388-4f99-b373-dc68676a979e"), Consent::Admin, "End all sign-in sessions of users"),
    row("User.EnableDisableAccount.All", Some("f92e74e7-2563-467f-9dd0-902688cb5863"), Some("3011c876-62b7-4ada-afa2-506cbbecc68c"), Consent::Admin, "Enable and disable the accounts of users"),
    row("User-PasswordProfile.ReadWrite.All", Some("56760768-b641-451f-8906-e1b8ab31bca7"), Some("cc117bb9-00cf-4eb8-b580-ea2a878fe8f7"), Consent::Admin, "Change and reset the passwords of users"),
    row("UserAuthenticationMethod.Read", Some("1f6b61c5-2f65-4135-9c9f-31c0f8d32b52"), None, Consent::Admin, "Read the own authentication methods"),
    row("UserAuthenticationMethod.ReadWrite", Some("48971fc1-70d7-4245-af77-0beb29b53ee2"), None, Consent::Admin, "Read and write the own authentication methods"),
    row("UserAuthenticationMethod.Read.All", Some("aec28ec7-4d02-4e8c-b864-50163aea77eb"), Some("38d9df27-64da-44fd-b7c5-a6fbac20248f"), Consent::Admin, "Read the authentication methods of all users"),
    row("UserAuthenticationMethod.ReadWrite.All", Some("b7887744-6746-4312-813d-72daeaee7e2d"), Some("50483e42-d915-4231-9639-7fdb7fd190e5"), Consent::Admin, "Read and write the authentication methods of all users"),
    row("Group.Read.All", Some("5f8c59db-677d-491f-a6b8-5f174b11ec1d"), Some("5b567255-7703-4780-807c-7be8301ae99b"), Consent::Admin, "Read all groups and their members"),
    row("Group.ReadWrite.All", Some("4e46008b-f24c-477d-8fff-7bb4ec7aafe0"), Some("62a82d76-70ea-41e2-9197-370581804d09"), Consent::Admin, "Read and write all groups and their members"),
    row("Group.Create", None, Some("bf7b1a76-6e77-406b-b258-bf5c7720e98f"), Consent::Admin, "Create groups"),
    row("GroupMember.Read.All", Some("bc024368-1153-4739-b217-4326f2e966d0"), Some("98830695-27a2-44f7-8c18-0c3ebc9698f6"), Consent::Admin, "Read the members of groups"),
    row("GroupMember.ReadWrite.All", Some("f81125ac-d3b7-4573-a3b2-7099cc39df9e"), Some("dbaae8cf-10b5-4b86-a4a1-f871c94c6695"), Consent::Admin, "Read and write the members of groups"),
    row("Device.Read.All", Some("951183d1-1a61-466f-a6d1-1fde911bfd95"), Some("7438b122-aefc-4978-80ed-43db9fcc7715"), Consent::Admin, "Read all devices"),
    row("Device.ReadWrite.All", None, Some("1138cb37-bd11-4084-a2b7-9f71582aeddb"), Consent::Admin, "Read and change all devices, but not create or delete them"),
    row("Directory.Read.All", Some("06da0dbc-49e2-44d2-8312-53f166ab848a"), Some("7ab1d382-f21e-4acd-a863-ba3e13f7da61"), Consent::Admin, "Read the directory"),
    row("Directory.ReadWrite.All", Some("c5366453-9fb0-48a5-a156-24f0c49a4b84"), Some("19dbc75e-c2e2-444c-a770-ec69d8559fc7"), Consent::Admin, "Read and write the directory"),
    row("Directory.AccessAsUser.All", Some("0e263e50-5827-48a4-b97c-d940288653c7"), None, Consent::Admin, "Access the directory as the signed-in user"),
    row("RoleManagement.Read.Directory", Some("741c54c3-0c1e-44a1-818b-3f97ab4e8c83"), Some("483bed4a-2ad3-4361-a73b-c83ccdbdc53c"), Consent::Admin, "Read directory roles and who holds them"),
    row("RoleManagement.ReadWrite.Directory", Some("d01b97e9-cbc0-49fe-810a-750afd5527a3"), Some("9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8"), Consent::Admin, "Read directory roles and assign them"),
    row("Application.Read.All", Some("c79f8feb-a9db-4090-85f9-90d820caa0eb"), Some("9a5d68dd-52b0-4cc2-bd40-abcf44ac3a30"), Consent::Admin, "Read all applications"),
    row("Application.ReadWrite.All", Some("bdfbf15f-ee85-4955-8675-146e8e5296b5"), Some("1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9"), Consent::Admin, "Read and write all applications"),
    row("Application.ReadWrite.OwnedBy", None, Some("18a4783c-866b-4cc7-a460-3d5e5662c884"), Consent::Admin, "Manage the applications that this application creates or owns"),
    row("AppRoleAssignment.ReadWrite.All", Some("84bccea3-f856-4a8a-967b-dbe0a3d53a64"), Some("06b708a9-e830-4db3-a914-8e69da51d44f"), Consent::Admin, "Grant application permissions"),
    row("DelegatedPermissionGrant.ReadWrite.All", Some("41ce6ca6-6826-4807-84f1-1c82854f7ee5"), Some("8e8e4742-1d95-4f68-9d56-6ee75648c72a"), Consent::Admin, "Grant delegated permissions"),
    row("Organization.Read.All", Some("4908d5b9-3fb2-4b1e-9336-1888b7937185"), Some("498476ce-e0fe-48b0-b801-37ba7e2685c6"), Consent::Admin, "Read the organization"),
    row("RiskgateRiskDetection.Create", Some("492bb4b4-1468-4a2a-9193-9488fc913234"), Some("8fb06d3f-469a-4a42-8505-692e8fdc689b"), Consent::Admin, "Report risk of users and applications that others saw"),
    row("RiskgateLeakedCredential.Create", Some("1bd5e377-94ca-4517-a96b-c38707491d39"), Some("3a5519ea-be5e-49b5-b536-dbe4a15e2114"), Consent::Admin, "Report leaked passwords and secrets"),
    row("openid", Some("37f7f235-527c-4136-accd-4a02d197296e"), None, Consent::User, "Sign in"),
    row("profile", Some("14dad69e-099b-42c9-810b-d002981feec1"), None, Consent::User, "Read the own basic profile at sign-in"),
    row("email", Some("64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0"), None, Consent::User, "Read the own mail address at sign-in"),
    row("offline_access", Some("7427e0e9-2fba-42fe-b0c0-848c9e6a8182"), None, Consent::User, "Keep access after the person has left"),
];

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn names_and_identifiers_are_unique_and_every_permission_has_a_form() {
        let mut seen = HashSet::new();
        for permission in PERMISSIONS {
            assert!(seen.insert(permission.name), "{}", permission.name);
            let ids = [permission.delegated_id, permission.application_id];
            assert!(ids.iter().any(Option::is_some), "{}", permission.name);
            for id in ids.into_iter().flatten() {
                assert!(riskgate_core::is_guid(id), "{}", permission.name);
                assert!(seen.insert(id), "{id} of {}", permission.name);
            }
        }
    }

    #[test]
    fn a_permission_is_found_by_name_in_any_case_and_by_either_identifier() {
        let wanted = permission("IdentityRiskEvent.Read.All").unwrap();
        assert_eq!(permission("identityriskevent.read.all"), Some(wanted));
        assert_eq!(permission("8f6a01e7-0391-4ee5-aa22-a3af122cef27"), Some(wanted));
        assert_eq!(permission("6E472FD1-AD78-48DA-A0F0-97AB2C6B769E"), Some(wanted));
        assert_eq!(permission("Mail.Read"), None);
        assert_eq!(permission(""), None);
    }

    #[test]
    fn people_may_consent_to_their_own_profile_only() {
        assert!(!permission("User.Read").unwrap().needs_admin_consent);
        assert!(!permission("offline_access").unwrap().needs_admin_consent);
        assert!(permission("User.Read.All").unwrap().needs_admin_consent);
    }
}
