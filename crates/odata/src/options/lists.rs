//! `$select` and `$orderby`: lists of properties.

use riskgate_model::schema::{Edm, Property, StructuredType};

use super::{OptionError, OptionRules, invalid};
use crate::bind::path::{find_property, find_type, is_navigation};
use crate::error::excerpt;
use crate::order::{MAX_ORDER_PARTS, OrderBy, ValueKind};
use crate::select::Selection;

/// `a,b` or `*`; a property of a derived type as `microsoft.graph.x/a`.
pub(super) fn selection(value: &str, rules: &OptionRules<'_>) -> Result<Selection, OptionError> {
    const OPTION: &str = "$select";
    let mut selection = Selection::default();
    for item in value.split(',').map(str::trim) {
        let (structured, name) = match item.split_once('/') {
            _ if item == "*" => {
                selection.all = true;
                continue;
            }
            _ if item.is_empty() => return Err(invalid(OPTION, value, "a list of properties")),
            Some((cast, name)) if cast.contains('.') => {
                let structured = find_type(rules.resource, rules.derived, cast)
                    .ok_or_else(|| unknown(OPTION, cast, rules.resource))?;
                (structured, name)
            }
            Some(_) => {
                return Err(unsupported(OPTION, item, rules, "only whole properties can be selected"));
            }
            None => (rules.resource, item),
        };
        let Some(property) = find_property(structured, name) else {
            return Err(if is_navigation(structured, name) {
                unsupported(OPTION, item, rules, "related objects cannot be selected")
            } else {
                unknown(OPTION, name, structured)
            });
        };
        if !selection.names.contains(&property.name) {
            selection.names.push(property.name);
        }
    }
    Ok(selection)
}

/// `a desc,b/c`.
pub(super) fn order(value: &str, rules: &OptionRules<'_>) -> Result<Vec<OrderBy>, OptionError> {
    const OPTION: &str = "$orderby";
    let mut order: Vec<OrderBy> = Vec::new();
    for item in value.split(',') {
        let mut words = item.split_ascii_whitespace();
        let wrong = || invalid(OPTION, item, "a property, then 'asc', 'desc' or nothing");
        let path = words.next().ok_or_else(wrong)?;
        let descending = match words.next().map(str::to_ascii_lowercase).as_deref() {
            None | Some("asc") => false,
            Some("desc") => true,
            Some(_) => return Err(wrong()),
        };
        if words.next().is_some() {
            return Err(wrong());
        }
        let part = order_part(path, descending, rules)?;
        if order.iter().any(|earlier| earlier.path == part.path) {
            return Err(invalid(OPTION, path, "every property at most once"));
        }
        order.push(part);
        if order.len() > MAX_ORDER_PARTS {
            return Err(invalid(OPTION, value, "a list of at most 8 properties"));
        }
    }
    Ok(order)
}

fn order_part(path: &str, descending: bool, rules: &OptionRules<'_>) -> Result<OrderBy, OptionError> {
    const OPTION: &str = "$orderby";
    let mut structured = rules.resource;
    let mut declared: Vec<&str> = Vec::new();
    let mut names = path.split('/').peekable();
    while let Some(name) = names.next() {
        let Some(property) = find_property(structured, name) else {
            return Err(if name.contains('.') || is_navigation(structured, name) {
                unsupported(OPTION, path, rules, "only the object's own properties can be ordered by")
            } else {
                unknown(OPTION, name, structured)
            });
        };
        declared.push(property.name);
        match (names.peek(), property.edm) {
            (None, _) => {
                let kind = value_kind(property)
                    .ok_or_else(|| unsupported(OPTION, path, rules, "this property cannot be ordered by"))?;
                return Ok(OrderBy { path: declared.join("/"), descending, kind });
            }
            (Some(_), Edm::Complex(inner)) if !property.is_collection => structured = inner,
            (Some(next), _) => return Err(unknown(OPTION, next, structured)),
        }
    }
    Err(invalid(OPTION, path, "a property"))
}

/// How a property's values compare; `None` if they cannot be ordered by. Members of enumerations come in the order of
/// their names: the declared numbers are no order either (riskLevel: low 0, none 4).
fn value_kind(property: &Property) -> Option<ValueKind> {
    if !property.sortable || property.is_collection {
        return None;
    }
    match property.edm {
        Edm::String | Edm::Guid | Edm::Enum(_) => Some(ValueKind::Text),
        Edm::Boolean => Some(ValueKind::Boolean),
        Edm::Int32 => Some(ValueKind::Integer),
        Edm::Double => Some(ValueKind::Double),
        Edm::DateTimeOffset => Some(ValueKind::Time),
        Edm::Binary | Edm::Duration | Edm::Complex(_) => None,
    }
}

fn unknown(option: &'static str, property: &str, structured: &'static StructuredType) -> OptionError {
    OptionError::UnknownProperty { option, property: excerpt(property), resource: structured.name }
}

fn unsupported(
    option: &'static str,
    property: &str,
    rules: &OptionRules<'_>,
    reason: &'static str,
) -> OptionError {
    OptionError::Unsupported { option, property: excerpt(property), resource: rules.resource.name, reason }
}
