use riskgate_model::AgreementFileLocalization;

/// Most languages looked at.
const MOST: usize = 20;

/// The file for a reader with this `Accept-Language` (RFC 9110 §12.5.4): in the language he likes best, with or without
/// its region, otherwise the default, otherwise the first.
pub fn preferred_file<'a>(
    files: &'a [AgreementFileLocalization],
    accept_language: Option<&str>,
) -> Option<&'a AgreementFileLocalization> {
    let language = |file: &'a AgreementFileLocalization| file.language.as_deref().unwrap_or_default();
    for wanted in languages_by_preference(accept_language.unwrap_or_default()) {
        let exact = files.iter().find(|file| language(file).eq_ignore_ascii_case(wanted));
        let related =
            || files.iter().find(|file| primary(language(file)).eq_ignore_ascii_case(primary(wanted)));
        if let Some(file) = exact.or_else(related) {
            return Some(file);
        }
    }
    files.iter().find(|file| file.is_default == Some(true)).or(files.first())
}

/// The language tags of an `Accept-Language` header (RFC 9110 §12.5.4), best first; at most 20, no wildcard taken out.
pub fn languages_by_preference(header: &str) -> Vec<&str> {
    let mut wanted: Vec<(&str, f32)> = header
        .split(',')
        .take(MOST)
        .filter_map(|item| {
            let (tag, weight) = item.split_once(';').unwrap_or((item, "q=1"));
            let weight = weight.trim().strip_prefix("q=")?.parse().ok()?;
            Some((tag.trim(), weight))
        })
        .filter(|(tag, weight)| !tag.is_empty() && *weight > 0.0)
        .collect();
    wanted.sort_by(|(_, left), (_, right)| right.total_cmp(left));
    wanted.into_iter().map(|(tag, _)| tag).collect()
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(language: &str, is_default: bool) -> AgreementFileLocalization {
        AgreementFileLocalization {
            language: Some(language.to_owned()),
            is_default: Some(is_default),
            ..AgreementFileLocalization::default()
        }
    }

    #[test]
    fn the_best_language_wins_then_the_default() {
        let files = [file("de", false), file("en", true), file("fr-CA", false), file("fr", false)];
        let chosen = |header: Option<&str>| {
            preferred_file(&files, header).and_then(|file| file.language.clone()).unwrap()
        };
        assert_eq!(chosen(None), "en");
        assert_eq!(chosen(Some("de-AT, en;q=0.9")), "de");
        assert_eq!(chosen(Some("en;q=0.2, fr;q=0.8")), "fr");
        assert_eq!(chosen(Some("FR-ca")), "fr-CA");
        assert_eq!(chosen(Some("fr-BE")), "fr-CA", "the first of that language");
        for header in ["", "*", "ja", "de;q=0", ";;;,,q=1", "de;q=x"] {
            assert_eq!(chosen(Some(header)), "en", "{header}");
        }
        assert_eq!(preferred_file(&[], Some("en")), None);
        assert!(preferred_file(&[file("de", false)], Some("en")).is_some(), "better than nothing");
    }
}
