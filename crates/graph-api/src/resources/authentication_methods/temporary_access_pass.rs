use std::time::Duration;

use axum::http::StatusCode;
use riskgate_access::PermittedMethods;
use riskgate_authentication::{AuthnError, NewTemporaryAccessPass};
use riskgate_core::Timestamp;
use riskgate_directory::{AuditEntry, audit, user_target};
use riskgate_model::{
    AnyMethodConfiguration, BaseAuthenticationMethod, GraphType, TemporaryAccessPassAuthenticationMethod,
    TemporaryAccessPassAuthenticationMethodConfiguration, User,
};
use riskgate_store::records::AuthenticationMethod;
use riskgate_store::{StoreError, Versioned, retry};
use serde::Deserialize;
use serde_json::{Map, Value as Json};

use super::TEMPORARY_ACCESS_PASSES;
use super::list::{one, typed};
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::users::manage;
use crate::route::Outcome;

/// How far ahead a pass may begin.
const AHEAD: Duration = Duration::from_secs(365 * 24 * 60 * 60);
/// How long ago it may have begun, for clients whose clock is behind.
const BEHIND: Duration = Duration::from_secs(5 * 60);

/// What a client may ask for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Asked {
    start_date_time: Option<Timestamp>,
    lifetime_in_minutes: Option<i32>,
    is_usable_once: Option<bool>,
}

pub(super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &TEMPORARY_ACCESS_PASSES, &passes(&call).await?)
}

pub(super) async fn get(call: Call) -> Outcome {
    one(&call, &TEMPORARY_ACCESS_PASSES, &passes(&call).await?)
}

/// Makes a pass, which replaces the one there was; the answer alone has it.
pub(super) async fn create(call: Call) -> Outcome {
    let asked = asked(&call)?;
    let api = &call.service.api;
    let user = api.directory.user(call.key(0)).await?;
    manage(&call, &user).await?;
    if call.caller()?.is_user(&user.id) {
        let message = "Nobody makes a temporary access pass for himself.";
        return Err(GraphError::new(StatusCode::FORBIDDEN, "Forbidden", message));
    }
    let permitted = permitted(&call, &user).await?;
    let new = new(&call, &permitted, &asked)?;
    let (method, text) = api.temporary_access_passes.make(&user.id, &new);
    retry(|| write(&call, &user, &method)).await?;
    let shown = TemporaryAccessPassAuthenticationMethod {
        temporary_access_pass: Some(text),
        ..shown(&method, true, call.context.at)
    };
    query::created(&call, &TEMPORARY_ACCESS_PASSES, &shown)
}

async fn write(call: &Call, user: &User, method: &AuthenticationMethod) -> Result<(), GraphError> {
    let api = &call.service.api;
    let mut batch = call.batch();
    match of(call, user).await? {
        Some(old) => batch.update(&Versioned { record: method.clone(), version: old.version })?,
        None => batch.insert(method)?,
    }
    let entry = AuditEntry::new("Admin registered security info", "UserManagement", "Add")
        .target(user_target(user, &[]))
        .detail("method", "temporaryAccessPass");
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    match call.store().commit(batch).await {
        Err(StoreError::Exists { table, id }) => Err(StoreError::Conflict { table, id }.into()),
        outcome => Ok(outcome?),
    }
}

/// The user's pass, if there is one.
pub(super) async fn passes(call: &Call) -> Result<Vec<Json>, GraphError> {
    let api = &call.service.api;
    let user = api.directory.user(call.key(0)).await?;
    let Some(pass) = of(call, &user).await? else { return Ok(Vec::new()) };
    let is_permitted = permitted(call, &user).await?.permits(BaseAuthenticationMethod::TemporaryAccessPass);
    let shown = shown(&pass.record, is_permitted, call.context.at);
    Ok(vec![typed("temporaryAccessPassAuthenticationMethod", &shown)?])
}

async fn of(call: &Call, user: &User) -> Result<Option<Versioned<AuthenticationMethod>>, GraphError> {
    call.service.api.temporary_access_passes.of(&user.id).await.map_err(|error| match error {
        AuthnError::Store(error) => error.into(),
        error => {
            tracing::error!(%error, "a temporary access pass cannot be read");
            GraphError::internal()
        }
    })
}

async fn permitted(call: &Call, user: &User) -> Result<PermittedMethods, GraphError> {
    let permitted = call.service.api.protection.permitted_methods(&user.id).await;
    permitted.map_err(|error| crate::failure::from_protection(call.area, error))
}

fn shown(
    method: &AuthenticationMethod,
    is_permitted: bool,
    now: Timestamp,
) -> TemporaryAccessPassAuthenticationMethod {
    let pass = method.temporary_access_pass.as_ref();
    let reason = match pass {
        _ if !is_permitted => "DisabledByPolicy",
        Some(pass) if pass.end() <= now => "Expired",
        Some(pass) if pass.is_usable_once && pass.was_used => "OneTimeUsed",
        Some(pass) if pass.start_date_time > now => "NotYetValid",
        _ => "EnabledByPolicy",
    };
    TemporaryAccessPassAuthenticationMethod {
        id: method.id.clone(),
        created_date_time: Some(method.created_date_time),
        is_usable: Some(reason == "EnabledByPolicy"),
        is_usable_once: pass.map(|pass| pass.is_usable_once),
        lifetime_in_minutes: pass.map(|pass| pass.lifetime_in_minutes),
        method_usability_reason: Some(reason.to_owned()),
        start_date_time: pass.map(|pass| pass.start_date_time),
        temporary_access_pass: None,
    }
}

/// What was asked for. The body may be empty.
fn asked(call: &Call) -> Result<Asked, GraphError> {
    if call.body.iter().all(u8::is_ascii_whitespace) {
        return Ok(Asked::default());
    }
    let mut object = conform(call.json()?, TemporaryAccessPassAuthenticationMethod::TYPE)
        .map_err(|found| call.area.bad_request(found.to_string()))?;
    object.retain(|_, value| !value.is_null());
    let names = ["startDateTime", "lifetimeInMinutes", "isUsableOnce"];
    if let Some(name) = object.keys().find(|name| !names.contains(&name.as_str())) {
        return Err(call.area.bad_request(format!("The property '{name}' is read-only.")));
    }
    read(object).ok_or_else(|| call.area.bad_request("The pass is not valid."))
}

fn read(object: Map<String, Json>) -> Option<Asked> {
    serde_json::from_value(Json::Object(object)).ok()
}

/// The pass that is made, within what the policy allows this user.
fn new(
    call: &Call,
    permitted: &PermittedMethods,
    asked: &Asked,
) -> Result<NewTemporaryAccessPass, GraphError> {
    let refused = |problem: String| Err(call.area.bad_request(problem));
    let configuration = permitted.configuration(BaseAuthenticationMethod::TemporaryAccessPass);
    let Some(AnyMethodConfiguration::TemporaryAccessPass(policy)) = configuration else {
        return refused(
            "The authentication methods policy does not enable temporary access passes for this user."
                .to_owned(),
        );
    };
    let (shortest, longest) = bounds(policy);
    let lifetime = asked.lifetime_in_minutes.or(policy.default_lifetime_in_minutes).unwrap_or(shortest);
    if !(shortest..=longest).contains(&lifetime) {
        return refused(format!(
            "'lifetimeInMinutes' must be from {shortest} to {longest}, as the policy says."
        ));
    }
    let must_be_once = policy.is_usable_once == Some(true);
    if must_be_once && asked.is_usable_once == Some(false) {
        return refused("The policy allows passes that are usable once only.".to_owned());
    }
    let now = call.context.at;
    let start = asked.start_date_time.unwrap_or(now);
    if start + BEHIND < now || start > now + AHEAD {
        return refused("'startDateTime' must not be in the past, nor more than a year ahead.".to_owned());
    }
    Ok(NewTemporaryAccessPass {
        start_date_time: start,
        lifetime_in_minutes: lifetime,
        is_usable_once: must_be_once || asked.is_usable_once == Some(true),
        length: policy
            .default_length
            .and_then(|length| usize::try_from(length).ok())
            .unwrap_or(8)
            .clamp(8, 48),
    })
}

fn bounds(policy: &TemporaryAccessPassAuthenticationMethodConfiguration) -> (i32, i32) {
    (policy.minimum_lifetime_in_minutes.unwrap_or(60), policy.maximum_lifetime_in_minutes.unwrap_or(480))
}
