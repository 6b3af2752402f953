use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationMethodKind, BaseAuthenticationMethod};
use riskgate_ports::MailContent;
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::methods::passkey::problem;
use crate::pages::{NewPasskeyPage, render};
use crate::permitted::may_add;
use crate::routes::account::Account;
use crate::routes::security_info::proven_now;

const PATH: &str = "/security-info/passkey";
const METHOD: BaseAuthenticationMethod = BaseAuthenticationMethod::Fido2;
/// The form of the page.
const FORM: &str = "new-passkey";

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    pending: String,
    answer: String,
    name: String,
}

/// `GET /security-info/passkey`: a challenge for a new passkey.
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
) -> Response {
    let result = async {
        match may_add(&web, &context, &headers, PATH, METHOD).await? {
            Ok(account) => page(&web, &headers, &account, "", None).await,
            Err(first) => Ok(first),
        }
    };
    answer(&web, &context, result.await)
}

/// `POST /security-info/passkey`: what the browser made.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = register(&web, &context, &headers, &sent).await;
    answer(&web, &context, result)
}

async fn register(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, FORM, &sent.anti_forgery)?;
    let account = match may_add(web, context, headers, PATH, METHOD).await? {
        Ok(account) => account,
        Err(first) => return Ok(first),
    };
    match web.passkeys.register(&account.user, &sent.pending, &sent.answer, &sent.name).await {
        Ok(_) => {
            web.notify(context, &account.user, MailContent::SecurityInfoAdded, "Passkey");
            let kind = AuthenticationMethodKind::Fido2;
            proven_now(web, context, headers, &account, kind, "passkey-added").await
        }
        Err(error) => match problem(&error) {
            Some(problem) => page(web, headers, &account, &sent.name, Some(problem)).await,
            None => Err(PageError::internal(error)),
        },
    }
}

async fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    account: &Account,
    name: &str,
    problem_before: Option<&str>,
) -> Result<Response, PageError> {
    let challenge = web.passkeys.begin_registration(&account.user).await;
    let (options, pending, problem) = match &challenge {
        Ok(challenge) => (&*challenge.options, &*challenge.pending, problem_before),
        Err(error) => match problem(error) {
            Some(problem) => ("", "", Some(problem)),
            None => return Err(PageError::internal(error)),
        },
    };
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, FORM);
    let page = NewPasskeyPage {
        organization: &web.organization,
        username: account.user.user_principal_name.as_deref().unwrap_or_default(),
        anti_forgery: &anti_forgery,
        options,
        pending,
        name,
        problem,
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &[])))
}
