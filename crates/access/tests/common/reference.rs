//! Conditional Access written a second time, straight from the rules and as slow as it likes: every answer is a walk over
//! the policy as it was sent. It shares no code with the crate.

use riskgate_model::*;

/// What a request comes to, worst first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Answer {
    BlockedByPolicy,
    RegistrationBlocked,
    MustRegister,
    MustPassMfa,
    Granted,
}

/// The answer of all policies together: the worst of each one.
pub fn answer(
    facts: &SignInFacts,
    risk: RiskLevel,
    policies: &[ConditionalAccessPolicy],
    locations: &[AnyNamedLocation],
) -> Answer {
    policies
        .iter()
        .filter(|policy| policy.state == ConditionalAccessPolicyState::Enabled)
        .filter(|policy| applies(policy, facts, risk, locations))
        .map(|policy| demand(policy, facts, risk))
        .min()
        .unwrap_or(Answer::Granted)
}

fn applies(
    policy: &ConditionalAccessPolicy,
    facts: &SignInFacts,
    risk: RiskLevel,
    known: &[AnyNamedLocation],
) -> bool {
    let conditions = &policy.conditions;
    let (users, apps) = (conditions.users.as_ref().unwrap(), conditions.applications.as_ref().unwrap());
    let user = &facts.user;
    let named = |users: &[String], groups: &[String], roles: &[String]| {
        users.iter().any(|id| id == "All" || id == "GuestsOrExternalUsers" && user.is_guest || *id == user.id)
            || groups.iter().any(|id| user.group_ids.contains(id))
            || roles.iter().any(|id| user.role_template_ids.contains(id))
    };
    let user_matches = named(&users.include_users, &users.include_groups, &users.include_roles)
        && !named(&users.exclude_users, &users.exclude_groups, &users.exclude_roles);
    let all_apps = apps.include_applications.iter().any(|id| id == "All");
    let resources = &facts.application.resource_app_ids;
    let application_matches = resources.is_empty() && all_apps
        || resources.iter().any(|id| {
            (all_apps || apps.include_applications.contains(id)) && !apps.exclude_applications.contains(id)
        });
    let wire = serde_json::to_value(facts.application.client_app_type).unwrap();
    let client_matches = conditions.client_app_types.is_empty()
        || conditions.client_app_types.iter().any(|kind| {
            *kind == ConditionalAccessClientApp::All || serde_json::to_value(kind).unwrap() == wire
        });
    let level_matches = |levels: &[RiskLevel], level| levels.is_empty() || levels.contains(&level);
    user_matches
        && application_matches
        && client_matches
        && level_matches(&conditions.sign_in_risk_levels, risk)
        && level_matches(&conditions.user_risk_levels, user.risk_level)
        && conditions.locations.as_ref().is_none_or(|locations| place_matches(locations, facts, known))
}

fn place_matches(
    locations: &ConditionalAccessLocations,
    facts: &SignInFacts,
    known: &[AnyNamedLocation],
) -> bool {
    // Some(true) inside, Some(false) outside, None cannot be told.
    let inside = |id: &String| -> Option<bool> {
        let is_in = |location: &AnyNamedLocation| match location {
            AnyNamedLocation::Ip(location) => Some(location.ip_ranges.iter().any(|range| match range {
                IpRange::V4Cidr { cidr_address } => {
                    let net: ipnet::IpNet = cidr_address.parse().unwrap();
                    net.contains(&facts.network.ip_address)
                }
                _ => panic!("the generator makes no such range"),
            })),
            AnyNamedLocation::Country(location) => match facts.network.country() {
                Some(country) => Some(location.countries_and_regions.iter().any(|code| code == country)),
                None if location.include_unknown_countries_and_regions => Some(true),
                None => None,
            },
        };
        match id.as_str() {
            "All" => Some(true),
            "AllTrusted" => {
                Some(known.iter().any(|location| location.is_trusted() && is_in(location) == Some(true)))
            }
            id => is_in(known.iter().find(|location| location.id() == id)?),
        }
    };
    locations.include_locations.iter().any(|id| inside(id) != Some(false))
        && !locations.exclude_locations.iter().any(|id| inside(id) == Some(true))
}

fn demand(policy: &ConditionalAccessPolicy, facts: &SignInFacts, risk: RiskLevel) -> Answer {
    let Some(grant) = &policy.grant_controls else { return Answer::Granted };
    if grant.built_in_controls.contains(&ConditionalAccessGrantControl::Block) {
        return Answer::BlockedByPolicy;
    }
    let passed = facts.authentication.methods.iter().any(|used| used.method.is_second_factor());
    let can_register = [risk, facts.user.risk_level].iter().all(|level| level.severity() <= 1)
        && policy.conditions.sign_in_risk_levels.is_empty()
        && policy.conditions.user_risk_levels.is_empty();
    match () {
        () if passed => Answer::Granted,
        () if facts.application.client_app_type == ClientAppType::Other => Answer::BlockedByPolicy,
        () if facts.user.is_mfa_capable() => Answer::MustPassMfa,
        () if can_register => Answer::MustRegister,
        () => Answer::RegistrationBlocked,
    }
}
