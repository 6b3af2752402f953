//! `/signin/reset`: a new password for somebody who has forgotten his.
//!
//! Every page looks the same for every name, whether or not there is such an account and whatever is registered for it.

mod password;
mod proofs;

pub(crate) use password::submit as submit_password;
pub(crate) use proofs::submit as submit_proofs;

use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_authentication::{EmailCodes, ResetError, required_proofs};
use riskgate_http::RequestContext;
use riskgate_model::BaseAuthenticationMethod;
use riskgate_ports::MailContent;
use riskgate_store::records::ResetProof;
use serde::Deserialize;
use tokio::time::Instant;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::pages::{ResetPage, render};
use crate::routes::known_context;

/// What the page is asked with.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    ctx: String,
}

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    #[serde(default)]
    ctx: String,
    anti_forgery: String,
    username: String,
}

/// `GET /signin/reset`: who is it?
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let result = required(&web).map(|_| page(&web, &headers, known_context(&web, &asked.ctx), "", None));
    answer(&web, &context, result)
}

/// `POST /signin/reset`: begins one, for an account or for a name nobody has.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let began = Instant::now();
    let result = begin(&web, &context, &headers, &sent).await;
    web.level(began).await;
    answer(&web, &context, result)
}

async fn begin(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "reset", &sent.anti_forgery)?;
    let required = required(web)?;
    let name = sent.username.trim();
    let user = web.directory.find_user(name).await.map_err(PageError::internal)?;
    // Who is disabled is treated like a name nobody has.
    let user = user.filter(|user| user.account_enabled == Some(true));
    let id = user.as_ref().map_or("00000000-0000-0000-0000-000000000000", |user| &user.id);
    let roles = web.directory.role_template_ids(id).await.map_err(PageError::internal)?;
    let required = required_proofs(required, !roles.is_empty());
    let counting = counting(web, id).await?;
    let begun = web.recovery.resets.begin(user.as_ref(), name, context.address, required, &counting).await;
    match begun {
        Ok(begun) => {
            if let (Some(user), Some((address, code))) = (&user, begun.mail) {
                let content = MailContent::Code { code, minutes: EmailCodes::minutes() };
                web.mail(user, &address, content);
            }
            proofs::page(web, headers, &sent.ctx, &begun.token, name, None)
        }
        Err(ResetError::Failed(error)) => Err(PageError::internal(error)),
        Err(_) => {
            let problem = "Too many attempts. Wait a few minutes and try again.";
            Ok(page(web, headers, &sent.ctx, name, Some(problem)))
        }
    }
}

/// The kinds of proof that count for an account: what the authentication methods policy lets its owner use, and recovery
/// codes, of which it does not speak.
async fn counting(web: &SignInWeb, user_id: &str) -> Result<Vec<ResetProof>, PageError> {
    let permitted = web.protection.permitted_methods(user_id).await.map_err(PageError::internal)?;
    let kinds = [
        (ResetProof::Email, BaseAuthenticationMethod::Email),
        (ResetProof::SoftwareOath, BaseAuthenticationMethod::SoftwareOath),
    ];
    let kinds = kinds.into_iter().filter(|(_, method)| permitted.permits(*method)).map(|(proof, _)| proof);
    Ok(kinds.chain([ResetProof::RecoveryCode]).collect())
}

/// How many proofs most people need; an error if resets are off.
fn required(web: &SignInWeb) -> Result<usize, PageError> {
    web.recovery.required_proofs.ok_or(PageError::Expired)
}

fn page(web: &SignInWeb, headers: &HeaderMap, ctx: &str, username: &str, problem: Option<&str>) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "reset");
    let shown = ResetPage {
        organization: &web.organization,
        context: ctx,
        anti_forgery: &anti_forgery,
        username,
        problem,
    };
    browser.keep(render(StatusCode::OK, &shown, &[]))
}
