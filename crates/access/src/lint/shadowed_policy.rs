use riskgate_model::{ConditionalAccessPolicy, ConditionalAccessPolicyState};

use super::coverage::covers;
use super::demand::Demand;
use super::{LintInput, LintRule, Problem, Severity};

pub(super) static RULE: LintRule = LintRule {
    id: "shadowed-policy",
    title: "Another policy already demands as much of more people",
    explanation: "Whenever this policy applies, another enforced policy applies too and asks for at least the same. So \
                  this policy changes nothing, and whoever relaxes it will wonder why nothing happens.",
    remedy: "Delete the policy, or change one of the two so that they differ the way they were meant to.",
    severity: "`warning`; `information` while the policy only reports",
    check,
};

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let shadow = |(place, policy): (usize, &ConditionalAccessPolicy)| {
        let broader = input.active().find(|other| is_shadowed((place, policy), *other, input))?;
        let severity = match policy.state {
            ConditionalAccessPolicyState::Enabled => Severity::Warning,
            _ => Severity::Information,
        };
        let text = format!(
            "Whenever the policy applies, '{}' applies too and asks for at least the same.",
            broader.1.display_name
        );
        Some(Problem { severity, policy: place, text })
    };
    input.active().filter_map(shadow).collect()
}

fn is_shadowed(
    (place, policy): (usize, &ConditionalAccessPolicy),
    (other_place, other): (usize, &ConditionalAccessPolicy),
    input: &LintInput<'_>,
) -> bool {
    // Of two that say the same, the later one is superfluous, but never the only one that is enforced.
    place != other_place
        && is_enforced_and_covers(other, policy, input)
        && (other_place < place || !is_enforced_and_covers(policy, other, input))
}

/// Whether `broad` is enforced, and applies whenever `narrow` does with at least the same demand.
pub(super) fn is_enforced_and_covers(
    broad: &ConditionalAccessPolicy,
    narrow: &ConditionalAccessPolicy,
    input: &LintInput<'_>,
) -> bool {
    broad.state == ConditionalAccessPolicyState::Enabled
        && covers(&broad.conditions, &narrow.conditions)
        && Demand::of(broad, input.strengths).is_at_least(&Demand::of(narrow, input.strengths))
}
