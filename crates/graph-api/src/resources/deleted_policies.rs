//! `/identity/conditionalAccess/deletedItems/...`: deleted policies and named locations, kept for 30 days (contract §1.2).

mod count;
mod get;
mod list;
mod purge;
mod restore;

use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_odata::Filter;
use riskgate_store::records::{DeletedItem, DeletedKind};
use riskgate_store::{StoreExt, Versioned};
use serde::Serialize;
use serde_json::Value as Json;

use super::policies::{READ, WRITE};
use super::{named_locations, policies};
use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::error::GraphError;
use crate::query::Set;
use crate::route::{Access, Route, routes};

/// How long a deleted object can be restored.
const KEPT: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// What can be restored here.
#[derive(Clone, Copy)]
struct Kind {
    kind: DeletedKind,
    /// Graph type, capitalized.
    name: &'static str,
    set: &'static Set,
}

const POLICIES: Kind =
    Kind { kind: DeletedKind::ConditionalAccessPolicy, name: "ConditionalAccessPolicy", set: &policies::SET };
const LOCATIONS: Kind =
    Kind { kind: DeletedKind::NamedLocation, name: "NamedLocation", set: &named_locations::SET };

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { ConditionalAccess;
        GET "identity/conditionalAccess/deletedItems/policies", read => |call| list::list(call, POLICIES);
        GET "identity/conditionalAccess/deletedItems/policies/$count", read => |call| count::count(call, POLICIES);
        GET "identity/conditionalAccess/deletedItems/policies/{id}", read => |call| get::get(call, POLICIES);
        DELETE "identity/conditionalAccess/deletedItems/policies/{id}", write => |call| purge::purge(call, POLICIES);
        POST "identity/conditionalAccess/deletedItems/policies/{id}/restore", write => restore::policy;
        POST "identity/conditionalAccess/policies/{id}/restore", write => restore::policy;
        GET "identity/conditionalAccess/deletedItems/namedLocations", read => |call| list::list(call, LOCATIONS);
        GET "identity/conditionalAccess/deletedItems/namedLocations/$count", read => |call| count::count(call, LOCATIONS);
        GET "identity/conditionalAccess/deletedItems/namedLocations/{id}", read => |call| get::get(call, LOCATIONS);
        DELETE "identity/conditionalAccess/deletedItems/namedLocations/{id}", write => |call| purge::purge(call, LOCATIONS);
        POST "identity/conditionalAccess/deletedItems/namedLocations/{id}/restore", write => restore::location;
        POST "identity/conditionalAccess/namedLocations/{id}/restore", write => restore::location;
    }
}

/// What is kept of an object that is deleted now.
pub(super) fn deleted_item(
    kind: DeletedKind,
    id: &str,
    object: &impl Serialize,
    now: Timestamp,
) -> Result<DeletedItem, GraphError> {
    let document = serde_json::to_value(object).map_err(|_| GraphError::internal())?;
    Ok(DeletedItem {
        id: id.to_owned(),
        kind,
        document,
        deleted_date_time: now,
        expires_date_time: now + KEPT,
    })
}

/// The objects of a kind that can be restored still.
async fn all(call: &Call, kind: Kind) -> Result<Vec<Json>, GraphError> {
    let word = match kind.kind {
        DeletedKind::NamedLocation => "namedLocation",
        _ => "conditionalAccessPolicy",
    };
    let rows =
        call.store().find_all::<DeletedItem>(call.service.api.tenant, Filter::equals("kind", word)).await?;
    let kept = rows.into_iter().filter(|row| row.record.expires_date_time > call.context.at);
    Ok(kept.map(|row| row.record.document).collect())
}

/// The deleted object the path names.
async fn named(call: &Call, kind: Kind) -> Result<Versioned<DeletedItem>, GraphError> {
    let id = super::stored::normalized(call.key(0));
    let item = call.store().load::<DeletedItem>(call.service.api.tenant, &id).await?;
    item.filter(|item| item.record.kind == kind.kind && item.record.expires_date_time > call.context.at)
        .ok_or_else(|| call.not_found(kind.name, 0))
}
