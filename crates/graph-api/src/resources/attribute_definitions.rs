//! `/directory/customSecurityAttributeDefinitions` and the `allowedValues` of each. A definition is never deleted, only
//! deprecated, and a value only made inactive, so that what is assigned always has a meaning.

mod body;
mod change;
mod create;
mod get;
mod list;
mod update;
mod values;

use riskgate_model::{CustomSecurityAttributeDefinition, GraphType};
use riskgate_store::Versioned;

use super::attribute_sets::{READ, WRITE, all};
use crate::area::Area::Directory;
use crate::call::Call;
use crate::error::GraphError;
use crate::query::Set;
use crate::route::{Access, Route, routes};

/// The Graph type, capitalized.
const KIND: &str = "CustomSecurityAttributeDefinition";

static SET: Set =
    Set::new(CustomSecurityAttributeDefinition::TYPE, "directory/customSecurityAttributeDefinitions");

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { Directory;
        GET "directory/customSecurityAttributeDefinitions", read => list::list;
        GET "directory/customSecurityAttributeDefinitions/$count", read => list::count;
        POST "directory/customSecurityAttributeDefinitions", write => create::create;
        GET "directory/customSecurityAttributeDefinitions/{id}", read => get::get;
        PATCH "directory/customSecurityAttributeDefinitions/{id}", write => update::update;
        GET "directory/customSecurityAttributeDefinitions/{id}/allowedValues", read => values::list;
        GET "directory/customSecurityAttributeDefinitions/{id}/allowedValues/$count", read => values::count;
        POST "directory/customSecurityAttributeDefinitions/{id}/allowedValues", write => values::create;
        GET "directory/customSecurityAttributeDefinitions/{id}/allowedValues/{id}", read => values::get;
        PATCH "directory/customSecurityAttributeDefinitions/{id}/allowedValues/{id}", write => values::update;
    }
}

/// Every definition, for assignments to be checked with.
pub(super) async fn definitions(call: &Call) -> Result<Vec<CustomSecurityAttributeDefinition>, GraphError> {
    Ok(all(call).await?.into_iter().map(|row| row.record).collect())
}

/// The definition the path names, in any case.
async fn named(call: &Call) -> Result<Versioned<CustomSecurityAttributeDefinition>, GraphError> {
    let id = call.key(0).to_lowercase();
    let mut rows = all::<CustomSecurityAttributeDefinition>(call).await?.into_iter();
    rows.find(|row| row.record.id.to_lowercase() == id).ok_or_else(|| call.not_found(KIND, 0))
}
