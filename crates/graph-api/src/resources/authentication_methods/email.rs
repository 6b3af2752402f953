use riskgate_directory::{AuditEntry, audit, is_mail_address, user_target};
use riskgate_model::{BaseAuthenticationMethod, EmailAuthenticationMethod, GraphType, User};
use riskgate_store::records::EmailMethod;
use riskgate_store::{Batch, StoreError, StoreExt, Versioned, retry};
use serde_json::Value as Json;

use super::EMAILS;
use super::list::{one, typed};
use crate::answer::Answer;
use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::users::manage;
use crate::route::Outcome;

/// Identifier of everybody's mail address.
const EMAIL_ID: &str = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";
/// Longest address (RFC 5321 §4.5.3.1).
const MAX_ADDRESS: usize = 254;

pub(super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &EMAILS, &emails(&call).await?)
}

pub(super) async fn get(call: Call) -> Outcome {
    one(&call, &EMAILS, &emails(&call).await?)
}

/// Registers an address that an administrator vouches for.
pub(super) async fn create(call: Call) -> Outcome {
    let (user, address) = (managed(&call).await?, address(&call)?);
    permitted(&call, &user).await?;
    let method = EmailMethod { id: user.id.clone(), address, created_date_time: call.context.at };
    if stored(&call, &user).await?.is_some() {
        return Err(call.area.bad_request("The user has an address already. Change it instead."));
    }
    let mut batch = call.batch();
    batch.insert(&method)?;
    match commit(&call, batch, &user, ("Admin registered security info", "Add")).await {
        Err(StoreError::Exists { .. }) => {
            return Err(call.area.bad_request("The user has an address already. Change it instead."));
        }
        outcome => outcome?,
    }
    query::created(&call, &EMAILS, &shown(&method))
}

/// Changes the address.
pub(super) async fn update(call: Call) -> Outcome {
    let (user, address) = (managed(&call).await?, address(&call)?);
    permitted(&call, &user).await?;
    retry(|| async {
        let old = named(&call, &user).await?;
        let record = EmailMethod { address: address.clone(), ..old.record };
        let mut batch = call.batch();
        batch.update(&Versioned { record, version: old.version })?;
        Ok::<_, GraphError>(commit(&call, batch, &user, ("Admin updated security info", "Update")).await?)
    })
    .await?;
    Ok(Answer::no_content())
}

/// Removes the address.
pub(super) async fn delete(call: Call) -> Outcome {
    let user = managed(&call).await?;
    retry(|| async {
        let old = named(&call, &user).await?;
        let mut batch = call.batch();
        batch.delete(&old);
        Ok::<_, GraphError>(commit(&call, batch, &user, ("Admin deleted security info", "Delete")).await?)
    })
    .await?;
    Ok(Answer::no_content())
}

/// The user's address, if he has one.
pub(super) async fn emails(call: &Call) -> Result<Vec<Json>, GraphError> {
    let user = call.service.api.directory.user(call.key(0)).await?;
    let method = stored(call, &user).await?;
    method.into_iter().map(|row| typed("emailAuthenticationMethod", &shown(&row.record))).collect()
}

fn shown(method: &EmailMethod) -> EmailAuthenticationMethod {
    EmailAuthenticationMethod {
        id: EMAIL_ID.to_owned(),
        created_date_time: Some(method.created_date_time),
        email_address: Some(method.address.clone()),
    }
}

async fn managed(call: &Call) -> Result<User, GraphError> {
    let user = call.service.api.directory.user(call.key(0)).await?;
    manage(call, &user).await?;
    Ok(user)
}

async fn permitted(call: &Call, user: &User) -> Result<(), GraphError> {
    let permitted = call.service.api.protection.permitted_methods(&user.id).await;
    let permitted = permitted.map_err(|error| crate::failure::from_protection(call.area, error))?;
    match permitted.permits(BaseAuthenticationMethod::Email) {
        true => Ok(()),
        false => Err(call
            .area
            .bad_request("The authentication methods policy does not enable mail for this user.")),
    }
}

/// The address a client sent.
fn address(call: &Call) -> Result<String, GraphError> {
    let object = conform(call.json()?, EmailAuthenticationMethod::TYPE)
        .map_err(|found| call.area.bad_request(found.to_string()))?;
    let is_other = |(name, value): &(&String, &Json)| *name != "emailAddress" && !value.is_null();
    if let Some((name, _)) = object.iter().find(is_other) {
        return Err(call.area.bad_request(format!("The property '{name}' is read-only.")));
    }
    match object.get("emailAddress").and_then(Json::as_str) {
        Some(text) if text.len() <= MAX_ADDRESS && is_mail_address(text) => Ok(text.to_owned()),
        _ => Err(call.area.bad_request("'emailAddress' must be a mail address.")),
    }
}

async fn stored(call: &Call, user: &User) -> Result<Option<Versioned<EmailMethod>>, GraphError> {
    Ok(call.store().load(call.service.api.tenant, &user.id).await?)
}

async fn named(call: &Call, user: &User) -> Result<Versioned<EmailMethod>, GraphError> {
    let stored = stored(call, user).await?.filter(|_| call.key(1).eq_ignore_ascii_case(EMAIL_ID));
    stored.ok_or_else(|| call.not_found("EmailAuthenticationMethod", 1))
}

async fn commit(
    call: &Call,
    mut batch: Batch,
    user: &User,
    (activity, operation): (&'static str, &'static str),
) -> Result<(), StoreError> {
    let api = &call.service.api;
    let entry = AuditEntry::new(activity, "UserManagement", operation)
        .target(user_target(user, &[]))
        .detail("method", "email");
    let actor = call.actor().map_err(|_| StoreError::Unavailable("no caller".to_owned()))?;
    audit(&mut batch, &*api.clock, &*api.rng, &actor, entry)?;
    call.store().commit(batch).await
}
