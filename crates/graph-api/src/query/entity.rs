//! Single objects.

use riskgate_odata::Selection;
use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::{Set, context_url, options};
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::render::View;
use crate::route::Outcome;

/// 200 with an object of a set; `$select` is honoured.
///
/// # Errors
/// 400 for other options.
pub(crate) fn entity<T: Serialize>(call: &Call, set: &'static Set, object: &T) -> Outcome {
    let asked = options::of_entity(call, set)?;
    Ok(Answer::json(shown(call, set, &document(object)?, asked.select.as_ref())))
}

/// The same, of a document.
///
/// # Errors
/// Those of [`entity`].
pub(crate) fn entity_of(call: &Call, set: &'static Set, document: &Json) -> Outcome {
    let asked = options::of_entity(call, set)?;
    Ok(Answer::json(shown(call, set, document, asked.select.as_ref())))
}

/// 201 with an object that was just made.
///
/// # Errors
/// 500 if it cannot be written as JSON.
pub(crate) fn created<T: Serialize>(call: &Call, set: &'static Set, object: &T) -> Outcome {
    Ok(Answer::created(shown(call, set, &document(object)?, None)))
}

fn shown(call: &Call, set: &'static Set, document: &Json, selection: Option<&Selection>) -> Json {
    let view = View { selection, future: call.wants_unknown_members(), typed: set.typed };
    let mut body = Map::new();
    body.insert("@odata.context".to_owned(), Json::from(context_url(call, set.context, selection, true)));
    body.extend(view.entity(document, set.declared));
    Json::Object(body)
}

fn document<T: Serialize>(object: &T) -> Result<Json, GraphError> {
    serde_json::to_value(object).map_err(|error| {
        tracing::error!(%error, "an object cannot be written as JSON");
        GraphError::internal()
    })
}
