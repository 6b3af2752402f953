//! The page on which a person signs another device in (RFC 8628 §3.3): he enters the code it shows, signs in, and confirms.
//!
//! Confirming comes last and in the browser that is signed in, because everything before it can be sent to somebody as a
//! link.

use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use riskgate_access::SessionDemands;
use riskgate_http::{RequestContext, ResponseMode, page_headers};
use riskgate_store::records::{
    AuthorizationRequest, DeviceAuthorization, DeviceDecision, DeviceSignIn, GrantedSession, Session,
    SignInTarget, TokenGrant,
};
use serde::Deserialize;

use super::PAGE_LIFETIME;
use super::waiting::Waiting;
use crate::SignInWeb;
use crate::cookies::session_token;
use crate::error::{PageError, answer};
use crate::outcome::ask::begin;
use crate::outcome::next::Arrival;
use crate::pages::{DeviceCodePage, DeviceConfirmPage, MessagePage, render};

/// What the page of the code sends.
#[derive(Deserialize)]
pub(crate) struct SentCode {
    anti_forgery: String,
    user_code: String,
}

/// What the page that asks to confirm sends.
#[derive(Deserialize)]
pub(crate) struct SentDecision {
    flow: String,
    anti_forgery: String,
    decision: String,
}

/// `GET /deviceauth`: asks for the code.
pub(crate) async fn show(State(web): State<Arc<SignInWeb>>, headers: HeaderMap) -> Response {
    page(&web, &headers, None)
}

/// `GET /devicelogin`: the address Entra's clients know.
pub(crate) async fn redirect() -> Response {
    let mut response = Redirect::to("/deviceauth").into_response();
    page_headers(response.headers_mut(), &[]);
    response
}

/// `POST /deviceauth`: a code.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<SentCode>,
) -> Response {
    let result = enter(&web, &context, &headers, &sent).await;
    answer(&web, &context, result)
}

/// `POST /deviceauth/confirm`: yes or no.
pub(crate) async fn confirm(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<SentDecision>,
) -> Response {
    let result = decide(&web, &headers, &sent).await;
    answer(&web, &context, result)
}

fn page(web: &SignInWeb, headers: &HeaderMap, problem: Option<&str>) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "device-code");
    let shown = DeviceCodePage { organization: &web.organization, anti_forgery: &anti_forgery, problem };
    browser.keep(render(StatusCode::OK, &shown, &[]))
}

async fn enter(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &SentCode,
) -> Result<Response, PageError> {
    web.check_form(headers, "device-code", &sent.anti_forgery)?;
    if web.device_code_guesses.is_locked(context.address).await.map_err(PageError::internal)? {
        return Ok(page(
            web,
            headers,
            Some("Too many wrong codes came from here. Wait a few minutes and try again."),
        ));
    }
    let found = web.tokens.find_device_authorization(&sent.user_code).await.map_err(PageError::internal)?;
    let Some(device) = found else {
        web.device_code_guesses.count(context.address).await.map_err(PageError::internal)?;
        let problem = "That code is not right, or it has expired. Check it, or ask the device for a new one.";
        return Ok(page(web, headers, Some(problem)));
    };
    let target = SignInTarget::Device(Box::new(sign_in_for(&device)));
    let sealed = web.forms.sealed().seal(SignInTarget::PURPOSE, &target, PAGE_LIFETIME);
    let mut response =
        Redirect::to(&format!("/signin?ctx={}", sealed.map_err(PageError::internal)?)).into_response();
    page_headers(response.headers_mut(), &[]);
    Ok(response)
}

/// The sign-in that approves a device.
fn sign_in_for(device: &DeviceAuthorization) -> DeviceSignIn {
    DeviceSignIn {
        device_authorization_id: device.id.clone(),
        request: AuthorizationRequest {
            client_id: device.client_id.clone(),
            redirect_uri: String::new(),
            response_mode: ResponseMode::Query.name().to_owned(),
            scopes: device.scopes.clone(),
            state: None,
            nonce: None,
            code_challenge: None,
            prompt: Vec::new(),
            login_hint: None,
            max_age: None,
            correlation_id: device.correlation_id.clone(),
            claims: device.claims.clone(),
            dpop_key: None,
        },
    }
}

/// The page that asks a person who has signed in whether the device is his.
pub(crate) async fn ask_to_confirm(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
    device: &DeviceSignIn,
) -> Result<Response, PageError> {
    let id = &device.device_authorization_id;
    let found = web.tokens.device_authorization_of(id).await.map_err(PageError::internal)?;
    let Some(waiting) = found else { return Ok(too_late(web)) };
    let flow = begin(web, arrival, None).await?;
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "device-confirm");
    let (time, at) = (waiting.created_date_time.to_string(), waiting.created_date_time.without_zone());
    let shown = DeviceConfirmPage {
        organization: &web.organization,
        username: arrival.username(),
        application: &arrival.target.application_name,
        place: waiting.place.as_deref(),
        address: &waiting.ip_address,
        own_address: &context.address.to_string(),
        time: &time,
        time_text: &format!("{} UTC", at.replace('T', " ")),
        flow: &flow,
        anti_forgery: &anti_forgery,
    };
    Ok(browser.keep(render(StatusCode::OK, &shown, &[])))
}

async fn decide(web: &SignInWeb, headers: &HeaderMap, sent: &SentDecision) -> Result<Response, PageError> {
    web.check_form(headers, "device-confirm", &sent.anti_forgery)?;
    let waiting = Waiting::load(web, &sent.flow).await?;
    let record = &waiting.interaction.record;
    let SignInTarget::Device(device) = &record.target else { return Err(PageError::Expired) };
    let decision = web.protection.decision_of(&record.sign_in_id).await.map_err(PageError::internal)?;
    let granted = decision.filter(|decision| decision.outcome.error_code().is_none());
    // A sign-in that waits for something else is not over.
    let granted = granted.filter(|_| !record.must_change_password).ok_or(PageError::Expired)?;
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
        return decline(web, device).await;
    }
    let grant = Box::new(grant(web, &waiting, device, &session, &granted.session));
    let approved = DeviceDecision::Approved(grant);
    let id = &device.device_authorization_id;
    if !web.tokens.decide_device_authorization(id, &approved).await.map_err(PageError::internal)? {
        return Ok(too_late(web));
    }
    Ok(message(
        web,
        "You have signed in on your device",
        "Go back to it; it goes on in a few seconds. You can close this page.",
    ))
}

/// What the device gets: marked, like everything that comes from it, as handed over by a code.
fn grant(
    web: &SignInWeb,
    waiting: &Waiting,
    device: &DeviceSignIn,
    session: &Session,
    demands: &SessionDemands,
) -> TokenGrant {
    let record = &waiting.interaction.record;
    TokenGrant {
        client_id: device.request.client_id.clone(),
        user_id: record.user_id.clone(),
        scopes: device.request.scopes.clone(),
        authentication: record.authentication.clone(),
        session_id: session.session_id.clone(),
        sign_in_id: record.sign_in_id.clone(),
        nonce: None,
        granted_date_time: web.clock.now(),
        claims: device.request.claims.clone(),
        session: GrantedSession {
            application_enforced_restrictions: demands.application_enforced_restrictions,
            // There is no browser on the device that could be closed.
            stays_signed_in: false,
        },
        // The device proves its key when it redeems the code.
        dpop_key: None,
    }
}

/// The person does not want the device to be signed in.
pub(crate) async fn decline(web: &SignInWeb, device: &DeviceSignIn) -> Result<Response, PageError> {
    let declined = DeviceDecision::Declined;
    let id = &device.device_authorization_id;
    web.tokens.decide_device_authorization(id, &declined).await.map_err(PageError::internal)?;
    Ok(message(
        web,
        "Nothing was signed in",
        "The device that asked for the code was told so. If somebody had sent you the code, tell your administrator.",
    ))
}

fn too_late(web: &SignInWeb) -> Response {
    message(
        web,
        "The code has expired",
        "It was used already, or fifteen minutes have passed. Ask the device for a new code.",
    )
}

fn message(web: &SignInWeb, title: &str, text: &str) -> Response {
    let page = MessagePage { organization: &web.organization, title, text, link: None };
    render(StatusCode::OK, &page, &[])
}
