//! `/oauth2PermissionGrants`, read (contract §1.5).

use riskgate_directory::Capability;
use riskgate_model::{GraphType, OAuth2PermissionGrant};
use riskgate_store::tables;

use super::stored::document;
use crate::area::Area::Directory;
use crate::call::Call;
use crate::permissions::Rule;
use crate::query::{self, Set, Source};
use crate::route::{Access, Outcome, Route, routes};

static SET: Set = Set::new(OAuth2PermissionGrant::TYPE, "oauth2PermissionGrants");
static READ: Rule = Rule::new(
    &[&["Directory.Read.All"], &["DelegatedPermissionGrant.ReadWrite.All"], &["Directory.ReadWrite.All"]],
    Capability::ReadApplications,
);

pub(super) fn routes() -> Vec<Route> {
    let read = Access::Rule(&READ);
    routes! { Directory;
        GET "oauth2PermissionGrants", read => list;
        GET "oauth2PermissionGrants/{id}", read => get;
    }
}

async fn list(call: Call) -> Outcome {
    query::list(&call, &SET, Source::all(&tables::PERMISSION_GRANTS)).await
}

async fn get(call: Call) -> Outcome {
    // Identifiers of grants are no GUIDs; their case counts.
    let grant = document(&call, &tables::PERMISSION_GRANTS, "OAuth2PermissionGrant", 0).await?;
    query::entity_of(&call, &SET, &grant)
}
