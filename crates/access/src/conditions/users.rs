use riskgate_model::ConditionalAccessUsers;

use super::Findings;
use super::guests::GuestRule;
use crate::identifiers::{Identifiers, NumberSet};
use crate::keyword::{self, ALL, GUESTS, NONE};
use crate::named_location::Membership;
use crate::reason::Reason;
use crate::request::{Person, Request};
use crate::trace::{Rule, RuleSet};

/// Which users a policy is about: any of the included values, none of the excluded ones (`entra-semantics` §3.3).
#[derive(Debug, Clone)]
pub(super) struct UserRule {
    include: Selector,
    exclude: Selector,
}

#[derive(Debug, Clone)]
struct Selector {
    everyone: bool,
    all_guests: bool,
    guests: Option<GuestRule>,
    users: NumberSet,
    groups: NumberSet,
    roles: NumberSet,
}

impl UserRule {
    pub(super) fn new(users: &ConditionalAccessUsers, identifiers: &mut Identifiers) -> Self {
        Self {
            include: Selector {
                guests: users.include_guests_or_external_users.as_ref().map(GuestRule::new),
                ..Selector::new(
                    identifiers,
                    &users.include_users,
                    &users.include_groups,
                    &users.include_roles,
                )
            },
            exclude: Selector {
                guests: users.exclude_guests_or_external_users.as_ref().map(GuestRule::new),
                ..Selector::new(
                    identifiers,
                    &users.exclude_users,
                    &users.exclude_groups,
                    &users.exclude_roles,
                )
            },
        }
    }

    /// Never met by an application that acts on its own behalf. A guest whose kind or tenant is not known counts as
    /// included, and as not excluded.
    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let Some(person) = request.person() else { return false };
        let (included, include_unknown) = self.include.rules(person);
        let (excluded, exclude_unknown) = self.exclude.rules(person);
        findings.include_rules |= included;
        findings.exclude_rules |= excluded;
        let is_included = !included.is_empty() || include_unknown;
        let is_met = is_included && excluded.is_empty();
        if is_met && (exclude_unknown || included.is_empty()) {
            findings.add_reason(match person.external {
                Some(_) => Reason::GuestTenantUnknown,
                None => Reason::GuestKindUnknown,
            });
        }
        is_met
    }
}

impl Selector {
    fn new(identifiers: &mut Identifiers, users: &[String], groups: &[String], roles: &[String]) -> Self {
        Self {
            everyone: keyword::has(users, ALL),
            all_guests: keyword::has(users, GUESTS),
            guests: None,
            users: identifiers.numbers(users, &[ALL, NONE, GUESTS]),
            groups: identifiers.numbers(groups, &[]),
            roles: identifiers.numbers(roles, &[]),
        }
    }

    /// The values that name the user, and whether he may be one of the guests that are meant.
    fn rules(&self, person: &Person<'_>) -> (RuleSet, bool) {
        let membership = |rule: &GuestRule| rule.membership(person.external, person.is_guest);
        let guest = self.guests.as_ref().map_or(Membership::Outside, membership);
        let rules = [
            (Rule::AllUsers, self.everyone),
            (Rule::Guest, self.all_guests && person.is_guest || guest == Membership::Inside),
            (Rule::GroupId, self.groups.meets(&person.group_ids)),
            (Rule::RoleId, self.roles.meets(&person.role_template_ids)),
            (Rule::UserId, person.id.is_some_and(|number| self.users.contains(number))),
        ];
        let named = rules.into_iter().filter_map(|(rule, names_the_user)| names_the_user.then_some(rule));
        (named.collect(), guest == Membership::Unknown)
    }
}
