//! `GET|POST /{tenant}/oauth2/v2.0/logout` (OpenID Connect RP-Initiated Logout §2). The session is ended by the page this
//! leads to; here is only decided where the browser may go afterwards.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use riskgate_http::RequestContext;
use riskgate_store::records::SignOutTarget;

use crate::error::OAuthError;
use crate::page::{error_page, redirect};
use crate::parameters::Parameters;
use crate::path::tenant_of;
use crate::request::read_parameters;
use crate::state::App;
use crate::trace::Trace;

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
    let target = target(app, tenant, request).await?;
    if target == SignOutTarget::default() {
        return Ok(SIGN_OUT_PAGE.to_owned());
    }
    app.page(SIGN_OUT_PAGE, SignOutTarget::PURPOSE, &target)
}

/// Where the browser may go after signing out, if that was asked for by a known client for an address registered with it;
/// and which session is meant, if an id token proves that the request is of an application that was signed in to.
///
/// `logout_hint` names who is to be signed out; the page says who would be, so nothing follows from it.
async fn target(app: &App, tenant: &str, request: Request) -> Result<SignOutTarget, OAuthError> {
    app.check_tenant(tenant).await?;
    let parameters = read_parameters(request).await?;
    if let Some(name) = parameters.duplicate() {
        return Err(OAuthError::duplicated(name));
    }
    let Some((client_id, session_id)) = asking(app, &parameters).await? else {
        return Ok(SignOutTarget::default());
    };
    let client = match app.client(&client_id).await {
        Ok(client) => client,
        Err(error) if error.error == "temporarily_unavailable" => return Err(error),
        Err(_) => return Ok(SignOutTarget::default()),
    };
    let uri = parameters.get("post_logout_redirect_uri").filter(|uri| client.has_redirect_uri(uri));
    let state = parameters.get("state").filter(|state| state.len() <= LONGEST_STATE);
    Ok(SignOutTarget { return_to: uri.map(|uri| with_state(uri, state)), session_id })
}

fn with_state(uri: &str, state: Option<&str>) -> String {
    let Some(state) = state else { return uri.to_owned() };
    let separator = if uri.contains('?') { '&' } else { '?' };
    format!("{uri}{separator}state={}", utf8_percent_encode(state, ESCAPED))
}

/// The client of the id token with the session it is of, or else the client of `client_id`; none if both are given and
/// differ, or the token is none of ours (§4).
async fn asking(app: &App, parameters: &Parameters) -> Result<Option<(String, Option<String>)>, OAuthError> {
    let named = parameters.get("client_id").map(str::to_owned);
    let Some(token) = parameters.get("id_token_hint") else {
        return Ok(named.map(|named| (named, None)));
    };
    let Some(hint) = app.api.tokens.read_id_token_hint(token).await? else { return Ok(None) };
    let differs = named.is_some_and(|named| !named.eq_ignore_ascii_case(&hint.client_id));
    Ok((!differs).then_some((hint.client_id, hint.session_id)))
}
