//! `/oauth2PermissionGrants`: delegated permissions, read, granted, changed and taken back (contract §1.5).

use riskgate_directory::{Capability, ConsentType, NewPermissionGrant};
use riskgate_model::{GraphType, OAuth2PermissionGrant};
use riskgate_store::tables;
use serde::Deserialize;
use serde_json::Value as Json;

use super::stored::document;
use crate::answer::Answer;
use crate::area::Area::Directory;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::{self, Set, Source};
use crate::route::{Access, Outcome, Route, routes};

static SET: Set = Set::new(OAuth2PermissionGrant::TYPE, "oauth2PermissionGrants");
static READ: Rule = Rule::new(
    &[&["Directory.Read.All"], &["DelegatedPermissionGrant.ReadWrite.All"], &["Directory.ReadWrite.All"]],
    Capability::ReadApplications,
);

static WRITE: Rule = Rule::new(
    &[&["DelegatedPermissionGrant.ReadWrite.All"], &["Directory.ReadWrite.All"]],
    Capability::WriteApplications,
);

/// What is sent to grant a permission. `startTime` and `expiryTime`, which Graph ignores, are not taken.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Sent {
    client_id: Option<String>,
    consent_type: Option<String>,
    principal_id: Option<String>,
    resource_id: Option<String>,
    scope: Option<String>,
}

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { Directory;
        GET "oauth2PermissionGrants", read => list;
        GET "oauth2PermissionGrants/{id}", read => get;
        POST "oauth2PermissionGrants", write => create;
        PATCH "oauth2PermissionGrants/{id}", write => update;
        DELETE "oauth2PermissionGrants/{id}", write => delete;
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

async fn create(call: Call) -> Outcome {
    let Sent { client_id, consent_type, principal_id, resource_id, scope } = sent(&call)?;
    let need = |value: Option<String>, name: &str| {
        value.ok_or_else(|| call.area.bad_request(format!("A value is required for property '{name}'.")))
    };
    let consent = match (need(consent_type, "consentType")?.as_str(), principal_id) {
        ("AllPrincipals", None) => ConsentType::AllPrincipals,
        ("Principal", Some(user_id)) => ConsentType::Principal(user_id),
        _ => {
            let message = "'consentType' must be AllPrincipals without 'principalId', or Principal with it.";
            return Err(call.area.bad_request(message));
        }
    };
    let new = NewPermissionGrant {
        client_id: need(client_id, "clientId")?,
        resource_id: need(resource_id, "resourceId")?,
        scope: need(scope, "scope")?,
        consent,
    };
    let grant = call.service.api.directory.create_permission_grant(&call.actor()?, &new).await?;
    query::created(&call, &SET, &grant)
}

async fn update(call: Call) -> Outcome {
    let sent = sent(&call)?;
    let is_scope_alone = sent.client_id.is_none()
        && sent.consent_type.is_none()
        && sent.principal_id.is_none()
        && sent.resource_id.is_none();
    let Some(scope) = sent.scope.filter(|_| is_scope_alone) else {
        return Err(call.area.bad_request("Only 'scope' can be changed."));
    };
    call.service.api.directory.update_permission_grant(&call.actor()?, call.key(0), &scope).await?;
    Ok(Answer::no_content())
}

async fn delete(call: Call) -> Outcome {
    call.service.api.directory.delete_permission_grant(&call.actor()?, call.key(0)).await?;
    Ok(Answer::no_content())
}

fn sent(call: &Call) -> Result<Sent, GraphError> {
    let mut properties = call.json()?;
    properties.retain(|name, _| !name.starts_with("@odata."));
    serde_json::from_value(Json::Object(properties)).map_err(|error| {
        let problem: String = error.to_string().chars().take(200).collect();
        call.area.bad_request(format!("The permission grant is not valid: {problem}."))
    })
}
