use std::fmt::Write as _;

use super::RULES;

/// The documentation page about the rules, Markdown.
pub fn page() -> String {
    let mut page = String::from(
        "# What `riskgate policy lint` finds\n\n\
         `riskgate policy lint` reads the policies of the data directory and names what is valid and probably not meant. \
         It changes nothing. Disabled policies are left out. With `--output json` it prints one object with the array \
         `findings`.\n\n\
         | exit code | meaning |\n|---|---|\n\
         | 0 | nothing found, or nothing worse than a warning |\n\
         | 1 | the policies could not be read |\n\
         | 3 | at least one finding is an error |\n",
    );
    for rule in RULES {
        let _ = write!(
            page,
            "\n## {}\n\n`{}`\n\n{}\n\n**What to do.** {}\n\n**Severity.** {}.\n",
            rule.title, rule.id, rule.explanation, rule.remedy, rule.severity
        );
    }
    page
}
