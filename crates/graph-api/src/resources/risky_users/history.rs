use riskgate_odata::Filter;
use riskgate_store::tables;

use crate::call::Call;
use crate::error::GraphError;
use crate::query::{self, Source};
use crate::resources::risk_evidence::annotated;
use crate::resources::stored::{document, normalized};
use crate::route::Outcome;

/// What happened to the risk of a user, newest first.
pub(super) async fn list(call: Call) -> Outcome {
    let source = of_user(&call).await?;
    query::list(&call, &super::HISTORY, source).await
}

pub(super) async fn count(call: Call) -> Outcome {
    let source = of_user(&call).await?;
    query::count(&call, &super::HISTORY, source).await
}

/// An item; with annotations asked for, also how it came about.
pub(super) async fn get(call: Call) -> Outcome {
    let item = document(&call, &tables::RISKY_USER_HISTORY, "RiskyUserHistoryItem", 1).await?;
    let owner = item.get("userId").and_then(serde_json::Value::as_str).unwrap_or_default();
    if !owner.eq_ignore_ascii_case(call.key(0)) {
        return Err(call.not_found("RiskyUserHistoryItem", 1));
    }
    let answer = query::entity_of(&call, &super::HISTORY, &item)?;
    Ok(annotated(&call, &item, answer, &["@riskgate.transition"]))
}

async fn of_user(call: &Call) -> Result<Source, GraphError> {
    document(call, &tables::RISKY_USERS, "RiskyUser", 0).await?;
    let scope = Some(Filter::equals("userId", normalized(call.key(0))));
    Ok(Source { scope, ..Source::all(&tables::RISKY_USER_HISTORY) })
}
