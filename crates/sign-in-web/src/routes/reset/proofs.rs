use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_authentication::{OfferedProofs, ResetError};
use riskgate_http::RequestContext;
use serde::Deserialize;
use tokio::time::Instant;

use super::{password, required};
use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::pages::{ResetProofsPage, render};

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    ctx: String,
    flow: String,
    anti_forgery: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    email_code: String,
    #[serde(default)]
    app_code: String,
    #[serde(default)]
    recovery_code: String,
}

/// `POST /signin/reset/proofs`: what somebody offers as proof.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let began = Instant::now();
    let result = prove(&web, &headers, sent).await;
    web.level(began).await;
    answer(&web, &context, result)
}

async fn prove(web: &SignInWeb, headers: &HeaderMap, sent: Sent) -> Result<Response, PageError> {
    web.check_form(headers, "reset-proofs", &sent.anti_forgery)?;
    required(web)?;
    let offered = OfferedProofs {
        email_code: sent.email_code,
        app_code: sent.app_code,
        recovery_code: sent.recovery_code,
    };
    match web.recovery.resets.prove(&sent.flow, &offered).await {
        Ok(()) => password::page(web, headers, &sent.ctx, &sent.flow, &sent.username, None),
        Err(ResetError::NotProven) => {
            // What was right is kept and not named: whoever guesses must not learn which of his guesses was.
            let problem = "That is wrong or not enough. Check what you typed; codes are good for a short time and once.";
            page(web, headers, &sent.ctx, &sent.flow, &sent.username, Some(problem))
        }
        Err(ResetError::Failed(error)) => Err(PageError::internal(error)),
        Err(ResetError::Expired | ResetError::Locked) => Err(PageError::Expired),
    }
}

/// The page that asks for proofs: all there are, whatever this account has.
pub(super) fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    ctx: &str,
    flow: &str,
    username: &str,
    problem: Option<&str>,
) -> Result<Response, PageError> {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "reset-proofs");
    let shown = ResetProofsPage {
        organization: &web.organization,
        context: ctx,
        flow,
        anti_forgery: &anti_forgery,
        username,
        has_mail: web.mailer.is_some(),
        needs_two: required(web)? > 1,
        problem,
    };
    Ok(browser.keep(render(StatusCode::OK, &shown, &[])))
}
