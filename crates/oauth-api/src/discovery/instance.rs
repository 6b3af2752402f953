use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use http::Uri;
use riskgate_http::RequestContext;
use serde_json::{Value as Json, json};
use url::Url;

use super::KEEP;
use crate::answer::public_answer;
use crate::error::OAuthError;
use crate::path::query_parameter;
use crate::state::App;
use crate::trace::Trace;

/// Instance discovery: whether an authority is one of ours, and by which names its tokens are cached.
pub(crate) async fn instance(State(app): State<Arc<App>>, context: RequestContext, uri: Uri) -> Response {
    let authority = query_parameter(&uri, "authorization_endpoint");
    match describe(&app, authority.as_deref()).await {
        Ok(body) => public_answer(&body, KEEP),
        Err(error) => error.answer(&Trace::new(&context, None)),
    }
}

async fn describe(app: &App, authority: Option<&str>) -> Result<Json, OAuthError> {
    let authority = authority.ok_or_else(|| OAuthError::missing("authorization_endpoint"))?;
    let url = Url::parse(authority).ok().filter(|_| app.origin.is_ours(authority));
    let url =
        url.ok_or_else(|| OAuthError::bad("invalid_instance", 50_049, "Unknown or invalid instance."))?;
    let tenant = url.path_segments().and_then(|mut segments| segments.next()).unwrap_or_default();
    app.check_tenant(tenant).await?;
    let name = &app.origin.host_and_port;
    let mut aliases = vec![name];
    if *name != app.origin.host {
        aliases.push(&app.origin.host);
    }
    Ok(json!({
        "tenant_discovery_endpoint": app.tenant_url("/v2.0/.well-known/openid-configuration"),
        "api-version": "1.1",
        "metadata": [{ "preferred_network": name, "preferred_cache": name, "aliases": aliases }],
    }))
}
