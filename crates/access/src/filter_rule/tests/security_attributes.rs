//! The same language about custom security attributes.

use riskgate_model::{SecurityAttributeFact, SecurityAttributeFacts, security_attribute_key};

use crate::filter_rule::SecurityAttributeRule;

fn parse(rule: &str) -> SecurityAttributeRule {
    SecurityAttributeRule::parse(&with_names(rule)).unwrap_or_else(|error| panic!("{rule}: {error}"))
}

/// `:Project` is short for the attribute `Project` of the set `Engineering`.
fn with_names(rule: &str) -> String {
    rule.replace(':', "CustomSecurityAttribute.Engineering_")
}

fn attributes() -> SecurityAttributeFacts {
    let texts = ["Alpine", "Baker Street"].map(str::to_owned).to_vec();
    [
        ("Project", SecurityAttributeFact::Text("Alpine Pro".to_owned())),
        ("Tags", SecurityAttributeFact::Texts(texts)),
        ("None", SecurityAttributeFact::Texts(Vec::new())),
        ("Höhe", SecurityAttributeFact::Text("L".to_owned())),
    ]
    .into_iter()
    .map(|(name, value)| (security_attribute_key("Engineering", name), value))
    .collect()
}

#[test]
fn texts_and_collections_answer_every_operator() {
    for (rule, expected) in [
        (":Project -eq \"alpine pro\"", true),
        (":Project -eq \"Alpine\"", false),
        (":Project -contains \"pine P\"", true),
        (":Project -startsWith \"Alpine\"", true),
        (":Project -notEndsWith \"Pro\"", false),
        (":Project -in [\"x\", \"Alpine Pro\"]", true),
        (":Project -eq null", false),
        // A collection contains a whole item, and passes another test if one of its items does.
        (":Tags -contains \"ALPINE\"", true),
        (":Tags -contains \"Baker\"", false),
        (":Tags -notContains \"Baker\"", true),
        (":Tags -eq \"Alpine\"", true),
        (":Tags -ne \"Alpine\"", false),
        (":Tags -startsWith \"Baker\"", true),
        (":Tags -notIn [\"x\"]", true),
        (":Tags -ne null", true),
        // What is not assigned is null, and so is an empty collection.
        (":Missing -eq \"x\"", false),
        (":Missing -ne \"x\"", true),
        (":None -eq null", true),
        (":Höhe -eq \"l\"", true),
        ("-not (:Project -eq \"x\" -or :Tags -contains \"Alpine\")", false),
    ] {
        assert_eq!(parse(rule).matches(&attributes()), expected, "{rule}");
        assert_eq!(parse(&with_names(rule).to_uppercase()).matches(&attributes()), expected, "{rule}");
    }
}

#[test]
fn names_are_a_set_and_an_attribute() {
    for name in [
        "device.model",
        "CustomSecurityAttribute.Project",
        "CustomSecurityAttribute._Project",
        "CustomSecurityAttribute.Engineering_",
        "CustomSecurityAttribute.Engineering.Project",
        "CustomSecurityAttribute.Engineering_Project_Code",
        "Engineering_Project",
    ] {
        let text = SecurityAttributeRule::parse(&format!("{name} -eq \"A\"")).unwrap_err().to_string();
        assert!(
            text.starts_with(&format!("'{name}' is not a custom security attribute; one such as ")),
            "{text}"
        );
    }
    let text = SecurityAttributeRule::parse("").unwrap_err().to_string();
    assert_eq!(
        text,
        "'CustomSecurityAttribute.', '-not' or '(' is expected instead of the end at character 1"
    );
    assert!(SecurityAttributeRule::parse("CustomSecurityAttribute.A_B -eq True").is_err(), "texts alone");
}

#[test]
fn contradictions_and_truisms_are_found() {
    for (rule, expected) in [
        (":Project -eq \"A\"", None),
        (":Project -eq null -and :Project -eq \"A\"", Some(false)),
        (":Project -eq null -or :Project -ne null", Some(true)),
        // A collection has both.
        (":Project -eq \"A\" -and :Project -eq \"B\"", None),
        (":Project -contains \"A\" -and :Project -eq null", None),
    ] {
        assert_eq!(parse(rule).constant(), expected, "{rule}");
    }
    assert_eq!(parse(":a -eq \"x\" -and :B -eq null").attributes().len(), 2);
    assert_eq!(parse(":a -eq \"x\" -and :A -eq null").attributes().len(), 1);
}
