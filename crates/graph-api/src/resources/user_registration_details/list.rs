use riskgate_odata::Filter;
use riskgate_store::tables;

use super::details;
use crate::call::Call;
use crate::error::GraphError;
use crate::query::{self, Rows};
use crate::route::Outcome;

/// By identifier, unless asked for in another order.
pub(super) async fn list(call: Call) -> Outcome {
    let rows = Rows {
        table: &tables::USERS,
        scope: Filter::equals("accountEnabled", true),
        columns: &[
            ("id", "id"),
            ("userPrincipalName", "userPrincipalName"),
            ("userDisplayName", "displayName"),
        ],
    };
    let compute = |user| {
        let call = &call;
        async move {
            let user = serde_json::from_value(user).map_err(|error| {
                tracing::error!(%error, "a user that is kept cannot be read");
                GraphError::internal()
            })?;
            let details = details::of(call, &user).await?;
            serde_json::to_value(details).map_err(|_| GraphError::internal())
        }
    };
    query::list_computed(&call, &super::SET, rows, compute).await
}
