use riskgate_model::{
    AnyNamedLocation, ConditionalAccessApplications, ConditionalAccessClientApplications,
    ConditionalAccessDevices, ConditionalAccessFilter, ConditionalAccessLocations,
    ConditionalAccessPlatforms, ConditionalAccessPolicy, ConditionalAccessUsers, FilterMode,
};

use super::coverage::contains_all;
use super::{LintInput, LintRule, Problem, Severity};
use crate::filter_rule::{DeviceFilterRule, SecurityAttributeRule};
use crate::keyword::{self, ADMIN_PORTALS, ALL, ALL_TRUSTED, NONE, OFFICE365, OWN_SERVICE_PRINCIPALS};
use crate::known::ObjectKind;

pub(super) static RULE: LintRule = LintRule {
    id: "never-applies",
    title: "A policy can never apply",
    explanation: "No request can meet all conditions of the policy, or none whose facts are known: it includes nobody, \
                  nothing or nowhere, everything it includes is excluded again or does not exist, or a filter \
                  contradicts itself. Whoever relies on it is not protected.",
    remedy: "Correct the condition that is named, or delete the policy.",
    severity: "`error`",
    check,
};

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, policy) in input.active() {
        if let Some(why) = reason(policy, input) {
            problems.push(Problem {
                severity: Severity::Error,
                policy: place,
                text: format!("The policy {why}."),
            });
        }
    }
    problems
}

fn reason(policy: &ConditionalAccessPolicy, input: &LintInput<'_>) -> Option<&'static str> {
    let conditions = &policy.conditions;
    let who = match (&conditions.client_applications, &conditions.users) {
        (Some(clients), _) => no_workloads(clients, input),
        (None, Some(users)) => no_users(users, input),
        (None, None) => None,
    };
    who.or_else(|| {
        conditions.applications.as_ref().and_then(|applications| no_applications(applications, input))
    })
    .or_else(|| conditions.locations.as_ref().and_then(|locations| nowhere(locations, input)))
    .or_else(|| conditions.platforms.as_ref().and_then(no_platform))
    .or_else(|| conditions.devices.as_ref().and_then(no_device))
}

fn no_workloads(
    clients: &ConditionalAccessClientApplications,
    input: &LintInput<'_>,
) -> Option<&'static str> {
    let (included, excluded) = (&clients.include_service_principals, &clients.exclude_service_principals);
    match clients.service_principal_filter.as_ref().map(reach) {
        Some(Reach::Includes) => return None,
        Some(Reach::IncludesNothing) if included.is_empty() => {
            return Some("can never apply: no service principal can satisfy its filter");
        }
        Some(Reach::ExcludesEverything) => {
            return Some("can never apply: every service principal satisfies the filter it excludes");
        }
        _ => {}
    }
    if contains_all(excluded, included) {
        return Some("can never apply: it excludes all the service principals it includes");
    }
    let exists = |id: &String| {
        keyword::is(id, OWN_SERVICE_PRINCIPALS) || input.known.exists(ObjectKind::ServicePrincipal, id)
    };
    (!included.iter().any(exists))
        .then_some("can never apply: the service principals it includes do not exist")
}

fn no_users(users: &ConditionalAccessUsers, input: &LintInput<'_>) -> Option<&'static str> {
    if users.include_guests_or_external_users.is_some() {
        return None;
    }
    let (included, groups, roles) = (&users.include_users, &users.include_groups, &users.include_roles);
    if groups.is_empty() && roles.is_empty() && included.iter().all(|id| keyword::is(id, NONE)) {
        return Some("can never apply: it includes no users");
    }
    if contains_all(&users.exclude_users, included)
        && contains_all(&users.exclude_groups, groups)
        && contains_all(&users.exclude_roles, roles)
    {
        return Some("can never apply: it excludes all the users, groups and roles it includes");
    }
    let is_word = |id: &str| keyword::is(id, ALL) || keyword::is(id, keyword::GUESTS);
    let is_somebody = |id: &String| is_word(id) || input.known.exists(ObjectKind::User, id);
    let is_populated = |id: &String| {
        input.known.exists(ObjectKind::Group, id) && !input.empty_groups.contains(&id.to_ascii_lowercase())
    };
    let has_target = included.iter().any(is_somebody)
        || groups.iter().any(is_populated)
        || roles.iter().any(|id| input.known.exists(ObjectKind::RoleTemplate, id));
    (!has_target)
        .then_some("can never apply: the users, groups and roles it includes do not exist or are empty")
}

fn no_applications(
    applications: &ConditionalAccessApplications,
    input: &LintInput<'_>,
) -> Option<&'static str> {
    let included = &applications.include_applications;
    let has_other_targets = !applications.include_user_actions.is_empty()
        || !applications.include_authentication_context_class_references.is_empty();
    if has_other_targets {
        return None;
    }
    match applications.application_filter.as_ref().map(reach) {
        Some(Reach::Includes) => return None,
        Some(Reach::IncludesNothing) if included.is_empty() => {
            return Some("can never apply: no application can satisfy its filter");
        }
        // All applications stand for user actions as well, which no filter excludes.
        Some(Reach::ExcludesEverything) if !keyword::has(included, ALL) => {
            return Some("can never apply: every application satisfies the filter it excludes");
        }
        _ => {}
    }
    if included.iter().all(|id| keyword::is(id, NONE)) {
        return Some("can never apply: it includes no applications");
    }
    if contains_all(&applications.exclude_applications, included) {
        return Some("can never apply: it excludes all the applications it includes");
    }
    let exists = |id: &String| is_group(id) || input.known.exists(ObjectKind::Application, id);
    (!included.iter().any(exists)).then_some("can never apply: the applications it includes do not exist")
}

/// What a filter by custom security attributes adds to the lists beside it.
enum Reach {
    Includes,
    IncludesNothing,
    Excludes,
    ExcludesEverything,
}

fn reach(filter: &ConditionalAccessFilter) -> Reach {
    let constant = SecurityAttributeRule::parse(&filter.rule).ok().and_then(|rule| rule.constant());
    match (filter.mode, constant) {
        (FilterMode::Include, Some(false)) => Reach::IncludesNothing,
        (FilterMode::Include, _) => Reach::Includes,
        (FilterMode::Exclude, Some(true)) => Reach::ExcludesEverything,
        (FilterMode::Exclude, _) => Reach::Excludes,
    }
}

/// Whether the word stands for several applications.
fn is_group(id: &str) -> bool {
    [ALL, OFFICE365, ADMIN_PORTALS].iter().any(|word| keyword::is(id, word))
}

fn nowhere(locations: &ConditionalAccessLocations, input: &LintInput<'_>) -> Option<&'static str> {
    let (included, excluded) = (&locations.include_locations, &locations.exclude_locations);
    let of_kind = |id: &str, test: fn(&AnyNamedLocation) -> bool| {
        input.locations.iter().any(|location| keyword::is(id, location.id()) && test(location))
    };
    let is_trusted = |id: &String| keyword::is(id, ALL_TRUSTED) || of_kind(id, AnyNamedLocation::is_trusted);
    if contains_all(excluded, included) {
        // A country that is not known counts as included and as not excluded.
        let is_by_address =
            |id: &String| is_trusted(id) || of_kind(id, |kind| matches!(kind, AnyNamedLocation::Ip(_)));
        return Some(match included.iter().all(is_by_address) {
            true => "can never apply: it excludes all the locations it includes",
            false => {
                "applies only where the location cannot be told: it excludes all the locations it includes"
            }
        });
    }
    if included.iter().all(|id| keyword::is(id, ALL_TRUSTED))
        && !input.locations.iter().any(AnyNamedLocation::is_trusted)
    {
        return Some("can never apply: it includes trusted locations only, and there is none");
    }
    if keyword::has(excluded, ALL_TRUSTED) && included.iter().all(is_trusted) {
        return Some("can never apply: it includes trusted locations only, and excludes them");
    }
    None
}

/// A platform that is not told counts as included and as not excluded.
fn no_platform(platforms: &ConditionalAccessPlatforms) -> Option<&'static str> {
    let (included, excluded) = (&platforms.include_platforms, &platforms.exclude_platforms);
    included
        .iter()
        .all(|platform| excluded.contains(platform))
        .then_some("applies only where the platform is not told: it excludes all the platforms it includes")
}

fn no_device(devices: &ConditionalAccessDevices) -> Option<&'static str> {
    let filter = devices.device_filter.as_ref()?;
    match (filter.mode, DeviceFilterRule::parse(&filter.rule).ok()?.constant()?) {
        (FilterMode::Include, false) => Some("can never apply: no device can satisfy its device filter"),
        (FilterMode::Exclude, true) => Some("can never apply: every device satisfies the filter it excludes"),
        _ => None,
    }
}
