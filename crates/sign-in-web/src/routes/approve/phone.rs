use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::Response;
use http::HeaderMap;
use riskgate_authentication::{ApprovalError, NewPhone};
use riskgate_http::RequestContext;
use riskgate_ports::{MailContent, PushSubscription};
use serde::Deserialize;
use serde_json::{Value as Json, json};

use super::{SentProof, answer_phone, read};
use crate::SignInWeb;

/// What a phone sends that registers.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Registration {
    code: String,
    public_key: String,
    signature: String,
    name: String,
}

/// What a phone sends that can be woken now, or not any more.
#[derive(Deserialize)]
struct Subscription {
    #[serde(flatten)]
    proof: SentProof,
    push: Option<PushSubscription>,
}

/// `POST /approve/challenge`: something fresh to sign.
pub(crate) async fn challenge(State(web): State<Arc<SignInWeb>>) -> Response {
    answer_phone(web.approvals.challenge().map(|challenge| json!({ "challenge": challenge })))
}

/// `POST /approve/register`: a phone with the code that was shown on another page.
pub(crate) async fn register(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    body: Bytes,
) -> Response {
    answer_phone(try_register(&web, &context, &headers, &body).await)
}

async fn try_register(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    body: &Bytes,
) -> Result<Json, ApprovalError> {
    let sent: Registration = read(headers, body)?;
    let new = NewPhone {
        code: &sent.code,
        public_key: &sent.public_key,
        signature: &sent.signature,
        name: &sent.name,
    };
    let (user, phone) = web.approvals.register(&new).await?;
    web.notify(context, &user, MailContent::SecurityInfoAdded, "Phone");
    Ok(json!({ "phone": phone.id, "username": user.user_principal_name }))
}

/// `POST /approve/push`: how the phone is woken.
pub(crate) async fn push(State(web): State<Arc<SignInWeb>>, headers: HeaderMap, body: Bytes) -> Response {
    let result = async {
        let sent: Subscription = read(&headers, &body)?;
        web.approvals.subscribe(&sent.proof.proof(), sent.push.as_ref()).await?;
        Ok(json!({}))
    };
    answer_phone(result.await)
}
