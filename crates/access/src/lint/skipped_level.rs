use riskgate_model::{ConditionalAccessPolicy, ConditionalAccessPolicyState, RiskLevel};

use super::shadowed_policy::is_enforced_and_covers;
use super::{LintInput, LintRule, Problem, Severity};

pub(super) static RULE: LintRule = LintRule {
    id: "skipped-level",
    title: "A level of risk is named and a higher one is not",
    explanation: "Levels are names, not thresholds: `medium` does not stand for medium and above. A policy that names a \
                  level and not the ones above it lets the more dangerous sign-ins pass, unless another enforced policy \
                  asks the same people for at least as much at those levels.",
    remedy: "Add the missing levels to the policy, or make a policy for them that asks for as much or more.",
    severity: "`error`; `information` while the policy only reports",
    check,
};

/// The levels that can be skipped, lowest first. `none` is not one: it is no risk.
const LEVELS: [RiskLevel; 3] = [RiskLevel::Low, RiskLevel::Medium, RiskLevel::High];

/// A list of levels in a policy.
struct List {
    name: &'static str,
    get: fn(&ConditionalAccessPolicy) -> &Vec<RiskLevel>,
    set: fn(&mut ConditionalAccessPolicy, Vec<RiskLevel>),
}

const LISTS: [List; 3] = [
    List {
        name: "signInRiskLevels",
        get: |policy| &policy.conditions.sign_in_risk_levels,
        set: |policy, levels| policy.conditions.sign_in_risk_levels = levels,
    },
    List {
        name: "userRiskLevels",
        get: |policy| &policy.conditions.user_risk_levels,
        set: |policy, levels| policy.conditions.user_risk_levels = levels,
    },
    List {
        name: "servicePrincipalRiskLevels",
        get: |policy| &policy.conditions.service_principal_risk_levels,
        set: |policy, levels| policy.conditions.service_principal_risk_levels = levels,
    },
];

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, policy) in input.active() {
        for list in &LISTS {
            problems.extend(problem(place, policy, list, input));
        }
    }
    problems
}

fn problem(
    place: usize,
    policy: &ConditionalAccessPolicy,
    list: &List,
    input: &LintInput<'_>,
) -> Option<Problem> {
    let levels = (list.get)(policy);
    let lowest = LEVELS.into_iter().find(|level| levels.contains(level))?;
    let skipped: Vec<RiskLevel> = LEVELS
        .into_iter()
        .filter(|level| level.severity() > lowest.severity() && !levels.contains(level))
        .filter(|level| !is_covered_elsewhere(policy, list, *level, input))
        .collect();
    if skipped.is_empty() {
        return None;
    }
    let severity = match policy.state {
        ConditionalAccessPolicyState::Enabled => Severity::Error,
        _ => Severity::Information,
    };
    let names = skipped.iter().map(|level| format!("'{level}'")).collect::<Vec<_>>().join(" and ");
    let text = format!(
        "{} names '{lowest}' and not {names}, and no other policy asks for as much there.",
        list.name
    );
    Some(Problem { severity, policy: place, text })
}

/// Whether another policy is enforced at this level and asks for at least the same of the same people.
fn is_covered_elsewhere(
    policy: &ConditionalAccessPolicy,
    list: &List,
    level: RiskLevel,
    input: &LintInput<'_>,
) -> bool {
    let mut at_level = policy.clone();
    (list.set)(&mut at_level, vec![level]);
    input.policies.iter().any(|other| is_enforced_and_covers(other, &at_level, input))
}
