use std::collections::BTreeSet;

use riskgate_core::Timestamp;
use riskgate_model::{
    AnyNamedLocation, AuthenticationStrengthPolicy, ConditionalAccessPolicy, ConditionalAccessPolicyState,
    ConditionalAccessUsers, UserFacts,
};

use crate::keyword::{self, ALL};
use crate::known::KnownObjects;

/// What the rules look at.
pub struct LintInput<'a> {
    /// The moment that counts as now.
    pub at: Timestamp,
    /// All policies, in every state.
    pub policies: &'a [ConditionalAccessPolicy],
    /// All named locations.
    pub locations: &'a [AnyNamedLocation],
    /// All authentication strengths, the built-in ones among them.
    pub strengths: &'a [AuthenticationStrengthPolicy],
    /// Everyone who can sign in and change policies.
    pub administrators: &'a [Administrator],
    /// Which of the objects the policies refer to exist.
    pub known: &'a dyn KnownObjects,
    /// Identifiers, in lower case, of groups without members.
    pub empty_groups: &'a BTreeSet<String>,
}

/// Someone who can change policies.
#[derive(Debug, Clone, PartialEq)]
pub struct Administrator {
    /// User principal name.
    pub name: String,
    /// What policies see of him.
    pub facts: UserFacts,
}

impl LintInput<'_> {
    /// Policies that are enforced or report, each with its place.
    pub(super) fn active(&self) -> impl Iterator<Item = (usize, &ConditionalAccessPolicy)> {
        let is_active =
            |policy: &ConditionalAccessPolicy| policy.state != ConditionalAccessPolicyState::Disabled;
        self.policies.iter().enumerate().filter(move |(_, policy)| is_active(policy))
    }
}

impl Administrator {
    /// Whether the policy's users leave him out by name, group or role.
    pub(super) fn is_excluded(&self, users: &ConditionalAccessUsers) -> bool {
        self.is_in(&users.exclude_users, &users.exclude_groups, &users.exclude_roles)
    }

    /// Whether the policy's users name him, one of his groups or roles, or everyone.
    pub(super) fn is_included(&self, users: &ConditionalAccessUsers) -> bool {
        keyword::has(&users.include_users, ALL)
            || self.is_in(&users.include_users, &users.include_groups, &users.include_roles)
    }

    fn is_in(&self, users: &[String], groups: &[String], roles: &[String]) -> bool {
        keyword::has(users, &self.facts.id)
            || self.facts.group_ids.iter().any(|group| keyword::has(groups, group))
            || self.facts.role_template_ids.iter().any(|role| keyword::has(roles, role))
    }
}
