//! `$metadata` (OData CSDL XML 4.01) and the service document: made from the declarations in `riskgate-model`, what
//! paths there are (`container.rs`) and which actions (`operations.rs`).

mod container;
mod operations;
mod schema;

use serde_json::json;

use crate::answer::Answer;
use crate::call::Call;
use crate::query::context_url;
use crate::route::Outcome;

/// `GET /$metadata`
pub(crate) async fn metadata(_: Call) -> Outcome {
    Ok(Answer::xml(schema::document()))
}

/// `GET /`
pub(crate) async fn service_document(call: Call) -> Outcome {
    let sets =
        container::SETS.iter().map(|(name, _)| json!({ "name": name, "kind": "EntitySet", "url": name }));
    let singletons = container::SINGLETONS
        .iter()
        .map(|(name, _)| json!({ "name": name, "kind": "Singleton", "url": name }));
    let value: Vec<_> = sets.chain(singletons).collect();
    let context = context_url(&call, "", None, false);
    Ok(Answer::json(json!({ "@odata.context": context.trim_end_matches('#'), "value": value })))
}
