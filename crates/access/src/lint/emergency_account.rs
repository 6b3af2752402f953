use riskgate_model::{ConditionalAccessPolicy, ConditionalAccessPolicyState, ConditionalAccessUsers};

use super::demand::Demand;
use super::{Administrator, LintInput, LintRule, Problem, Severity};
use crate::keyword::{self, ALL};
use crate::validate::is_everything;

pub(super) static RULE: LintRule = LintRule {
    id: "missing-emergency-account",
    title: "No emergency account is excluded",
    explanation: "A policy blocks all users, or demands something of all of them, and leaves out nobody who could change \
                  it. When the policy, a named location or an authenticator turns out wrong, there is no way back in. \
                  Accounts that other policies exclude are named, because a policy that forgets them is as bad as having \
                  none.",
    remedy: "Exclude at least one account that can manage policies and is kept for emergencies only, by name or by a \
             group, from every policy for all users. Give it a long password that is kept offline, and watch its \
             sign-ins.",
    severity: "`error` if the policy blocks every application, `warning` otherwise; `information` while it only reports",
    check,
};

/// Most accounts a finding names.
const MOST_NAMES: usize = 5;

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let concerned = input.active().filter(|(_, policy)| excludes_no_one(policy, input));
    concerned.map(|(place, policy)| problem(place, policy, input)).collect()
}

fn excludes_no_one(policy: &ConditionalAccessPolicy, input: &LintInput<'_>) -> bool {
    let Some(users) = &policy.conditions.users else { return false };
    let demand = Demand::of(policy, input.strengths);
    demand.asks_for_grant_controls()
        && is_for_everyone(users, input.administrators)
        && !input.administrators.iter().any(|administrator| administrator.is_excluded(users))
}

/// All users, or all who could change the policy.
fn is_for_everyone(users: &ConditionalAccessUsers, administrators: &[Administrator]) -> bool {
    let has_administrators = !administrators.is_empty();
    keyword::has(&users.include_users, ALL)
        || has_administrators && administrators.iter().all(|administrator| administrator.is_included(users))
}

fn problem(place: usize, policy: &ConditionalAccessPolicy, input: &LintInput<'_>) -> Problem {
    let blocks = Demand::of(policy, input.strengths).blocks;
    let is_for_every_application = is_everything(policy.conditions.applications.as_ref());
    let severity = match policy.state {
        ConditionalAccessPolicyState::EnabledForReportingButNotEnforced => Severity::Information,
        _ if blocks && is_for_every_application => Severity::Error,
        _ => Severity::Warning,
    };
    let does = if blocks { "blocks" } else { "demands something of" };
    let mut text =
        format!("The policy {does} all users, and no account that can change policies is excluded from it.");
    let excluded_elsewhere: Vec<&str> = input
        .administrators
        .iter()
        .filter(|administrator| is_excluded_somewhere(administrator, input))
        .map(|administrator| administrator.name.as_str())
        .collect();
    if !excluded_elsewhere.is_empty() {
        let shown: Vec<&str> = excluded_elsewhere.iter().take(MOST_NAMES).copied().collect();
        let more = excluded_elsewhere.len().saturating_sub(shown.len());
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        text.push_str(&format!(" Other policies exclude {}{more}.", shown.join(", ")));
    }
    Problem { severity, policy: place, text }
}

fn is_excluded_somewhere(administrator: &Administrator, input: &LintInput<'_>) -> bool {
    let users = input.active().filter_map(|(_, policy)| policy.conditions.users.as_ref());
    users.into_iter().any(|users| administrator.is_excluded(users))
}
