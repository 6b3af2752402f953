use http::{HeaderMap, HeaderValue};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use riskgate_authentication::SignedIn;

/// Everything but printable ASCII is escaped, and the sign of escaping itself.
const ESCAPED: &AsciiSet = &CONTROLS.add(b'%');
/// Most groups that are named: identifiers of 36 characters, which proxies keep in a few kilobytes.
const MOST_GROUPS: usize = 50;

/// Adds who is signed in. Every header is set, also to nothing, so that it takes the place of one a visitor sent. `groups`
/// are named if there are at most 50; of more none is, and `Remote-Groups-Overage` says so.
pub(crate) fn identify(headers: &mut HeaderMap, signed_in: &SignedIn, groups: &[String]) {
    let user = &signed_in.user;
    let name = user.user_principal_name.as_deref().unwrap_or_default();
    let is_too_many = groups.len() > MOST_GROUPS;
    let groups = if is_too_many { String::new() } else { groups.join(",") };
    for (header, value) in [
        ("remote-user", name),
        ("remote-name", user.display_name.as_deref().unwrap_or_default()),
        ("remote-email", user.mail.as_deref().unwrap_or_default()),
        ("remote-groups", &groups),
        ("remote-groups-overage", if is_too_many { "true" } else { "" }),
        ("x-riskgate-user", name),
        ("x-riskgate-object-id", &user.id),
        ("x-riskgate-session-id", &signed_in.session.grant.session_id),
    ] {
        headers.insert(header, value_of(value));
    }
}

fn value_of(text: &str) -> HeaderValue {
    let escaped = utf8_percent_encode(text, ESCAPED).to_string();
    // What is escaped is printable ASCII.
    HeaderValue::from_str(&escaped).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_cannot_break_out_and_stay_apart() {
        for (text, expected) in [
            ("Ada Lovelace", "Ada Lovelace"),
            ("ada@contoso.com", "ada@contoso.com"),
            ("Zoë", "Zo%C3%AB"),
            ("Zo%C3%AB", "Zo%25C3%25AB"),
            ("a\r\nRemote-User: admin", "a%0D%0ARemote-User: admin"),
            ("", ""),
        ] {
            assert_eq!(value_of(text), expected);
        }
    }
}
