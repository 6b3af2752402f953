//! `/identity/conditionalAccess/namedLocations` (contract §1.2.1).

mod body;
mod change;
mod count;
mod create;
mod delete;
mod get;
mod list;
mod update;

use riskgate_model::{AnyNamedLocation, CountryNamedLocation, GraphType, IpNamedLocation, NamedLocation};
use riskgate_odata::Filter;
use riskgate_store::{StoreExt, Versioned};

use super::policies::{READ, WRITE};
use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::error::GraphError;
use crate::query::Set;
use crate::route::{Access, Route, routes};

/// Most named locations of a tenant (contract §1.2.1).
pub(super) const MOST: usize = 195;

pub(super) static SET: Set = Set {
    derived: &[IpNamedLocation::TYPE, CountryNamedLocation::TYPE],
    typed: true,
    ..Set::new(NamedLocation::TYPE, "identity/conditionalAccess/namedLocations")
};

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { ConditionalAccess;
        GET "identity/conditionalAccess/namedLocations", read => list::list;
        GET "identity/conditionalAccess/namedLocations/$count", read => count::count;
        POST "identity/conditionalAccess/namedLocations", write => create::create;
        GET "identity/conditionalAccess/namedLocations/{id}", read => get::get;
        PATCH "identity/conditionalAccess/namedLocations/{id}", write => update::update;
        DELETE "identity/conditionalAccess/namedLocations/{id}", write => delete::delete;
    }
}

/// Every named location; there are never many.
async fn all(call: &Call) -> Result<Vec<AnyNamedLocation>, GraphError> {
    let rows = call.store().find_all(call.service.api.tenant, Filter::Constant(true)).await?;
    Ok(rows.into_iter().map(|row| row.record).collect())
}

/// The named location the path names.
async fn named(call: &Call) -> Result<Versioned<AnyNamedLocation>, GraphError> {
    let id = super::stored::normalized(call.key(0));
    let location = call.store().load(call.service.api.tenant, &id).await?;
    location.ok_or_else(|| call.not_found("NamedLocation", 0))
}
