use std::process::ExitCode;

use riskgate_access::{Finding, Severity};
use serde_json::json;

use crate::cli::{Output, PolicyLintArgs};
use crate::commands::open;
use crate::print;

/// What the program exits with when a finding is an error; 1 is a failure, 2 a mistake on the command line.
const ERRORS_FOUND: u8 = 3;

/// Names mistakes in the tenant's policies. Exits with 0 if none of them is an error, and with 3 otherwise.
///
/// # Errors
/// If the policies cannot be read.
pub(crate) async fn run(arguments: PolicyLintArgs) -> anyhow::Result<ExitCode> {
    let system = open(&arguments.common).await?;
    let findings = system.protection.lint_policies(&[]).await?;
    match arguments.common.output {
        Output::Json => print::json(&json!({ "findings": findings }))?,
        Output::Text => print::text(&text(&findings))?,
    }
    let has_errors = findings.iter().any(|finding| finding.severity == Severity::Error);
    Ok(if has_errors { ExitCode::from(ERRORS_FOUND) } else { ExitCode::SUCCESS })
}

fn text(findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "Nothing found.\n".to_owned();
    }
    let block = |finding: &Finding| {
        let Finding { rule, severity, policy_id, policy_name, problem, remedy } = finding;
        format!("{}: {policy_name} ({policy_id})\n  {problem}\n  {remedy}\n  [{rule}]\n\n", severity.name())
    };
    let blocks: String = findings.iter().map(block).collect();
    let count = |severity| findings.iter().filter(|finding| finding.severity == severity).count();
    format!(
        "{blocks}Errors: {}, warnings: {}, information: {}.\n",
        count(Severity::Error),
        count(Severity::Warning),
        count(Severity::Information)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn findings_are_told_with_what_to_do_and_counted() {
        assert_eq!(text(&[]), "Nothing found.\n");
        let finding = Finding {
            rule: "combined-risks".to_owned(),
            severity: Severity::Warning,
            policy_id: "1".to_owned(),
            policy_name: "Risk".to_owned(),
            problem: "Both.".to_owned(),
            remedy: "Make two.".to_owned(),
        };
        let expected = "warning: Risk (1)\n  Both.\n  Make two.\n  [combined-risks]\n\nErrors: 0, warnings: 1, information: 0.\n";
        assert_eq!(text(&[finding]), expected);
    }
}
