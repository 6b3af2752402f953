use riskgate_model::Organization;

use crate::domain::{is_domain, owns_domain};

/// Whether a text has the form of a user principal name: letters, digits and `'.-_!#^~` (contract §1.3), at most 64 of
/// them, not beginning or ending with a period, then `@` and a domain.
pub fn is_user_principal_name(text: &str) -> bool {
    let Some((local, domain)) = text.split_once('@') else { return false };
    (1..=64).contains(&local.len())
        && local.bytes().all(|b| b.is_ascii_alphanumeric() || b"'.-_!#^~".contains(&b))
        && !local.starts_with('.')
        && !local.ends_with('.')
        && is_domain(&domain.to_ascii_lowercase())
}

/// Whether a user of this organization may have this user principal name.
pub(crate) fn is_allowed(organization: &Organization, text: &str) -> bool {
    is_user_principal_name(text)
        && text.split_once('@').is_some_and(|(_, domain)| owns_domain(organization, domain))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_characters_of_the_contract_are_allowed_and_no_others() {
        for good in ["a@b.c", "Alice.O'Neil-1@Contoso.com", "x_!#^~@contoso.com", "1@2.3"] {
            assert!(is_user_principal_name(good), "{good}");
        }
        let long = format!("{}@contoso.com", "a".repeat(65));
        let bad = [
            "",
            "@",
            "alice",
            "alice@",
            "@contoso.com",
            ".a@contoso.com",
            "a.@contoso.com",
            "a b@contoso.com",
            "a@b@contoso.com",
            "al\u{ef}ce@contoso.com",
            "a+b@contoso.com",
            "a@contoso",
            "a\n@contoso.com",
            "a@contoso.com ",
            "a/b@contoso.com",
            "a%40@contoso.com",
            &long,
        ];
        for bad in bad {
            assert!(!is_user_principal_name(bad), "{bad}");
        }
    }

    proptest! {
        #[test]
        fn whatever_passes_is_plain_ascii_with_one_at_sign(text in ".{0,130}") {
            if is_user_principal_name(&text) {
                prop_assert!(text.is_ascii() && text.len() <= 113);
                prop_assert_eq!(text.matches('@').count(), 1);
                prop_assert!(!text.contains(|c: char| c.is_whitespace() || c.is_control() || "/\\\"%?&<>".contains(c)));
            }
        }

        #[test]
        fn names_made_of_allowed_characters_pass(
            local in "[A-Za-z0-9'_!#^~-][A-Za-z0-9'._!#^~-]{0,30}[A-Za-z0-9'_!#^~-]",
            domain in "[a-z0-9]{1,10}\\.[a-z]{2,5}",
        ) {
            let name = format!("{}@{}", local, domain);
            prop_assert!(is_user_principal_name(&name));
            prop_assert!(is_user_principal_name(&name.to_uppercase()));
        }

        #[test]
        fn one_wrong_character_is_enough(
            local in "[a-z]{1,8}", wrong in "[ +/\\\\%&?=(),:;<>|\\[\\]{}$*\"`@\u{e9}\u{2028}]", rest in "[a-z]{0,8}",
        ) {
            let name = format!("{}{}{}@contoso.com", local, wrong, rest);
            prop_assert!(!is_user_principal_name(&name));
        }
    }
}
