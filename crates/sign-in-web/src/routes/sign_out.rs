use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use riskgate_http::{RequestContext, page_headers};
use serde::Deserialize;

use crate::SignInWeb;
use crate::cookies::{remove_session, session_token};
use crate::error::{PageError, answer};
use crate::pages::{MessagePage, SignOutPage, render};

/// Purpose of a sealed address to return to after signing out.
const TARGET_PURPOSE: &str = "sign-out-target";

/// What the page is asked with: `ctx`, a sealed address an application registered.
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

/// `GET /signin/logout`: an application that proved which sign-in it means signs out at once; anybody else is asked, so
/// that a picture on a strange page cannot sign people out.
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let result = async {
        let session = match session_token(&headers) {
            Some(token) => web.sessions.load(token).await.map_err(PageError::internal)?,
            None => None,
        };
        let Some(session) = session else { return signed_out(&web, &asked.ctx) };
        if !asked.ctx.is_empty() {
            return end(&web, &headers, &asked.ctx).await;
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
        Ok(browser.keep(render(StatusCode::OK, &page, &[])))
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
        end(&web, &headers, &sent.target).await
    };
    answer(&web, &context, result.await)
}

async fn end(web: &SignInWeb, headers: &HeaderMap, target: &str) -> Result<Response, PageError> {
    // Opened first: a made-up address on a strange page must not sign people out.
    let mut response = signed_out(web, target)?;
    if let Some(token) = session_token(headers) {
        web.sessions.end(token).await.map_err(PageError::internal)?;
    }
    remove_session(&mut response);
    Ok(response)
}

fn signed_out(web: &SignInWeb, target: &str) -> Result<Response, PageError> {
    if !target.is_empty() {
        let address: String =
            web.forms.sealed().open(TARGET_PURPOSE, target).map_err(|_| PageError::Expired)?;
        let mut response = Redirect::to(&address).into_response();
        page_headers(response.headers_mut(), &[]);
        return Ok(response);
    }
    let page = MessagePage {
        organization: &web.organization,
        title: "You are signed out",
        text: "It is a good idea to close all windows of this browser.",
        link: Some(("/security-info", "Sign in again")),
    };
    Ok(render(StatusCode::OK, &page, &[]))
}
