//! Custom security attributes: values that administrators tag service principals with, for policies to look at
//! (`microsoft.graph.customSecurityAttributeValue`).

mod wire;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub use self::wire::security_attribute_text;
use self::wire::{is_set_type, read};
use crate::attribute_definition::CustomSecurityAttributeDefinition;
use crate::declare::{GraphType, GraphValue};
use crate::schema::{Edm, StructuredType, TypeKind};

/// Most values an object can have, over all attributes.
pub const MAX_SECURITY_ATTRIBUTE_VALUES: usize = 50;
/// Most characters of the name of a set or an attribute.
const MAX_NAME: usize = 32;
/// What the attributes of a set are called on the wire.
const SET_TYPE: &str = "#Microsoft.DirectoryServices.CustomSecurityAttributeValue";

/// `microsoft.graph.customSecurityAttributeValue`, an open type: attribute sets, each with the attributes that have a value.
/// Names are kept as they were first written and are the same in any case.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct CustomSecurityAttributeValue(BTreeMap<String, BTreeMap<String, SecurityAttributeValue>>);

/// The value of a custom security attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecurityAttributeValue {
    /// A boolean.
    Boolean(bool),
    /// A whole number.
    Integer(i32),
    /// Several whole numbers.
    Integers(Vec<i32>),
    /// A text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
}

/// Custom security attributes as policies look at them: those that are texts, by [`security_attribute_key`].
pub type SecurityAttributeFacts = BTreeMap<String, SecurityAttributeFact>;

/// The value of a custom security attribute as policies look at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SecurityAttributeFact {
    /// A text.
    Text(String),
    /// Several texts.
    Texts(Vec<String>),
}

/// What names an attribute everywhere: its set and its name with `_` between them, in lower case.
pub fn security_attribute_key(set: &str, name: &str) -> String {
    format!("{set}_{name}").to_lowercase()
}

/// Whether the text can be the name of an attribute set or an attribute.
pub fn is_security_attribute_name(text: &str) -> bool {
    (1..=MAX_NAME).contains(&text.chars().count()) && text.chars().all(char::is_alphanumeric)
}

impl CustomSecurityAttributeValue {
    /// The attributes after an update, the value of the property in a request body: what is not named stays, null and an
    /// empty collection take the value away.
    ///
    /// # Errors
    /// What is wrong and where, for people.
    pub fn updated(&self, update: &Json) -> Result<Self, String> {
        let Json::Object(sets) = update else {
            return Err("an object of attribute sets is expected".to_owned());
        };
        let mut updated = self.clone();
        for (set, attributes) in sets.iter().filter(|(name, _)| !name.contains('@')) {
            check_name(set)?;
            let Json::Object(attributes) = attributes else {
                return Err(format!("'{set}': an object of attributes is expected"));
            };
            let named = attributes.get("@odata.type").map_or(Some(SET_TYPE), Json::as_str);
            if named.is_none_or(|named| !is_set_type(named)) {
                return Err(format!("'{set}': '@odata.type' must be '{SET_TYPE}'"));
            }
            for (name, value) in attributes.iter().filter(|(name, _)| !name.contains('@')) {
                check_name(name)?;
                let stated = attributes.get(&format!("{name}@odata.type"));
                let value = read(value, stated).map_err(|problem| format!("'{set}/{name}': {problem}"))?;
                updated.set(set, name, value);
            }
        }
        match updated.count() > MAX_SECURITY_ATTRIBUTE_VALUES {
            true => Err(format!("an object can have at most {MAX_SECURITY_ATTRIBUTE_VALUES} values")),
            false => Ok(updated),
        }
    }

    /// The attributes as their definitions name them, if they allow what is different from `before`.
    ///
    /// # Errors
    /// The attribute, and why it cannot have this value.
    pub fn conforming(
        self,
        before: &Self,
        definitions: &[CustomSecurityAttributeDefinition],
    ) -> Result<Self, String> {
        let mut conforming = Self::default();
        for (set, name, value) in self.iter() {
            let had = before.value(set, name);
            let key = security_attribute_key(set, name);
            match definitions.iter().find(|definition| definition.id.to_lowercase() == key) {
                Some(definition) => {
                    let allowed = definition.allows(had, value);
                    allowed.map_err(|problem| format!("'{set}/{name}': {problem}"))?;
                    conforming.set(&definition.attribute_set, &definition.name, Some(value.clone()));
                }
                None if had == Some(value) => conforming.set(set, name, Some(value.clone())),
                None => return Err(format!("'{set}/{name}': no such attribute is defined")),
            }
        }
        Ok(conforming)
    }

    fn value(&self, set: &str, name: &str) -> Option<&SecurityAttributeValue> {
        let key = security_attribute_key(set, name);
        self.iter().find(|(set, name, _)| security_attribute_key(set, name) == key).map(|(_, _, value)| value)
    }

    /// Every attribute: set, name and value.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str, &SecurityAttributeValue)> {
        self.0.iter().flat_map(|(set, attributes)| {
            attributes.iter().map(move |(name, value)| (set.as_str(), name.as_str(), value))
        })
    }

    /// What policies look at.
    pub fn facts(&self) -> SecurityAttributeFacts {
        let fact = |value: &SecurityAttributeValue| match value {
            SecurityAttributeValue::Text(text) => Some(SecurityAttributeFact::Text(text.clone())),
            SecurityAttributeValue::Texts(texts) => Some(SecurityAttributeFact::Texts(texts.clone())),
            _ => None,
        };
        self.iter()
            .filter_map(|(set, name, value)| Some((security_attribute_key(set, name), fact(value)?)))
            .collect()
    }

    fn count(&self) -> usize {
        self.iter()
            .map(|(_, _, value)| match value {
                SecurityAttributeValue::Integers(items) => items.len(),
                SecurityAttributeValue::Texts(items) => items.len(),
                _ => 1,
            })
            .sum()
    }

    fn set(&mut self, set: &str, name: &str, value: Option<SecurityAttributeValue>) {
        let set = known(&self.0, set);
        let attributes = self.0.entry(set.clone()).or_default();
        let name = known(attributes, name);
        match value {
            Some(value) => {
                attributes.insert(name, value);
            }
            None => {
                attributes.remove(&name);
            }
        }
        if attributes.is_empty() {
            self.0.remove(&set);
        }
    }
}

/// The name as it is there already, in whatever case.
fn known<T>(map: &BTreeMap<String, T>, name: &str) -> String {
    let is_it = |other: &&String| other.to_lowercase() == name.to_lowercase();
    map.keys().find(is_it).cloned().unwrap_or_else(|| name.to_owned())
}

fn check_name(name: &str) -> Result<(), String> {
    match is_security_attribute_name(name) {
        true => Ok(()),
        false => {
            let name: String = name.chars().take(2 * MAX_NAME).collect();
            Err(format!("'{name}' is no name: 1 to {MAX_NAME} letters and digits are expected"))
        }
    }
}

impl GraphType for CustomSecurityAttributeValue {
    const TYPE: &'static StructuredType = &StructuredType {
        name: "customSecurityAttributeValue",
        base: None,
        kind: TypeKind::Complex,
        is_abstract: false,
        is_open: true,
        properties: &[],
        navigation: &[],
    };
}

impl GraphValue for CustomSecurityAttributeValue {
    const EDM: Edm = Edm::Complex(Self::TYPE);
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn assigned(update: Json) -> CustomSecurityAttributeValue {
        CustomSecurityAttributeValue::default().updated(&update).unwrap()
    }

    #[test]
    fn attributes_are_written_as_graph_writes_them_and_read_back() {
        let wire = json!({
            "Engineering": { "@odata.type": SET_TYPE, "Certified": true, "Cost@odata.type": "#Int32", "Cost": 1,
                "Codes@odata.type": "#Collection(Int32)", "Codes": [1001, 1003], "Project": "Alpine",
                "Tags@odata.type": "#Collection(String)", "Tags": ["a", "b"] },
            "Marketing": { "@odata.type": SET_TYPE, "Level": "Public" },
        });
        let attributes = assigned(wire.clone());
        assert_eq!(serde_json::to_value(&attributes).unwrap(), wire);
        assert_eq!(serde_json::from_value::<CustomSecurityAttributeValue>(wire).unwrap(), attributes);
        let facts = attributes.facts();
        assert_eq!(
            facts.keys().collect::<Vec<_>>(),
            ["engineering_project", "engineering_tags", "marketing_level"]
        );
    }

    #[test]
    fn an_update_leaves_what_it_does_not_name() {
        let before = assigned(
            json!({ "Engineering": { "Project": "Alpine", "Tags": ["a"] }, "Sales": { "Region": "N" } }),
        );
        let after = before.updated(&json!({
            "engineering": { "@odata.type": SET_TYPE, "PROJECT": "Baker", "Tags@odata.type": "#Collection(String)", "Tags": [] },
            "Sales": { "Region": null } }));
        assert_eq!(after.unwrap(), assigned(json!({ "Engineering": { "Project": "Baker" } })));
    }

    #[test]
    fn definitions_name_attributes_and_refuse_what_they_do_not_allow() {
        let define = |set, name, value| CustomSecurityAttributeDefinition::of(set, name, &value);
        let definitions = [
            define("Engineering", "Project", SecurityAttributeValue::Text(String::new())),
            define("Engineering", "Cost", SecurityAttributeValue::Integer(0)),
        ];
        let before = assigned(json!({ "Old": { "Kept": true } }));
        let conforming = |update: Json| before.updated(&update).unwrap().conforming(&before, &definitions);
        let wanted = assigned(json!({ "Engineering": { "Project": "Alpine" }, "Old": { "Kept": true } }));
        assert_eq!(conforming(json!({ "engineering": { "PROJECT": "Alpine" } })).unwrap(), wanted);
        for (update, problem) in [
            (
                json!({ "Engineering": { "Cost": "1" } }),
                "'Engineering/Cost': the attribute is of type 'Integer'",
            ),
            (json!({ "Engineering": { "Other": "1" } }), "'Engineering/Other': no such attribute is defined"),
            (json!({ "Old": { "Kept": false } }), "'Old/Kept': no such attribute is defined"),
        ] {
            assert_eq!(conforming(update).unwrap_err(), problem);
        }
    }

    #[test]
    fn what_is_wrong_is_named() {
        let long = "x".repeat(65);
        for (update, problem) in [
            (json!([]), "an object of attribute sets"),
            (json!({ "A": 1 }), "'A': an object of attributes"),
            (json!({ "A B": {} }), "'A B' is no name"),
            (json!({ "A": { "B_C": 1 } }), "'B_C' is no name"),
            (json!({ "A": { "@odata.type": "#x", "B": 1 } }), "'A': '@odata.type' must be"),
            (json!({ "A": { "B": 1.5 } }), "'A/B': text, a whole number of 32 bits"),
            (json!({ "A": { "B": 2_147_483_648_i64 } }), "'A/B': text, a whole number of 32 bits"),
            (json!({ "A": { "B": ["a", 1] } }), "'A/B': text, a whole number of 32 bits"),
            (json!({ "A": { "B": {} } }), "'A/B': text, a whole number of 32 bits"),
            (json!({ "A": { "B": "" } }), "'A/B': a text must not be empty"),
            (json!({ "A": { "B": " a" } }), "'A/B': a text must not be empty"),
            (json!({ "A": { "B": long } }), "'A/B': a text has at most 64 characters"),
            (json!({ "A": { "B@odata.type": "#Int32", "B": "1" } }), "'A/B': the value is of type '#String'"),
            (
                json!({ "A": { "B@odata.type": "#Collection(Int32)", "B": ["1"] } }),
                "'A/B': the value is of type",
            ),
            (json!({ "A": { "B": vec![1; 51] } }), "an object can have at most 50 values"),
        ] {
            let found = CustomSecurityAttributeValue::default().updated(&update).unwrap_err();
            assert!(found.starts_with(problem), "{update}: {found}");
        }
    }
}
