//! What the endpoints that clients post forms to have in common: the token endpoint and those beside it.

use axum::extract::Request;
use axum::response::Response;
use riskgate_http::RequestContext;
use serde_json::Value as Json;

use crate::answer::json_answer;
use crate::body::read_form;
use crate::client::Client;
use crate::error::OAuthError;
use crate::parameters::Parameters;
use crate::proof::SentProof;
use crate::state::App;
use crate::trace::Trace;

/// A form that was read, from a client that exists. Whether it is that client is not proven yet.
pub(crate) struct Intake {
    pub(crate) form: Parameters,
    pub(crate) client: Client,
    pub(crate) sent: SentProof,
}

impl App {
    /// Reads a form and looks its client up. The form may name the request anew, which `trace` then does as well.
    ///
    /// # Errors
    /// `invalid_request` for another tenant or what is no form; `unauthorized_client` for an unknown client.
    pub(crate) async fn intake(
        &self,
        tenant: &str,
        context: &RequestContext,
        trace: &mut Trace,
        request: Request,
    ) -> Result<Intake, OAuthError> {
        let (parts, body) = request.into_parts();
        self.check_tenant(tenant).await?;
        let form = read_form(&parts.headers, body).await?;
        if let Some(id) = form.get("client-request-id") {
            *trace = Trace::new(context, Some(id));
        }
        if let Some(name) = form.duplicate() {
            return Err(OAuthError::duplicated(name));
        }
        let sent = SentProof::read(&parts.headers, &form)?;
        let client = self.client(&sent.client_id).await?;
        Ok(Intake { form, client, sent })
    }
}

/// The answer of such an endpoint; `refused` is what the log says of a refusal.
pub(crate) fn respond(answer: Result<Json, OAuthError>, trace: &Trace, refused: &'static str) -> Response {
    match answer {
        Ok(body) => json_answer(&body, trace),
        Err(error) => {
            tracing::info!(request_id = trace.request_id, code = error.code, "{refused}");
            error.answer(trace)
        }
    }
}
