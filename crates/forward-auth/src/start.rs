//! `/.riskgate/start`: from the application's host to the sign-in pages.

use std::sync::Arc;

use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_http::RequestContext;
use riskgate_tokens::code_challenge;
use serde::Deserialize;

use crate::application::Protected;
use crate::cookies::{browser_id, set_browser_id};
use crate::flow::Flow;
use crate::original::{Original, escape, return_path};
use crate::page::redirect;
use crate::proxy::check_proxy;
use crate::refusal::Refusal;
use crate::state::App;

/// Its path on every application's host.
pub(crate) const PATH: &str = "/.riskgate/start";

/// What the page is asked with.
#[derive(Debug, Deserialize)]
pub(crate) struct Asked {
    app: String,
    #[serde(default)]
    to: String,
}

/// Where to sign in to an application and come back to a path.
pub(crate) fn address(origin: &str, app_id: &str, path: &str) -> String {
    format!("{origin}{PATH}?app={}&to={}", escape(app_id), escape(path))
}

/// `GET /.riskgate/start`.
pub(crate) async fn start(
    State(app): State<Arc<App>>,
    context: RequestContext,
    headers: HeaderMap,
    asked: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let result = async {
        check_proxy(&context, &headers)?;
        let origin = Original::own_origin(&headers)?;
        let Query(asked) = asked.map_err(|_| Refusal::Expired)?;
        let application = app.protected(&asked.app, &origin).await?;
        begin(&app, &context, &headers, &application, &origin, &asked.to)
    };
    result.await.unwrap_or_else(|refusal| refusal.page(&context))
}

fn begin(
    app: &App,
    context: &RequestContext,
    headers: &HeaderMap,
    application: &Protected,
    origin: &str,
    path: &str,
) -> Result<Response, Refusal> {
    let api = &app.api;
    let known = browser_id(headers);
    let browser = known.map_or_else(|| api.rng.token(), str::to_owned);
    let flow = Flow {
        app_id: application.app_id.clone(),
        origin: origin.to_owned(),
        redirect_uri: application.redirect_uri.clone(),
        path: return_path(path).to_owned(),
        code_verifier: api.rng.token(),
        nonce: api.rng.token(),
        browser: Flow::mark(&api.forms, &browser),
    };
    let state = flow.seal(&api.forms)?;
    let parameters = [
        ("client_id", flow.app_id.as_str()),
        ("response_type", "code"),
        ("response_mode", "query"),
        ("redirect_uri", &flow.redirect_uri),
        ("scope", "openid profile"),
        ("state", &state),
        ("nonce", &flow.nonce),
        ("code_challenge", &code_challenge(&flow.code_verifier)),
        ("code_challenge_method", "S256"),
        ("client-request-id", &context.correlation_id),
    ];
    let query: Vec<String> =
        parameters.iter().map(|(name, value)| format!("{name}={}", escape(value))).collect();
    let location = format!("{}/{}/oauth2/v2.0/authorize?{}", api.base_url, api.tenant, query.join("&"));
    let mut response = redirect(&location);
    if known.is_none() {
        set_browser_id(&mut response, &browser);
    }
    Ok(response)
}
