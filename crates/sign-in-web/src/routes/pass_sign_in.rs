use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_authentication::PassError;
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationFacts, BaseAuthenticationMethod, User};
use riskgate_protection::{FailedSignIn, SignInKind};
use riskgate_store::records::SignInTarget;
use serde::Deserialize;
use tokio::time::Instant;

use super::passkey_sign_in::arrive;
use super::sign_in::nobody;
use super::{known_context, sealed};
use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::{PageError, answer};
use crate::methods::temporary_access_pass::{LOCKED, WRONG};
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::pages::{PassPage, render};

/// The form of the page.
const FORM: &str = "with-pass";
/// The account is disabled.
const DISABLED: i32 = 50_057;
/// User name or secret is wrong.
const NOT_RIGHT: i32 = 50_126;

/// What the page is asked with.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    ctx: String,
}

/// What it sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    ctx: String,
    anti_forgery: String,
    #[serde(default)]
    username: String,
    #[serde(default)]
    pass: String,
}

/// `GET /signin/with-pass`: whose pass?
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let result = async {
        let ctx = match known_context(&web, &asked.ctx) {
            "" => sealed(&web, &SignInTarget::Page("/security-info".to_owned())),
            ctx => ctx.to_owned(),
        };
        let target = web.target(&ctx).await?;
        Ok(page(&web, &headers, &target, &ctx, "", None))
    };
    answer(&web, &context, result.await)
}

/// `POST /signin/with-pass`: a temporary access pass instead of a password. The answer is the same for a name nobody has, for
/// somebody without a pass and for a wrong one, and takes as long.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let began = Instant::now();
    let result = sign_in(&web, &context, &headers, &sent, began).await;
    answer(&web, &context, result)
}

async fn sign_in(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &Sent,
    began: Instant,
) -> Result<Response, PageError> {
    web.check_form(headers, FORM, &sent.anti_forgery)?;
    let target = web.target(&sent.ctx).await?;
    let username = sent.username.trim();
    let user = web.directory.find_user(username).await.map_err(PageError::internal)?;
    let who = user.clone().unwrap_or_else(|| nobody(username));
    let is_permitted = web.permitted(&who).await?.permits(BaseAuthenticationMethod::TemporaryAccessPass);
    // Who must not use his pass is counted under his name as well, and nothing is found for it.
    let account = if is_permitted { who.id.clone() } else { format!("no-pass:{}", who.id) };
    match web.temporary_access_passes.verify(&account, Some(context.address), &sent.pass).await {
        Ok(kind) => {
            let user = user.ok_or(PageError::Expired)?;
            if user.account_enabled == Some(false) {
                return disabled(web, context, headers, &target, &user).await;
            }
            arrive(web, context, headers, &target, &user, kind).await
        }
        Err(PassError::Failed(error)) => Err(PageError::internal(error)),
        Err(error) => {
            let is_locked = error == PassError::Locked;
            let attempt = web.attempt(
                SignInKind::Interactive,
                &who,
                &target,
                &AuthenticationFacts::default(),
                context,
                headers,
            );
            web.protection.count_failure(&attempt, user.is_some()).await.map_err(PageError::internal)?;
            // Who is locked is not recorded again with each try: that would let anybody fill the log.
            if user.is_some() && !is_locked {
                let failed = FailedSignIn { attempt: &attempt, error_code: NOT_RIGHT };
                web.protection.record_failure(&failed).await.map_err(PageError::internal)?;
            }
            web.level(began).await;
            let problem = if is_locked { LOCKED } else { WRONG };
            Ok(page(web, headers, &target, &sent.ctx, username, Some(problem)))
        }
    }
}

async fn disabled(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    target: &Target,
    user: &User,
) -> Result<Response, PageError> {
    let proven = AuthenticationFacts::default();
    let attempt = web.attempt(SignInKind::Interactive, user, target, &proven, context, headers);
    let failed = FailedSignIn { attempt: &attempt, error_code: DISABLED };
    web.protection.record_failure(&failed).await.map_err(PageError::internal)?;
    let shown = Refusal { application: Some(&target.application_name), ..refusal(DISABLED) };
    Ok(refused_page(web, context, &shown))
}

fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    ctx: &str,
    username: &str,
    problem: Option<&str>,
) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, FORM);
    let page = PassPage {
        organization: &web.organization,
        action: "/signin/with-pass",
        username,
        context: ctx,
        flow: "",
        anti_forgery: &anti_forgery,
        other_ways: None,
        problem,
    };
    browser.keep(render(StatusCode::OK, &page, &target.origins()))
}
