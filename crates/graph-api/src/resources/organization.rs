//! `/organization`: the tenant (contract §1.9).

use riskgate_directory::Capability;
use riskgate_model::{GraphType, Organization};

use crate::area::Area::Directory;
use crate::call::Call;
use crate::permissions::Rule;
use crate::query::{self, Set};
use crate::route::{Access, Outcome, Route, routes};

static SET: Set = Set::new(Organization::TYPE, "organization");
/// With delegated permissions, being able to read oneself is enough.
static READ: Rule = Rule {
    delegated: &[
        &["User.Read"],
        &["Organization.Read.All"],
        &["User.ReadBasic.All"],
        &["User.Read.All"],
        &["User.ReadWrite.All"],
        &["Directory.Read.All"],
        &["Directory.ReadWrite.All"],
    ],
    application: &[
        &["Organization.Read.All"],
        &["Directory.Read.All"],
        &["Directory.ReadWrite.All"],
        &["User.Read.All"],
        &["User.ReadWrite.All"],
    ],
    own: &[],
    capability: Capability::ReadOrganization,
};

pub(super) fn routes() -> Vec<Route> {
    let read = Access::Rule(&READ);
    routes! { Directory;
        GET "organization", read => list;
        GET "organization/{id}", read => get;
    }
}

async fn list(call: Call) -> Outcome {
    let organization = call.service.api.directory.organization().await?;
    query::list_of(&call, &SET, &[organization])
}

async fn get(call: Call) -> Outcome {
    let organization = call.service.api.directory.organization().await?;
    match organization.id.eq_ignore_ascii_case(call.key(0)) {
        true => query::entity(&call, &SET, &organization),
        false => Err(call.not_found("Organization", 0)),
    }
}
