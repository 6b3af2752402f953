use serde_json::Value as Json;

use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let is_named = |template: &Json| {
        template.get("id").and_then(Json::as_str).is_some_and(|id| id.eq_ignore_ascii_case(call.key(0)))
    };
    let template = super::all(&call).await?.into_iter().find(is_named);
    query::entity_of(
        &call,
        &super::SET,
        &template.ok_or_else(|| call.not_found("ConditionalAccessTemplate", 0))?,
    )
}
