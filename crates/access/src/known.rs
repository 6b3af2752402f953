use std::collections::BTreeSet;

use riskgate_model::ConditionalAccessPolicy;

use crate::filter_rule::SecurityAttributeRule;
use crate::keyword;

/// Kinds of objects a policy refers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ObjectKind {
    /// A user, by `id`.
    User,
    /// A group, by `id`.
    Group,
    /// A built-in directory role, by the `id` of its template.
    RoleTemplate,
    /// An application that has a service principal here, by `appId`.
    Application,
    /// A named location, by `id`.
    NamedLocation,
    /// A service principal that acts on its own behalf, by `id`.
    ServicePrincipal,
    /// An authentication strength, built in or stored, by `id`.
    AuthenticationStrength,
    /// Terms of use, by `id`.
    Agreement,
    /// The definition of a custom security attribute that is a text, by `id`.
    SecurityAttribute,
}

impl ObjectKind {
    /// Every kind.
    pub const ALL: [Self; 9] = [
        Self::User,
        Self::Group,
        Self::RoleTemplate,
        Self::Application,
        Self::NamedLocation,
        Self::ServicePrincipal,
        Self::AuthenticationStrength,
        Self::Agreement,
        Self::SecurityAttribute,
    ];

    pub(crate) fn type_name(self) -> &'static str {
        match self {
            Self::User => "User",
            Self::Group => "Group",
            Self::RoleTemplate => "DirectoryRoleTemplate",
            Self::Application | Self::ServicePrincipal => "ServicePrincipal",
            Self::NamedLocation => "NamedLocation",
            Self::AuthenticationStrength => "AuthenticationStrengthPolicy",
            Self::Agreement => "Agreement",
            Self::SecurityAttribute => "CustomSecurityAttributeDefinition",
        }
    }

    pub(crate) fn key_name(self) -> &'static str {
        match self {
            Self::Application => "appId",
            _ => "id",
        }
    }
}

/// Tells which objects exist. The caller loads what [`references`] lists and answers from memory.
pub trait KnownObjects {
    /// Whether the object exists in the tenant of the policy. `id` is as the policy has it, in any case.
    fn exists(&self, kind: ObjectKind, id: &str) -> bool;
}

impl<F: Fn(ObjectKind, &str) -> bool> KnownObjects for F {
    fn exists(&self, kind: ObjectKind, id: &str) -> bool {
        self(kind, id)
    }
}

/// Every object the policy refers to, in the order of its lists; keywords are left out. An identifier may come twice. What
/// its filters ask for is in [`security_attributes`].
pub fn references(policy: &ConditionalAccessPolicy) -> Vec<(ObjectKind, &str)> {
    let conditions = &policy.conditions;
    let mut lists: Vec<(ObjectKind, &[String])> = Vec::new();
    if let Some(users) = &conditions.users {
        lists.extend([
            (ObjectKind::User, users.include_users.as_slice()),
            (ObjectKind::User, users.exclude_users.as_slice()),
            (ObjectKind::Group, users.include_groups.as_slice()),
            (ObjectKind::Group, users.exclude_groups.as_slice()),
            (ObjectKind::RoleTemplate, users.include_roles.as_slice()),
            (ObjectKind::RoleTemplate, users.exclude_roles.as_slice()),
        ]);
    }
    if let Some(applications) = &conditions.applications {
        lists.push((ObjectKind::Application, applications.include_applications.as_slice()));
        lists.push((ObjectKind::Application, applications.exclude_applications.as_slice()));
    }
    if let Some(locations) = &conditions.locations {
        lists.push((ObjectKind::NamedLocation, locations.include_locations.as_slice()));
        lists.push((ObjectKind::NamedLocation, locations.exclude_locations.as_slice()));
    }
    if let Some(clients) = &conditions.client_applications {
        lists.push((ObjectKind::ServicePrincipal, clients.include_service_principals.as_slice()));
        lists.push((ObjectKind::ServicePrincipal, clients.exclude_service_principals.as_slice()));
    }
    let grant = policy.grant_controls.as_ref();
    if let Some(controls) = grant {
        lists.push((ObjectKind::Agreement, controls.terms_of_use.as_slice()));
    }
    let strength = grant.and_then(|controls| controls.authentication_strength.as_ref());
    let strength = strength.map(|reference| (ObjectKind::AuthenticationStrength, reference.id.as_str()));
    lists
        .into_iter()
        .flat_map(|(kind, ids)| ids.iter().map(move |id| (kind, id.as_str())))
        .chain(strength)
        .filter(|(kind, id)| !keywords_of(*kind).iter().any(|word| keyword::is(id, word)))
        .collect()
}

/// The custom security attributes the policy's filters ask for, by `id` in lower case. A rule that cannot be read asks for none.
pub fn security_attributes(policy: &ConditionalAccessPolicy) -> BTreeSet<String> {
    let conditions = &policy.conditions;
    let applications = conditions.applications.as_ref().and_then(|those| those.application_filter.as_ref());
    let principals =
        conditions.client_applications.as_ref().and_then(|those| those.service_principal_filter.as_ref());
    let rules = [applications, principals].into_iter().flatten();
    let rules = rules.filter_map(|filter| SecurityAttributeRule::parse(&filter.rule).ok());
    rules.flat_map(|rule| rule.attributes()).map(|attribute| attribute.to_string()).collect()
}

fn keywords_of(kind: ObjectKind) -> &'static [&'static str] {
    match kind {
        ObjectKind::User => &[keyword::ALL, keyword::NONE, keyword::GUESTS],
        ObjectKind::Application => &[keyword::ALL, keyword::NONE, keyword::OFFICE365, keyword::ADMIN_PORTALS],
        ObjectKind::NamedLocation => &[keyword::ALL, keyword::ALL_TRUSTED],
        ObjectKind::ServicePrincipal => &[keyword::OWN_SERVICE_PRINCIPALS],
        ObjectKind::Group
        | ObjectKind::RoleTemplate
        | ObjectKind::AuthenticationStrength
        | ObjectKind::Agreement
        | ObjectKind::SecurityAttribute => &[],
    }
}
