use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, HeaderValue, header};
use riskgate_access::Control;
use riskgate_directory::Actor;
use riskgate_http::{RequestContext, page_headers};
use riskgate_store::AsConflict;
use riskgate_store::records::{DeviceDecision, SignInTarget};
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::outcome::silent::silent_error;
use crate::outcome::terms::{Shown, Terms, terms_page};
use crate::routes::waiting::{Waiting, go_on};

/// Code of terms that were not accepted.
const NOT_ACCEPTED: i32 = 50_158;
/// A document may use nothing from elsewhere and is framed by nobody. Styles are those of the browser's own reader.
const DOCUMENT_POLICY: &str = "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; \
                               form-action 'none'; frame-ancestors 'none'";

/// What the document is asked with.
#[derive(Deserialize)]
pub(crate) struct Asked {
    shown: String,
}

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    flow: String,
    shown: String,
    anti_forgery: String,
    decision: String,
}

/// `GET /signin/terms/file`: the document of a page, for the browser that page was shown to.
pub(crate) async fn file(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let result = open(&web, &headers, &asked.shown).await;
    answer(&web, &context, result)
}

/// `POST /signin/terms`: yes or no to terms of use.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = decide(&web, &context, &headers, &sent).await;
    answer(&web, &context, result)
}

async fn open(web: &SignInWeb, headers: &HeaderMap, sealed: &str) -> Result<Response, PageError> {
    let shown = Shown::open(web, sealed)?;
    web.check_form(headers, "terms", &shown.anti_forgery)?;
    let mut waiting = waiting_for(web, &shown).await?;
    let files = web.directory.agreement_files(&shown.agreement_id).await.map_err(PageError::internal)?;
    let file = files.into_iter().find(|file| file.id == shown.file_id).ok_or(PageError::Expired)?;
    let data = file.file_data.and_then(|data| data.data).unwrap_or_default();
    let bytes = STANDARD.decode(data).map_err(PageError::internal)?;
    if !waiting.interaction.record.has_opened_terms {
        waiting.interaction.record.has_opened_terms = true;
        match web.interactions.update(&waiting.interaction).await {
            // Opened twice at once, or answered meanwhile.
            Err(error) if error.is_conflict() => {}
            outcome => outcome.map_err(PageError::internal)?,
        }
    }
    let mut response = bytes.into_response();
    page_headers(response.headers_mut(), &[]);
    for (name, value) in [
        (header::CONTENT_TYPE, "application/pdf"),
        (header::CONTENT_DISPOSITION, "inline; filename=\"terms-of-use.pdf\""),
        (header::CONTENT_SECURITY_POLICY, DOCUMENT_POLICY),
    ] {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

/// The sign-in that waits for an answer to exactly these terms.
async fn waiting_for(web: &SignInWeb, shown: &Shown) -> Result<Waiting, PageError> {
    let waiting = Waiting::load(web, &shown.flow).await?;
    let is_it = |control: &Control| match control {
        Control::AcceptTerms { agreement_id } => agreement_id.eq_ignore_ascii_case(&shown.agreement_id),
        _ => false,
    };
    waiting.expect(is_it)?;
    Ok(waiting)
}

async fn decide(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "terms", &sent.anti_forgery)?;
    let shown = Shown::open(web, &sent.shown)?;
    if shown.flow != sent.flow || shown.anti_forgery != sent.anti_forgery {
        return Err(PageError::Expired);
    }
    let waiting = waiting_for(web, &shown).await?;
    let terms = Terms::load(web, headers, &shown.agreement_id).await?.ok_or(PageError::Expired)?;
    let has_accepted = sent.decision == "accept";
    let must_be_opened = terms.agreement.is_viewing_before_acceptance_required == Some(true);
    if has_accepted && must_be_opened && !waiting.interaction.record.has_opened_terms {
        let problem = Some("Open the document first, then accept it.");
        return terms_page(web, headers, &waiting.target, waiting.username(), &sent.flow, &terms, problem);
    }
    let mut actor = Actor::user(&waiting.user.id, waiting.username());
    actor.ip_address = Some(context.address.to_string());
    actor.correlation_id = waiting.target.request().map(|request| request.correlation_id.clone());
    let (user, id, file_id) = (&waiting.user, &shown.agreement_id, &shown.file_id);
    let answered = web.directory.answer_agreement(&actor, user, id, file_id, has_accepted).await;
    answered.map_err(PageError::internal)?;
    match has_accepted {
        true => go_on(web, context, headers, waiting).await,
        false => end(web, context, waiting).await,
    }
}

/// Who declines does not get in. A native application is told; in a browser the person reads why.
async fn end(web: &SignInWeb, context: &RequestContext, waiting: Waiting) -> Result<Response, PageError> {
    if !web.interactions.finish(&waiting.interaction).await.map_err(PageError::internal)? {
        return Err(PageError::Expired);
    }
    let id = &waiting.interaction.record.sign_in_id;
    web.protection.fail(id, NOT_ACCEPTED).await.map_err(PageError::internal)?;
    if let SignInTarget::Device(device) = &waiting.target.target {
        let (id, declined) = (&device.device_authorization_id, DeviceDecision::Declined);
        web.tokens.decide_device_authorization(id, &declined).await.map_err(PageError::internal)?;
    }
    if waiting.target.is_native() {
        return Ok(silent_error(&waiting.target, "access_denied", NOT_ACCEPTED));
    }
    let application = Some(waiting.target.application_name.as_str());
    Ok(refused_page(web, context, &Refusal { sign_in_id: Some(id), application, ..refusal(NOT_ACCEPTED) }))
}
