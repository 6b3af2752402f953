use riskgate_model::{AuthenticationContextClassReference, GraphType};
use serde_json::{Map, Value as Json};

use crate::area::Area::ConditionalAccess;
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;

/// Most characters of a display name.
const LONGEST_NAME: usize = 256;
/// Most characters of a description.
const LONGEST_DESCRIPTION: usize = 1024;

/// The properties a client sent, as the schema has them.
///
/// # Errors
/// 400 with the place of what does not fit.
pub(super) fn properties(call: &Call) -> Result<Map<String, Json>, GraphError> {
    conform(call.json()?, AuthenticationContextClassReference::TYPE)
        .map_err(|found| call.area.bad_request(found.to_string()))
}

/// The identifier, written as documented: `c1` to `c99`.
///
/// # Errors
/// 400 for any other.
pub(super) fn identifier(id: &str) -> Result<String, GraphError> {
    let number = id.strip_prefix(['c', 'C']).filter(|number| {
        matches!(number.len(), 1 | 2)
            && !number.starts_with('0')
            && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    number.map(|number| format!("c{number}")).ok_or_else(|| {
        ConditionalAccess.bad_request("The 'id' of an authentication context is one of 'c1' to 'c99'.")
    })
}

/// The identifier the path names; what the body says must agree.
///
/// # Errors
/// 400 if it does not, or if it is none.
pub(super) fn identifier_of_path(call: &Call, properties: &Map<String, Json>) -> Result<String, GraphError> {
    let id = identifier(call.key(0))?;
    match properties.get("id").and_then(Json::as_str) {
        Some(sent) if !sent.eq_ignore_ascii_case(&id) => {
            Err(call.area.bad_request("The 'id' of an authentication context cannot be changed."))
        }
        _ => Ok(id),
    }
}

/// The context that properties make up.
///
/// # Errors
/// 400 if it has no name, or a text is too long.
pub(super) fn context(
    id: String,
    mut properties: Map<String, Json>,
) -> Result<AuthenticationContextClassReference, GraphError> {
    let mut text = |name: &str| properties.remove(name).and_then(|text| text.as_str().map(str::to_owned));
    let (display_name, description) = (text("displayName"), text("description"));
    let length = display_name.as_deref().unwrap_or_default().trim().chars().count();
    if length == 0 || length > LONGEST_NAME {
        return Err(ConditionalAccess
            .bad_request(format!("'displayName' must have from 1 to {LONGEST_NAME} characters.")));
    }
    if description.as_ref().is_some_and(|text| text.chars().count() > LONGEST_DESCRIPTION) {
        return Err(ConditionalAccess
            .bad_request(format!("'description' must have at most {LONGEST_DESCRIPTION} characters.")));
    }
    let is_available = properties.get("isAvailable").and_then(Json::as_bool).unwrap_or_default();
    Ok(AuthenticationContextClassReference {
        id,
        description,
        display_name,
        is_available: Some(is_available),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn there_are_ninety_nine_contexts() {
        for (id, known) in [("c1", "c1"), ("C99", "c99"), ("c10", "c10")] {
            assert_eq!(identifier(id).unwrap(), known);
        }
        for id in ["", "c", "c0", "c01", "c100", "d1", "c-1", "1", "c1 ", "cé"] {
            assert!(identifier(id).is_err(), "{id}");
        }
    }
}
