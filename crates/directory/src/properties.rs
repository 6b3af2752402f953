//! What a client may write into a Graph resource: applies the properties of a request body to a document, one by one,
//! against the declared type and the rules of the resource.

use riskgate_model::schema::{Edm, Property, StructuredType};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use crate::DirectoryError;
use crate::error::cut;

/// A property that has another value than before.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// Wire name.
    pub property: String,
    /// Value before.
    pub old: Json,
    /// Value now.
    pub new: Json,
}

/// What may be written into a resource.
pub(crate) struct ResourceRules {
    /// Graph type, capitalized as Graph does in messages.
    pub(crate) resource: &'static str,
    /// Its declaration.
    pub(crate) declared: &'static StructuredType,
    /// Properties that may not be null.
    pub(crate) required: &'static [&'static str],
    /// The rule of a declared property.
    pub(crate) rule: fn(&str) -> Rule,
}

/// What may be written into a property.
#[derive(Clone, Copy)]
pub(crate) enum Rule {
    /// Nothing.
    ReadOnly,
    /// A boolean.
    Flag,
    /// A boolean that can only be this one here.
    Fixed(bool, &'static str),
    /// Text of at most so many characters that passes the test; the last is what would be right.
    Text(usize, fn(&str) -> bool, &'static str),
    /// At most so many texts, each of at most so many characters.
    Texts(usize, usize),
    /// An object whose parts are texts of at most so many characters; parts that are absent stay as they are.
    Parts(usize),
    /// A value that passes the test; the last is what would be right.
    Value(fn(&Json) -> bool, &'static str),
    /// Nothing but null or an empty collection; the text says what is not supported.
    NotSupported(&'static str),
}

/// Applies `patch` to `record`: absent properties stay, null clears, `@odata` annotations are passed over (contract
/// §3.4). Returns the record and what changed.
pub(crate) fn apply<T: Serialize + DeserializeOwned>(
    rules: &ResourceRules,
    record: &T,
    patch: &Map<String, Json>,
) -> Result<(T, Vec<Change>), DirectoryError> {
    let mut document = match serde_json::to_value(record) {
        Ok(Json::Object(document)) => document,
        _ => Map::new(),
    };
    let mut changes = Vec::new();
    for (name, value) in patch {
        if name.starts_with("@odata.") {
            continue;
        }
        let property = rules.declared.property(name).ok_or_else(|| undeclared(rules.resource, name))?;
        check(rules, property, value)?;
        let new = whole(document.get(name), property, value);
        let old = document.insert(name.clone(), new.clone()).unwrap_or(Json::Null);
        if old != new {
            changes.push(Change { property: name.clone(), old, new });
        }
    }
    let record = serde_json::from_value(Json::Object(document))
        .map_err(|error| DirectoryError::invalid(rules.resource, "", cut(&error.to_string(), 200)))?;
    Ok((record, changes))
}

/// What is stored of a value: parts of an object that are not sent stay, or are null if there are none (contract §3.5).
fn whole(stored: Option<&Json>, property: &Property, sent: &Json) -> Json {
    let (Edm::Complex(declared), Json::Object(parts), false) = (property.edm, sent, property.is_collection)
    else {
        return sent.clone();
    };
    let mut whole: Map<String, Json> = match stored {
        Some(Json::Object(stored)) => stored.clone(),
        _ => declared.properties.iter().map(|part| (part.name.to_owned(), Json::Null)).collect(),
    };
    whole.extend(parts.clone());
    whole.retain(|name, _| !name.starts_with("@odata."));
    Json::Object(whole)
}

/// Refuses a new resource that lacks a required property.
pub(crate) fn require(rules: &ResourceRules, patch: &Map<String, Json>) -> Result<(), DirectoryError> {
    match rules.required.iter().find(|name| patch.get(**name).is_none_or(Json::is_null)) {
        Some(missing) => Err(DirectoryError::required(rules.resource, missing)),
        None => Ok(()),
    }
}

fn undeclared(resource: &'static str, name: &str) -> DirectoryError {
    let property = cut(name, 64);
    match name.contains('@') {
        true => DirectoryError::not_supported(format!("'{property}' here")),
        false => DirectoryError::UnknownProperty { resource, property },
    }
}

fn check(rules: &ResourceRules, property: &Property, value: &Json) -> Result<(), DirectoryError> {
    let invalid =
        |reason: &str| Err(DirectoryError::invalid(rules.resource, property.name, reason.to_owned()));
    let rule = (rules.rule)(property.name);
    match (rule, value) {
        (Rule::ReadOnly, _) => Err(DirectoryError::ReadOnly { property: property.name.to_owned() }),
        (Rule::NotSupported(what), _) if !is_empty(value) => Err(DirectoryError::not_supported(what)),
        (_, Json::Null) if property.is_collection => invalid("A collection is expected, not null."),
        (_, Json::Null) if rules.required.contains(&property.name) => {
            Err(DirectoryError::required(rules.resource, property.name))
        }
        (_, Json::Null) => Ok(()),
        (Rule::NotSupported(_), _) => match (value, property.is_collection, property.edm) {
            (Json::Array(_), true, _) | (Json::Bool(_), false, Edm::Boolean) => Ok(()),
            _ => invalid("The value has the wrong type."),
        },
        (Rule::Flag, Json::Bool(_)) => Ok(()),
        (Rule::Flag, _) => invalid("true or false is expected."),
        (Rule::Fixed(only, _), Json::Bool(flag)) if *flag == only => Ok(()),
        (Rule::Fixed(_, what), Json::Bool(_)) => Err(DirectoryError::not_supported(what)),
        (Rule::Fixed(..), _) => invalid("true or false is expected."),
        (Rule::Value(test, expected), value) => {
            if test(value) {
                Ok(())
            } else {
                invalid(expected)
            }
        }
        (Rule::Parts(most), Json::Object(parts)) => match parts_problem(property, parts, most) {
            Some(problem) => invalid(&problem),
            None => Ok(()),
        },
        (Rule::Parts(_), _) => invalid("An object is expected."),
        (Rule::Text(most, test, expected), Json::String(text)) => match text_problem(text, most) {
            Some(problem) => invalid(&problem),
            None if !test(text) => invalid(expected),
            None => Ok(()),
        },
        (Rule::Text(..), _) => invalid("Text is expected."),
        (Rule::Texts(items, most), Json::Array(texts)) => {
            if texts.len() > items {
                return invalid(&format!("At most {items} values are allowed."));
            }
            match texts.iter().find_map(|item| match item.as_str() {
                Some(text) => text_problem(text, most),
                None => Some("A collection of texts is expected.".to_owned()),
            }) {
                Some(problem) => invalid(&problem),
                None => Ok(()),
            }
        }
        (Rule::Texts(..), _) => invalid("A collection of texts is expected."),
    }
}

/// Whether a value means "nothing of this".
fn is_empty(value: &Json) -> bool {
    match value {
        Json::Null | Json::Bool(false) => true,
        Json::Array(items) => items.is_empty(),
        _ => false,
    }
}

/// Why a text cannot be any property's value: empty (null clears a property), too long, or with control characters that
/// would confuse logs and terminals.
fn text_problem(text: &str, most: usize) -> Option<String> {
    if text.trim().is_empty() {
        Some("The text is empty; use null to clear the property.".to_owned())
    } else if text.chars().count() > most {
        Some(format!("At most {most} characters are allowed."))
    } else if text.chars().any(char::is_control) {
        Some("Control characters are not allowed.".to_owned())
    } else {
        None
    }
}

/// Why an object cannot be the value of a property whose parts are texts.
fn parts_problem(property: &Property, parts: &Map<String, Json>, most: usize) -> Option<String> {
    let Edm::Complex(declared) = property.edm else { return Some("No parts are expected.".to_owned()) };
    parts.iter().filter(|(name, _)| !name.starts_with("@odata.")).find_map(|(name, value)| {
        let problem = match value {
            _ if declared.property(name).is_none() => Some("There is no such part.".to_owned()),
            Json::Null => None,
            Json::String(text) => text_problem(text, most),
            _ => Some("Text is expected.".to_owned()),
        };
        problem.map(|problem| format!("'{}': {problem}", cut(name, 64)))
    })
}

/// The test of properties that may hold any text.
pub(crate) fn any(_: &str) -> bool {
    true
}

/// The form of an address: one `@` between parts without spaces.
pub fn is_mail_address(text: &str) -> bool {
    text.split_once('@').is_some_and(|(local, domain)| {
        !local.is_empty()
            && !domain.is_empty()
            && !domain.contains('@')
            && !text.contains(char::is_whitespace)
    })
}

/// Characters of the local part of an address that never needs quoting (Graph's `mailNickname`).
pub(crate) fn is_mail_nickname(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_graphic() && !"@()\\[]\";:<>,".contains(c))
}
