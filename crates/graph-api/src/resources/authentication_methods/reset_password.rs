use axum::http::{HeaderValue, StatusCode, header};
use riskgate_core::Rng;
use riskgate_model::{
    DirectoryAudit, GraphType, LongRunningOperation, LongRunningOperationStatus, PasswordResetResponse,
};
use riskgate_odata::Filter;
use riskgate_store::StoreExt;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::{OPERATIONS, PASSWORD_ID};
use crate::answer::{Answer, Content};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::users::{hash, manage};
use crate::route::Outcome;

/// Characters of a generated password; fifty-six that nobody takes for another one.
const CHARACTERS: &[u8] = b"ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789";
/// Their number: more than 90 bits.
const LENGTH: usize = 16;

#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Parameters {
    new_password: Option<SecretString>,
}

/// Sets the password of somebody else, or a generated one that the answer has. It is to be changed at the next sign-in, ends all
/// sessions, and is done when this answers; the operation it names says so.
pub(super) async fn reset(call: Call) -> Outcome {
    if !call.key(1).eq_ignore_ascii_case(PASSWORD_ID) {
        return Err(call.not_found("PasswordAuthenticationMethod", 1));
    }
    let sent = match call.body.iter().all(u8::is_ascii_whitespace) {
        true => Parameters::default(),
        false => call.parameters()?,
    };
    let api = &call.service.api;
    let user = api.directory.user(call.key(0)).await?;
    if call.caller()?.is_user(&user.id) {
        return Err(call.area.bad_request("The own password is changed with changePassword."));
    }
    manage(&call, &user).await?;
    let (password, response) = match sent.new_password {
        Some(password) => (password, None),
        None => {
            let password = generated(&*api.rng);
            (SecretString::from(password.clone()), Some(password))
        }
    };
    if password.expose_secret().is_empty() {
        return Err(call.area.bad_request("'newPassword' must not be empty."));
    }
    let hash = hash(&call, password, (&user).into()).await?;
    let actor = call.actor()?;
    api.directory.set_password(&actor, &user.id, &hash, true).await?;
    let closed = api.protection.password_was_reset(&user.id, &actor).await;
    closed.map_err(|error| crate::failure::from_protection(call.area, error))?;
    accepted(&call, &user.id, response)
}

/// 202 with the address of the operation.
fn accepted(call: &Call, user_id: &str, new_password: Option<String>) -> Outcome {
    let mut answer = match new_password {
        Some(password) => {
            let response = PasswordResetResponse { new_password: Some(password) };
            query::complex(call, PasswordResetResponse::TYPE, &response)?
        }
        None => Answer { content: Content::Json(serde_json::json!({})), ..Answer::no_content() },
    };
    answer.status = StatusCode::ACCEPTED;
    let (root, id) = (call.service.api.root(), &call.context.correlation_id);
    let address = format!("{root}/users/{user_id}/authentication/operations/{id}");
    let address = HeaderValue::try_from(address).map_err(|_| GraphError::internal())?;
    answer.headers.push((header::LOCATION, address));
    Ok(answer)
}

/// What became of a reset. It was done when it was answered, and the audit log, under the correlation identifier of its request,
/// is where that is kept.
pub(super) async fn operation(call: Call) -> Outcome {
    let api = &call.service.api;
    let user = api.directory.user(call.key(0)).await?;
    let filter = Filter::equals("correlationId", call.key(1));
    let found: Vec<_> = call.store().find_all::<DirectoryAudit>(api.tenant, filter).await?;
    let is_it = |audit: &DirectoryAudit| {
        audit.activity_display_name == "Reset user password"
            && audit.target_resources.iter().any(|target| target.id.as_deref() == Some(user.id.as_str()))
    };
    let audit = found.into_iter().map(|row| row.record).find(is_it);
    let audit = audit.ok_or_else(|| call.not_found("LongRunningOperation", 1))?;
    let operation = LongRunningOperation {
        id: call.key(1).to_owned(),
        created_date_time: Some(audit.activity_date_time),
        last_action_date_time: Some(audit.activity_date_time),
        resource_location: Some(format!(
            "{}/users/{}/authentication/passwordMethods/{PASSWORD_ID}",
            api.root(),
            user.id
        )),
        status: Some(LongRunningOperationStatus::Succeeded),
        status_detail: None,
    };
    query::entity(&call, &OPERATIONS, &operation)
}

/// A password with capital and small letters and digits.
fn generated(rng: &dyn Rng) -> String {
    loop {
        let mut bytes = [0; LENGTH * 2];
        rng.fill(&mut bytes);
        // Bytes beyond the last whole multiple would make the first characters likelier.
        let fair =
            bytes.iter().filter(|byte| usize::from(**byte) < 256 / CHARACTERS.len() * CHARACTERS.len());
        let drawn = fair.filter_map(|byte| CHARACTERS.get(usize::from(*byte) % CHARACTERS.len()));
        let password: String = drawn.take(LENGTH).map(|byte| char::from(*byte)).collect();
        let has = |test: fn(&char) -> bool| password.chars().any(|c| test(&c));
        if password.len() == LENGTH
            && has(char::is_ascii_uppercase)
            && has(char::is_ascii_lowercase)
            && has(char::is_ascii_digit)
        {
            return password;
        }
    }
}
