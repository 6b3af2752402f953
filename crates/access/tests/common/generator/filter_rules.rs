//! Random rules of filters.

use super::super::world::{DEVICE_VALUES, SECURITY_ATTRIBUTES, SECURITY_VALUES};
use super::choices::Choices;

const TEXT_ATTRIBUTES: &[&str] = &[
    "deviceId",
    "displayName",
    "deviceOwnership",
    "enrollmentProfileName",
    "manufacturer",
    "mdmAppId",
    "model",
    "operatingSystem",
    "operatingSystemVersion",
    "profileType",
    "trustType",
];
const COLLECTIONS: &[&str] = &["physicalIds", "systemLabels"];
const TEXT_OPERATORS: &[&str] = &[
    "-eq",
    "-ne",
    "-startsWith",
    "-notStartsWith",
    "-endsWith",
    "-notEndsWith",
    "-contains",
    "-notContains",
    "-in",
    "-notIn",
];

/// Every attribute a rule may name.
pub fn attributes() -> Vec<String> {
    let extensions = (1..=15).map(|number| format!("extensionAttribute{number}"));
    let others = TEXT_ATTRIBUTES.iter().chain(COLLECTIONS).chain(&["isCompliant"]);
    others.map(ToString::to_string).chain(extensions).collect()
}

/// Every operator between an attribute and a value.
pub fn operators() -> &'static [&'static str] {
    TEXT_OPERATORS
}

/// A rule with up to six comparisons; now and then one that cannot be read.
pub fn device_rule(choices: &Choices) -> String {
    if choices.percent(3) {
        return choices
            .one(&["device.model -eq", "device.color -eq \"red\"", "(device.isCompliant -eq True", "and"])
            .to_owned();
    }
    expression(choices, 2, device_comparison)
}

/// The same about custom security attributes.
pub fn security_attribute_rule(choices: &Choices) -> String {
    if choices.percent(5) {
        let unreadable =
            ["CustomSecurityAttribute.Team_Project -eq", "CustomSecurityAttribute.Team -eq \"a\"", "and"];
        return choices.one(&unreadable).to_owned();
    }
    expression(choices, 1, security_attribute_comparison)
}

fn expression(choices: &Choices, depth: usize, comparison: fn(&Choices) -> String) -> String {
    if depth == 0 || choices.percent(35) {
        return comparison(choices);
    }
    let inner = || expression(choices, depth - 1, comparison);
    match choices.below(5) {
        0 => format!("{} -and {}", inner(), inner()),
        1 => format!("{} -or {}", inner(), inner()),
        2 => format!("-not ({})", inner()),
        3 => format!("({}) -and ({})", inner(), inner()),
        _ => format!("({}) -or {}", inner(), inner()),
    }
}

fn security_attribute_comparison(choices: &Choices) -> String {
    let attribute = choices.texts(SECURITY_ATTRIBUTES, 1).remove(0);
    text_comparison(choices, &format!("CustomSecurityAttribute.{attribute}"), SECURITY_VALUES)
}

fn device_comparison(choices: &Choices) -> String {
    let value = || format!("\"{}\"", choices.texts(DEVICE_VALUES, 1)[0]);
    match choices.below(10) {
        0 | 1 => {
            let operator = choices.one(&["-eq", "-ne"]);
            format!("device.isCompliant {operator} {}", choices.one(&["True", "False"]))
        }
        2 => {
            let operator = choices.one(&["-contains", "-notContains"]);
            format!("device.{} {operator} {}", choices.one(COLLECTIONS), value())
        }
        number => {
            let attribute = match number {
                3 | 4 => format!("extensionAttribute{}", 1 + choices.below(15)),
                _ => choices.one(TEXT_ATTRIBUTES).to_owned(),
            };
            text_comparison(choices, &format!("device.{attribute}"), DEVICE_VALUES)
        }
    }
}

fn text_comparison(choices: &Choices, attribute: &str, values: &[&str]) -> String {
    let value = || format!("\"{}\"", choices.texts(values, 1)[0]);
    match choices.one(TEXT_OPERATORS) {
        operator @ ("-in" | "-notIn") => format!("{attribute} {operator} [{}, {}]", value(), value()),
        operator => format!("{attribute} {operator} {}", value()),
    }
}
