//! The body of a definition, before it is one.

use riskgate_model::{
    AVAILABLE, AllowedValue, BOOLEAN_ATTRIBUTE, CustomSecurityAttributeDefinition, DEPRECATED, GraphType,
    INTEGER_ATTRIBUTE, STRING_ATTRIBUTE, is_security_attribute_name, security_attribute_text,
};
use serde_json::{Map, Value as Json};

use crate::area::Area::Directory;
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::attribute_sets::check_description;

/// Most values to choose from.
const MOST_VALUES: usize = 100;

/// The properties a client sent, as the schema has them, and the values sent under `values`.
///
/// # Errors
/// 400 with the place of what does not fit.
pub(super) fn properties(
    call: &Call,
    values: &str,
) -> Result<(Map<String, Json>, Vec<AllowedValue>), GraphError> {
    let mut body = call.json()?;
    let values = match body.remove(values) {
        None | Some(Json::Null) => Vec::new(),
        Some(Json::Array(items)) => items.into_iter().map(value_of).collect::<Result<_, _>>()?,
        Some(_) => return Err(refused(format!("'{values}' must be a collection."))),
    };
    if body.contains_key("allowedValues@delta") {
        return Err(refused("'allowedValues@delta' is for updates.".to_owned()));
    }
    let properties =
        conform(body, CustomSecurityAttributeDefinition::TYPE).map_err(|found| refused(found.to_string()))?;
    Ok((properties, values))
}

fn value_of(item: Json) -> Result<AllowedValue, GraphError> {
    match item {
        Json::Object(item) => value(item),
        _ => Err(refused("A value of 'allowedValues' must be an object.".to_owned())),
    }
}

/// A value to choose from.
///
/// # Errors
/// 400 if it is none.
pub(super) fn value(body: Map<String, Json>) -> Result<AllowedValue, GraphError> {
    let properties = conform(body, AllowedValue::TYPE).map_err(|found| refused(found.to_string()))?;
    let value: AllowedValue = serde_json::from_value(Json::Object(properties))
        .map_err(|_| refused("An allowed value needs an 'id', which is the value.".to_owned()))?;
    match value.is_active {
        Some(_) => Ok(value),
        None => Err(refused("An allowed value needs 'isActive'.".to_owned())),
    }
}

/// The definition that properties make up, values aside.
///
/// # Errors
/// 400 with what is missing or wrong.
pub(super) fn definition(
    call: &Call,
    mut properties: Map<String, Json>,
) -> Result<CustomSecurityAttributeDefinition, GraphError> {
    for name in
        ["attributeSet", "isCollection", "isSearchable", "name", "status", "type", "usePreDefinedValuesOnly"]
    {
        if properties.get(name).is_none_or(Json::is_null) {
            return Err(refused(format!("'{name}' is required.")));
        }
    }
    properties.insert("id".to_owned(), Json::from(""));
    let definition: CustomSecurityAttributeDefinition =
        serde_json::from_value(Json::Object(properties)).map_err(|_| GraphError::internal())?;
    if !is_security_attribute_name(&definition.name) {
        return Err(refused("The 'name' of an attribute is 1 to 32 letters and digits.".to_owned()));
    }
    check_description(call, definition.description.as_deref())?;
    one_of("type", &definition.type_, &[BOOLEAN_ATTRIBUTE, INTEGER_ATTRIBUTE, STRING_ATTRIBUTE])?;
    one_of("status", &definition.status, &[AVAILABLE, DEPRECATED])?;
    let is_boolean = definition.type_ == BOOLEAN_ATTRIBUTE;
    for (name, value) in [
        ("isCollection", definition.is_collection),
        ("usePreDefinedValuesOnly", definition.use_pre_defined_values_only),
    ] {
        if is_boolean && value == Some(true) {
            return Err(refused(format!("'{name}' cannot be true of an attribute of type 'Boolean'.")));
        }
    }
    Ok(definition)
}

fn one_of(name: &str, value: &str, known: &[&str]) -> Result<(), GraphError> {
    match known.contains(&value) {
        true => Ok(()),
        false => Err(refused(format!("'{name}' must be one of '{}'.", known.join("', '")))),
    }
}

/// Adds a value, or says whether one that is there is active.
///
/// # Errors
/// 400 if it does not fit the type, or there are too many.
pub(super) fn put(
    definition: &mut CustomSecurityAttributeDefinition,
    value: AllowedValue,
) -> Result<(), GraphError> {
    let shown: String = value.id.chars().take(64).collect();
    match definition.type_.as_str() {
        STRING_ATTRIBUTE => {
            let text = security_attribute_text(&value.id);
            text.map_err(|problem| refused(format!("The value '{shown}' is not valid: {problem}.")))?;
        }
        INTEGER_ATTRIBUTE if value.id.parse::<i32>().is_ok_and(|number| number.to_string() == value.id) => (),
        INTEGER_ATTRIBUTE => {
            return Err(refused(format!("The value '{shown}' is not a whole number of 32 bits.")));
        }
        _ => return Err(refused("An attribute of type 'Boolean' has no values to choose from.".to_owned())),
    }
    if let Some(own) = definition.allowed_values.iter_mut().find(|own| own.id == value.id) {
        own.is_active = value.is_active;
        return Ok(());
    }
    if definition.allowed_values.len() >= MOST_VALUES {
        return Err(refused(format!("An attribute can have at most {MOST_VALUES} allowed values.")));
    }
    definition.allowed_values.push(value);
    Ok(())
}

fn refused(problem: String) -> GraphError {
    Directory.bad_request(problem)
}
