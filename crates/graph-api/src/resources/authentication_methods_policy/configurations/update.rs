use riskgate_model::schema::StructuredType;
use riskgate_model::{
    AnyMethodConfiguration, AuthenticationMethodConfiguration, AuthenticationMethodTarget,
    AuthenticationMethodsPolicy, GraphType, MicrosoftAuthenticatorAuthenticationMethodTarget,
    PasskeyAuthenticationMethodTarget, SmsAuthenticationMethodTarget,
};
use riskgate_store::retry;
use serde_json::{Map, Value as Json};

use super::{change, check};
use crate::answer::Answer;
use crate::body::{conform, merge};
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::answer_to_change;
use crate::route::Outcome;

/// Changes a configuration; its kind stays.
pub(in super::super) async fn update(call: Call) -> Outcome {
    let update = call.json()?;
    retry(|| once(&call, update.clone())).await?;
    Ok(answer_to_change(&call, Answer::no_content()))
}

async fn once(call: &Call, update: Map<String, Json>) -> Result<(), GraphError> {
    let stored = super::stored(call).await?;
    let old = stored.as_ref().map_or_else(AuthenticationMethodsPolicy::initial, |row| row.record.clone());
    let mut new = old.clone();
    let own = super::named(call, &mut new)?;
    *own = changed(call, own, update)?;
    check::configuration(call, own).await?;
    check::leaves_a_second_factor(call, &new)?;
    change::commit(call, stored, &old, new, "Update authentication method configuration").await
}

/// The configuration with what was sent in the place of what it had.
fn changed(
    call: &Call,
    own: &AnyMethodConfiguration,
    mut update: Map<String, Json>,
) -> Result<AnyMethodConfiguration, GraphError> {
    let mut properties = change::as_object(own)?;
    let kind = properties.get("@odata.type").cloned().unwrap_or_default();
    // Without a type the update is of the kind it changes.
    update.entry("@odata.type").or_insert(kind.clone());
    let targets = update.remove("includeTargets").map(|sent| targets(call, own, sent)).transpose()?;
    let id = update.remove("id");
    let mut update = conform(update, AuthenticationMethodConfiguration::TYPE)
        .map_err(|found| call.area.bad_request(found.to_string()))?;
    if update.get("@odata.type") != Some(&kind) {
        return Err(call.area.bad_request("The kind of a configuration cannot be changed."));
    }
    if id.is_some_and(|id| !id.as_str().is_some_and(|id| id.eq_ignore_ascii_case(own.id()))) {
        return Err(call.area.bad_request("The property 'id' is read-only."));
    }
    update.extend(targets.map(|targets| ("includeTargets".to_owned(), targets)));
    merge(&mut properties, update);
    serde_json::from_value(Json::Object(properties)).map_err(|error| {
        call.area.bad_request(format!("The configuration is not valid: {error}.").replace('`', "'"))
    })
}

/// The targets a client sent, as the schema has them.
fn targets(call: &Call, own: &AnyMethodConfiguration, sent: Json) -> Result<Json, GraphError> {
    let items = match sent {
        Json::Array(items) => items,
        Json::Null => Vec::new(),
        _ => return Err(call.area.bad_request("At '/includeTargets': a collection is expected.")),
    };
    let declared = target_type(own);
    let conforming = items.into_iter().enumerate().map(|(place, item)| match item {
        Json::Object(item) => conform(item, declared).map(Json::Object).map_err(|found| {
            call.area
                .bad_request(format!("At '/includeTargets/{place}{}': {}.", found.pointer, found.problem))
        }),
        _ => Err(call.area.bad_request(format!("At '/includeTargets/{place}': an object is expected."))),
    });
    conforming.collect::<Result<Vec<_>, _>>().map(Json::Array)
}

fn target_type(own: &AnyMethodConfiguration) -> &'static StructuredType {
    match own {
        AnyMethodConfiguration::Fido2(_) => PasskeyAuthenticationMethodTarget::TYPE,
        AnyMethodConfiguration::MicrosoftAuthenticator(_) => {
            MicrosoftAuthenticatorAuthenticationMethodTarget::TYPE
        }
        AnyMethodConfiguration::Sms(_) => SmsAuthenticationMethodTarget::TYPE,
        AnyMethodConfiguration::SoftwareOath(_)
        | AnyMethodConfiguration::TemporaryAccessPass(_)
        | AnyMethodConfiguration::Email(_)
        | AnyMethodConfiguration::Voice(_) => AuthenticationMethodTarget::TYPE,
    }
}
