//! What a `User-Agent` header claims: family and major version of the program, family of the operating system. Own small
//! rule tables instead of a general parser: risk needs no more, and every rule can be read here.

mod browser;
mod system;
mod tool;

use riskgate_model::ClientFacts;

/// Longest user agent that is kept and looked at, in characters.
const MAX_CHARACTERS: usize = 1_024;

/// Reads a `User-Agent` header. An absent or blank one gives nothing; a longer one than 1,024 characters is cut.
///
/// `browser` also names command-line tools and libraries (`curl 8`), because a change of them is telling too;
/// `is_browser` is false for them and for crawlers and remote-controlled browsers.
pub fn read_user_agent(user_agent: Option<&str>) -> ClientFacts {
    let Some(text) = user_agent.filter(|text| !text.trim().is_empty()) else {
        return ClientFacts::default();
    };
    let end = text.char_indices().nth(MAX_CHARACTERS).map_or(text.len(), |(index, _)| index);
    let text = &text[..end];
    let tool = tool::recognise(text);
    let browser = if tool.is_none() { browser::recognise(text) } else { None };
    ClientFacts {
        user_agent: Some(text.to_owned()),
        is_browser: browser.is_some(),
        browser: tool.or(browser),
        operating_system: system::recognise(text),
        platform: system::platform(text),
        device_cookie_id: None,
        list_hits: Vec::new(),
    }
}

/// The digits directly behind `token`, at most four.
fn version_after<'a>(text: &'a str, token: &str) -> Option<&'a str> {
    let rest = &text[text.find(token)? + token.len()..];
    let digits = rest.bytes().take(4).take_while(u8::is_ascii_digit).count();
    (digits > 0).then(|| &rest[..digits])
}

/// `Name 12`, or `Name` when the version is not known.
fn named(name: &str, version: Option<&str>) -> String {
    version.map_or_else(|| name.to_owned(), |version| format!("{name} {version}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_long_user_agent_is_cut_between_characters() {
        let facts = read_user_agent(Some(&"é".repeat(2_000)));
        assert_eq!(facts.user_agent.unwrap(), "é".repeat(1_024));
        assert!(!facts.is_browser);
    }

    #[test]
    fn nothing_is_claimed_by_an_absent_or_blank_header() {
        assert_eq!(read_user_agent(None), ClientFacts::default());
        assert_eq!(read_user_agent(Some("  ")), ClientFacts::default());
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_harm(
            words in proptest::collection::vec(
                prop_oneof![
                    Just("Mozilla/5.0 (".to_owned()), Just("Chrome/".to_owned()), Just("Windows NT 10.0".to_owned()),
                    Just("bot".to_owned()), Just("iPhone OS ".to_owned()), Just("Version/1".to_owned()), ".{0,12}",
                ],
                0..12,
            ),
        ) {
            let text = words.concat();
            let facts = read_user_agent(Some(&text));
            prop_assert!(facts.user_agent.as_ref().is_none_or(|kept| text.starts_with(kept.as_str())));
            prop_assert!(!facts.is_browser || facts.browser.is_some());
        }
    }
}
