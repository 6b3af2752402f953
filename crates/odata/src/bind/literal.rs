//! Checks literals against the types of properties.

use riskgate_core::is_guid;
use riskgate_model::schema::{Edm, EnumType};

use super::path::without_namespace;
use crate::ast::{Literal, LiteralValue};
use crate::error::{BindError, excerpt};
use crate::filter::Value;

/// The literal as a value of a property's type. `property` is its name as written, for messages.
pub(super) fn typed_value(property: &str, edm: Edm, literal: &Literal) -> Result<Value, BindError> {
    let value = match (edm, &literal.value) {
        (_, LiteralValue::Null) => Some(Value::Null),
        // Identifiers are texts in Graph's schema; scripts write them with and without quotes.
        (Edm::String, LiteralValue::String(text) | LiteralValue::Guid(text)) => Some(text.into()),
        (Edm::Guid, LiteralValue::String(text) | LiteralValue::Guid(text)) if is_guid(text) => {
            Some(text.into())
        }
        (Edm::Boolean, LiteralValue::Boolean(value)) => Some((*value).into()),
        (Edm::Int32, LiteralValue::Integer(value)) => Some((*value).into()),
        // Beyond 2^53 the nearest double is also what the property itself can hold.
        (Edm::Double, LiteralValue::Integer(value)) => Some(Value::Double(*value as f64)),
        (Edm::Double, LiteralValue::Double(value)) => Some(Value::Double(*value)),
        (Edm::DateTimeOffset, LiteralValue::DateTime(moment)) => Some((*moment).into()),
        (Edm::Enum(enumeration), LiteralValue::String(text)) => Some(member(enumeration, text, literal)?),
        (Edm::Enum(enumeration), LiteralValue::Typed { type_name, text })
            if without_namespace(type_name)
                .is_some_and(|name| name.eq_ignore_ascii_case(enumeration.name)) =>
        {
            Some(member(enumeration, text, literal)?)
        }
        _ => None,
    };
    value.ok_or_else(|| BindError::TypeMismatch {
        property: excerpt(property),
        expected: expected(edm),
        found: literal.value.kind().to_owned(),
        position: literal.at.0,
    })
}

fn expected(edm: Edm) -> String {
    match edm {
        Edm::String => "a text in quotes".to_owned(),
        Edm::Boolean => "true or false without quotes".to_owned(),
        Edm::Int32 => "a whole number".to_owned(),
        Edm::Double => "a number".to_owned(),
        Edm::DateTimeOffset => "a date-time without quotes such as 2026-11-23T10:00:00Z".to_owned(),
        Edm::Guid => "a GUID".to_owned(),
        Edm::Binary | Edm::Duration | Edm::Complex(_) => "null".to_owned(),
        Edm::Enum(enumeration) => format!("a member of 'microsoft.graph.{}' in quotes", enumeration.name),
    }
}

/// The member of this name in any case, as declared.
fn member(enumeration: &EnumType, name: &str, literal: &Literal) -> Result<Value, BindError> {
    enumeration
        .members
        .iter()
        .map(|(member, _)| *member)
        .find(|member| member.eq_ignore_ascii_case(name))
        .map(Value::from)
        .ok_or_else(|| BindError::UnknownMember {
            member: excerpt(name),
            enumeration: enumeration.name,
            position: literal.at.0,
        })
}
