use riskgate_model::{
    AuthenticationStrengthReference, ConditionalAccessGrantControl, ConditionalAccessGrantControls,
    ConditionalAccessPolicyState,
};

use super::{LintInput, LintRule, Problem, Severity};
use crate::grant::can_be_satisfied;

pub(super) static RULE: LintRule = LintRule {
    id: "unpassable-control",
    title: "A policy asks for what nobody can pass",
    explanation: "The policy asks for an authentication strength none of whose combinations can be registered here, or for \
                  a control this version does not enforce, and offers nothing else to pass instead. Whoever it applies to \
                  is blocked, and the sign-in page cannot help him.",
    remedy: "Allow a combination that can be registered, ask for another control, or say `block` if that is what is \
             meant.",
    severity: "`error`; `information` while the policy only reports",
    check,
};

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, policy) in input.active() {
        let Some(controls) = &policy.grant_controls else { continue };
        let unpassable = unpassable(controls, input);
        let is_or = controls.operator.as_deref().is_some_and(|operator| operator.eq_ignore_ascii_case("OR"));
        let is_hopeless =
            if is_or { unpassable.len() == number_of(controls) } else { !unpassable.is_empty() };
        if unpassable.is_empty() || !is_hopeless {
            continue;
        }
        let severity = match policy.state {
            ConditionalAccessPolicyState::Enabled => Severity::Error,
            _ => Severity::Information,
        };
        let text = format!("Nobody can pass {}.", unpassable.join(" or "));
        problems.push(Problem { severity, policy: place, text });
    }
    problems
}

/// The controls nobody can pass, for a message. What can be passed with the right device, password or click is none.
fn unpassable(controls: &ConditionalAccessGrantControls, input: &LintInput<'_>) -> Vec<String> {
    use ConditionalAccessGrantControl::{ApprovedApplication, CompliantApplication, UnknownFutureValue};
    let built_in = controls
        .built_in_controls
        .iter()
        .filter(|control| matches!(control, ApprovedApplication | CompliantApplication | UnknownFutureValue))
        .map(|control| format!("the control '{control}'"));
    let custom = controls
        .custom_authentication_factors
        .iter()
        .map(|id| format!("the custom factor '{}'", crate::error::shortened(id)));
    let strength =
        controls.authentication_strength.iter().filter_map(|strength| strength_text(strength, input));
    built_in.chain(custom).chain(strength).collect()
}

/// A strength that does not exist is named by another rule.
fn strength_text(strength: &AuthenticationStrengthReference, input: &LintInput<'_>) -> Option<String> {
    let known = input.strengths.iter().find(|known| known.id.eq_ignore_ascii_case(&strength.id))?;
    (!can_be_satisfied(known)).then(|| format!("the authentication strength '{}'", known.display_name))
}

fn number_of(controls: &ConditionalAccessGrantControls) -> usize {
    controls
        .built_in_controls
        .len()
        .saturating_add(controls.custom_authentication_factors.len())
        .saturating_add(controls.terms_of_use.len())
        .saturating_add(usize::from(controls.authentication_strength.is_some()))
}
