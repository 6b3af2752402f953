//! Lists of what is in memory: sets that are small by nature.

use riskgate_odata::{QueryOptions, SkipToken, Value, apply_order};
use serde::Serialize;
use serde_json::Value as Json;

use super::page::{Page, answer};
use super::{Set, options};
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// A page of a set whose objects are all here.
///
/// # Errors
/// 400 for options that are wrong or not answered.
pub(crate) fn list_of<T: Serialize>(call: &Call, set: &'static Set, objects: &[T]) -> Outcome {
    let mut asked = options::of_list(call, set)?;
    let mut documents = matching(&asked, objects)?;
    let order = set.order(std::mem::take(&mut asked.orderby));
    apply_order(&mut documents, &order);
    let total = documents.len();
    let token = asked.skiptoken.take();
    let start = match &token {
        Some(token) => place_after(call, token, &documents)?,
        None => usize::try_from(asked.skip.unwrap_or(0)).unwrap_or(usize::MAX).min(total),
    };
    let size = usize::try_from(asked.top.unwrap_or(set.page)).unwrap_or(usize::MAX);
    let end = start.saturating_add(size).min(total);
    let documents: Vec<Json> = documents.drain(start..end).collect();
    let next = documents.last().filter(|_| end < total).map(|last| SkipToken {
        values: vec![Value::Integer(i64::try_from(end).unwrap_or(i64::MAX))],
        id: id_of(last).to_owned(),
    });
    let count = (asked.count && token.is_none()).then_some(u64::try_from(total).unwrap_or(u64::MAX));
    Ok(answer(call, set, &asked, Page { documents, count, next }))
}

/// `/$count` of a set whose objects are all here.
///
/// # Errors
/// Those of [`list_of`].
pub(crate) fn count_of<T: Serialize>(call: &Call, set: &'static Set, objects: &[T]) -> Outcome {
    let asked = options::of_list(call, set)?;
    Ok(Answer::text(matching(&asked, objects)?.len().to_string()))
}

fn matching<T: Serialize>(asked: &QueryOptions, objects: &[T]) -> Result<Vec<Json>, GraphError> {
    let mut documents = Vec::with_capacity(objects.len());
    for object in objects {
        let document = serde_json::to_value(object).map_err(|error| {
            tracing::error!(%error, "an object cannot be written as JSON");
            GraphError::internal()
        })?;
        if asked.filter.as_ref().is_none_or(|filter| filter.matches(&document)) {
            documents.push(document);
        }
    }
    Ok(documents)
}

/// Behind the object the token names; where it was, if it is gone.
fn place_after(call: &Call, token: &SkipToken, documents: &[Json]) -> Result<usize, GraphError> {
    let [Value::Integer(place)] = token.values.as_slice() else {
        return Err(call.area.bad_request("The $skiptoken belongs to another query."));
    };
    let found = documents.iter().position(|document| id_of(document) == token.id);
    Ok(found.map_or(usize::try_from(*place).unwrap_or(0), |found| found + 1).min(documents.len()))
}

fn id_of(document: &Json) -> &str {
    document.get("id").and_then(Json::as_str).unwrap_or_default()
}
