use std::sync::Arc;

use axum::extract::State;
use axum::response::Response;
use riskgate_http::RequestContext;
use serde_json::json;

use super::KEEP;
use crate::answer::public_answer;
use crate::state::App;
use crate::trace::Trace;

/// User realm discovery: every account is managed here. The name in the path is not even looked at, so that nobody learns
/// which names exist.
pub(crate) async fn user_realm(State(app): State<Arc<App>>, context: RequestContext) -> Response {
    match app.domains().await {
        Ok(domains) => {
            let body = json!({
                "ver": "1.0",
                "account_type": "Managed",
                "domain_name": domains.first(),
                "cloud_instance_name": app.origin.host_and_port,
                "cloud_audience_urn": "urn:federation:MicrosoftOnline",
            });
            public_answer(&body, KEEP)
        }
        Err(error) => error.answer(&Trace::new(&context, None)),
    }
}
