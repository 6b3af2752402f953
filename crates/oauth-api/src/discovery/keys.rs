use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::Response;
use riskgate_http::RequestContext;
use serde_json::Value as Json;

use super::KEEP;
use crate::answer::public_answer;
use crate::error::OAuthError;
use crate::path::tenant_of;
use crate::state::App;
use crate::trace::Trace;

/// The keys that tokens are checked with (RFC 7517 §5).
pub(crate) async fn keys(
    State(app): State<Arc<App>>,
    tenant: Result<Path<String>, PathRejection>,
    context: RequestContext,
) -> Response {
    match read(&app, &tenant_of(tenant)).await {
        Ok(keys) => public_answer(&keys, KEEP),
        Err(error) => error.answer(&Trace::new(&context, None)),
    }
}

async fn read(app: &App, tenant: &str) -> Result<Json, OAuthError> {
    app.check_tenant(tenant).await?;
    Ok(app.api.tokens.jwks().await?)
}
