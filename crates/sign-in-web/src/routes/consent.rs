use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_directory::{Actor, ConsentType, requires_admin_consent};
use riskgate_http::RequestContext;
use riskgate_protection::Judgement;
use riskgate_store::records::SignInTarget;
use serde::Deserialize;

use crate::SignInWeb;
use crate::cookies::session_token;
use crate::error::{PageError, answer};
use crate::outcome::finish::{deliver, may_consent_for_all, missing_consent};
use crate::outcome::next::Arrival;
use crate::outcome::silent::silent_error;
use crate::routes::device_code::decline;
use crate::routes::waiting::Waiting;

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    flow: String,
    anti_forgery: String,
    decision: String,
}

/// `POST /signin/consent`: yes or no to the permissions an application asks for.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = decide(&web, &context, &headers, &sent).await;
    answer(&web, &context, result)
}

async fn decide(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "consent", &sent.anti_forgery)?;
    let waiting = Waiting::load(web, &sent.flow).await?;
    let record = &waiting.interaction.record;
    if waiting.control().is_some() || record.must_change_password {
        return Err(PageError::Expired);
    }
    let decision = web.protection.decision_of(&record.sign_in_id).await.map_err(PageError::internal)?;
    let decision = decision.filter(|d| d.outcome.error_code().is_none()).ok_or(PageError::Expired)?;
    // The session was made before this page was shown; without it this is another browser.
    let session = match session_token(headers) {
        Some(token) => web.sessions.load(token).await.map_err(PageError::internal)?,
        None => None,
    };
    let session = session.filter(|session| session.user_id == record.user_id).ok_or(PageError::Expired)?;
    if !web.interactions.finish(&waiting.interaction).await.map_err(PageError::internal)? {
        return Err(PageError::Expired);
    }
    if sent.decision != "accept" {
        return match &record.target {
            SignInTarget::Device(device) => decline(web, device).await,
            _ => Ok(silent_error(&waiting.target, "access_denied", 65_004)),
        };
    }
    let judgement = Judgement {
        sign_in_id: record.sign_in_id.clone(),
        sign_in_level: riskgate_model::RiskLevel::None,
        decision,
        device_cookie_id: None,
    };
    let arrival = Arrival {
        user: &waiting.user,
        target: &waiting.target,
        authentication: &record.authentication,
        judgement: &judgement,
        must_change_password: false,
        is_password_breached: false,
        passed: &[],
        session: Some(&session),
    };
    let request = waiting.target.request().ok_or(PageError::Expired)?;
    grant(web, context, &arrival, request).await?;
    deliver(web, context, headers, &arrival, &session).await
}

async fn grant(
    web: &SignInWeb,
    context: &RequestContext,
    arrival: &Arrival<'_>,
    request: &riskgate_store::records::AuthorizationRequest,
) -> Result<(), PageError> {
    let missing = missing_consent(web, arrival, request).await?;
    if missing.is_empty() {
        return Ok(());
    }
    let client =
        web.directory.find_service_principal_of(&request.client_id).await.map_err(PageError::internal)?;
    let client = client.ok_or(PageError::Expired)?;
    let needs_administrator = requires_admin_consent(missing.iter().map(String::as_str)).is_some();
    let consent = if needs_administrator && may_consent_for_all(web, arrival).await? {
        ConsentType::AllPrincipals
    } else {
        ConsentType::Principal(arrival.user.id.clone())
    };
    let mut actor = Actor::user(&arrival.user.id, arrival.username());
    actor.ip_address = Some(context.address.to_string());
    actor.correlation_id = Some(request.correlation_id.clone());
    web.directory.grant_consent(&actor, &client.id, &consent, &missing).await.map_err(PageError::internal)?;
    Ok(())
}
