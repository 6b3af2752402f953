use riskgate_model::ConditionalAccessClientApplications;

use super::Findings;
use super::security_attributes::{SecurityAttributeFilter, Verdict};
use crate::identifiers::{Identifiers, NumberSet};
use crate::keyword::{self, OWN_SERVICE_PRINCIPALS};
use crate::request::{Request, Who};
use crate::trace::Rule;

/// Which applications that act on their own behalf a policy is about (`entra-semantics` §3.3, workload identities). Such a
/// policy concerns no person.
#[derive(Debug, Clone)]
pub(super) struct ClientApplicationRule {
    includes_own: bool,
    include: NumberSet,
    exclude: NumberSet,
    filter: Option<SecurityAttributeFilter>,
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
            filter: applications
                .service_principal_filter
                .as_ref()
                .map(|filter| SecurityAttributeFilter::new(filter, Rule::ServicePrincipalFilter)),
        }
    }

    /// Only applications registered here for this tenant alone are concerned.
    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let Who::ServicePrincipal { id, is_single_tenant: true, attributes, .. } = &request.who else {
            return false;
        };
        let verdict = self.filter.as_ref().map(|filter| filter.judge(*attributes, findings));
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
        let is_included = is_named || self.includes_own || verdict == Some(Verdict::Included);
        is_included && !is_excluded && verdict != Some(Verdict::Excluded)
    }
}
