//! Checks a request body against the declared type.

use std::fmt;

use riskgate_core::{Timestamp, is_guid};
use riskgate_model::schema::{Edm, EnumType, Property, StructuredType};
use riskgate_model::{schema_types, whole_days};
use serde_json::{Map, Value as Json};

/// Where and how a body is not what its type says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Nonconformity {
    /// JSON pointer (RFC 6901) of the value.
    pub(crate) pointer: String,
    /// What is wrong with it.
    pub(crate) problem: String,
}

impl fmt::Display for Nonconformity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "At '{}': {}.", self.pointer, self.problem)
    }
}

/// Checks every declared property an object has, and that it has no other. Yields the object without annotations; only
/// `@odata.type` of an object whose type the schema leaves open stays, in the schema's spelling.
///
/// # Errors
/// [`Nonconformity`], the first one.
pub(crate) fn conform(
    object: Map<String, Json>,
    declared: &'static StructuredType,
) -> Result<Map<String, Json>, Nonconformity> {
    Checker { pointer: Vec::new() }.object(object, declared)
}

struct Checker {
    pointer: Vec<String>,
}

impl Checker {
    fn problem<T>(&self, problem: impl Into<String>) -> Result<T, Nonconformity> {
        let pointer = self.pointer.iter().map(|part| format!("/{part}")).collect();
        Err(Nonconformity { pointer, problem: problem.into() })
    }

    fn below<T>(
        &mut self,
        part: String,
        check: impl FnOnce(&mut Self) -> Result<T, Nonconformity>,
    ) -> Result<T, Nonconformity> {
        self.pointer.push(part);
        let outcome = check(self)?;
        self.pointer.pop();
        Ok(outcome)
    }

    // The recursion is as deep as the schema, which has no cycles.
    fn object(
        &mut self,
        object: Map<String, Json>,
        declared: &'static StructuredType,
    ) -> Result<Map<String, Json>, Nonconformity> {
        let actual = self.actual_type(&object, declared)?;
        let mut conforming = Map::new();
        if actual.name != declared.name || declared.is_abstract {
            conforming
                .insert("@odata.type".to_owned(), Json::from(format!("#microsoft.graph.{}", actual.name)));
        }
        for (name, value) in object {
            // Annotations say something about the message, never about the resource (contract §3.4).
            if name.contains('@') {
                continue;
            }
            let Some(property) = actual.property(&name) else {
                let name: String = name.chars().take(64).collect();
                return self
                    .problem(format!("the property '{name}' does not exist on type '{}'", actual.name));
            };
            let value = self.below(name.clone(), |checker| checker.property(value, property))?;
            conforming.insert(name, value);
        }
        Ok(conforming)
    }

    /// The type `@odata.type` names, if it is one derived from the declared one. Names of base types, which SDKs send by
    /// default, say nothing.
    fn actual_type(
        &self,
        object: &Map<String, Json>,
        declared: &'static StructuredType,
    ) -> Result<&'static StructuredType, Nonconformity> {
        let named = object.get("@odata.type").and_then(Json::as_str).and_then(type_named);
        match named.filter(|named| named.chain().any(|base| base.name == declared.name)) {
            Some(named) if !named.is_abstract => Ok(named),
            _ if declared.is_abstract => self.problem(format!(
                "'@odata.type' must name a type derived from 'microsoft.graph.{}'",
                declared.name
            )),
            _ => Ok(declared),
        }
    }

    fn property(&mut self, value: Json, property: &'static Property) -> Result<Json, Nonconformity> {
        match value {
            Json::Array(items) if property.is_collection => {
                let items = items.into_iter().enumerate();
                items
                    .map(|(i, item)| self.below(i.to_string(), |checker| checker.value(item, property.edm)))
                    .collect::<Result<Vec<_>, _>>()
                    .map(Json::Array)
            }
            // Serializers of some clients write null for an empty collection.
            Json::Null if property.is_collection => Ok(Json::Array(Vec::new())),
            _ if property.is_collection => self.problem("a collection is expected"),
            Json::Null if property.is_nullable => Ok(Json::Null),
            Json::Null => self.problem("the value must not be null"),
            value => self.value(value, property.edm),
        }
    }

    fn value(&mut self, value: Json, edm: Edm) -> Result<Json, Nonconformity> {
        let is_right = match (edm, &value) {
            (Edm::Complex(inner), Json::Object(_)) => {
                let Json::Object(object) = value else { return self.problem("an object is expected") };
                return self.object(object, inner).map(Json::Object);
            }
            (Edm::Enum(declared), Json::String(text)) => match unknown_member(declared, text) {
                None => true,
                Some(member) => {
                    return self.problem(format!("'{member}' is not a member of '{}'", declared.name));
                }
            },
            (Edm::String, Json::String(text)) => !text.contains('\0'),
            (Edm::Binary, Json::String(text)) => {
                text.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=-_".contains(&b))
            }
            (Edm::Duration, Json::String(text)) => whole_days(text).is_some(),
            (Edm::DateTimeOffset, Json::String(text)) => text.parse::<Timestamp>().is_ok(),
            (Edm::Guid, Json::String(text)) => is_guid(text),
            (Edm::Boolean, Json::Bool(_)) | (Edm::Double, Json::Number(_)) => true,
            (Edm::Int32, Json::Number(number)) => number.as_i64().is_some_and(|n| i32::try_from(n).is_ok()),
            _ => false,
        };
        match is_right {
            true => Ok(value),
            false => self.problem(format!("{} is expected", expected(edm))),
        }
    }
}

/// The declared type of a name such as `#microsoft.graph.ipNamedLocation`, in any case.
fn type_named(name: &str) -> Option<&'static StructuredType> {
    let name = name.trim_start_matches('#');
    let name = name.rsplit_once('.').map_or(name, |(_, name)| name);
    schema_types().into_iter().find(|declared| declared.name.eq_ignore_ascii_case(name))
}

/// What in an enumeration value is no member that can be asked for.
fn unknown_member(declared: &'static EnumType, text: &str) -> Option<String> {
    let is_known =
        |name: &str| declared.member(name).is_some() && !name.eq_ignore_ascii_case("unknownFutureValue");
    let mut names: Box<dyn Iterator<Item = &str>> = match declared.is_flags {
        true => Box::new(text.split(',').map(str::trim)),
        false => Box::new(std::iter::once(text)),
    };
    names.find(|name| !is_known(name)).map(|name| name.chars().take(64).collect())
}

fn expected(edm: Edm) -> &'static str {
    match edm {
        Edm::String => "text without control characters",
        Edm::Boolean => "true or false",
        Edm::Int32 => "a whole number of 32 bits",
        Edm::Double => "a number",
        Edm::DateTimeOffset => "a date-time such as 2026-11-23T10:00:00Z",
        Edm::Guid => "a GUID",
        Edm::Binary => "base64 text",
        Edm::Duration => "a duration in days such as P90D",
        Edm::Enum(_) => "the name of a member",
        Edm::Complex(_) => "an object",
    }
}

#[cfg(test)]
mod tests {
    use riskgate_model::{ConditionalAccessPolicy, GraphType, NamedLocation, User};
    use serde_json::json;

    use super::*;

    fn check(body: Json, declared: &'static StructuredType) -> Result<Json, String> {
        let Json::Object(object) = body else { unreachable!() };
        conform(object, declared).map(Json::Object).map_err(|found| found.to_string())
    }

    #[test]
    fn annotations_of_clients_are_left_out() {
        let body = json!({ "@odata.type": "#microsoft.graph.conditionalAccessPolicy", "displayName": "a",
            "conditions": { "@odata.type": "x", "users": { "includeUsers@odata.type": "#Collection(String)", "includeUsers": ["All"] } } });
        assert_eq!(
            check(body, ConditionalAccessPolicy::TYPE),
            Ok(json!({ "displayName": "a", "conditions": { "users": { "includeUsers": ["All"] } } }))
        );
    }

    #[test]
    fn what_does_not_fit_is_named_with_its_place() {
        for (body, message) in [
            (
                json!({ "noSuch": 1 }),
                "At '': the property 'noSuch' does not exist on type 'conditionalAccessPolicy'.",
            ),
            (json!({ "displayName": 5 }), "At '/displayName': text without control characters is expected."),
            (json!({ "displayName": null }), "At '/displayName': the value must not be null."),
            (
                json!({ "state": "on" }),
                "At '/state': 'on' is not a member of 'conditionalAccessPolicyState'.",
            ),
            (
                json!({ "conditions": { "signInRiskLevels": ["high", "extreme"] } }),
                "At '/conditions/signInRiskLevels/1': 'extreme' is not a member of 'riskLevel'.",
            ),
            (json!({ "conditions": { "users": [] } }), "At '/conditions/users': an object is expected."),
            (
                json!({ "sessionControls": { "signInFrequency": { "value": 1.5 } } }),
                "At '/sessionControls/signInFrequency/value': a whole number of 32 bits is expected.",
            ),
        ] {
            assert_eq!(check(body.clone(), ConditionalAccessPolicy::TYPE).unwrap_err(), message, "{body}");
        }
    }

    #[test]
    fn a_derived_type_is_recognised_in_any_case_and_written_as_declared() {
        let body = json!({ "@odata.type": "#Microsoft.Graph.IPNamedLocation", "displayName": "a", "ipRanges": [
            { "@odata.type": "#microsoft.graph.ipv4cidrrange", "cidrAddress": "192.0.2.0/24" } ] });
        assert_eq!(
            check(body, NamedLocation::TYPE),
            Ok(json!({ "@odata.type": "#microsoft.graph.ipNamedLocation", "displayName": "a", "ipRanges": [
                { "@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24" } ] }))
        );
        let untyped = json!({ "@odata.type": "#microsoft.graph.ipNamedLocation", "ipRanges": [{ "cidrAddress": "x" }] });
        assert_eq!(
            check(untyped, NamedLocation::TYPE).unwrap_err(),
            "At '/ipRanges/0': '@odata.type' must name a type derived from 'microsoft.graph.ipRange'."
        );
    }

    #[test]
    fn an_empty_collection_may_be_written_as_null() {
        assert_eq!(check(json!({ "businessPhones": null }), User::TYPE), Ok(json!({ "businessPhones": [] })));
    }
}
