//! Whom a provider knows by which subject. An administrator may decide it; otherwise the first sign-in does, by a mail
//! address the provider vouches for.

use riskgate_federation::FederationError;
use riskgate_store::StoreError;
use riskgate_store::records::ExternalIdentity;
use serde::Deserialize;
use serde_json::{Value as Json, json};

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    user_id: String,
    subject: String,
}

pub(super) async fn list(call: Call) -> Outcome {
    let provider = call.service.api.federation.provider(call.key(0)).await?;
    let links = call.service.api.federation.links(&provider.id).await.map_err(failed)?;
    let links: Vec<Json> = links.iter().map(shown).collect();
    Ok(Answer::json(json!({ "value": links })))
}

/// Links a user to a subject.
pub(super) async fn create(call: Call) -> Outcome {
    let parameters = call.parameters::<Parameters>()?;
    let subject = &parameters.subject;
    if !(1..=255).contains(&subject.len()) || !subject.is_ascii() {
        return Err(call.area.bad_request("'subject' must have from 1 to 255 ASCII characters."));
    }
    let api = &call.service.api;
    let provider = api.federation.provider(call.key(0)).await?;
    let user = api.directory.user(&parameters.user_id).await?;
    let linked = api.federation.link(&call.actor()?, &provider, subject, &user).await;
    match linked {
        Err(FederationError::Store(StoreError::Exists { .. })) => {
            Err(call.area.bad_request("The user or the subject is linked at this identity provider already."))
        }
        linked => Ok(Answer::created(shown(&linked.map_err(failed)?))),
    }
}

pub(super) async fn delete(call: Call) -> Outcome {
    let federation = &call.service.api.federation;
    let provider = federation.provider(call.key(0)).await?;
    match federation.unlink(&call.actor()?, &provider.id, call.key(1)).await.map_err(failed)? {
        true => Ok(Answer::no_content()),
        false => Err(call.not_found("Link", 1)),
    }
}

fn shown(identity: &ExternalIdentity) -> Json {
    json!({
        "id": identity.id,
        "issuer": identity.issuer,
        "subject": identity.subject,
        "userId": identity.user_id,
        "createdDateTime": identity.created_date_time,
    })
}

fn failed(error: FederationError) -> GraphError {
    match error {
        FederationError::Store(error) => error.into(),
        error => {
            tracing::error!(%error, "federation failed");
            GraphError::internal()
        }
    }
}
