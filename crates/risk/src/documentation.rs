use std::fmt::Write as _;

use riskgate_model::RiskLevel;

use crate::{ActivityDetection, Detection};

/// The documentation page of a detection, Markdown.
pub fn page(detection: &Detection) -> String {
    let samples = (detection.samples)();
    written(
        (detection.risk_event_type, detection.title, detection.explanation),
        detection.settings,
        samples.iter().map(|sample| (sample.case, sample.expected)),
    )
}

/// The documentation page of a detection about what people do besides signing in, Markdown.
pub fn activity_page(detection: &ActivityDetection) -> String {
    written(
        (detection.risk_event_type, detection.title, detection.explanation),
        detection.settings,
        detection.samples.iter().map(|sample| (sample.case, sample.expected)),
    )
}

fn written(
    (risk_event_type, title, explanation): (&str, &str, &str),
    settings: &[(&str, &str, &str)],
    samples: impl Iterator<Item = (&'static str, Option<RiskLevel>)>,
) -> String {
    let mut page = format!("# {title}\n\n`riskEventType`: `{risk_event_type}`\n\n{explanation}\n");
    page.push_str("\n## Settings\n\n| key | default | meaning |\n|---|---|---|\n");
    for (key, default, meaning) in settings {
        let _ = writeln!(page, "| `risk.{}` | `{default}` | {meaning} |", setting_name(key));
    }
    page.push_str("\n## Samples\n\n| case | level |\n|---|---|\n");
    for (case, expected) in samples {
        let level = expected.map_or_else(|| "nothing found".to_owned(), |level| level.to_string());
        let _ = writeln!(page, "| {case} | {level} |");
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

    use crate::{ACTIVITIES, detections};

    #[test]
    fn the_pages_in_docs_are_what_the_code_says() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/detections");
        let of_sign_ins = detections::ALL.iter().map(|known| (known.risk_event_type, super::page(known)));
        let of_activities =
            ACTIVITIES.iter().map(|known| (known.risk_event_type, super::activity_page(known)));
        for (risk_event_type, page) in of_sign_ins.chain(of_activities) {
            let path = folder.join(format!("{risk_event_type}.md"));
            if std::env::var_os("RISKGATE_WRITE_DOCS").is_some() {
                std::fs::create_dir_all(&folder).unwrap();
                std::fs::write(&path, &page).unwrap();
            }
            let written = std::fs::read_to_string(&path).unwrap_or_default();
            assert_eq!(written, page, "run the tests once with RISKGATE_WRITE_DOCS=1");
        }
    }
}
