//! What is refused, with which words, at which place.

use super::{full_device, matches, refusal};
use crate::filter_rule::{DeviceFilterRule, MAX_RULE_CHARACTERS, MAX_RULE_DEPTH, MAX_RULE_TERMS};

#[test]
fn a_refusal_names_the_place_and_what_is_expected() {
    for (rule, expected) in [
        ("", "'device.', '-not' or '(' is expected instead of the end at character 1"),
        ("   ", "'device.', '-not' or '(' is expected instead of the end at character 4"),
        ("device.model", "an operator such as '-eq' is expected instead of the end at character 13"),
        ("device.model eq \"A\"", "an operator such as '-eq' is expected instead of 'eq' at character 14"),
        (
            "device.model -eq",
            "a text in double quotes or null is expected instead of the end at character 17",
        ),
        (
            "device.model -eq True",
            "a text in double quotes or null is expected instead of 'True' at character 18",
        ),
        (
            "device.model -startsWith null",
            "a text in double quotes is expected instead of 'null' at character 26",
        ),
        (
            "device.model -eq [\"A\"]",
            "a text in double quotes or null is expected instead of '[' at character 18",
        ),
        (
            "device.model -in \"A\"",
            "a list such as [\"a\", \"b\"] is expected instead of a text at character 18",
        ),
        ("device.model -in []", "a text in double quotes is expected instead of ']' at character 19"),
        ("device.model -in [\"A\",]", "a text in double quotes is expected instead of ']' at character 23"),
        ("device.model -in [null]", "a text in double quotes is expected instead of 'null' at character 19"),
        ("device.model -in [\"A\" \"B\"]", "',' or ']' is expected instead of a text at character 23"),
        ("device.model -in [\"A\"", "',' or ']' is expected instead of the end at character 22"),
        (
            "device.isCompliant -eq \"yes\"",
            "True, False or null is expected instead of a text at character 24",
        ),
        ("device.isCompliant -eq 1", "True, False or null is expected instead of '1' at character 24"),
        ("device.isCompliant -eq [", "True, False or null is expected instead of '[' at character 24"),
        (
            "device.isCompliant -in [\"True\"]",
            "'isCompliant' cannot be compared with '-in'; '-eq' or '-ne' is expected at character 20",
        ),
        (
            "device.systemLabels -startsWith \"A\"",
            "'systemLabels' cannot be compared with '-startsWith'; '-contains' or '-notContains' is expected at \
             character 21",
        ),
        (
            "device.systemLabels -eq \"A\"",
            "null after a collection and '-eq' or '-ne' is expected instead of a text at character 25",
        ),
        ("(device.model -eq \"A\"", "')' is expected instead of the end at character 22"),
        ("device.model -eq \"A\")", "'-and', '-or' or the end is expected instead of ')' at character 21"),
        (
            "device.model -eq \"A\" and device.model -eq \"B\"",
            "'-and', '-or' or the end is expected instead of 'and' at character 22",
        ),
        (
            "device.model -eq \"A\" -and",
            "'device.', '-not' or '(' is expected instead of the end at character 26",
        ),
        (
            "device.model -eq \"A\" -not",
            "'-and', '-or' or the end is expected instead of '-not' at character 22",
        ),
        (
            "-and device.model -eq \"A\"",
            "'device.', '-not' or '(' is expected instead of '-and' at character 1",
        ),
        ("()", "'device.', '-not' or '(' is expected instead of ')' at character 2"),
        ("device.model -eq \"A", "'\"' is expected to end the text that starts at character 18"),
        ("device.model -eq \"A`", "'\"' or '`' is expected after the escape character '`' at character 20"),
        (
            "device.model -eq \"A`n\"",
            "'\"' or '`' is expected after the escape character '`' at character 20",
        ),
        (
            "device.model -eq 'A'",
            "''' starts neither a name, an operator nor a text in double quotes at character 18",
        ),
        ("§", "'§' starts neither a name, an operator nor a text in double quotes at character 1"),
        (
            "device.model -eq \"öö\" §",
            "'§' starts neither a name, an operator nor a text in double quotes at character 23",
        ),
    ] {
        assert_eq!(refusal(rule), expected, "{rule}");
    }
}

#[test]
fn unknown_words_are_named() {
    for name in [
        "device.colour",
        "device.",
        "model",
        "user.model",
        "device.device.model",
        "device.extensionAttribute0",
        "device.extensionAttribute16",
        "device.extensionAttribute01",
        "device.isManaged",
        "null",
    ] {
        let text = refusal(&format!("{name} -eq \"A\""));
        assert!(text.starts_with(&format!("'{name}' is not an attribute of a device")), "{text}");
        assert!(text.ends_with("at character 1"), "{text}");
    }
    for operator in ["-equals", "-any", "-", "-match", "-eq.", "-le"] {
        let text = refusal(&format!("device.model {operator} \"A\""));
        assert!(text.starts_with(&format!("'{operator}' is not an operator; '-eq', ")), "{text}");
        assert!(text.ends_with("at character 14"), "{text}");
    }
    let long = refusal(&format!("device.{} -eq \"A\"", "x".repeat(2_000)));
    assert!(long.len() < 200, "{long}");
}

#[test]
fn texts_hold_any_character() {
    let mut device = full_device();
    for (written, text) in [
        ("a`\"b``c", "a\"b`c"),
        ("(-and) [,] device.model", "(-and) [,] device.model"),
        ("back\\slash and 'quote'", "back\\slash and 'quote'"),
        ("line\nbreak\u{0}", "line\nbreak\u{0}"),
        ("日本語 🦀", "日本語 🦀"),
        ("", ""),
    ] {
        device.model = Some(text.to_owned());
        assert!(matches(&format!("device.model -eq \"{written}\""), Some(&device)), "{written}");
    }
}

#[test]
fn spaces_are_needed_only_between_words() {
    let device = Some(full_device());
    for rule in [
        "(device.model-ne\"A\")-and(device.operatingSystem-in[\"Windows\",\"iOS\"])",
        "\n\tdevice.model\u{a0} -ne \r\n \"A\"  ",
    ] {
        assert!(matches(rule, device.as_ref()), "{rule}");
    }
}

#[test]
fn a_rule_has_at_most_3072_characters() {
    let rule_of = |characters: usize| {
        let frame = "device.model -eq \"\"";
        format!("device.model -eq \"{}\"", "ö".repeat(characters - frame.len()))
    };
    assert!(DeviceFilterRule::parse(&rule_of(MAX_RULE_CHARACTERS)).is_ok());
    let error = DeviceFilterRule::parse(&rule_of(MAX_RULE_CHARACTERS + 1)).unwrap_err();
    assert_eq!(error.to_string(), "the rule is longer than 3072 characters at character 3073");
    assert_eq!(error.position(), 3_073);
    for hostile in ["(".repeat(10_000), "-not ".repeat(10_000), "\"".repeat(1_000_000)] {
        assert!(refusal(&hostile).starts_with("the rule is longer than"));
    }
}

#[test]
fn nesting_is_bounded() {
    let nested = |depth: usize| format!("{}device.model -ne \"A\"{}", "(".repeat(depth), ")".repeat(depth));
    let negated = |depth: usize| format!("{}device.model -ne \"A\"", "-not ".repeat(depth));
    assert!(matches(&nested(MAX_RULE_DEPTH), None));
    assert!(matches(&negated(MAX_RULE_DEPTH), None));
    let problem = "parentheses and '-not' are nested deeper than 32 at character";
    assert_eq!(refusal(&nested(MAX_RULE_DEPTH + 1)), format!("{problem} 33"));
    assert_eq!(refusal(&negated(MAX_RULE_DEPTH + 1)), format!("{problem} 161"));
    assert_eq!(refusal(&"(".repeat(3_000)), format!("{problem} 33"));
    assert_eq!(refusal(&"-not(".repeat(600)), format!("{problem} 81"));
    // One after the other is not nesting.
    let side_by_side = vec!["(device.model -ne \"A\")"; 100].join(" -and ");
    assert!(matches(&side_by_side, None));
}

#[test]
fn the_number_of_terms_is_bounded() {
    let list = |items: usize| format!("device.model -in [{}]", vec!["\"\""; items].join(","));
    assert!(DeviceFilterRule::parse(&list(MAX_RULE_TERMS - 1)).is_ok());
    let error = refusal(&list(MAX_RULE_TERMS));
    assert!(
        error.starts_with("the rule has more than 512 comparisons and list items at character"),
        "{error}"
    );
}
