use riskgate_model::{
    ConditionalAccessApplications, ConditionalAccessLocations, ConditionalAccessPlatforms,
    ConditionalAccessPolicy, ConditionalAccessUsers,
};

use super::coverage::contains_all;
use super::{LintInput, LintRule, Problem, Severity};
use crate::keyword::{self, ALL, ALL_TRUSTED, NONE};
use crate::known::ObjectKind;

pub(super) static RULE: LintRule = LintRule {
    id: "never-applies",
    title: "A policy can never apply",
    explanation: "No request can meet all conditions of the policy: it includes nobody, nothing or nowhere, everything it \
                  includes is excluded again or does not exist, or two conditions exclude each other. Whoever relies on \
                  it is not protected.",
    remedy: "Correct the condition that is named, or delete the policy.",
    severity: "`error`",
    check,
};

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, policy) in input.active() {
        if let Some(why) = reason(policy, input) {
            let text = format!("The policy can never apply: {why}.");
            problems.push(Problem { severity: Severity::Error, policy: place, text });
        }
    }
    problems
}

fn reason(policy: &ConditionalAccessPolicy, input: &LintInput<'_>) -> Option<&'static str> {
    let conditions = &policy.conditions;
    conditions
        .users
        .as_ref()
        .filter(|_| conditions.client_applications.is_none())
        .and_then(|users| no_users(users, input))
        .or_else(|| {
            conditions.applications.as_ref().and_then(|applications| no_applications(applications, input))
        })
        .or_else(|| conditions.locations.as_ref().and_then(|locations| nowhere(locations, input)))
        .or_else(|| conditions.platforms.as_ref().and_then(no_platform))
}

fn no_users(users: &ConditionalAccessUsers, input: &LintInput<'_>) -> Option<&'static str> {
    if users.include_guests_or_external_users.is_some() {
        return None;
    }
    let (included, groups, roles) = (&users.include_users, &users.include_groups, &users.include_roles);
    if groups.is_empty() && roles.is_empty() && included.iter().all(|id| keyword::is(id, NONE)) {
        return Some("it includes no users");
    }
    if contains_all(&users.exclude_users, included)
        && contains_all(&users.exclude_groups, groups)
        && contains_all(&users.exclude_roles, roles)
    {
        return Some("it excludes all the users, groups and roles it includes");
    }
    let is_word = |id: &str| keyword::is(id, ALL) || keyword::is(id, keyword::GUESTS);
    let is_somebody = |id: &String| is_word(id) || input.known.exists(ObjectKind::User, id);
    let is_populated = |id: &String| {
        input.known.exists(ObjectKind::Group, id) && !input.empty_groups.contains(&id.to_ascii_lowercase())
    };
    let has_target = included.iter().any(is_somebody)
        || groups.iter().any(is_populated)
        || roles.iter().any(|id| input.known.exists(ObjectKind::RoleTemplate, id));
    (!has_target).then_some("the users, groups and roles it includes do not exist or are empty")
}

fn no_applications(
    applications: &ConditionalAccessApplications,
    input: &LintInput<'_>,
) -> Option<&'static str> {
    let included = &applications.include_applications;
    let has_other_targets = !applications.include_user_actions.is_empty()
        || !applications.include_authentication_context_class_references.is_empty()
        || applications.application_filter.is_some();
    if has_other_targets {
        return None;
    }
    if included.iter().all(|id| keyword::is(id, NONE)) {
        return Some("it includes no applications");
    }
    if contains_all(&applications.exclude_applications, included) {
        return Some("it excludes all the applications it includes");
    }
    let exists = |id: &String| !riskgate_core::is_guid(id) || input.known.exists(ObjectKind::Application, id);
    (!included.iter().any(exists)).then_some("the applications it includes do not exist")
}

fn nowhere(locations: &ConditionalAccessLocations, input: &LintInput<'_>) -> Option<&'static str> {
    let (included, excluded) = (&locations.include_locations, &locations.exclude_locations);
    if contains_all(excluded, included) {
        return Some("it excludes all the locations it includes");
    }
    let trusted: Vec<&str> = input
        .locations
        .iter()
        .filter(|location| location.is_trusted())
        .map(|location| location.id())
        .collect();
    let is_trusted_one =
        |id: &String| keyword::is(id, ALL_TRUSTED) || trusted.iter().any(|trusted| keyword::is(id, trusted));
    if included.iter().all(|id| keyword::is(id, ALL_TRUSTED)) && trusted.is_empty() {
        return Some("it includes trusted locations only, and there is none");
    }
    if keyword::has(excluded, ALL_TRUSTED) && included.iter().all(is_trusted_one) {
        return Some("it includes trusted locations only, and excludes them");
    }
    None
}

fn no_platform(platforms: &ConditionalAccessPlatforms) -> Option<&'static str> {
    let (included, excluded) = (&platforms.include_platforms, &platforms.exclude_platforms);
    included
        .iter()
        .all(|platform| excluded.contains(platform))
        .then_some("it excludes all the platforms it includes")
}
