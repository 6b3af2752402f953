use riskgate_odata::Filter;
use riskgate_store::tables;

use crate::call::Call;
use crate::error::GraphError;
use crate::query::{self, Source};
use crate::resources::risk_evidence::annotated;
use crate::resources::stored::{document, normalized};
use crate::route::Outcome;

/// The property, not shown, that says whose an item is; Graph has none for it.
const OWNER: &str = "@riskgate.ownerId";

/// What happened to the risk of a service principal, newest first.
pub(super) async fn list(call: Call) -> Outcome {
    let source = of_service_principal(&call).await?;
    query::list(&call, &super::HISTORY, source).await
}

pub(super) async fn count(call: Call) -> Outcome {
    let source = of_service_principal(&call).await?;
    query::count(&call, &super::HISTORY, source).await
}

/// An item; with annotations asked for, also how it came about.
pub(super) async fn get(call: Call) -> Outcome {
    let kind = "RiskyServicePrincipalHistoryItem";
    let item = document(&call, &tables::RISKY_SERVICE_PRINCIPAL_HISTORY, kind, 1).await?;
    let owner = item.get(OWNER).and_then(serde_json::Value::as_str).unwrap_or_default();
    if !owner.eq_ignore_ascii_case(call.key(0)) {
        return Err(call.not_found(kind, 1));
    }
    let answer = query::entity_of(&call, &super::HISTORY, &item)?;
    Ok(annotated(&call, &item, answer, &["@riskgate.transition"]))
}

async fn of_service_principal(call: &Call) -> Result<Source, GraphError> {
    document(call, &tables::RISKY_SERVICE_PRINCIPALS, "RiskyServicePrincipal", 0).await?;
    let scope = Some(Filter::equals(OWNER, normalized(call.key(0))));
    Ok(Source { scope, ..Source::all(&tables::RISKY_SERVICE_PRINCIPAL_HISTORY) })
}
