use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use riskgate_authentication::ApprovalError;
use riskgate_http::RequestContext;
use riskgate_model::BaseAuthenticationMethod;
use serde::Deserialize;
use serde_json::json;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::pages::{NewPhonePage, render};
use crate::permitted::may_add;
use crate::routes::account::Account;
use crate::routes::approve::answer_json;
use crate::routes::security_info::done;

const PATH: &str = "/security-info/phone";
const METHOD: BaseAuthenticationMethod = BaseAuthenticationMethod::MicrosoftAuthenticator;
/// The form of the page.
const FORM: &str = "new-phone";

/// What the page asks while it waits.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    code: String,
}

/// `GET /security-info/phone`: how a phone is registered: an address with a code in it, as a QR code too.
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
) -> Response {
    let result = async {
        match may_add(&web, &context, &headers, PATH, METHOD).await? {
            Ok(account) => page(&web, &headers, &account).await,
            Err(first) => Ok(first),
        }
    };
    answer(&web, &context, result.await)
}

/// `POST /security-info/phone`: the person says that the phone is registered.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        let is_open = is_open(&web, &headers, &sent).await?;
        Ok(done(if is_open { "phone-open" } else { "phone-added" }))
    };
    answer(&web, &context, result.await)
}

/// `POST /security-info/phone/status`: whether the code still waits for a phone.
pub(crate) async fn status(
    State(web): State<Arc<SignInWeb>>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    match is_open(&web, &headers, &sent).await {
        Ok(is_open) => answer_json(StatusCode::OK, &json!({ "waiting": is_open })),
        Err(PageError::Forged) => StatusCode::FORBIDDEN.into_response(),
        Err(error) => {
            tracing::error!(%error, "the code for a phone cannot be looked up");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn is_open(web: &SignInWeb, headers: &HeaderMap, sent: &Sent) -> Result<bool, PageError> {
    web.check_form(headers, FORM, &sent.anti_forgery)?;
    web.approvals.is_open(&sent.code).await.map_err(PageError::internal)
}

async fn page(web: &SignInWeb, headers: &HeaderMap, account: &Account) -> Result<Response, PageError> {
    let begun = web.approvals.begin_pairing(&account.user).await;
    let (pairing, problem) = match begun {
        Ok(pairing) => (Some(pairing), None),
        Err(ApprovalError::TooMany) => (None, Some("You have five phones already. Remove one first.")),
        Err(error) => return Err(PageError::internal(error)),
    };
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, FORM);
    let page = NewPhonePage {
        organization: &web.organization,
        username: account.user.user_principal_name.as_deref().unwrap_or_default(),
        anti_forgery: &anti_forgery,
        pairing: pairing.as_ref(),
        problem,
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &[])))
}
