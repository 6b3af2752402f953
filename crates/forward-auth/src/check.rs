//! `/forward-auth`: may this request pass?

use std::sync::Arc;
use std::time::Duration;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, Request, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use riskgate_authentication::SignedIn;
use riskgate_http::RequestContext;
use serde::Deserialize;

use crate::cookies::session_token;
use crate::identity::identify;
use crate::original::Original;
use crate::page::{MessagePage, redirect, render};
use crate::proxy::{Proxy, check_proxy};
use crate::refusal::Refusal;
use crate::start;
use crate::state::App;
use crate::verdict::Verdict;

/// Where Envoy asks; the `appId` and the original path follow.
const ENVOY: &str = "/forward-auth/envoy/";
/// The application, where it is not in the address.
const APP_HEADER: &str = "x-riskgate-app";
/// Where nginx sends the browser to sign in.
const REDIRECT_HEADER: &str = "x-riskgate-redirect";
/// Whoever signed in less than this ago is not sent to sign in again, which would go on for ever if the browser comes
/// from another address here than there.
const JUST_NOW: Duration = Duration::from_secs(10);

/// What the operator writes into the address. Anything else is refused, not ignored.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Asked {
    app: Option<String>,
    proxy: Option<Proxy>,
    #[serde(default)]
    groups: bool,
}

/// A request to decide about.
struct Question {
    proxy: Proxy,
    app_id: String,
    original: Original,
    /// Whether groups are named.
    groups: bool,
}

/// `/forward-auth`: nginx, Traefik and Caddy.
pub(crate) async fn by_headers(
    State(app): State<Arc<App>>,
    context: RequestContext,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let result = async {
        check_proxy(&context, &headers)?;
        let Query(asked) = asked.map_err(|error| Refusal::Setup(error.body_text()))?;
        let named = asked
            .app
            .or_else(|| headers.get(APP_HEADER).and_then(|value| value.to_str().ok()).map(str::to_owned));
        let app_id =
            named.ok_or_else(|| Refusal::Setup("the application is missing: add ?app=APPID".to_owned()))?;
        let (proxy, original) = Original::from_headers(&headers, asked.proxy)?;
        let question = Question { proxy, app_id, original, groups: asked.groups };
        decide(&app, &context, &headers, &question).await
    };
    result.await.unwrap_or_else(|refusal| refusal.page(&context))
}

/// `/forward-auth/envoy/APPID/...`: Envoy.
pub(crate) async fn by_path(
    State(app): State<Arc<App>>,
    context: RequestContext,
    request: Request,
) -> Response {
    let (parts, _) = request.into_parts();
    let result = async {
        check_proxy(&context, &parts.headers)?;
        let target = parts.uri.path_and_query().map(|target| target.as_str()).unwrap_or_default();
        let rest = target.strip_prefix(ENVOY).unwrap_or_default();
        let (app_id, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let original = Original::of_envoy(&parts.headers, parts.method.as_str(), path)?;
        let app_id = app_id.to_owned();
        let question = Question { proxy: Proxy::Envoy, app_id, original, groups: false };
        decide(&app, &context, &parts.headers, &question).await
    };
    result.await.unwrap_or_else(|refusal| refusal.page(&context))
}

async fn decide(
    app: &App,
    context: &RequestContext,
    headers: &HeaderMap,
    question: &Question,
) -> Result<Response, Refusal> {
    let signed_in = match session_token(headers) {
        Some(token) => {
            let loaded = app.api.sessions.load(token, &question.app_id, &question.original.origin).await;
            loaded.map_err(Refusal::internal)?
        }
        None => None,
    };
    let Some(signed_in) = signed_in else { return to_sign_in(app, context, question).await };
    match app.verdict(&signed_in, context).await? {
        Verdict::Grant => granted(app, &signed_in, question).await,
        Verdict::Block(denial) => Err(Refusal::Denied(denial)),
        Verdict::Interrupt(denial) if context.at.since(signed_in.session.created_date_time) < JUST_NOW => {
            Err(Refusal::Denied(denial))
        }
        Verdict::Interrupt(_) => to_sign_in(app, context, question).await,
    }
}

async fn granted(app: &App, signed_in: &SignedIn, question: &Question) -> Result<Response, Refusal> {
    let groups = match question.groups {
        true => {
            app.api.directory.transitive_group_ids(&signed_in.user.id).await.map_err(Refusal::internal)?
        }
        false => Default::default(),
    };
    let groups: Vec<String> = groups.into_iter().collect();
    let mut response = StatusCode::OK.into_response();
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    identify(headers, signed_in, &groups);
    Ok(response)
}

/// Sends a browser that loads a page to sign in. Anything else is told 401: a program cannot use a page.
async fn to_sign_in(app: &App, context: &RequestContext, question: &Question) -> Result<Response, Refusal> {
    let Question { proxy, app_id, original, .. } = question;
    let application = app.protected(app_id, &original.origin).await?;
    let start = start::address(&original.origin, &application.app_id, &original.path);
    if original.is_navigation && proxy.passes_answers_on() {
        return Ok(redirect(&start));
    }
    let page = MessagePage {
        title: "Sign in first",
        paragraphs: &["Open this application in a browser and sign in there."],
        code: None,
        request_id: &context.request_id,
        correlation_id: &context.correlation_id,
        time: &context.at.to_string(),
        application: application.display_name.as_deref(),
        address: &context.address.to_string(),
        link: None,
    };
    let mut response = render(StatusCode::UNAUTHORIZED, &page, None);
    if original.is_navigation
        && let Ok(value) = HeaderValue::from_str(&start)
    {
        response.headers_mut().insert(REDIRECT_HEADER, value);
    }
    Ok(response)
}
