//! `url` of a batch member: relative to the version, with or without slash, with the version, or absolute.

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

/// What may not stand in a URI as it is (RFC 3986 §2). `%` stays: what is encoded already is not encoded twice.
const UNSAFE: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'<')
    .add(b'>')
    .add(b'\\')
    .add(b'^')
    .add(b'`')
    .add(b'{')
    .add(b'|')
    .add(b'}');

/// Path below the version, and query; `None` for an address of another service.
pub(super) fn split(url: &str, base_url: &str) -> Option<(String, String)> {
    let url = url.split('#').next().unwrap_or_default();
    let below = match url.split_once("://") {
        None => url,
        Some(_) => {
            let rest = strip_prefix(url, base_url)?;
            rest.starts_with('/').then_some(rest)?
        }
    };
    let (path, query) = below.split_once('?').unwrap_or((below, ""));
    let path = format!("/{}", path.trim_start_matches('/'));
    let path = match strip_prefix(&path, "/v1.0") {
        Some(rest) if rest.is_empty() || rest.starts_with('/') => rest.to_owned(),
        // An absolute address has the version in it.
        _ if url.contains("://") => return None,
        _ => path,
    };
    let encode = |text: &str| utf8_percent_encode(text, UNSAFE).to_string();
    Some((encode(&path), encode(query)))
}

fn strip_prefix<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let begins = text.get(..prefix.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(prefix));
    begins.then(|| &text[prefix.len()..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn four_forms_mean_the_same() {
        for url in [
            "users?$top=1",
            "/users?$top=1",
            "/v1.0/users?$top=1",
            "https://localhost:8443/v1.0/users?$top=1",
        ] {
            let expected = Some(("/users".to_owned(), "$top=1".to_owned()));
            assert_eq!(split(url, "https://localhost:8443"), expected, "{url}");
        }
        assert_eq!(split("users?$filter=a eq 'é'", "").unwrap().1, "$filter=a%20eq%20'%C3%A9'");
        assert_eq!(split("me?%24select=id", "").unwrap().1, "%24select=id");
    }

    #[test]
    fn other_services_are_not_called() {
        for url in [
            "https://example.com/v1.0/users",
            "https://localhost:8443.example.com/v1.0/users",
            "https://localhost:8443/beta/users",
            "file:///etc/passwd",
            "https://localhost:8443@example.com/v1.0/x",
        ] {
            assert_eq!(split(url, "https://localhost:8443"), None, "{url}");
        }
    }
}
