use riskgate_model::ConditionalAccessUsers;

use super::Findings;
use crate::identifiers::{Identifiers, NumberSet};
use crate::keyword::{self, ALL, GUESTS, NONE};
use crate::request::Request;
use crate::trace::{Reason, Rule, RuleSet};

/// Which users a policy is about: any of the included values, none of the excluded ones (`entra-semantics` §3.3).
#[derive(Debug, Clone)]
pub(super) struct UserRule {
    include: Selector,
    exclude: Selector,
    includes_unenforced: bool,
}

#[derive(Debug, Clone)]
struct Selector {
    everyone: bool,
    guests: bool,
    users: NumberSet,
    groups: NumberSet,
    roles: NumberSet,
}

impl UserRule {
    pub(super) fn new(users: &ConditionalAccessUsers, identifiers: &mut Identifiers) -> Self {
        Self {
            include: Selector::new(
                identifiers,
                &users.include_users,
                &users.include_groups,
                &users.include_roles,
            ),
            exclude: Selector::new(
                identifiers,
                &users.exclude_users,
                &users.exclude_groups,
                &users.exclude_roles,
            ),
            includes_unenforced: users.include_guests_or_external_users.is_some(),
        }
    }

    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let (included, excluded) = (self.include.rules(request), self.exclude.rules(request));
        findings.include_rules |= included;
        findings.exclude_rules |= excluded;
        if self.includes_unenforced {
            findings.add_reason(Reason::ConditionNotEnforced);
        }
        (self.includes_unenforced || !included.is_empty()) && excluded.is_empty()
    }
}

impl Selector {
    fn new(identifiers: &mut Identifiers, users: &[String], groups: &[String], roles: &[String]) -> Self {
        Self {
            everyone: keyword::has(users, ALL),
            guests: keyword::has(users, GUESTS),
            users: identifiers.numbers(users, &[ALL, NONE, GUESTS]),
            groups: identifiers.numbers(groups, &[]),
            roles: identifiers.numbers(roles, &[]),
        }
    }

    /// The values that name the user of the request.
    fn rules(&self, request: &Request<'_>) -> RuleSet {
        [
            (Rule::AllUsers, self.everyone),
            (Rule::Guest, self.guests && request.is_guest),
            (Rule::GroupId, self.groups.meets(&request.group_ids)),
            (Rule::RoleId, self.roles.meets(&request.role_template_ids)),
            (Rule::UserId, request.user_id.is_some_and(|number| self.users.contains(number))),
        ]
        .into_iter()
        .filter_map(|(rule, names_the_user)| names_the_user.then_some(rule))
        .collect()
    }
}
