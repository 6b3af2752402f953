//! What is valid in a set of policies and probably not meant: one rule a file.
//!
//! To add a rule: write `<name>.rs` with a [`LintRule`] and its tests, add it to [`RULES`], and run the tests once with
//! `RISKGATE_WRITE_DOCS=1`, which writes its section of `docs/policy-lint.md`.

mod combined_risks;
mod coverage;
mod demand;
mod documentation;
mod emergency_account;
mod empty_group;
mod finding;
mod input;
mod long_report_only;
mod missing_object;
mod never_applies;
mod shadowed_policy;
mod skipped_level;
mod unpassable_control;
mod unregistered_devices;

pub use documentation::page as lint_page;
pub use finding::{Finding, Severity};
pub use input::{Administrator, LintInput};

/// Every rule, in the order of the documentation.
pub static RULES: &[&LintRule] = &[
    &emergency_account::RULE,
    &never_applies::RULE,
    &missing_object::RULE,
    &empty_group::RULE,
    &shadowed_policy::RULE,
    &combined_risks::RULE,
    &skipped_level::RULE,
    &unregistered_devices::RULE,
    &unpassable_control::RULE,
    &long_report_only::RULE,
];

/// A rule: what it finds, and the function that finds it.
pub struct LintRule {
    /// Identifier, words joined by hyphens.
    pub id: &'static str,
    /// What it is called for people.
    pub title: &'static str,
    /// What it finds and why that matters; Markdown.
    pub explanation: &'static str,
    /// What to do about it; Markdown.
    pub remedy: &'static str,
    /// How bad a finding is, in words; Markdown.
    pub severity: &'static str,
    check: fn(&LintInput<'_>) -> Vec<Problem>,
}

/// What a rule found about one policy.
struct Problem {
    severity: Severity,
    policy: usize,
    text: String,
}

/// Everything the rules find, the worst first, then by the order of the policies. Disabled policies are left out: they do
/// nothing until somebody enables them.
pub fn lint(input: &LintInput<'_>) -> Vec<Finding> {
    let mut findings: Vec<(usize, Finding)> = Vec::new();
    for rule in RULES {
        for problem in (rule.check)(input) {
            let Some(policy) = input.policies.get(problem.policy) else { continue };
            let finding = Finding {
                rule: rule.id.to_owned(),
                severity: problem.severity,
                policy_id: policy.id.clone(),
                policy_name: policy.display_name.clone(),
                problem: problem.text,
                remedy: rule.remedy.to_owned(),
            };
            findings.push((problem.policy, finding));
        }
    }
    findings.sort_by_key(|(policy, finding)| (finding.severity, *policy));
    findings.into_iter().map(|(_, finding)| finding).collect()
}

#[cfg(test)]
mod tests;
