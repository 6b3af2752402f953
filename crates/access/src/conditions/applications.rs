use riskgate_model::{ConditionalAccessApplications, UserAction};

use super::Findings;
use super::security_attributes::{SecurityAttributeFilter, Verdict};
use crate::identifiers::{Identifiers, NumberSet};
use crate::keyword::{
    self, ADMIN_PORTALS, ALL, MICROSOFT_ADMIN_PORTAL_APP_IDS, NONE, OFFICE365, OFFICE365_APP_IDS,
    REGISTER_DEVICE, REGISTER_SECURITY_INFORMATION,
};
use crate::reason::Reason;
use crate::request::{Request, Resource};
use crate::trace::{Rule, RuleSet};

/// What a policy is about: resources, user actions or authentication contexts. Policies bind to what is asked for, never to
/// the client that asks (`entra-semantics` §3.4).
#[derive(Debug, Clone)]
pub(super) struct ApplicationRule {
    includes_all: bool,
    include: Selector,
    exclude: Selector,
    actions: Vec<UserAction>,
    contexts: NumberSet,
    filter: Option<SecurityAttributeFilter>,
}

#[derive(Debug, Clone)]
struct Selector {
    named: NumberSet,
    office365: NumberSet,
    admin_portals: NumberSet,
}

impl ApplicationRule {
    pub(super) fn new(applications: &ConditionalAccessApplications, identifiers: &mut Identifiers) -> Self {
        let contexts = &applications.include_authentication_context_class_references;
        Self {
            includes_all: keyword::has(&applications.include_applications, ALL),
            include: Selector::new(&applications.include_applications, identifiers),
            exclude: Selector::new(&applications.exclude_applications, identifiers),
            actions: applications.include_user_actions.iter().filter_map(|text| user_action(text)).collect(),
            contexts: identifiers.numbers(contexts, &[]),
            filter: applications
                .application_filter
                .as_ref()
                .map(|filter| SecurityAttributeFilter::new(filter, Rule::AppFilter)),
        }
    }

    pub(super) fn has_filter(&self) -> bool {
        self.filter.is_some()
    }

    /// Met by a user action that is included (`All` includes every one), by a resource that is included and not excluded,
    /// or by an authentication context that is asked for. A request that names no resource is about the directory itself,
    /// which `All` includes. A filter is about resources: it never names an action or the directory.
    pub(super) fn examine(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        if self.includes_all {
            findings.include_rules.insert(Rule::AllApps);
        }
        if let Some(action) = request.user_action {
            return self.includes_action(action, findings) || self.includes_all;
        }
        let has_context = self.contexts.meets(&request.contexts);
        if has_context {
            findings.include_rules.insert(Rule::Acr);
        }
        has_context || self.includes_resource(request, findings)
    }

    /// An action that is not known counts as included where any is.
    fn includes_action(&self, action: UserAction, findings: &mut Findings) -> bool {
        if action == UserAction::UnknownFutureValue && !self.actions.is_empty() {
            findings.add_reason(Reason::UserActionUnknown);
            return true;
        }
        let is_named = self.actions.contains(&action);
        if is_named {
            findings.include_rules.insert(Rule::UserAction);
        }
        is_named
    }

    fn includes_resource(&self, request: &Request<'_>, findings: &mut Findings) -> bool {
        let mut is_met = request.resources.is_empty() && self.includes_all;
        for resource in &request.resources {
            is_met |= self.includes(resource, findings);
        }
        is_met
    }

    fn includes(&self, resource: &Resource<'_>, findings: &mut Findings) -> bool {
        let included = resource.number.map(|number| self.include.rules(number)).unwrap_or_default();
        let excluded = resource.number.map(|number| self.exclude.rules(number)).unwrap_or_default();
        findings.include_rules |= included;
        findings.exclude_rules |= excluded;
        let verdict = self.filter.as_ref().map(|filter| filter.judge(resource.attributes, findings));
        let is_included = !included.is_empty() || self.includes_all || verdict == Some(Verdict::Included);
        is_included && excluded.is_empty() && verdict != Some(Verdict::Excluded)
    }
}

impl Selector {
    fn new(list: &[String], identifiers: &mut Identifiers) -> Self {
        let mut group = |keyword: &str, ids: &[&str]| {
            let ids: Vec<String> = ids.iter().map(|id| (*id).to_owned()).collect();
            if keyword::has(list, keyword) { identifiers.numbers(&ids, &[]) } else { NumberSet::default() }
        };
        Self {
            office365: group(OFFICE365, &OFFICE365_APP_IDS),
            admin_portals: group(ADMIN_PORTALS, &MICROSOFT_ADMIN_PORTAL_APP_IDS),
            named: identifiers.numbers(list, &[ALL, NONE, OFFICE365, ADMIN_PORTALS]),
        }
    }

    /// The values that name the resource.
    fn rules(&self, resource: u32) -> RuleSet {
        [
            (Rule::AppId, &self.named),
            (Rule::Office365, &self.office365),
            (Rule::MicrosoftAdminPortals, &self.admin_portals),
        ]
        .into_iter()
        .filter_map(|(rule, set)| set.contains(resource).then_some(rule))
        .collect()
    }
}

/// The action of a text in `includeUserActions`.
pub(crate) fn user_action(text: &str) -> Option<UserAction> {
    if keyword::is(text, REGISTER_SECURITY_INFORMATION) {
        return Some(UserAction::RegisterSecurityInformation);
    }
    keyword::is(text, REGISTER_DEVICE).then_some(UserAction::RegisterOrJoinDevices)
}
