//! What the endpoints that clients post forms to have in common: the token endpoint and those beside it.

use std::future::Future;
use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use axum::routing::{MethodRouter, post};
use http::request::Parts;
use http::{HeaderMap, Method, StatusCode, Uri};
use riskgate_http::RequestContext;
use serde_json::Value as Json;

use crate::answer::json_answer;
use crate::body::read_form;
use crate::client::Client;
use crate::error::OAuthError;
use crate::parameters::Parameters;
use crate::path::{query_parameter, tenant_of};
use crate::proof::SentProof;
use crate::state::App;
use crate::trace::Trace;

/// A form that was read, from a client that exists. Whether it is that client is not proven yet.
pub(crate) struct Intake {
    pub(crate) app: Arc<App>,
    pub(crate) context: RequestContext,
    pub(crate) trace: Trace,
    pub(crate) form: Parameters,
    pub(crate) client: Arc<Client>,
    pub(crate) sent: SentProof,
    pub(crate) headers: HeaderMap,
    pub(crate) method: Method,
    pub(crate) uri: Uri,
}

/// An endpoint for forms: reads the request, asks `answer` and sends what it says, with this status when that is no
/// refusal; `refused` is what the log says of one.
pub(crate) fn endpoint<A, F>(answer: A, success: StatusCode, refused: &'static str) -> MethodRouter<Arc<App>>
where
    A: Fn(Intake) -> F + Clone + Send + Sync + 'static,
    F: Future<Output = Result<Json, OAuthError>> + Send,
{
    let handler = async move |State(app): State<Arc<App>>,
                              tenant: Result<Path<String>, PathRejection>,
                              context: RequestContext,
                              request: Request| {
        let in_query = query_parameter(request.uri(), "client-request-id");
        let mut trace = Trace::new(&context, in_query.as_deref());
        let outcome = match intake(app, &tenant_of(tenant), context, &mut trace, request).await {
            Ok(intake) => answer(intake).await,
            Err(error) => Err(error),
        };
        respond(outcome, success, &trace, refused)
    };
    post(handler)
}

/// Reads a form and looks its client up. The form may name the request anew, which `trace` then does as well.
///
/// # Errors
/// `invalid_request` for another tenant or what is no form; `unauthorized_client` for an unknown client.
async fn intake(
    app: Arc<App>,
    tenant: &str,
    context: RequestContext,
    trace: &mut Trace,
    request: Request,
) -> Result<Intake, OAuthError> {
    let (Parts { headers, method, uri, .. }, body) = request.into_parts();
    app.check_tenant(tenant).await?;
    let form = read_form(&headers, body).await?;
    if let Some(id) = form.get("client-request-id") {
        *trace = Trace::new(&context, Some(id));
    }
    if let Some(name) = form.duplicate() {
        return Err(OAuthError::duplicated(name));
    }
    let sent = SentProof::read(&headers, &form)?;
    let client = app.client(&sent.client_id).await?;
    Ok(Intake { app, context, trace: trace.clone(), form, client, sent, headers, method, uri })
}

fn respond(
    outcome: Result<Json, OAuthError>,
    success: StatusCode,
    trace: &Trace,
    refused: &'static str,
) -> Response {
    match outcome {
        Ok(body) => {
            let mut response = json_answer(&body, trace);
            *response.status_mut() = success;
            response
        }
        Err(error) => {
            tracing::info!(request_id = trace.request_id, code = error.code, "{refused}");
            error.answer(trace)
        }
    }
}
