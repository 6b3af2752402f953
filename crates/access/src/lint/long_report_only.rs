use std::time::Duration;

use riskgate_model::ConditionalAccessPolicyState;

use super::{LintInput, LintRule, Problem, Severity};

/// How long a policy may report before somebody is reminded.
const PATIENCE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

pub(super) static RULE: LintRule = LintRule {
    id: "long-report-only",
    title: "A policy has only reported for a long time",
    explanation: "A policy that only reports protects nobody. It is meant for watching what would happen, and after 30 \
                  days without a change that is known or forgotten.",
    remedy: "Look at what the policy would have done in the sign-in log, then enable or delete it.",
    severity: "`information`",
    check,
};

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, policy) in input.active() {
        if policy.state != ConditionalAccessPolicyState::EnabledForReportingButNotEnforced {
            continue;
        }
        let Some(since) = policy.modified_date_time.max(policy.created_date_time) else { continue };
        let age = input.at.since(since);
        if age > PATIENCE {
            let days = age.as_secs().checked_div(24 * 60 * 60).unwrap_or_default();
            let text = format!("The policy has only reported, without a change, for {days} days.");
            problems.push(Problem { severity: Severity::Information, policy: place, text });
        }
    }
    problems
}
