use riskgate_model::{ConditionalAccessFilter, ConditionalAccessPolicyState, FilterMode};

use super::{LintInput, LintRule, Problem, Severity};
use crate::filter_rule::DeviceFilterRule;

pub(super) static RULE: LintRule = LintRule {
    id: "unregistered-devices",
    title: "A device filter decides about devices that are not registered",
    explanation: "All attributes of a device that is not registered are null. Null satisfies every negative operator \
                  (`-ne`, `-notStartsWith`, `-notEndsWith`, `-notContains`, `-notIn`) and no positive one. So a filter \
                  that excludes with a negative operator lets every unregistered device escape the policy, which an \
                  attacker's always is; and one that includes with a positive operator never reaches them.",
    remedy: "To let known devices pass, exclude with positive operators only, such as `device.isCompliant -eq True`. To \
             reach unregistered devices, include with a negative operator, or drop the filter.",
    severity: "`error` if an excluding filter lets unregistered devices escape an enforced policy, `warning` while it \
               only reports; `information` about including filters",
    check,
};

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, policy) in input.active() {
        let devices = policy.conditions.devices.as_ref();
        let Some(filter) = devices.and_then(|devices| devices.device_filter.as_ref()) else { continue };
        let Ok(rule) = DeviceFilterRule::parse(&filter.rule) else { continue };
        let Some((severity, consequence)) = judge(filter, &rule, policy.state) else { continue };
        let attributes: Vec<String> =
            rule.attributes().into_iter().map(|attribute| format!("device.{attribute}")).collect();
        let text = format!("{consequence} The filter looks at {}.", attributes.join(", "));
        problems.push(Problem { severity, policy: place, text });
    }
    problems
}

fn judge(
    filter: &ConditionalAccessFilter,
    rule: &DeviceFilterRule,
    state: ConditionalAccessPolicyState,
) -> Option<(Severity, &'static str)> {
    match (filter.mode, rule.matches_unregistered()) {
        (FilterMode::Exclude, true) => {
            let severity = match state {
                ConditionalAccessPolicyState::Enabled => Severity::Error,
                _ => Severity::Warning,
            };
            Some((
                severity,
                "Devices that are not registered are excluded from the policy, so it never applies to them.",
            ))
        }
        (FilterMode::Exclude, false) => None,
        (FilterMode::Include, true) => {
            Some((Severity::Information, "The policy also applies to every device that is not registered."))
        }
        (FilterMode::Include, false) => {
            Some((Severity::Information, "The policy never applies to devices that are not registered."))
        }
    }
}
