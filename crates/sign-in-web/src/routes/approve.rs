//! The page a phone approves sign-ins on, and what its script speaks to. No cookie counts here: the phone signs what it
//! asks for and what it answers.

pub(crate) mod phone;
pub(crate) mod requests;

use std::sync::Arc;

use axum::body::Bytes;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode, header};
use riskgate_authentication::{ApprovalError, PhoneProof};
use riskgate_http::page_headers;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Value as Json, json};

use crate::SignInWeb;
use crate::pages::{ApprovePage, render};
use crate::texts::current;

const WORKER: &str = include_str!("../../assets/approve-worker.js");

/// What a phone proves itself with.
#[derive(Deserialize)]
pub(crate) struct SentProof {
    phone: String,
    challenge: String,
    signature: String,
}

impl SentProof {
    fn proof(&self) -> PhoneProof<'_> {
        PhoneProof { phone: &self.phone, challenge: &self.challenge, signature: &self.signature }
    }
}

/// `GET /approve`: the page is at an address with a slash, below which its worker may act.
pub(crate) async fn redirect() -> Redirect {
    Redirect::to("/approve/")
}

/// `GET /approve/`: the page. It is the same for everybody; what a phone is registered for, it knows itself.
pub(crate) async fn show(State(web): State<Arc<SignInWeb>>) -> Response {
    let page = ApprovePage {
        organization: &web.organization,
        push_key: web.approvals.push_key().unwrap_or_default(),
    };
    render(StatusCode::OK, &page, &[])
}

/// `GET /approve/manifest.webmanifest`: what makes the page installable.
pub(crate) async fn manifest(State(web): State<Arc<SignInWeb>>) -> Response {
    let manifest = json!({
        "id": "/approve/",
        "name": format!("{} · {}", text("Approve sign-ins"), web.organization),
        "short_name": web.organization,
        "start_url": "/approve/",
        "scope": "/approve/",
        "display": "standalone",
        "background_color": "#f3f5f8",
        "theme_color": "#0f5fb0",
        "icons": [{ "src": "/signin/assets/icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any" }],
    });
    file("application/manifest+json", manifest.to_string())
}

/// `GET /approve/worker.js`: shows a notice when the phone is woken. Nothing of the sign-in is in it, so its words are here,
/// in the language the browser wants.
pub(crate) async fn worker() -> Response {
    let texts = json!({
        "title": text("Is somebody signing in?"),
        "body": text("Open this to approve a sign-in, or to turn it down."),
    });
    file("text/javascript; charset=utf-8", format!("const TEXTS = {texts};\n{WORKER}"))
}

fn file(kind: &'static str, content: String) -> Response {
    let headers = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "no-cache")];
    let mut response = (headers, content).into_response();
    response.headers_mut().insert("x-content-type-options", http::HeaderValue::from_static("nosniff"));
    response
}

/// A text of the pages in the language of the request.
fn text(english: &str) -> String {
    current().as_ref().map_or(english, |translation| translation.text(english)).to_owned()
}

/// A JSON answer, not kept anywhere.
pub(crate) fn answer_json(status: StatusCode, body: &Json) -> Response {
    let headers = [(header::CONTENT_TYPE, "application/json")];
    let mut response = (status, headers, body.to_string()).into_response();
    page_headers(response.headers_mut(), &[]);
    response
}

/// What a script sent. Only JSON is read, which no form of another site can send.
fn read<T: DeserializeOwned>(headers: &HeaderMap, body: &Bytes) -> Result<T, ApprovalError> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    if kind.is_none_or(|kind| !kind.starts_with("application/json")) {
        return Err(ApprovalError::Wrong);
    }
    serde_json::from_slice(body).map_err(|_| ApprovalError::Wrong)
}

/// The answer to a phone: a word its script knows for what went wrong.
fn answer_phone(result: Result<Json, ApprovalError>) -> Response {
    let (status, word) = match result {
        Ok(body) => return answer_json(StatusCode::OK, &body),
        Err(ApprovalError::Expired) => (StatusCode::UNAUTHORIZED, "expired"),
        Err(ApprovalError::Wrong) => (StatusCode::BAD_REQUEST, "wrong"),
        Err(ApprovalError::Unknown) => (StatusCode::NOT_FOUND, "unknown"),
        Err(ApprovalError::Over) => (StatusCode::CONFLICT, "over"),
        Err(ApprovalError::Exists) => (StatusCode::CONFLICT, "exists"),
        Err(ApprovalError::TooMany) => (StatusCode::CONFLICT, "tooMany"),
        Err(ApprovalError::Failed(error)) => {
            tracing::error!(%error, "a phone could not be answered");
            (StatusCode::INTERNAL_SERVER_ERROR, "failed")
        }
    };
    answer_json(status, &json!({ "error": word }))
}
