//! Single objects.

use riskgate_model::schema::StructuredType;
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

/// 200 with a value of a complex type.
///
/// # Errors
/// 500 if it cannot be written as JSON.
pub(crate) fn complex<T: Serialize>(call: &Call, declared: &'static StructuredType, value: &T) -> Outcome {
    let view = View { selection: None, future: call.wants_unknown_members(), typed: false };
    let mut body = Map::new();
    let name = format!("microsoft.graph.{}", declared.name);
    body.insert("@odata.context".to_owned(), Json::from(context_url(call, &name, None, false)));
    body.extend(view.complex(&document(value)?, declared));
    Ok(Answer::json(Json::Object(body)))
}

/// An object of a set as part of another answer.
pub(crate) fn shown_alone(call: &Call, set: &'static Set, document: &Json) -> Json {
    let view = View { selection: None, future: call.wants_unknown_members(), typed: set.typed };
    Json::Object(view.entity(document, set.declared))
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
