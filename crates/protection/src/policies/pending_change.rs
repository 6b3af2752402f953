use riskgate_access::{ObjectKind, references};
use riskgate_directory::{GRAPH_APP_ID, MembershipChange};
use riskgate_model::{
    AnyNamedLocation, AuthenticationStrengthPolicy, ConditionalAccessGrantControl, ConditionalAccessPolicy,
    ConditionalAccessPolicyState, SecurityAttributeFacts,
};

use crate::policies::in_force::Definitions;

/// A change that has not been made and may keep every administrator out.
#[derive(Debug, Clone)]
pub enum PendingChange<'a> {
    /// A policy is created, changed or restored.
    Policy(&'a ConditionalAccessPolicy),
    /// A named location is created, changed or restored. One that policies name cannot be deleted.
    NamedLocation(&'a AnyNamedLocation),
    /// An authentication strength allows something else. One that policies ask for cannot be deleted.
    AuthenticationStrength(&'a AuthenticationStrengthPolicy),
    /// Members join a group or leave it, or the group goes.
    Memberships(&'a MembershipChange),
    /// The device with this object identifier is deleted.
    DeviceDeleted(&'a str),
    /// An application gets these custom security attributes.
    SecurityAttributes {
        /// Its `appId`.
        app_id: &'a str,
        /// All of them.
        attributes: &'a SecurityAttributeFacts,
    },
}

impl PendingChange<'_> {
    /// Whether an enabled policy looks at what changes. `groups` are those whose members change, directly or through others.
    pub(crate) fn concerns(&self, definitions: &Definitions, groups: &[String]) -> bool {
        let refers = |wanted: ObjectKind, id: &str| {
            let mut named = enabled(definitions).flat_map(references);
            named.any(|(kind, named)| kind == wanted && named.eq_ignore_ascii_case(id))
        };
        match self {
            Self::Policy(policy) => policy.state == ConditionalAccessPolicyState::Enabled,
            Self::NamedLocation(location) => {
                let mut own = definitions.locations.iter().filter(|own| own.id() == location.id());
                let is_trusted = location.is_trusted() || own.any(AnyNamedLocation::is_trusted);
                refers(ObjectKind::NamedLocation, location.id())
                    || is_trusted && enabled(definitions).any(names_trusted_locations)
            }
            Self::AuthenticationStrength(strength) => {
                refers(ObjectKind::AuthenticationStrength, &strength.id)
            }
            Self::Memberships(_) => groups.iter().any(|id| refers(ObjectKind::Group, id)),
            Self::DeviceDeleted(_) => enabled(definitions).any(looks_at_devices),
            Self::SecurityAttributes { app_id, .. } => {
                app_id.eq_ignore_ascii_case(GRAPH_APP_ID) && looks_at_attributes(definitions)
            }
        }
    }

    /// What policies are made of after the change.
    pub(crate) fn applied_to(&self, before: &Definitions) -> Definitions {
        let mut after = before.clone();
        match self {
            Self::Policy(policy) => {
                after.policies.retain(|own| own.id != policy.id);
                after.policies.push((*policy).clone());
            }
            Self::NamedLocation(location) => {
                after.locations.retain(|own| own.id() != location.id());
                after.locations.push((*location).clone());
            }
            Self::AuthenticationStrength(strength) => {
                after.strengths.retain(|own| own.id != strength.id);
                after.strengths.push((*strength).clone());
            }
            Self::Memberships(_) | Self::DeviceDeleted(_) | Self::SecurityAttributes { .. } => {}
        }
        after
    }
}

/// The groups that enabled policies name; without any, memberships do not matter.
pub(crate) fn named_groups(definitions: &Definitions) -> Vec<String> {
    let named = enabled(definitions).flat_map(references);
    named.filter(|(kind, _)| *kind == ObjectKind::Group).map(|(_, id)| id.to_owned()).collect()
}

/// Whether an enabled policy looks at custom security attributes of what is asked for.
pub(crate) fn looks_at_attributes(definitions: &Definitions) -> bool {
    enabled(definitions).any(|policy| {
        policy.conditions.applications.as_ref().is_some_and(|targets| targets.application_filter.is_some())
    })
}

fn enabled(definitions: &Definitions) -> impl Iterator<Item = &ConditionalAccessPolicy> {
    let is_enabled =
        |policy: &&ConditionalAccessPolicy| policy.state == ConditionalAccessPolicyState::Enabled;
    definitions.policies.iter().filter(is_enabled)
}

fn names_trusted_locations(policy: &ConditionalAccessPolicy) -> bool {
    policy.conditions.locations.as_ref().is_some_and(|locations| {
        let mut ids = locations.include_locations.iter().chain(&locations.exclude_locations);
        ids.any(|id| id.eq_ignore_ascii_case("AllTrusted"))
    })
}

fn looks_at_devices(policy: &ConditionalAccessPolicy) -> bool {
    use ConditionalAccessGrantControl::{CompliantDevice, DomainJoinedDevice};
    let asks = |control| [CompliantDevice, DomainJoinedDevice].contains(control);
    policy.conditions.devices.is_some()
        || policy.grant_controls.as_ref().is_some_and(|grant| grant.built_in_controls.iter().any(asks))
}
