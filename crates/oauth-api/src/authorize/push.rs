//! `POST /{tenant}/oauth2/v2.0/par` (RFC 9126): a client hands its authorization request over behind the browser's back,
//! proves who it is, and sends the browser with a reference that is good once.

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use riskgate_directory::Platform;
use riskgate_http::RequestContext;
use riskgate_tokens::ClientAuthenticationMethod;
use serde_json::{Value as Json, json};

use super::check::check;
use super::client::asking;
use crate::error::OAuthError;
use crate::intake::respond;
use crate::path::{query_parameter, tenant_of};
use crate::state::App;
use crate::trace::Trace;

/// The endpoint.
pub(crate) async fn push(
    State(app): State<Arc<App>>,
    tenant: Result<Path<String>, PathRejection>,
    context: RequestContext,
    request: Request,
) -> Response {
    let in_query = query_parameter(request.uri(), "client-request-id");
    let mut trace = Trace::new(&context, in_query.as_deref());
    let answer = answer(&app, &tenant_of(tenant), &context, &mut trace, request).await;
    let is_kept = answer.is_ok();
    let response = respond(answer, &trace, "pushed request refused");
    if is_kept { (StatusCode::CREATED, response).into_response() } else { response }
}

async fn answer(
    app: &App,
    tenant: &str,
    context: &RequestContext,
    trace: &mut Trace,
    request: Request,
) -> Result<Json, OAuthError> {
    let key = app.proven_key(request.headers(), request.method(), request.uri().path())?;
    let received = app.intake(tenant, context, trace, request).await?;
    let form = &received.form;
    if form.get("request_uri").is_some() {
        let message = "A pushed request must not have 'request_uri' (RFC 9126 §2.1).";
        return Err(OAuthError::invalid_request(90_023, message));
    }
    let mut asking = asking(app, form, Some(&received.client)).await?;
    let is_public = matches!(asking.platform, Platform::Spa | Platform::PublicClient);
    let (client, at) = (&received.client, (context.address, context.at));
    let method = app.authenticate(client, &received.sent, is_public, at).await?;
    asking.proven_key = key;
    let checked = check(app, form, &asking, trace).await?;
    if method == ClientAuthenticationMethod::None {
        // Each request writes a row, and a public client proves nothing.
        app.pushed_requests
            .take(&client.app_id, context.address, context.at)
            .map_err(OAuthError::throttled)?;
    }
    let (request_uri, lifetime) = app.api.tokens.push_request(checked).await?;
    Ok(json!({ "request_uri": request_uri, "expires_in": lifetime.as_secs() }))
}
