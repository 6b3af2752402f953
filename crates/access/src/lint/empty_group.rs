use riskgate_model::ConditionalAccessUsers;

use super::{LintInput, LintRule, Problem, Severity};

pub(super) static RULE: LintRule = LintRule {
    id: "empty-group",
    title: "A policy names a group without members",
    explanation: "An excluded group without members excludes nobody, however reassuring its name: a group of emergency \
                  accounts is the usual case. An included group without members adds nobody.",
    remedy: "Put the accounts into the group, or remove it from the policy.",
    severity: "`warning` for an excluded group, `information` for an included one",
    check,
};

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, policy) in input.active() {
        let Some(users) = &policy.conditions.users else { continue };
        problems.extend(problem(place, users, input));
    }
    problems
}

fn problem(place: usize, users: &ConditionalAccessUsers, input: &LintInput<'_>) -> Option<Problem> {
    let empty = |groups: &[String]| -> Vec<String> {
        groups.iter().filter(|id| input.empty_groups.contains(&id.to_ascii_lowercase())).cloned().collect()
    };
    let (excluded, included) = (empty(&users.exclude_groups), empty(&users.include_groups));
    let (severity, word, groups) = match (excluded.is_empty(), included.is_empty()) {
        (false, _) => (Severity::Warning, "excluded", excluded),
        (true, false) => (Severity::Information, "included", included),
        (true, true) => return None,
    };
    let shown: Vec<String> = groups.iter().take(5).map(|id| crate::error::shortened(id)).collect();
    let text = format!("Nobody is in a group that is {word}: {}.", shown.join(", "));
    Some(Problem { severity, policy: place, text })
}
