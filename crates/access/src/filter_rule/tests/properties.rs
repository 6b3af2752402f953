//! Rules made at random, written in every spelling, against an evaluator that knows neither tokens nor attributes: it
//! looks the names up in the JSON form of the device.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use riskgate_model::DeviceFacts;
use serde_json::Value;

use super::full_device;
use crate::filter_rule::DeviceFilterRule;

#[derive(Debug, Clone)]
enum Rule {
    Compare(&'static str, &'static str, Operand),
    Not(Box<Rule>),
    Joined(&'static str, Vec<Rule>),
}

#[derive(Debug, Clone)]
enum Operand {
    Null,
    Boolean(bool),
    Text(String),
    List(Vec<String>),
}

const TEXTS: [&str; 3] = ["model", "displayName", "extensionAttribute15"];

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        select(vec!["", "a", "AB", "b`", "a\"b", "ö", "Ö ]"]).prop_map(str::to_owned),
        "[aAbB`\"]{0,3}"
    ]
}

fn any_comparison() -> impl Strategy<Value = Rule> {
    let equality = || select(vec!["-eq", "-ne"]);
    let membership = || select(vec!["-contains", "-notContains"]);
    let part = select(vec![
        "-eq",
        "-ne",
        "-startsWith",
        "-notStartsWith",
        "-endsWith",
        "-notEndsWith",
        "-contains",
        "-notContains",
    ]);
    prop_oneof![
        (select(&TEXTS[..]), part, any_text()).prop_map(|(name, op, text)| Rule::Compare(
            name,
            op,
            Operand::Text(text)
        )),
        (select(&TEXTS[..]), select(vec!["-in", "-notIn"]), vec(any_text(), 1..4))
            .prop_map(|(name, op, list)| Rule::Compare(name, op, Operand::List(list))),
        (equality(), any::<bool>()).prop_map(|(op, value)| Rule::Compare(
            "isCompliant",
            op,
            Operand::Boolean(value)
        )),
        (membership(), any_text()).prop_map(|(op, text)| Rule::Compare(
            "physicalIds",
            op,
            Operand::Text(text)
        )),
        (select(vec!["model", "isCompliant", "physicalIds", "extensionAttribute15"]), equality())
            .prop_map(|(name, op)| Rule::Compare(name, op, Operand::Null)),
    ]
}

fn any_rule() -> impl Strategy<Value = Rule> {
    any_comparison().prop_recursive(4, 16, 3, |inner| {
        prop_oneof![
            inner.clone().prop_map(|rule| Rule::Not(Box::new(rule))),
            (select(vec!["-and", "-or"]), vec(inner, 2..4))
                .prop_map(|(joint, rules)| Rule::Joined(joint, rules)),
        ]
    })
}

fn any_device() -> impl Strategy<Value = Option<DeviceFacts>> {
    let text = || proptest::option::of(any_text());
    let flag = || proptest::option::of(any::<bool>());
    let device = (text(), text(), text(), flag(), flag(), vec(any_text(), 0..3)).prop_map(
        |(model, display_name, extension, is_compliant, is_managed, physical_ids)| DeviceFacts {
            model,
            display_name,
            is_compliant,
            is_managed,
            physical_ids,
            extension_attributes: extension.map(|value| (15, value)).into_iter().collect(),
            ..full_device()
        },
    );
    proptest::option::of(device)
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('`', "``").replace('"', "`\""))
}

fn written(rule: &Rule, is_shouted: bool) -> String {
    let word = |word: &str| if is_shouted { word.to_ascii_uppercase() } else { word.to_owned() };
    match rule {
        Rule::Compare(name, operator, operand) => {
            let value = match operand {
                Operand::Null => word("null"),
                Operand::Boolean(value) => word(&value.to_string()),
                Operand::Text(text) => quoted(text),
                Operand::List(list) => {
                    format!("[{}]", list.iter().map(|text| quoted(text)).collect::<Vec<_>>().join(" , "))
                }
            };
            format!("{} {} {value}", word(&format!("device.{name}")), word(operator))
        }
        Rule::Not(inner) => format!("{} ({})", word("-not"), written(inner, is_shouted)),
        Rule::Joined(joint, rules) => {
            let rules: Vec<_> = rules.iter().map(|rule| format!("({})", written(rule, is_shouted))).collect();
            rules.join(&format!(" {} ", word(joint)))
        }
    }
}

fn holds(rule: &Rule, device: &Value) -> bool {
    match rule {
        Rule::Compare(name, operator, operand) => {
            let bare = operator.trim_start_matches('-').to_lowercase();
            let positive = bare.strip_prefix("not").unwrap_or(if bare == "ne" { "eq" } else { &bare });
            let is_negative = positive != bare;
            satisfies(attribute(name, device), positive, operand) != is_negative
        }
        Rule::Not(inner) => !holds(inner, device),
        Rule::Joined("-and", rules) => rules.iter().all(|rule| holds(rule, device)),
        Rule::Joined(_, rules) => rules.iter().any(|rule| holds(rule, device)),
    }
}

fn attribute<'a>(name: &str, device: &'a Value) -> &'a Value {
    let value = match name.strip_prefix("extensionAttribute") {
        Some(_) if device["isCompliant"] != true && device["isManaged"] != true => &Value::Null,
        Some(number) => &device["extensionAttributes"][number],
        None => &device[name],
    };
    if value.as_array().is_some_and(Vec::is_empty) { &Value::Null } else { value }
}

fn satisfies(value: &Value, operator: &str, operand: &Operand) -> bool {
    let low = |text: &str| text.to_lowercase();
    match (value, operand) {
        (Value::Null, operand) => matches!(operand, Operand::Null),
        (Value::Bool(value), Operand::Boolean(wanted)) => value == wanted,
        (Value::Array(items), Operand::Text(wanted)) => {
            items.iter().any(|item| low(item.as_str().unwrap()) == low(wanted))
        }
        (Value::String(text), Operand::List(list)) => list.iter().any(|item| low(item) == low(text)),
        (Value::String(text), Operand::Text(wanted)) => {
            let (text, wanted) = (low(text), low(wanted));
            match operator {
                "eq" => text == wanted,
                "startswith" => text.starts_with(&wanted),
                "endswith" => text.ends_with(&wanted),
                "contains" => text.contains(&wanted),
                other => panic!("{other}"),
            }
        }
        _ => false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn the_second_evaluator_agrees(rule in any_rule(), device in any_device(), is_shouted in any::<bool>()) {
        let text = written(&rule, is_shouted);
        let parsed = DeviceFilterRule::parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let json = serde_json::to_value(&device).unwrap();
        prop_assert_eq!(parsed.matches(device.as_ref()), holds(&rule, &json), "{}", text);
        prop_assert_eq!(parsed.matches_unregistered(), holds(&rule, &Value::Null), "{}", text);
        if let Some(constant) = parsed.constant() {
            prop_assert_eq!(parsed.matches(device.as_ref()), constant, "{}", text);
            prop_assert_eq!(parsed.matches_unregistered(), constant, "{}", text);
        }
    }

    #[test]
    fn any_text_is_read_or_refused_at_a_place_in_it(text in ".{0,200}") {
        check(&text)?;
    }

    #[test]
    fn any_words_of_the_language_are_read_or_refused_at_a_place_in_them(words in vec(any_word(), 0..40)) {
        check(&words.join(" "))?;
    }
}

fn any_word() -> impl Strategy<Value = &'static str> {
    select(vec![
        "device.model",
        "device.isCompliant",
        "device.systemLabels",
        "device.x",
        "-eq",
        "-ne",
        "-in",
        "-contains",
        "-and",
        "-or",
        "-not",
        "(",
        ")",
        "[",
        "]",
        ",",
        "\"a\"",
        "\"",
        "`",
        "null",
        "True",
        "-x",
    ])
}

fn check(text: &str) -> Result<(), TestCaseError> {
    match DeviceFilterRule::parse(text) {
        Ok(rule) => prop_assert!(!rule.attributes().is_empty()),
        Err(error) => {
            prop_assert!((1..=text.chars().count() + 1).contains(&error.position()), "{text}: {error}");
        }
    }
    Ok(())
}
