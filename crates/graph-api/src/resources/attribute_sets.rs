//! `/directory/attributeSets`: what custom security attributes are grouped in. A set keeps its name and is never deleted.

mod create;
mod get;
mod list;
mod update;

use riskgate_directory::{AuditEntry, Capability, audit, other_target};
use riskgate_model::{AttributeSet, CustomSecurityAttributeDefinition, GraphType};
use riskgate_odata::Filter;
use riskgate_store::{Batch, Record, StoreExt, Versioned};
use serde_json::{Map, Value as Json};

use crate::area::Area::Directory;
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

/// The Graph type, capitalized.
const KIND: &str = "AttributeSet";
/// Most sets of a tenant.
const MOST_SETS: usize = 500;
/// Most attributes of a tenant that are available.
pub(super) const MOST_ATTRIBUTES: usize = 500;
/// Most characters of a description.
const LONGEST_DESCRIPTION: usize = 128;

static SET: Set = Set::new(AttributeSet::TYPE, "directory/attributeSets");

pub(super) static READ: Rule = Rule::new(
    &[&["CustomSecAttributeDefinition.Read.All"], &["CustomSecAttributeDefinition.ReadWrite.All"]],
    Capability::ReadAttributeDefinitions,
);
pub(super) static WRITE: Rule =
    Rule::new(&[&["CustomSecAttributeDefinition.ReadWrite.All"]], Capability::WriteAttributeDefinitions);

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { Directory;
        GET "directory/attributeSets", read => list::list;
        GET "directory/attributeSets/$count", read => list::count;
        POST "directory/attributeSets", write => create::create;
        GET "directory/attributeSets/{id}", read => get::get;
        PATCH "directory/attributeSets/{id}", write => update::update;
    }
}

/// Every object of a kind there are few of.
pub(super) async fn all<R: Record>(call: &Call) -> Result<Vec<Versioned<R>>, GraphError> {
    Ok(call.store().find_all(call.service.api.tenant, Filter::Constant(true)).await?)
}

/// The set of this name, in any case.
pub(super) async fn find(call: &Call, name: &str) -> Result<Option<Versioned<AttributeSet>>, GraphError> {
    let name = name.to_lowercase();
    Ok(all::<AttributeSet>(call).await?.into_iter().find(|set| set.record.id.to_lowercase() == name))
}

/// The set the path names.
async fn named(call: &Call) -> Result<Versioned<AttributeSet>, GraphError> {
    find(call, call.key(0)).await?.ok_or_else(|| call.not_found(KIND, 0))
}

/// The properties a client sent, as the schema has them.
fn properties(call: &Call) -> Result<Map<String, Json>, GraphError> {
    conform(call.json()?, AttributeSet::TYPE).map_err(|found| call.area.bad_request(found.to_string()))
}

/// The set that properties make up.
fn read(call: &Call, properties: Map<String, Json>) -> Result<AttributeSet, GraphError> {
    let set: AttributeSet = serde_json::from_value(Json::Object(properties))
        .map_err(|_| call.area.bad_request("An attribute set needs an 'id'."))?;
    if !riskgate_model::is_security_attribute_name(&set.id) {
        return Err(call.area.bad_request("The 'id' of an attribute set is 1 to 32 letters and digits."));
    }
    check_description(call, set.description.as_deref())?;
    let most = i32::try_from(MOST_ATTRIBUTES).unwrap_or(i32::MAX);
    match set.max_attributes_per_set {
        Some(max) if !(1..=most).contains(&max) => Err(call.area.bad_request(format!(
            "'maxAttributesPerSet' is a number from 1 to {MOST_ATTRIBUTES}, or null for no limit of its own."
        ))),
        _ => Ok(set),
    }
}

/// 400 for a description that is too long.
pub(super) fn check_description(call: &Call, text: Option<&str>) -> Result<(), GraphError> {
    match text.is_some_and(|text| text.chars().count() > LONGEST_DESCRIPTION) {
        true => Err(call
            .area
            .bad_request(format!("'description' must have at most {LONGEST_DESCRIPTION} characters."))),
        false => Ok(()),
    }
}

/// Attributes of the set that are available.
pub(super) fn available(definitions: &[Versioned<CustomSecurityAttributeDefinition>], set: &str) -> usize {
    let set = set.to_lowercase();
    let own = definitions.iter().map(|row| &row.record);
    own.filter(|own| own.is_available() && own.attribute_set.to_lowercase() == set).count()
}

/// Adds the audit entry to a change of a set and commits both.
async fn commit(
    call: &Call,
    mut batch: Batch,
    set: &AttributeSet,
    (activity, operation): (&'static str, &'static str),
) -> Result<(), GraphError> {
    let api = &call.service.api;
    let entry = AuditEntry::new(activity, "AttributeManagement", operation);
    let entry = entry.target(other_target(KIND, &set.id, Some(&set.id)));
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.store.commit(batch).await?)
}
