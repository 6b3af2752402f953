use riskgate_model::{GraphType, UnifiedRoleAssignment};
use riskgate_store::tables;
use serde_json::Value as Json;

use crate::answer::Answer;
use crate::body::conform;
use crate::call::Call;
use crate::query::{self, Source};
use crate::resources::stored::document;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    query::list(&call, &super::ASSIGNMENTS, Source::all(&tables::ROLE_ASSIGNMENTS)).await
}

pub(super) async fn count(call: Call) -> Outcome {
    query::count(&call, &super::ASSIGNMENTS, Source::all(&tables::ROLE_ASSIGNMENTS)).await
}

pub(super) async fn get(call: Call) -> Outcome {
    let assignment = document(&call, &tables::ROLE_ASSIGNMENTS, "UnifiedRoleAssignment", 0).await?;
    query::entity_of(&call, &super::ASSIGNMENTS, &assignment)
}

pub(super) async fn create(call: Call) -> Outcome {
    let body = conform(call.json()?, UnifiedRoleAssignment::TYPE);
    let body = body.map_err(|found| call.area.bad_request(found.to_string()))?;
    let text = |name: &str| body.get(name).and_then(Json::as_str);
    let required = |name: &str| {
        text(name).ok_or_else(|| {
            call.area.bad_request(format!(
                "A value is required for property '{name}' of resource 'RoleAssignment'."
            ))
        })
    };
    if let Some(name) = ["condition", "appScopeId"].into_iter().find(|name| text(name).is_some()) {
        return Err(call.area.bad_request(format!("'{name}' is not supported.")));
    }
    let assignment = call
        .service
        .api
        .directory
        .add_role_assignment(
            &call.actor()?,
            required("principalId")?,
            required("roleDefinitionId")?,
            text("directoryScopeId").unwrap_or("/"),
        )
        .await?;
    query::created(&call, &super::ASSIGNMENTS, &assignment)
}

pub(super) async fn delete(call: Call) -> Outcome {
    call.service.api.directory.remove_role_assignment(&call.actor()?, call.key(0)).await?;
    Ok(Answer::no_content())
}
