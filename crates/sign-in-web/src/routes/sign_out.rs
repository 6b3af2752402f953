use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use riskgate_http::{RequestContext, page_headers};
use riskgate_store::records::{Session, SignOutTarget};
use serde::Deserialize;

use crate::SignInWeb;
use crate::cookies::{remove_session, session_token};
use crate::error::{PageError, answer};
use crate::pages::{MessagePage, SignOutPage, render};

/// What the page is asked with: `ctx`, a sealed [`SignOutTarget`].
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    ctx: String,
}

/// What it sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    #[serde(default)]
    target: String,
}

/// `GET /signin/logout`: an application that proved which session it means signs out at once; anybody else is asked, so
/// that a picture or a link on a strange page cannot sign people out (OpenID Connect RP-Initiated Logout §6).
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let result = async {
        let target = opened(&web, &asked.ctx)?;
        let session = match session_token(&headers) {
            Some(token) => web.sessions.load(token).await.map_err(PageError::internal)?,
            None => None,
        };
        let Some(session) = session else { return Ok(signed_out(&web, &target)) };
        if target.session_id.as_ref() == Some(&session.session_id) {
            return end(&web, &headers, &target).await;
        }
        let user = web.directory.find_user(&session.user_id).await.map_err(PageError::internal)?;
        let name = user.and_then(|user| user.user_principal_name).unwrap_or_default();
        let browser = web.browser(&headers);
        let anti_forgery = browser.token(&web.forms, "sign-out");
        let page = SignOutPage {
            organization: &web.organization,
            username: &name,
            anti_forgery: &anti_forgery,
            target: &asked.ctx,
        };
        // Browsers apply `form-action` to the redirects after the form as well.
        let there = upstream(&web, &session, &target).await.map(|url| riskgate_http::origin(&url));
        let back = target.return_to.as_deref().map(riskgate_http::origin);
        let origins: Vec<String> = there.into_iter().chain(back).collect();
        Ok(browser.keep(render(StatusCode::OK, &page, &origins)))
    };
    answer(&web, &context, result.await)
}

/// `POST /signin/logout`.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, "sign-out", &sent.anti_forgery)?;
        let target = opened(&web, &sent.target)?;
        end(&web, &headers, &target).await
    };
    answer(&web, &context, result.await)
}

async fn end(web: &SignInWeb, headers: &HeaderMap, target: &SignOutTarget) -> Result<Response, PageError> {
    let mut there = None;
    if let Some(token) = session_token(headers) {
        let session = web.sessions.load(token).await.map_err(PageError::internal)?;
        web.sessions.end(token).await.map_err(PageError::internal)?;
        if let Some(session) = session {
            there = upstream(web, &session, target).await;
        }
    }
    let mut response = match there {
        Some(url) => redirect(&url),
        None => signed_out(web, target),
    };
    remove_session(&mut response);
    Ok(response)
}

/// Where whoever came through an identity provider signs out there too. One that cannot be reached keeps nobody signed in here.
async fn upstream(web: &SignInWeb, session: &Session, target: &SignOutTarget) -> Option<String> {
    let facts = session.authentication.federation.as_ref()?;
    let address = web.federation.sign_out_address(facts, target).await;
    address.map(|url| url.map(String::from)).unwrap_or_else(|error| {
        tracing::warn!(%error, provider = facts.provider_id, "somebody was not signed out at the identity provider");
        None
    })
}

fn redirect(address: &str) -> Response {
    let mut response = Redirect::to(address).into_response();
    page_headers(response.headers_mut(), &[]);
    response
}

/// What was sealed into the address; a made-up one on a strange page must not sign people out.
fn opened(web: &SignInWeb, ctx: &str) -> Result<SignOutTarget, PageError> {
    if ctx.is_empty() {
        return Ok(SignOutTarget::default());
    }
    web.forms.sealed().open(SignOutTarget::PURPOSE, ctx).map_err(|_| PageError::Expired)
}

pub(super) fn signed_out(web: &SignInWeb, target: &SignOutTarget) -> Response {
    if let Some(address) = &target.return_to {
        return redirect(address);
    }
    let page = MessagePage {
        organization: &web.organization,
        title: "You are signed out",
        text: "It is a good idea to close all windows of this browser.",
        link: Some(("/security-info", "Sign in again")),
    };
    render(StatusCode::OK, &page, &[])
}
