use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, StatusCode};
use riskgate_core::Timestamp;
use riskgate_directory::{Capability, GRAPH_APP_ID, allows, permission, requires_admin_consent};
use riskgate_http::{RequestContext, ResponseMode, authorization_response, page_headers};
use riskgate_model::PersistentBrowserSessionMode;
use riskgate_ports::MailContent;
use riskgate_store::records::{AuthorizationRequest, GrantedSession, Session, SignInTarget, TokenGrant};
use riskgate_tokens::acr;

use super::ask::begin;
use super::next::Arrival;
use super::refused::{Refusal, refusal, refused_page};
use super::silent::silent_error;
use crate::SignInWeb;
use crate::attempt::permissions;
use crate::cookies::{session_token, set_session};
use crate::error::PageError;
use crate::pages::{ConsentPage, render};
use crate::routes::device_code::ask_to_confirm;

/// Everything is satisfied: the browser is signed in, and the person goes on to where he wanted.
pub(crate) async fn finish(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    // A session that was only used again goes on as it is, and ends when it would have ended.
    let (token, session) = match arrival.session {
        Some(session) => (None, session.clone()),
        None => {
            let (token, session) = new_session(web, context, headers, arrival).await?;
            (Some(token), session)
        }
    };
    web.passwords.remember_network(&arrival.user.id, context.address).await.map_err(PageError::internal)?;
    let mut response = match &arrival.target.target {
        SignInTarget::Page(path) | SignInTarget::Action { path, .. } => to_page(path),
        SignInTarget::Application(request) => {
            to_application(web, context, headers, arrival, request, &session).await?
        }
        SignInTarget::Device(device) => {
            to_application(web, context, headers, arrival, &device.request, &session).await?
        }
    };
    let is_new = token.is_some();
    let persistence = arrival.judgement.decision.session.persistent_browser;
    let max_age = max_age(persistence, &session, web.clock.now());
    match (token, session_token(headers)) {
        (Some(token), _) => set_session(&mut response, &token, max_age),
        // The cookie is there already, but perhaps policies say now that it lasts, or does not.
        (None, Some(token)) if persistence.is_some() => set_session(&mut response, token, max_age),
        (None, _) => {}
    }
    if is_new {
        tell_of_new_device(web, context, arrival).await?;
        web.keep_device_cookie(headers, &mut response, arrival.judgement);
    }
    if let Some(device) = arrival.authentication.device_id.as_ref().filter(|_| is_new) {
        web.directory.device_was_used(device).await.map_err(PageError::internal)?;
        web.renew_device(headers, &mut response);
    }
    Ok(response)
}

/// How long the session's cookie outlives the browser: until the session ends if policies keep the person signed in
/// (`persistentBrowser`), otherwise not at all.
pub(crate) fn max_age(
    persistence: Option<PersistentBrowserSessionMode>,
    session: &Session,
    now: Timestamp,
) -> Option<u64> {
    (persistence == Some(PersistentBrowserSessionMode::Always))
        .then(|| session.expires_date_time.since(now).as_secs())
}

/// Writes to the person who signed in with a browser he is not known by.
async fn tell_of_new_device(
    web: &SignInWeb,
    context: &RequestContext,
    arrival: &Arrival<'_>,
) -> Result<(), PageError> {
    if !web.is_notified(arrival.user) {
        return Ok(());
    }
    let (user, sign_in) = (arrival.user, &arrival.judgement.sign_in_id);
    if web.protection.is_new_device(&user.id, sign_in).await.map_err(PageError::internal)? {
        web.notify(context, user, MailContent::NewDevice, context.user_agent.as_deref().unwrap_or_default());
    }
    Ok(())
}

async fn new_session(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<(String, Session), PageError> {
    let agent = context.user_agent.as_deref();
    let replaces = session_token(headers);
    let mut proven = arrival.authentication.clone();
    if matches!(arrival.target.target, SignInTarget::Device(_)) {
        // The browser is where the person is; only what the other device gets came by a transfer.
        proven.transfer_method = None;
    }
    let created = web.sessions.create(&arrival.user.id, &proven, context.address, agent, replaces).await;
    created.map_err(PageError::internal)
}

fn to_page(path: &str) -> Response {
    let mut response = Redirect::to(path).into_response();
    page_headers(response.headers_mut(), &[]);
    response
}

async fn to_application(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
    request: &AuthorizationRequest,
    session: &Session,
) -> Result<Response, PageError> {
    let missing = missing_consent(web, arrival, request).await?;
    if missing.is_empty() && !request.prompt.iter().any(|prompt| prompt == "consent") {
        return deliver(web, context, headers, arrival, session).await;
    }
    if arrival.target.is_silent() {
        return Ok(silent_error(arrival.target, "consent_required", 65_001));
    }
    let asked: Vec<&str> = if missing.is_empty() {
        permissions(request).collect()
    } else {
        missing.iter().map(String::as_str).collect()
    };
    if requires_admin_consent(asked.iter().copied()).is_some() && !may_consent_for_all(web, arrival).await? {
        let shown = Refusal { application: Some(&arrival.target.application_name), ..refusal(90_094) };
        return Ok(refused_page(web, context, &shown));
    }
    let flow = begin(web, arrival, None).await?;
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "consent");
    let described: Vec<_> =
        asked.iter().filter_map(|name| permission(name)).map(|p| (p.name, p.description)).collect();
    let page = ConsentPage {
        organization: &web.organization,
        username: arrival.username(),
        application: &arrival.target.application_name,
        permissions: &described,
        flow: &flow,
        anti_forgery: &anti_forgery,
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &arrival.target.origins())))
}

/// Permissions asked for that nobody consented to yet. Unknown ones are refused by the token endpoint, which grants only
/// what was consented to.
pub(crate) async fn missing_consent(
    web: &SignInWeb,
    arrival: &Arrival<'_>,
    request: &AuthorizationRequest,
) -> Result<Vec<String>, PageError> {
    if request.client_id == GRAPH_APP_ID {
        return Ok(Vec::new());
    }
    let client =
        web.directory.find_service_principal_of(&request.client_id).await.map_err(PageError::internal)?;
    let client = client.ok_or(PageError::Expired)?;
    let granted =
        web.directory.granted_scopes(&client.id, &arrival.user.id).await.map_err(PageError::internal)?;
    let is_granted = |name: &str| granted.iter().any(|scope| scope.eq_ignore_ascii_case(name));
    let known =
        permissions(request).filter(|name| permission(name).is_some_and(|p| p.delegated_id.is_some()));
    Ok(known.filter(|name| !is_granted(name)).map(str::to_owned).collect())
}

/// Whether the person may consent on behalf of the organization.
pub(crate) async fn may_consent_for_all(web: &SignInWeb, arrival: &Arrival<'_>) -> Result<bool, PageError> {
    let roles = web.directory.role_template_ids(&arrival.user.id).await.map_err(PageError::internal)?;
    Ok(roles.iter().any(|role| allows(role, Capability::WriteApplications)))
}

/// Hands over what was signed in for: a code to the application, or first the question whether the device is one's own.
pub(crate) async fn deliver(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
    session: &Session,
) -> Result<Response, PageError> {
    match &arrival.target.target {
        SignInTarget::Application(request) => send_code(web, arrival, request, session).await,
        SignInTarget::Device(device) => ask_to_confirm(web, context, headers, arrival, device).await,
        SignInTarget::Page(path) | SignInTarget::Action { path, .. } => Ok(to_page(path)),
    }
}

/// Sends an authorization code to the application, or that the sign-in is not the one it asked for by `claims`.
async fn send_code(
    web: &SignInWeb,
    arrival: &Arrival<'_>,
    request: &AuthorizationRequest,
    session: &Session,
) -> Result<Response, PageError> {
    let wanted = &request.claims;
    if wanted.subject.as_ref().is_some_and(|subject| *subject != arrival.user.id) {
        return Ok(silent_error(arrival.target, "login_required", 50_020));
    }
    if !wanted.acr_values.is_empty() && !wanted.acr_values.contains(&acr(arrival.authentication)) {
        return Ok(silent_error(arrival.target, "unmet_authentication_requirements", 50_076));
    }
    let demands = &arrival.judgement.decision.session;
    let grant = TokenGrant {
        client_id: request.client_id.clone(),
        user_id: arrival.user.id.clone(),
        scopes: request.scopes.clone(),
        authentication: arrival.authentication.clone(),
        session_id: session.session_id.clone(),
        sign_in_id: arrival.judgement.sign_in_id.clone(),
        nonce: request.nonce.clone(),
        granted_date_time: web.clock.now(),
        claims: request.claims.clone(),
        session: GrantedSession {
            application_enforced_restrictions: demands.application_enforced_restrictions,
            stays_signed_in: demands.persistent_browser == Some(PersistentBrowserSessionMode::Always),
        },
        dpop_key: request.dpop_key.clone(),
    };
    web.sessions.add_application(session, &request.client_id).await.map_err(PageError::internal)?;
    let challenge = request.code_challenge.as_deref();
    let code =
        web.tokens.issue_code(grant, &request.redirect_uri, challenge).await.map_err(PageError::internal)?;
    let mode = ResponseMode::parse(Some(&request.response_mode)).unwrap_or(ResponseMode::Query);
    let mut parameters = vec![("code", code.as_str())];
    parameters.extend(request.state.as_deref().map(|state| ("state", state)));
    parameters.push(("session_state", &session.session_id));
    parameters.push(("iss", web.tokens.issuer()));
    Ok(authorization_response(mode, &request.redirect_uri, &parameters))
}
