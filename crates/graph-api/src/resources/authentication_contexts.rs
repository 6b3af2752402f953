//! `/identity/conditionalAccess/authenticationContextClassReferences` (contract §1.2).
//!
//! Policies and applications may name any of `c1` to `c99`; what is kept here describes one for people, and
//! `isAvailable` says that applications may offer it.

mod body;
mod change;
mod create;
mod delete;
mod get;
mod list;
mod replace;
mod update;

use riskgate_directory::Capability;
use riskgate_model::{AuthenticationContextClassReference, GraphType};
use riskgate_store::{StoreExt, Versioned};

use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

/// The Graph type, capitalized.
const KIND: &str = "AuthenticationContextClassReference";

static SET: Set = Set {
    refused: &["$select", "$orderby", "$top", "$skip", "$count"],
    ..Set::new(
        AuthenticationContextClassReference::TYPE,
        "identity/conditionalAccess/authenticationContextClassReferences",
    )
};

static READ: Rule = Rule::new(
    &[
        &["AuthenticationContext.Read.All"],
        &["AuthenticationContext.ReadWrite.All"],
        &["Policy.Read.ConditionalAccess"],
        &["Policy.ReadWrite.ConditionalAccess"],
    ],
    Capability::ReadPolicies,
);
static WRITE: Rule = Rule::new(
    &[&["AuthenticationContext.ReadWrite.All"], &["Policy.ReadWrite.ConditionalAccess"]],
    Capability::WritePolicies,
);
static DELETE: Rule = Rule::new(&[&["AuthenticationContext.ReadWrite.All"]], Capability::WritePolicies);

pub(super) fn routes() -> Vec<Route> {
    let (read, write, delete) = (Access::Rule(&READ), Access::Rule(&WRITE), Access::Rule(&DELETE));
    routes! { ConditionalAccess;
        GET "identity/conditionalAccess/authenticationContextClassReferences", read => list::list;
        POST "identity/conditionalAccess/authenticationContextClassReferences", write => create::create;
        GET "identity/conditionalAccess/authenticationContextClassReferences/{id}", read => get::get;
        PATCH "identity/conditionalAccess/authenticationContextClassReferences/{id}", write => update::update;
        PUT "identity/conditionalAccess/authenticationContextClassReferences/{id}", write => replace::replace;
        DELETE "identity/conditionalAccess/authenticationContextClassReferences/{id}", delete => delete::delete;
    }
}

/// The context of this identifier, if it was described.
async fn find(
    call: &Call,
    id: &str,
) -> Result<Option<Versioned<AuthenticationContextClassReference>>, GraphError> {
    Ok(call.store().load(call.service.api.tenant, &id.to_ascii_lowercase()).await?)
}

/// The context the path names.
async fn named(call: &Call) -> Result<Versioned<AuthenticationContextClassReference>, GraphError> {
    find(call, call.key(0)).await?.ok_or_else(|| call.not_found(KIND, 0))
}
