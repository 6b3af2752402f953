//! `GET|POST /{tenant}/oauth2/v2.0/logout` (OpenID Connect RP-Initiated Logout §2). The session is ended by the page this
//! leads to; here is only decided where the browser may go afterwards.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use riskgate_http::RequestContext;

use crate::error::OAuthError;
use crate::page::{error_page, redirect};
use crate::parameters::Parameters;
use crate::path::tenant_of;
use crate::request::read_parameters;
use crate::state::App;
use crate::trace::Trace;

/// Purpose a sealed address to return to is bound to: a JSON text, the whole URL with `state`.
pub const SIGN_OUT_TARGET_PURPOSE: &str = "sign-out-target";
/// The page that asks whether to sign out, and does it.
const SIGN_OUT_PAGE: &str = "/signin/logout";
/// Longest `state` that comes back.
const LONGEST_STATE: usize = 4096;
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The endpoint.
pub(crate) async fn logout(
    State(app): State<Arc<App>>,
    tenant: Result<Path<String>, PathRejection>,
    context: RequestContext,
    request: Request,
) -> Response {
    let trace = Trace::new(&context, None);
    match page(&app, &tenant_of(tenant), request).await {
        Ok(page) => redirect(&page, &trace),
        Err(error) => error_page(&error, &trace),
    }
}

/// The address of the page that signs out.
async fn page(app: &App, tenant: &str, request: Request) -> Result<String, OAuthError> {
    let Some(url) = target(app, tenant, request).await? else { return Ok(SIGN_OUT_PAGE.to_owned()) };
    app.page(SIGN_OUT_PAGE, SIGN_OUT_TARGET_PURPOSE, &url)
}

/// Where the browser may go after signing out; `None` if that was not asked for, or not by a known client for an address
/// registered with it.
async fn target(app: &App, tenant: &str, request: Request) -> Result<Option<String>, OAuthError> {
    app.check_tenant(tenant).await?;
    let parameters = read_parameters(request).await?;
    if let Some(name) = parameters.duplicate() {
        return Err(OAuthError::duplicated(name));
    }
    let Some(uri) = parameters.get("post_logout_redirect_uri") else { return Ok(None) };
    let Some(client_id) = client_id(app, &parameters).await? else { return Ok(None) };
    let client = match app.client(&client_id).await {
        Ok(client) if client.has_redirect_uri(uri) => client,
        Err(error) if error.error == "temporarily_unavailable" => return Err(error),
        _ => return Ok(None),
    };
    tracing::debug!(client = client.app_id, "sign-out with return");
    let Some(state) = parameters.get("state").filter(|state| state.len() <= LONGEST_STATE) else {
        return Ok(Some(uri.to_owned()));
    };
    let separator = if uri.contains('?') { '&' } else { '?' };
    Ok(Some(format!("{uri}{separator}state={}", utf8_percent_encode(state, ESCAPED))))
}

/// The client of the id token, or else of `client_id`; none if both are given and differ.
async fn client_id(app: &App, parameters: &Parameters) -> Result<Option<String>, OAuthError> {
    let named = parameters.get("client_id").map(str::to_owned);
    let Some(token) = parameters.get("id_token_hint") else { return Ok(named) };
    let Some(hint) = app.api.tokens.read_id_token_hint(token).await? else { return Ok(None) };
    let differs = named.is_some_and(|named| !named.eq_ignore_ascii_case(&hint.client_id));
    Ok((!differs).then_some(hint.client_id))
}
