use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_access::Control;
use riskgate_authentication::{AuthnError, FirstFactorError, HashError, PasswordAttempt};
use riskgate_http::RequestContext;
use riskgate_model::AuthenticationMethodKind;
use secrecy::SecretString;
use serde::Deserialize;

use super::sign_in::LOCKED;
use crate::SignInWeb;
use crate::attempt::WrongPassword;
use crate::error::{PageError, answer};
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::outcome::shown::sign_in_again_page;
use crate::routes::waiting::{Waiting, go_on};

/// What the page sends. The name is that of the waiting sign-in, whatever a form says.
#[derive(Deserialize)]
pub(crate) struct Sent {
    flow: String,
    anti_forgery: String,
    password: SecretString,
}

/// `POST /signin/again`: the password of somebody whose sign-in is older than a sign-in frequency allows.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = verify(&web, &context, &headers, sent).await;
    answer(&web, &context, result)
}

async fn verify(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "sign-in-again", &sent.anti_forgery)?;
    let mut waiting = Waiting::load(web, &sent.flow).await?;
    waiting.expect(|control| *control == Control::SignInAgain)?;
    let password_tag = web.password_tag(&sent.password).await?;
    let attempt = PasswordAttempt {
        user: Some(&waiting.user),
        user_principal_name: waiting.username(),
        password: sent.password,
        address: context.address,
    };
    let error = match web.passwords.verify(attempt).await {
        Ok(passed) => {
            let record = &mut waiting.interaction.record;
            record.authentication.pass(AuthenticationMethodKind::Password, web.clock.now());
            record.must_change_password |= passed.must_change;
            record.is_password_breached |= passed.is_breached;
            return go_on(web, context, headers, waiting).await;
        }
        Err(FirstFactorError::Failed(AuthnError::Hash(HashError::Busy))) => return Err(PageError::Busy),
        Err(FirstFactorError::Failed(error)) => return Err(PageError::internal(error)),
        Err(error) => error,
    };
    // Whoever is disabled knew the password.
    if error != FirstFactorError::Disabled {
        let wrong = WrongPassword { user: &waiting.user, target: &waiting.target, password_tag };
        web.count_wrong_password(&wrong, context, headers).await?;
    }
    let code = error.code().unwrap_or(50_126);
    let is_over =
        web.interactions.count_failure(&mut waiting.interaction).await.map_err(PageError::internal)?;
    let id = &waiting.interaction.record.sign_in_id;
    web.protection.fail(id, code).await.map_err(PageError::internal)?;
    if is_over || error == FirstFactorError::Disabled {
        let name = Some(waiting.target.application_name.as_str());
        let shown = Refusal { sign_in_id: Some(id), application: name, ..refusal(code) };
        return Ok(refused_page(web, context, &shown));
    }
    let problem = match error {
        FirstFactorError::Locked => LOCKED,
        _ => "The password is wrong. Check it and try again.",
    };
    sign_in_again_page(web, headers, &waiting.target, &waiting.user, &sent.flow, Some(problem)).await
}
