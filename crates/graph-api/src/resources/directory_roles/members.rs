//! Who holds a role.

use serde_json::Value as Json;

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::groups::referenced_id;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    let users = call.service.api.directory.members_of_role(&template_id(&call)?).await?;
    let mut documents = Vec::with_capacity(users.len());
    for user in users {
        let mut document = serde_json::to_value(user).map_err(|_| GraphError::internal())?;
        document["@odata.type"] = Json::from("#microsoft.graph.user");
        documents.push(document);
    }
    query::list_of(&call, &super::MEMBERS, &documents)
}

pub(super) async fn add(call: Call) -> Outcome {
    let id = referenced_id(&call)?;
    let directory = &call.service.api.directory;
    directory.add_role_assignment(&call.actor()?, &id, &template_id(&call)?, "/").await?;
    Ok(Answer::no_content())
}

pub(super) async fn remove(call: Call) -> Outcome {
    let directory = &call.service.api.directory;
    directory.remove_role_member(&call.actor()?, &template_id(&call)?, call.key(1)).await?;
    Ok(Answer::no_content())
}

fn template_id(call: &Call) -> Result<String, GraphError> {
    super::named(call)?.role_template_id.ok_or_else(|| call.not_found("DirectoryRole", 0))
}
