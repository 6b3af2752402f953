use super::{LintInput, LintRule, Problem, Severity};

pub(super) static RULE: LintRule = LintRule {
    id: "combined-risks",
    title: "Sign-in risk and user risk in one policy",
    explanation: "A policy applies only if all its conditions are met. With levels of sign-in risk and of user risk in one \
                  policy, a risky sign-in of a user who is not at risk yet passes unasked, and so does a harmless-looking \
                  sign-in of a user who is.",
    remedy: "Make two policies: one with the levels of sign-in risk that asks for multifactor authentication, one with \
             the levels of user risk that asks for a new password.",
    severity: "`warning`",
    check,
};

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let has_both = input.active().filter(|(_, policy)| {
        !policy.conditions.sign_in_risk_levels.is_empty() && !policy.conditions.user_risk_levels.is_empty()
    });
    let text = "The policy applies only when the sign-in and the user are both at the levels it names.";
    has_both
        .map(|(policy, _)| Problem { severity: Severity::Warning, policy, text: text.to_owned() })
        .collect()
}
