//! The `claims` parameter (OpenID Connect Core §5.5): what is understood of it, and how large it may be. What is not
//! understood is ignored, as every claim that is not listed in the discovery document.

use std::collections::BTreeSet;

use riskgate_core::Timestamp;
use riskgate_store::records::RequestedClaims;
use riskgate_tokens::{ACR_MULTI_FACTOR, ACR_SINGLE_FACTOR, CLAIMS_CHALLENGES};
use serde_json::{Map, Value as Json};

use crate::error::{OAuthError, quote};

/// Longest `claims`, in bytes; a challenge with client capabilities has some hundred.
const LONGEST: usize = 4096;
/// Longest `sub` (OpenID Connect Core §2).
const LONGEST_SUBJECT: usize = 255;
/// How deep it may be nested; `{"access_token":{"acrs":{"values":["c1"]}}}` is four deep.
const DEEPEST: usize = 8;

/// Reads the parameter; without one nothing is asked for.
///
/// # Errors
/// `invalid_request` for what is malformed or cannot be meant; `unmet_authentication_requirements` for an `acr` that no
/// sign-in here has.
pub(crate) fn requested_claims(text: Option<&str>, now: Timestamp) -> Result<RequestedClaims, OAuthError> {
    let mut requested = RequestedClaims::default();
    let Some(text) = text else { return Ok(requested) };
    if text.len() > LONGEST {
        return Err(malformed(&format!("it is longer than {LONGEST} bytes")));
    }
    let json: Json = serde_json::from_str(text).map_err(|_| malformed("it is not JSON"))?;
    if depth(&json) > DEEPEST {
        return Err(malformed(&format!("it is nested more than {DEEPEST} deep")));
    }
    let Json::Object(members) = json else { return Err(malformed("it is not an object")) };
    if let Some(claims) = claims_of(&members, "access_token")? {
        requested.access_token_contexts = contexts(claims)?;
        requested.client_capabilities = capabilities(claims)?;
        requested.authenticated_since = not_before(claims, now)?;
    }
    if let Some(claims) = claims_of(&members, "id_token")? {
        requested.id_token_contexts = contexts(claims)?;
        requested.acr_values = acr_values(claims)?;
        requested.subject = subject(claims)?;
    }
    claims_of(&members, "userinfo")?;
    Ok(requested)
}

/// The claims of one member, if it is there.
fn claims_of<'a>(
    members: &'a Map<String, Json>,
    name: &str,
) -> Result<Option<&'a Map<String, Json>>, OAuthError> {
    match members.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Object(claims)) => Ok(Some(claims)),
        Some(_) => Err(malformed(&format!("'{name}' is not an object"))),
    }
}

/// What is asked of a claim; `None` if it is not asked for, or only asked for by name.
fn wish<'a>(claims: &'a Map<String, Json>, name: &str) -> Result<Option<&'a Map<String, Json>>, OAuthError> {
    match claims.get(name) {
        None | Some(Json::Null) => Ok(None),
        Some(Json::Object(wish)) => Ok(Some(wish)),
        Some(_) => Err(malformed(&format!("'{name}' is neither null nor an object"))),
    }
}

/// The texts of `value` or `values`; a number counts as its digits.
fn texts(wish: &Map<String, Json>, name: &str) -> Result<Vec<String>, OAuthError> {
    let text = |value: &Json| match value {
        Json::String(text) => Ok(text.clone()),
        Json::Number(number) => Ok(number.to_string()),
        _ => Err(malformed(&format!("a value of '{name}' is no text"))),
    };
    match (wish.get("value"), wish.get("values")) {
        (Some(_), Some(_)) => Err(malformed(&format!("'{name}' has both 'value' and 'values'"))),
        (Some(value), None) => Ok(vec![text(value)?]),
        (None, Some(Json::Array(values))) => values.iter().map(text).collect(),
        (None, Some(_)) => Err(malformed(&format!("'values' of '{name}' is not an array"))),
        (None, None) => Ok(Vec::new()),
    }
}

/// `acrs`: authentication contexts. All that are named are asked for, since the claim can hold them all.
fn contexts(claims: &Map<String, Json>) -> Result<BTreeSet<String>, OAuthError> {
    let Some(wish) = wish(claims, "acrs")? else { return Ok(BTreeSet::new()) };
    let named = texts(wish, "acrs")?;
    if named.is_empty() {
        return Err(malformed("'acrs' names no authentication context"));
    }
    match named.iter().find(|id| !is_context(id)) {
        None => Ok(named.into_iter().collect()),
        Some(other) => {
            let reason =
                format!("'{}' is no authentication context; these are named c1 to c99", quote(other));
            Err(malformed(&reason))
        }
    }
}

fn is_context(id: &str) -> bool {
    matches!(id.as_bytes(), [b'c', b'1'..=b'9'] | [b'c', b'1'..=b'9', b'0'..=b'9'])
}

/// `xms_cc`, which clients send in any case. Capabilities that mean nothing here are left out.
fn capabilities(claims: &Map<String, Json>) -> Result<BTreeSet<String>, OAuthError> {
    let Some(wish) = wish(claims, "xms_cc")? else { return Ok(BTreeSet::new()) };
    let named = texts(wish, "xms_cc")?;
    let is_able = named.iter().any(|name| name.eq_ignore_ascii_case(CLAIMS_CHALLENGES));
    Ok(is_able.then(|| CLAIMS_CHALLENGES.to_owned()).into_iter().collect())
}

/// `nbf` of a claims challenge: seconds since 1970, as number or text.
fn not_before(claims: &Map<String, Json>, now: Timestamp) -> Result<Option<Timestamp>, OAuthError> {
    let Some(wish) = wish(claims, "nbf")? else { return Ok(None) };
    let named = texts(wish, "nbf")?;
    let [text] = named.as_slice() else { return Err(malformed("'nbf' needs one value")) };
    let is_number = (1..=12).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(seconds) = text.parse::<i64>().ok().filter(|_| is_number) else {
        return Err(malformed("'nbf' is not a number of seconds since 1970"));
    };
    // A moment to come would be asked for over and over: no sign-in of now is late enough.
    if seconds > now.as_seconds() {
        return Err(malformed("'nbf' is in the future"));
    }
    Ok(Some(Timestamp::from_seconds(seconds)))
}

/// `acr`, where it is essential (OpenID Connect Core §5.5.1.1): those asked for that a sign-in here can have.
fn acr_values(claims: &Map<String, Json>) -> Result<BTreeSet<String>, OAuthError> {
    let Some(wish) = wish(claims, "acr")? else { return Ok(BTreeSet::new()) };
    let mut named: BTreeSet<String> = texts(wish, "acr")?.into_iter().collect();
    if wish.get("essential") != Some(&Json::Bool(true)) || named.is_empty() {
        return Ok(BTreeSet::new());
    }
    named.retain(|acr| acr == ACR_SINGLE_FACTOR || acr == ACR_MULTI_FACTOR);
    if named.is_empty() {
        let message = "No sign-in here has an 'acr' that the parameter 'claims' asks for. Known are those of \
                       'acr_values_supported' in the discovery document.";
        return Err(OAuthError::bad("unmet_authentication_requirements", 90_023, message));
    }
    Ok(named)
}

/// `sub`, where one user is named (OpenID Connect Core §5.5.1).
fn subject(claims: &Map<String, Json>) -> Result<Option<String>, OAuthError> {
    let Some(wish) = wish(claims, "sub")? else { return Ok(None) };
    let mut named = texts(wish, "sub")?;
    if named.iter().any(|subject| subject.len() > LONGEST_SUBJECT) {
        return Err(malformed(&format!("'sub' is longer than {LONGEST_SUBJECT} bytes")));
    }
    match named.len() {
        0 => Ok(None),
        1 => Ok(named.pop()),
        _ => Err(malformed("'sub' names more than one user")),
    }
}

/// How deep arrays and objects are nested. The parser has stopped at 128.
fn depth(json: &Json) -> usize {
    let inner = match json {
        Json::Array(items) => items.iter().map(depth).max(),
        Json::Object(members) => members.values().map(depth).max(),
        _ => return 0,
    };
    inner.unwrap_or(0).saturating_add(1)
}

fn malformed(reason: &str) -> OAuthError {
    let message = format!("The parameter 'claims' is malformed: {reason}.");
    OAuthError::invalid_request(90_023, message)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NOW: i64 = 1_700_000_000;

    fn read(text: &str) -> Result<RequestedClaims, OAuthError> {
        requested_claims(Some(text), Timestamp::from_seconds(NOW))
    }

    fn set(values: &[&str]) -> BTreeSet<String> {
        values.iter().map(|value| (*value).to_owned()).collect()
    }

    #[test]
    fn a_step_up_with_capabilities_is_read() {
        let text = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"},"xms_cc":{"values":["CP1","llt"]},
            "nbf":{"essential":true,"value":"1699999999"}},"id_token":{"acrs":{"values":["c99","c2"]},
            "acr":{"essential":true,"values":["urn:riskgate:aal2","x"]},"sub":{"value":"ada"},"email":null},
            "userinfo":{"name":null},"other":1}"#;
        let expected = RequestedClaims {
            access_token_contexts: set(&["c1"]),
            id_token_contexts: set(&["c99", "c2"]),
            client_capabilities: set(&["cp1"]),
            authenticated_since: Some(Timestamp::from_seconds(NOW - 1)),
            acr_values: set(&["urn:riskgate:aal2"]),
            subject: Some("ada".to_owned()),
        };
        assert_eq!(read(text).unwrap(), expected);
        assert_eq!(expected.contexts(), set(&["c1", "c2", "c99"]));
    }

    #[test]
    fn what_msal_always_sends_asks_for_nothing_but_capabilities() {
        let read = read(
            r#"{"access_token":{"xms_cc":{"values":["cp1"]},"capolids":{"essential":true,"values":["x"]}}}"#,
        );
        let expected = RequestedClaims { client_capabilities: set(&["cp1"]), ..RequestedClaims::default() };
        assert_eq!(read.unwrap(), expected);
        assert_eq!(requested_claims(None, Timestamp::from_seconds(NOW)).unwrap(), RequestedClaims::default());
        let voluntary = super::tests::read(r#"{"id_token":{"acr":{"values":["level-9"]},"sub":null}}"#);
        assert_eq!(voluntary.unwrap(), RequestedClaims::default());
    }

    #[test]
    fn malformed_ones_are_refused_with_the_reason() {
        let deep = format!("{}1{}", "[".repeat(9), "]".repeat(9));
        let abyss = "[".repeat(3000);
        let long = format!("{{\"x\":\"{}\"}}", "y".repeat(LONGEST));
        for (text, reason) in [
            ("{", "not JSON"),
            ("[]", "not an object"),
            (&deep, "nested more than 8 deep"),
            (&abyss, "not JSON"),
            (&long, "longer than 4096 bytes"),
            (r#"{"access_token":1}"#, "'access_token' is not an object"),
            (r#"{"userinfo":[]}"#, "'userinfo' is not an object"),
            (r#"{"access_token":{"acrs":"c1"}}"#, "neither null nor an object"),
            (r#"{"access_token":{"acrs":{"essential":true}}}"#, "names no authentication context"),
            (r#"{"access_token":{"acrs":{"values":"c1"}}}"#, "not an array"),
            (r#"{"access_token":{"acrs":{"value":"c1","values":["c1"]}}}"#, "both 'value' and 'values'"),
            (r#"{"access_token":{"acrs":{"value":["c1"]}}}"#, "no text"),
            (r#"{"access_token":{"acrs":{"value":"c0"}}}"#, "'c0' is no authentication context"),
            (r#"{"access_token":{"acrs":{"value":"c100"}}}"#, "'c100'"),
            (r#"{"access_token":{"acrs":{"value":"C1"}}}"#, "'C1'"),
            (r#"{"access_token":{"nbf":{"value":"soon"}}}"#, "not a number of seconds"),
            (r#"{"access_token":{"nbf":{"value":-1}}}"#, "not a number of seconds"),
            (r#"{"access_token":{"nbf":{"values":[1,2]}}}"#, "needs one value"),
            (r#"{"access_token":{"nbf":{"value":1700000001}}}"#, "in the future"),
            (r#"{"id_token":{"sub":{"values":["a","b"]}}}"#, "more than one user"),
            (
                &format!(r#"{{"id_token":{{"sub":{{"value":"{}"}}}}}}"#, "a".repeat(256)),
                "longer than 255 bytes",
            ),
        ] {
            let error = read(text).unwrap_err();
            assert_eq!((error.error, error.code), ("invalid_request", 90_023), "{text}");
            assert!(error.message.contains(reason), "{text}: {}", error.message);
        }
        let error = read(r#"{"id_token":{"acr":{"essential":true,"value":"level-9"}}}"#).unwrap_err();
        assert_eq!(error.error, "unmet_authentication_requirements");
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,200}") {
            let _ = read(&text);
            let _ = read(&format!("{{\"access_token\":{{\"acrs\":{text}}}}}"));
        }
    }
}
