use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_authentication::{Answered, ApprovalError, Decision, PhoneAnswer};
use riskgate_directory::Actor;
use riskgate_http::RequestContext;
use riskgate_store::records::{ApprovalRequest, ApprovalState};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{SentProof, answer_json, answer_phone, read, text};
use crate::SignInWeb;
use crate::error::PageError;
use crate::routes::activity::moment;

/// What a phone answers.
#[derive(Deserialize)]
struct Sent {
    phone: String,
    request: String,
    decision: SentDecision,
    #[serde(default)]
    number: String,
    signature: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
enum SentDecision {
    Approve,
    Deny,
    Report,
}

/// `POST /approve/requests`: the sign-ins that wait for this phone.
pub(crate) async fn list(State(web): State<Arc<SignInWeb>>, headers: HeaderMap, body: Bytes) -> Response {
    let result = async {
        let sent: SentProof = read(&headers, &body)?;
        let waiting = web.approvals.waiting(&sent.proof()).await?;
        Ok(json!({ "requests": waiting.iter().map(shown).collect::<Vec<_>>() }))
    };
    answer_phone(result.await)
}

/// A sign-in as the phone shows it; never its number.
fn shown(request: &ApprovalRequest) -> Json {
    json!({
        "id": request.id,
        "application": text(&request.shown.application),
        "place": request.shown.place,
        "address": request.shown.address,
        "device": text(&request.shown.device),
        "time": moment(request.created_date_time),
    })
}

/// `POST /approve/answer`: approves a sign-in, turns it down, or reports it.
pub(crate) async fn answer(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    let answered = match try_answer(&web, &headers, &body).await {
        Ok(answered) => answered,
        Err(error) => return answer_phone(Err(error)),
    };
    if answered.state == ApprovalState::Reported
        && let Err(error) = report(&web, &context, &answered).await
    {
        // The phone may send it again.
        tracing::error!(%error, sign_in_id = answered.sign_in_id, "a report could not be kept");
        return answer_json(StatusCode::INTERNAL_SERVER_ERROR, &json!({ "error": "failed" }));
    }
    answer_phone(Ok(json!({ "state": answered.state, "signIn": answered.sign_in_id })))
}

async fn try_answer(web: &SignInWeb, headers: &HeaderMap, body: &Bytes) -> Result<Answered, ApprovalError> {
    let sent: Sent = read(headers, body)?;
    let decision = match sent.decision {
        SentDecision::Approve => Decision::Approve,
        SentDecision::Deny => Decision::Deny,
        SentDecision::Report => Decision::Report,
    };
    let answer = PhoneAnswer {
        phone: &sent.phone,
        request: &sent.request,
        decision,
        number: &sent.number,
        signature: &sent.signature,
    };
    web.approvals.answer(&answer).await
}

/// The sign-in was somebody else's, who knows the password: as if its owner had said so on his account's page.
async fn report(web: &SignInWeb, context: &RequestContext, answered: &Answered) -> Result<(), PageError> {
    let user = web.directory.find_user(&answered.user_id).await.map_err(PageError::internal)?;
    let name = user.as_ref().and_then(|user| user.user_principal_name.as_deref()).unwrap_or_default();
    let mut actor = Actor::user(&answered.user_id, name);
    actor.ip_address = Some(context.address.to_string());
    let reported = web.protection.user_reported(&answered.user_id, &answered.sign_in_id, &actor).await;
    reported.map_err(PageError::internal)
}
