//! `/identity/identityProviders`: the OpenID providers people may sign in through (Graph `oidcIdentityProvider`), and, beside
//! Graph, `/riskgate/identityProviders/{id}/links`: whom they know by which identifier.

mod body;
mod create;
mod delete;
mod get;
mod links;
mod list;
mod update;

use riskgate_directory::Capability;
use riskgate_model::{GraphType, OidcIdentityProvider};
use riskgate_odata::ValueKind;

use crate::area::Area::Directory;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static SET: Set = Set {
    typed: true,
    order: &[("displayName", false, ValueKind::Text)],
    ..Set::new(OidcIdentityProvider::TYPE, "identity/identityProviders")
};

static READ: Rule = Rule::new(
    &[&["IdentityProvider.Read.All"], &["IdentityProvider.ReadWrite.All"]],
    Capability::ReadIdentityProviders,
);
static WRITE: Rule = Rule::new(&[&["IdentityProvider.ReadWrite.All"]], Capability::WriteIdentityProviders);

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { Directory;
        GET "identity/identityProviders", read => list::list;
        GET "identity/identityProviders/$count", read => list::count;
        POST "identity/identityProviders", write => create::create;
        GET "identity/identityProviders/{id}", read => get::get;
        PATCH "identity/identityProviders/{id}", write => update::update;
        DELETE "identity/identityProviders/{id}", write => delete::delete;
        GET "riskgate/identityProviders/{id}/links", read => links::list;
        POST "riskgate/identityProviders/{id}/links", write => links::create;
        DELETE "riskgate/identityProviders/{id}/links/{link}", write => links::delete;
    }
}
