//! §3.3, workload identities: what is decided about an application that acts on its own behalf.

use std::collections::BTreeSet;

use riskgate_access::{BlockReason, Outcome, SessionDemands};
use riskgate_model::AppliedConditionalAccessPolicyResult as Result;
use riskgate_model::*;

use super::locations::Place;
use super::{
    Answer, Scene, any, applications, conditions, has, is_met, locations, same, session, with_filter,
};

/// What all policies decide about the application. There is no user in `scene`: only its resources, contexts and network
/// are those of the application.
pub fn decide(scene: &Scene<'_>, workload: &WorkloadFacts) -> Answer {
    let is_enabled =
        |policy: &&ConditionalAccessPolicy| policy.state == ConditionalAccessPolicyState::Enabled;
    let policies = &scene.tenant.policies;
    let enforced: Vec<_> =
        policies.iter().filter(is_enabled).filter(|policy| applies(scene, workload, policy)).collect();
    let is_blocked = enforced.iter().any(|policy| asks_for_something(policy));
    let status = if is_blocked {
        ConditionalAccessStatus::Failure
    } else if policies.iter().filter(is_enabled).any(|policy| is_about(scene, workload, policy)) {
        ConditionalAccessStatus::Success
    } else {
        ConditionalAccessStatus::NotApplied
    };
    Answer {
        outcome: match is_blocked {
            true => Outcome::Block { reason: BlockReason::Policy },
            false => Outcome::Grant,
        },
        status,
        results: policies.iter().map(|policy| (policy.id.clone(), result(scene, workload, policy))).collect(),
        session: if enforced.is_empty() {
            SessionDemands::default()
        } else {
            session::demands(enforced.iter().copied())
        },
        risk_based_mfa: BTreeSet::new(),
    }
}

/// An application can do nothing a control asks for: whatever it is, it blocks.
fn asks_for_something(policy: &ConditionalAccessPolicy) -> bool {
    policy.grant_controls.as_ref().is_some_and(|grant| {
        !grant.built_in_controls.is_empty()
            || !grant.terms_of_use.is_empty()
            || !grant.custom_authentication_factors.is_empty()
            || grant.authentication_strength.is_some()
    })
}

fn result(scene: &Scene<'_>, workload: &WorkloadFacts, policy: &ConditionalAccessPolicy) -> Result {
    use ConditionalAccessPolicyState::{Disabled, Enabled, EnabledForReportingButNotEnforced};
    match (policy.state, applies(scene, workload, policy), asks_for_something(policy)) {
        (Disabled, ..) => Result::NotEnabled,
        (Enabled, false, _) => Result::NotApplied,
        (Enabled, true, true) => Result::Failure,
        (Enabled, true, false) => Result::Success,
        (EnabledForReportingButNotEnforced, false, _) => Result::ReportOnlyNotApplied,
        (EnabledForReportingButNotEnforced, true, true) => Result::ReportOnlyFailure,
        (EnabledForReportingButNotEnforced, true, false) => Result::ReportOnlySuccess,
    }
}

/// Only policies that name service principals concern one, and only of an application of this tenant alone.
fn is_about(scene: &Scene<'_>, workload: &WorkloadFacts, policy: &ConditionalAccessPolicy) -> bool {
    let conditions = &policy.conditions;
    conditions.client_applications.as_ref().is_some_and(|clients| names(scene, workload, clients))
        && conditions.applications.as_ref().is_none_or(|apps| applications::are_met(scene, apps))
}

fn names(scene: &Scene<'_>, workload: &WorkloadFacts, clients: &ConditionalAccessClientApplications) -> bool {
    if scene.note("service principal", "of this tenant alone", workload.is_single_tenant) == super::Truth::No
    {
        return false;
    }
    let id = &workload.service_principal_id;
    let include = any(clients.include_service_principals.iter().map(|item| {
        match same(item, "ServicePrincipalsInMyTenant") {
            true => scene.note("includeServicePrincipals", "ServicePrincipalsInMyTenant", true),
            false => scene.note("includeServicePrincipals", "id", same(item, id)),
        }
    }));
    let by_filter = clients.service_principal_filter.as_ref().map(|filter| {
        let attributes = workload.client_attributes.as_ref();
        let branch = "servicePrincipalFilter";
        (filter.mode, conditions::security_attributes_match(scene, branch, filter, attributes))
    });
    let exclude = scene.note("excludeServicePrincipals", "id", has(&clients.exclude_service_principals, id));
    let (include, exclude) = with_filter(include, exclude, by_filter);
    is_met(include, exclude)
}

fn applies(scene: &Scene<'_>, workload: &WorkloadFacts, policy: &ConditionalAccessPolicy) -> bool {
    let levels = &policy.conditions.service_principal_risk_levels;
    let place = Place { address: workload.network.ip_address, country: workload.network.country() };
    is_about(scene, workload, policy)
        && policy.conditions.locations.as_ref().is_none_or(|list| locations::are_met(scene, &place, list))
        && conditions::risk_levels(scene, "servicePrincipalRiskLevels", levels, workload.risk_level)
}
