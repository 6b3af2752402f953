use serde_json::json;

use super::rights::manage;
use crate::answer::Answer;
use crate::call::Call;
use crate::query::context_url;
use crate::route::Outcome;

/// Ends all sessions and refresh tokens of a user.
pub(super) async fn revoke_sessions(call: Call) -> Outcome {
    let directory = &call.service.api.directory;
    let user = directory.user(call.key(0)).await?;
    if !call.caller()?.is_user(&user.id) {
        manage(&call, &user).await?;
    }
    directory.revoke_sign_in_sessions(&call.actor()?, &user.id).await?;
    let context = context_url(&call, "Edm.Boolean", None, false);
    Ok(Answer::json(json!({ "@odata.context": context, "value": true })))
}
