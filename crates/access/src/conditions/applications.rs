use riskgate_model::ConditionalAccessApplications;

use super::Findings;
use crate::identifiers::{Identifiers, NumberSet};
use crate::keyword::{self, ALL, APPLICATION_GROUPS, NONE};
use crate::request::Request;
use crate::trace::{Reason, Rule};

/// Which resources a policy is about. It binds to what is asked for, not to the client that asks
/// (`entra-semantics` §3.4).
#[derive(Debug, Clone)]
pub(super) struct ApplicationRule {
    includes_all: bool,
    includes_unenforced: bool,
    include: NumberSet,
    exclude: NumberSet,
}

impl ApplicationRule {
    pub(super) fn new(applications: &ConditionalAccessApplications, identifiers: &mut Identifiers) -> Self {
        let include = &applications.include_applications;
        Self {
            includes_all: keyword::has(include, ALL),
            includes_unenforced: APPLICATION_GROUPS.iter().any(|group| keyword::has(include, group))
                || applications.application_filter.is_some()
                || !applications.include_user_actions.is_empty()
                || !applications.include_authentication_context_class_references.is_empty(),
            include: identifiers.numbers(include, &[ALL, NONE]),
            exclude: identifiers.numbers(&applications.exclude_applications, &APPLICATION_GROUPS),
        }
    }

    /// Met when at least one resource that is asked for is included and not excluded. A request that names no resource
    /// is about the directory itself, which `All` includes.
    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let resources = &request.resources;
        let mut is_met = resources.is_empty() && self.includes_all;
        if self.includes_all {
            findings.include_rules.insert(Rule::AllApps);
        }
        for resource in resources {
            let is_named = resource.is_some_and(|number| self.include.contains(number));
            let is_excluded = resource.is_some_and(|number| self.exclude.contains(number));
            if is_named {
                findings.include_rules.insert(Rule::AppId);
            }
            if is_excluded {
                findings.exclude_rules.insert(Rule::AppId);
            }
            is_met |= (is_named || self.includes_all || self.includes_unenforced) && !is_excluded;
        }
        if self.includes_unenforced {
            findings.add_reason(Reason::ConditionNotEnforced);
            is_met |= resources.is_empty();
        }
        is_met
    }
}
