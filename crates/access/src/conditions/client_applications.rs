use riskgate_model::ConditionalAccessClientApplications;

use super::Findings;
use crate::identifiers::{Identifiers, NumberSet};
use crate::keyword::{self, OWN_SERVICE_PRINCIPALS};
use crate::reason::Reason;
use crate::request::{Request, Who};
use crate::trace::Rule;

/// Which applications that act on their own behalf a policy is about (`entra-semantics` §3.3, workload identities). Such a
/// policy concerns no person.
#[derive(Debug, Clone)]
pub(super) struct ClientApplicationRule {
    includes_own: bool,
    include: NumberSet,
    exclude: NumberSet,
    /// Whether there is a filter, which validation refuses.
    has_filter: bool,
}

impl ClientApplicationRule {
    pub(super) fn new(
        applications: &ConditionalAccessClientApplications,
        identifiers: &mut Identifiers,
    ) -> Self {
        let include = &applications.include_service_principals;
        Self {
            includes_own: keyword::has(include, OWN_SERVICE_PRINCIPALS),
            include: identifiers.numbers(include, &[OWN_SERVICE_PRINCIPALS]),
            exclude: identifiers.numbers(&applications.exclude_service_principals, &[OWN_SERVICE_PRINCIPALS]),
            has_filter: applications.service_principal_filter.is_some(),
        }
    }

    /// Only applications registered here for this tenant alone are concerned.
    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let Who::ServicePrincipal { id, is_single_tenant: true, .. } = &request.who else { return false };
        if self.has_filter {
            findings.add_reason(Reason::ConditionNotEnforced);
        }
        let is_named = id.is_some_and(|id| self.include.contains(id));
        let is_excluded = id.is_some_and(|id| self.exclude.contains(id));
        if self.includes_own {
            findings.include_rules.insert(Rule::AllServicePrincipals);
        }
        if is_named {
            findings.include_rules.insert(Rule::ServicePrincipalId);
        }
        if is_excluded {
            findings.exclude_rules.insert(Rule::ServicePrincipalId);
        }
        (is_named || self.includes_own || self.has_filter) && !is_excluded
    }
}
