use super::{LintInput, LintRule, Problem, Severity};
use crate::known::{ObjectKind, references, security_attributes};

pub(super) static RULE: LintRule = LintRule {
    id: "missing-object",
    title: "A policy refers to something that no longer exists",
    explanation: "Objects can be deleted while policies name them. A deleted user, group or application is simply never \
                  met again. A deleted named location cannot be looked up, so it counts against every request, and a \
                  deleted authentication strength or agreement can never be satisfied.",
    remedy: "Restore the object, or remove its identifier from the policy.",
    severity: "`error` for a named location, an authentication strength or an agreement, `warning` otherwise",
    check,
};

/// Most identifiers a finding names.
const MOST_IDS: usize = 5;

fn check(input: &LintInput<'_>) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (place, policy) in input.active() {
        let attributes = security_attributes(policy);
        let named = references(policy)
            .into_iter()
            .chain(attributes.iter().map(|id| (ObjectKind::SecurityAttribute, id.as_str())));
        let mut missing: Vec<(ObjectKind, &str)> =
            named.filter(|(kind, id)| !input.known.exists(*kind, id)).collect();
        missing.sort_unstable();
        missing.dedup();
        if missing.is_empty() {
            continue;
        }
        let severity = match missing.iter().all(|(kind, _)| is_harmless(*kind)) {
            true => Severity::Warning,
            false => Severity::Error,
        };
        let shown: Vec<String> = missing
            .iter()
            .take(MOST_IDS)
            .map(|(kind, id)| format!("{} {}", kind.type_name(), crate::error::shortened(id)))
            .collect();
        let more = missing.len().saturating_sub(shown.len());
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        let text = format!("What the policy names does not exist: {}{more}.", shown.join(", "));
        problems.push(Problem { severity, policy: place, text });
    }
    problems
}

/// Whether an object of this kind that is not there leaves the policy as narrow or narrower than it was.
fn is_harmless(kind: ObjectKind) -> bool {
    matches!(kind, ObjectKind::User | ObjectKind::Group | ObjectKind::RoleTemplate | ObjectKind::Application)
}
