//! Custom security attributes as JSON.

use std::collections::BTreeMap;

use serde::de::Error;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value as Json};

use super::{CustomSecurityAttributeValue, SET_TYPE, SecurityAttributeValue};

/// Most characters of a text.
const MAX_TEXT: usize = 64;

/// The type of a set; SDKs send the name of the outer type instead.
pub(super) fn is_set_type(named: &str) -> bool {
    named.eq_ignore_ascii_case(SET_TYPE)
        || named.trim_start_matches('#').eq_ignore_ascii_case("microsoft.graph.customSecurityAttributeValue")
}

/// A value of the type that is stated beside it, if one is; `None` for one that is taken away.
pub(super) fn read(value: &Json, stated: Option<&Json>) -> Result<Option<SecurityAttributeValue>, String> {
    let Some(read) = plain(value)? else { return Ok(None) };
    let own = read.edm();
    let is_stated = |stated: &str| {
        let stated = stated.trim_start_matches('#').replace("Edm.", "");
        stated.eq_ignore_ascii_case(own.trim_start_matches('#'))
    };
    match stated {
        Some(stated) if !stated.as_str().is_some_and(is_stated) => {
            Err(format!("the value is of type '{own}', which is not the stated type"))
        }
        _ => Ok(Some(read)),
    }
}

fn plain(value: &Json) -> Result<Option<SecurityAttributeValue>, String> {
    let wrong = || "text, a whole number of 32 bits, true, false, or a collection of texts or whole numbers is expected";
    Ok(Some(match value {
        Json::Null => return Ok(None),
        Json::Bool(value) => SecurityAttributeValue::Boolean(*value),
        Json::Number(_) => SecurityAttributeValue::Integer(integer(value).ok_or_else(wrong)?),
        Json::String(text) => SecurityAttributeValue::Text(security_attribute_text(text)?),
        Json::Array(items) if items.is_empty() => return Ok(None),
        Json::Array(items) if items.iter().all(Json::is_string) => {
            let texts = items.iter().filter_map(Json::as_str).map(security_attribute_text);
            SecurityAttributeValue::Texts(texts.collect::<Result<_, _>>()?)
        }
        Json::Array(items) => {
            let numbers = items.iter().map(integer).collect::<Option<_>>();
            SecurityAttributeValue::Integers(numbers.ok_or_else(wrong)?)
        }
        Json::Object(_) => return Err(wrong().to_owned()),
    }))
}

fn integer(value: &Json) -> Option<i32> {
    value.as_i64().and_then(|number| i32::try_from(number).ok())
}

/// A text that can be a value.
///
/// # Errors
/// What is wrong with it, for people.
pub fn security_attribute_text(text: &str) -> Result<String, String> {
    if text.trim() != text || text.is_empty() || text.chars().any(char::is_control) {
        return Err(
            "a text must not be empty, begin or end with a space, or have control characters".to_owned()
        );
    }
    match text.chars().count() > MAX_TEXT {
        true => Err(format!("a text has at most {MAX_TEXT} characters")),
        false => Ok(text.to_owned()),
    }
}

impl SecurityAttributeValue {
    /// Its type as annotations state it.
    fn edm(&self) -> &'static str {
        match self {
            Self::Boolean(_) => "#Boolean",
            Self::Integer(_) => "#Int32",
            Self::Integers(_) => "#Collection(Int32)",
            Self::Text(_) => "#String",
            Self::Texts(_) => "#Collection(String)",
        }
    }

    fn json(&self) -> Json {
        match self {
            Self::Boolean(value) => Json::from(*value),
            Self::Integer(value) => Json::from(*value),
            Self::Integers(items) => Json::from(items.as_slice()),
            Self::Text(text) => Json::from(text.as_str()),
            Self::Texts(texts) => Json::from(texts.as_slice()),
        }
    }
}

/// As Graph sends it: JSON tells texts and booleans apart, so only other types are stated.
impl Serialize for CustomSecurityAttributeValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let set = |attributes: &BTreeMap<String, SecurityAttributeValue>| {
            let mut members = Map::from_iter([("@odata.type".to_owned(), Json::from(SET_TYPE))]);
            for (name, value) in attributes {
                let is_plain =
                    matches!(value, SecurityAttributeValue::Boolean(_) | SecurityAttributeValue::Text(_));
                if !is_plain {
                    members.insert(format!("{name}@odata.type"), Json::from(value.edm()));
                }
                members.insert(name.clone(), value.json());
            }
            Json::Object(members)
        };
        serializer.collect_map(self.0.iter().map(|(name, attributes)| (name, set(attributes))))
    }
}

impl<'de> Deserialize<'de> for CustomSecurityAttributeValue {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::default().updated(&Json::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}
