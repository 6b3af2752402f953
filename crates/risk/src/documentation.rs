use std::fmt::Write as _;

use crate::Detection;

/// The documentation page of a detection, Markdown.
pub fn page(detection: &Detection) -> String {
    let mut page = format!(
        "# {}\n\n`riskEventType`: `{}`\n\n{}\n",
        detection.title, detection.risk_event_type, detection.explanation
    );
    page.push_str("\n## Settings\n\n| key | default | meaning |\n|---|---|---|\n");
    for (key, default, meaning) in detection.settings {
        let _ = writeln!(page, "| `risk.{}` | `{default}` | {meaning} |", setting_name(key));
    }
    page.push_str("\n## Samples\n\n| case | level |\n|---|---|\n");
    for sample in (detection.samples)() {
        let level = sample.expected.map_or_else(|| "nothing found".to_owned(), |level| level.to_string());
        let _ = writeln!(page, "| {} | {level} |", sample.case);
    }
    page
}

/// What a setting is called in a configuration file: `anonymizedIpAddress.tor`, as it is stored with each sign-in, is
/// `anonymized_ip_address.tor` there.
pub fn setting_name(stored: &str) -> String {
    let mut name = String::new();
    for letter in stored.chars() {
        if letter.is_ascii_uppercase() {
            name.push('_');
        }
        name.push(letter.to_ascii_lowercase());
    }
    name
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use crate::detections;

    #[test]
    fn the_pages_in_docs_are_what_the_code_says() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/detections");
        for detection in detections::ALL {
            let (path, page) =
                (folder.join(format!("{}.md", detection.risk_event_type)), super::page(detection));
            if std::env::var_os("RISKGATE_WRITE_DOCS").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &page).unwrap();
            }
            let written = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(written, page, "run the tests once with RISKGATE_WRITE_DOCS=1");
        }
    }
}
