//! Reads the options of a request and refuses those the set does not answer.

use axum::http::StatusCode;
use riskgate_odata::{
    OptionError, OptionRules, OrderBy, QueryOptions, SkipToken, Value, ValueKind, parse_options,
};
use riskgate_store::StoreError;

use super::Set;
use crate::area::Area;
use crate::call::Call;
use crate::error::GraphError;

/// The options of a list.
pub(crate) fn of_list(call: &Call, set: &'static Set) -> Result<QueryOptions, GraphError> {
    let options = read(call, set)?;
    let given = [
        ("$select", options.select.is_some()),
        ("$orderby", !options.orderby.is_empty()),
        ("$top", options.top.is_some()),
        ("$skip", options.skip.is_some()),
        ("$count", options.count),
    ];
    let refused = given.map(|(name, is_given)| (name, is_given && set.refused.contains(&name)));
    refuse(call, &[("$expand", options.expand.is_some()), ("$search", options.search.is_some())])?;
    refuse(call, &refused)?;
    Ok(options)
}

/// The options of a single object: `$select` alone.
pub(super) fn of_entity(call: &Call, set: &'static Set) -> Result<QueryOptions, GraphError> {
    // What lists refuse to select can be selected here, or does not exist.
    let options = read(call, set)?;
    let refused = [
        ("$expand", options.expand.is_some()),
        ("$search", options.search.is_some()),
        ("$filter", options.filter.is_some()),
        ("$orderby", !options.orderby.is_empty()),
        ("$top", options.top.is_some()),
        ("$skip", options.skip.is_some()),
    ];
    refuse(call, &refused)?;
    Ok(options)
}

fn read(call: &Call, set: &'static Set) -> Result<QueryOptions, GraphError> {
    let rules = OptionRules { resource: set.selectable, derived: set.derived, max_top: set.max_top };
    let options = parse_options(&call.query, &rules).map_err(|error| refusal(call.area, set, &error))?;
    if let (Some((name, rule)), Some(selection)) = (set.guarded, &options.select)
        && selection.names.contains(&name)
    {
        rule.check(call.area, call.caller()?, false)?;
    }
    match options.unknown.iter().find(|(name, _)| name.starts_with('$')) {
        Some((name, _)) => {
            let name: String = name.chars().take(64).collect();
            Err(call.area.bad_request(format!("Unrecognized query option '{name}'.")))
        }
        None => Ok(options),
    }
}

fn refuse(call: &Call, options: &[(&str, bool)]) -> Result<(), GraphError> {
    match options.iter().find(|(_, present)| *present) {
        Some((name, _)) => {
            Err(call.area.bad_request(format!("'{name}' is not supported for this resource.")))
        }
        None => Ok(()),
    }
}

fn refusal(area: Area, set: &'static Set, error: &OptionError) -> GraphError {
    match error {
        OptionError::UnknownProperty { option: "$select", property, .. }
            if set.single_only.iter().any(|name| name.eq_ignore_ascii_case(property)) =>
        {
            GraphError::new(
                StatusCode::NOT_IMPLEMENTED,
                "notImplemented",
                format!("The property '{property}' can be selected of a single user only."),
            )
        }
        OptionError::SkipToken(problem) if area == Area::Directory => GraphError::new(
            StatusCode::BAD_REQUEST,
            "Directory_ExpiredPageToken",
            sentence(&problem.to_string()),
        ),
        _ if error.unsupported().is_some() && area == Area::Directory => {
            GraphError::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", sentence(&error.to_string()))
        }
        OptionError::Filter(problem) => GraphError::new(
            StatusCode::BAD_REQUEST,
            "BadRequest",
            format!("Invalid filter clause: {problem}."),
        ),
        _ => area.bad_request(sentence(&error.to_string())),
    }
}

/// The store cannot query by every property the schema lets one filter by.
pub(super) fn store_refusal(area: Area, set: &'static Set, error: StoreError) -> GraphError {
    let StoreError::NotQueryable { path, .. } = &error else { return error.into() };
    let message = format!(
        "Unsupported or invalid query filter clause specified for property '{path}' of resource '{}'.",
        capitalized(set.declared.name)
    );
    match area {
        Area::Directory => GraphError::new(StatusCode::BAD_REQUEST, "Request_UnsupportedQuery", message),
        _ => area.bad_request(message),
    }
}

/// A token of another order than the one asked for does not name a place in it.
pub(super) fn check_token(area: Area, token: &SkipToken, order: &[OrderBy]) -> Result<(), GraphError> {
    let fits = |(value, part): (&Value, &OrderBy)| match value {
        Value::Null => true,
        Value::String(_) => part.kind == ValueKind::Text,
        Value::Boolean(_) => part.kind == ValueKind::Boolean,
        Value::Integer(_) => part.kind == ValueKind::Integer,
        Value::Double(_) => part.kind == ValueKind::Double,
        Value::Time(_) => part.kind == ValueKind::Time,
    };
    match token.values.len() == order.len() && token.values.iter().zip(order).all(fits) {
        true => Ok(()),
        false => Err(area.bad_request(
            "The $skiptoken belongs to another query; follow @odata.nextLink as it was returned.",
        )),
    }
}

/// The Graph type with a capital letter, as messages of the service have it.
pub(crate) fn capitalized(name: &str) -> String {
    let mut letters = name.chars();
    letters.next().map(|first| first.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

fn sentence(text: &str) -> String {
    let text = capitalized(text);
    if text.ends_with('.') { text } else { text + "." }
}
