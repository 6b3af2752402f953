//! Resource paths: what a client wrote, taken apart once (OData 4.01 part 2 §4).

use percent_encoding::percent_decode_str;

use crate::error::GraphError;

/// Most segments a path may have; the longest resource has eight.
const MAX_SEGMENTS: usize = 16;
/// Longest path, in bytes as sent.
const MAX_PATH: usize = 4096;

/// A segment of a resource path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Segment {
    /// A name, or a key written as one: `users`, `dismiss`, `6f1b2c3d-...`.
    Plain(String),
    /// A key in parentheses: `('6f1b2c3d-...')`.
    Key(String),
    /// An alternate key: `(appId='...')`, name and value.
    AlternateKey(String, String),
    /// A function that is called without parameters: `usage()` (OData 4.01 part 2 §4.5.2).
    Function(String),
}

/// Splits a path below the version (`users/{id}/memberOf`), percent-decoded. Empty segments are passed over: clients
/// whose base URL ends with a slash send `//` (SDK notes §1.1).
///
/// # Errors
/// 400 for what cannot be a resource path.
pub(crate) fn parse_path(path: &str) -> Result<Vec<Segment>, GraphError> {
    if path.len() > MAX_PATH {
        return Err(GraphError::unknown_segment(path));
    }
    let mut segments = Vec::new();
    for raw in path.split('/').filter(|raw| !raw.is_empty()) {
        if segments.len() >= MAX_SEGMENTS {
            return Err(GraphError::unknown_segment(raw));
        }
        let segment = decode(raw).ok_or_else(|| GraphError::unknown_segment(raw))?;
        push(&mut segments, segment);
    }
    Ok(segments)
}

/// Text of a segment. Control characters are in no name and no key, and NUL is refused by databases.
fn decode(raw: &str) -> Option<String> {
    let text = percent_decode_str(raw).decode_utf8().ok()?;
    (!text.chars().any(char::is_control)).then(|| text.into_owned())
}

fn push(segments: &mut Vec<Segment>, text: String) {
    let Some((name, key)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) else {
        segments.push(Segment::Plain(text));
        return;
    };
    if !name.is_empty() && key.is_empty() {
        segments.push(Segment::Function(name.to_owned()));
        return;
    }
    if !name.is_empty() {
        segments.push(Segment::Plain(name.to_owned()));
    }
    segments.push(match key.split_once('=') {
        Some((property, value)) if is_name(property.trim()) => {
            Segment::AlternateKey(property.trim().to_owned(), unquote(value.trim()))
        }
        _ => Segment::Key(unquote(key.trim())),
    });
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
}

/// A string literal's text, in which a quote is written twice; anything else as it is.
fn unquote(text: &str) -> String {
    match text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) {
        Some(inner) => inner.replace("''", "'"),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> Segment {
        Segment::Plain(text.to_owned())
    }

    #[test]
    fn a_key_may_stand_in_its_own_segment_or_in_parentheses() {
        assert_eq!(parse_path("/users/42").unwrap(), [plain("users"), plain("42")]);
        assert_eq!(
            parse_path("users('42')/memberOf").unwrap(),
            [plain("users"), Segment::Key("42".into()), plain("memberOf")]
        );
        assert_eq!(
            parse_path("users('o''neil%40contoso.com')").unwrap()[1],
            Segment::Key("o'neil@contoso.com".into())
        );
        assert_eq!(
            parse_path("applications(appId='7')").unwrap()[1],
            Segment::AlternateKey("appId".into(), "7".into())
        );
        assert_eq!(parse_path("directoryRoles/roleTemplateId%3D7").unwrap()[1], plain("roleTemplateId=7"));
    }

    #[test]
    fn a_function_without_parameters_has_empty_parentheses() {
        assert_eq!(parse_path("a/usage()").unwrap(), [plain("a"), Segment::Function("usage".into())]);
    }

    #[test]
    fn double_slashes_are_one() {
        assert_eq!(parse_path("//users//").unwrap(), [plain("users")]);
        assert_eq!(parse_path("").unwrap(), []);
    }

    #[test]
    fn what_no_resource_is_called_is_refused() {
        for path in ["users/%00", "users/a%0Ab", "users/%FF", &"a/".repeat(17), &"a".repeat(5000)] {
            assert_eq!(parse_path(path).unwrap_err().status, 400, "{path}");
        }
    }

    #[test]
    fn an_encoded_slash_does_not_make_a_segment() {
        assert_eq!(parse_path("users/a%2Fb").unwrap(), [plain("users"), plain("a/b")]);
    }

    #[test]
    fn dots_mean_nothing() {
        assert_eq!(parse_path("users/../groups").unwrap(), [plain("users"), plain(".."), plain("groups")]);
    }
}
