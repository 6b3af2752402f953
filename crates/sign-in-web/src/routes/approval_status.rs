use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use riskgate_authentication::Outcome;
use serde::Deserialize;
use serde_json::json;

use crate::SignInWeb;
use crate::error::PageError;
use crate::methods::Method;
use crate::methods::approval::Approval;
use crate::routes::approve::answer_json;

/// What the page of an approval asks while it waits.
#[derive(Deserialize)]
pub(crate) struct Sent {
    flow: String,
    anti_forgery: String,
}

/// `POST /signin/approval/status`: whether there is something to go on with. The form of the page goes on; this changes
/// nothing, and says nothing that the form would not.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    match is_waiting(&web, &headers, &sent).await {
        Ok(is_waiting) => answer_json(StatusCode::OK, &json!({ "waiting": is_waiting })),
        Err(PageError::Expired) => answer_json(StatusCode::OK, &json!({ "waiting": false })),
        Err(PageError::Forged) => StatusCode::FORBIDDEN.into_response(),
        Err(error) => {
            tracing::error!(%error, "the answer of a phone cannot be looked up");
            StatusCode::INTERNAL_SERVER_ERROR.into_response()
        }
    }
}

async fn is_waiting(web: &SignInWeb, headers: &HeaderMap, sent: &Sent) -> Result<bool, PageError> {
    web.check_form(headers, Approval.name(), &sent.anti_forgery)?;
    let interaction = web.interactions.load(&sent.flow).await.map_err(PageError::internal)?;
    let interaction = interaction.ok_or(PageError::Expired)?.record;
    let outcome = web.approvals.outcome(&interaction.user_id, &interaction.id).await;
    Ok(outcome.map_err(PageError::internal)? == Some(Outcome::Waiting))
}
