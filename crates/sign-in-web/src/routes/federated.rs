//! `/signin/federated`: to an identity provider and back.

use std::sync::Arc;

use axum::extract::{Form, Path, Query, State};
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode, header};
use riskgate_access::Control;
use riskgate_authentication::still_counts;
use riskgate_federation::{Answer, Assertion, Completed, Demand, Destination, FederationError};
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind, User};
use riskgate_protection::{Attempt, FailedSignIn, SignInKind};
use riskgate_store::records::{Session, SignInTarget};
use serde::Deserialize;
use serde_json::json;

use crate::SignInWeb;
use crate::cookies::browser_id;
use crate::error::{PageError, answer};
use crate::outcome::federated::{
    Departure, code, demand_of, failed, leave_by_redirect, nobody, onward_by_page, restart,
};
use crate::outcome::next::{Arrival, next};
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::routes::activity::end_session;
use crate::routes::sign_out::signed_out;
use crate::routes::waiting::{Waiting, go_on};

/// The account is disabled.
const DISABLED: i32 = 50_057;
/// All sign-ins were revoked after the person proved himself.
const REVOKED: i32 = 50_173;
/// Multifactor authentication is missing.
const NO_MFA: i32 = 50_076;
/// The person is not the one who was asked.
const SOMEBODY_ELSE: i32 = 50_020;

/// What the way to a provider is asked with.
#[derive(Deserialize)]
pub(crate) struct Asked {
    ctx: String,
    provider: String,
}

/// What comes back from it (RFC 6749 §4.1.2, RFC 9207 §2).
#[derive(Deserialize)]
pub(crate) struct Returned {
    #[serde(default)]
    state: String,
    code: Option<String>,
    iss: Option<String>,
    error: Option<String>,
}

/// `GET /signin/federated`: leads to the provider a person chose.
pub(crate) async fn start(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let result = async {
        let target = web.target(&asked.ctx).await?;
        let hint = target.request().and_then(|request| request.login_hint.as_deref()).unwrap_or_default();
        let departure = Departure {
            destination: Destination::SignIn(Box::new(target.target.clone())),
            demand: demand_of(&target),
            login_hint: hint,
        };
        leave_by_redirect(&web, &context, &headers, &asked.provider, departure).await
    };
    answer(&web, &context, result.await)
}

/// `GET /signin/federated/{provider}`: the answer of a provider.
pub(crate) async fn finish(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Path(provider): Path<String>,
    Query(returned): Query<Returned>,
) -> Response {
    // Who signed out there comes back to the same address, which every provider knows.
    if let Some(target) = web.federation.signed_out(&returned.state) {
        return onward_by_page(&web, signed_out(&web, &target));
    }
    let result = take(&web, &context, &headers, &provider, &returned).await;
    onward_by_page(&web, answer(&web, &context, result))
}

/// What a provider tells when a session there has ended.
#[derive(Deserialize)]
pub(crate) struct LogoutRequest {
    logout_token: String,
}

/// `POST /signin/federated/{provider}/logout`: a session at the provider has ended (OpenID Connect Back-Channel Logout §2.5).
/// The sessions here that came from it end, with their tokens.
pub(crate) async fn ended(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    Path(provider): Path<String>,
    Form(request): Form<LogoutRequest>,
) -> Response {
    let no_store = [(header::CACHE_CONTROL, "no-store")];
    match end_here(&web, &provider, &request.logout_token).await {
        Ok(count) => {
            tracing::info!(
                request_id = context.request_id,
                provider,
                count,
                "sessions ended by the identity provider"
            );
            (StatusCode::OK, no_store).into_response()
        }
        Err(FederationError::Store(error)) => {
            tracing::error!(request_id = context.request_id, %error, "a logout of an identity provider failed");
            (StatusCode::SERVICE_UNAVAILABLE, no_store).into_response()
        }
        Err(error) => {
            tracing::warn!(request_id = context.request_id, provider, %error, "a logout of an identity provider was refused");
            let body = json!({ "error": "invalid_request", "error_description": error.to_string() });
            let json = [(header::CONTENT_TYPE, "application/json")];
            (StatusCode::BAD_REQUEST, no_store, json, body.to_string()).into_response()
        }
    }
}

/// How many sessions ended.
async fn end_here(web: &SignInWeb, provider: &str, token: &str) -> Result<usize, FederationError> {
    let internal = |error: &dyn std::fmt::Display| FederationError::Internal(error.to_string());
    let ended = web.federation.ended(provider, token).await?;
    let Some(user_id) = &ended.user_id else { return Ok(0) };
    let user = web.directory.find_user(user_id).await.map_err(|error| internal(&error))?;
    let Some(user) = user else { return Ok(0) };
    let sessions = web.sessions.list(&user).await.map_err(|error| internal(&error))?;
    let is_meant = |session: &&Session| {
        session.authentication.federation.as_ref().is_some_and(|facts| {
            facts.provider_id == ended.provider_id
                && (ended.session_id.is_none() || facts.session_id == ended.session_id)
        })
    };
    let mut count = 0;
    for session in sessions.iter().filter(is_meant) {
        end_session(web, session).await.map_err(|error| internal(&error))?;
        count += 1;
    }
    Ok(count)
}

async fn take(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    provider: &str,
    returned: &Returned,
) -> Result<Response, PageError> {
    let answer = Answer {
        provider_id: provider,
        browser_id: browser_id(headers),
        state: &returned.state,
        code: returned.code.as_deref(),
        issuer: returned.iss.as_deref(),
        error: returned.error.as_deref(),
    };
    let started = match web.federation.started(&answer) {
        Ok(started) => started,
        Err(error) => return failed(web, context, &error, None),
    };
    let destination = started.destination.clone();
    let completed = match web.federation.complete(started, &answer).await {
        Ok(completed) => completed,
        Err(error) => return came_to_nothing(web, context, &destination, &error).await,
    };
    match destination {
        Destination::SignIn(target) => first_factor(web, context, headers, &completed, *target).await,
        Destination::Waiting(flow) => further_factor(web, context, headers, &completed, &flow).await,
    }
}

/// The page of a failure; a sign-in that waits is told of it.
async fn came_to_nothing(
    web: &SignInWeb,
    context: &RequestContext,
    destination: &Destination,
    error: &FederationError,
) -> Result<Response, PageError> {
    if let Destination::Waiting(flow) = destination {
        let waiting = Waiting::load(web, flow).await?;
        let id = &waiting.interaction.record.sign_in_id;
        web.protection.fail(id, code(error)).await.map_err(PageError::internal)?;
    }
    failed(web, context, error, restart(web, destination).as_deref())
}

/// Somebody came who was not known before.
async fn first_factor(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    completed: &Completed,
    target: SignInTarget,
) -> Result<Response, PageError> {
    let destination = Destination::SignIn(Box::new(target.clone()));
    let target = web.look_up(target).await?;
    let user = match web.federation.person(completed).await {
        Ok(user) => user,
        Err(error) => return nobody(web, context, &error, restart(web, &destination).as_deref()),
    };
    let mut proven = AuthenticationFacts::default();
    pass(web, &mut proven, &completed.assertion, &user);
    let proven = web.with_device(context, headers, &user.id, &proven).await?;
    let authentication = target.proofs(&proven);
    let attempt = web.attempt(SignInKind::Interactive, &user, &target, &authentication, context, headers);
    if user.account_enabled == Some(false) {
        return refuse(web, context, &attempt, DISABLED).await;
    }
    if !still_counts(&authentication, &user) {
        if completed.started.demand == Demand::SignInAgain {
            return refuse(web, context, &attempt, REVOKED).await;
        }
        let hint = user.user_principal_name.as_deref().unwrap_or_default();
        let departure = Departure { destination, demand: Demand::SignInAgain, login_hint: hint };
        return leave_by_redirect(web, context, headers, &completed.provider.provider.id, departure).await;
    }
    let judgement = web.protection.judge(&attempt).await.map_err(PageError::internal)?;
    let arrival = Arrival {
        user: &user,
        target: &target,
        authentication: &authentication,
        judgement: &judgement,
        must_change_password: false,
        is_password_breached: false,
        passed: &[],
        session: None,
    };
    next(web, context, headers, &arrival).await
}

async fn refuse(
    web: &SignInWeb,
    context: &RequestContext,
    attempt: &Attempt,
    error_code: i32,
) -> Result<Response, PageError> {
    let failed = FailedSignIn { attempt, error_code };
    web.protection.record_failure(&failed).await.map_err(PageError::internal)?;
    let application = attempt.application.client_display_name.as_deref();
    Ok(refused_page(web, context, &Refusal { application, ..refusal(error_code) }))
}

/// Somebody whose sign-in waits proved more.
async fn further_factor(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    completed: &Completed,
    flow: &str,
) -> Result<Response, PageError> {
    let mut waiting = Waiting::load(web, flow).await?;
    let is_proof = |control: &Control| {
        matches!(control, Control::SignInAgain | Control::Mfa | Control::AuthenticationStrength { .. })
    };
    waiting.expect(is_proof)?;
    let found = web.federation.person(completed).await.ok();
    let is_same = found.is_some_and(|user| user.id == waiting.user.id);
    let is_enough = completed.started.demand != Demand::MultiFactor || completed.assertion.is_multi_factor;
    if is_same && is_enough {
        let proven = &mut waiting.interaction.record.authentication;
        pass(web, proven, &completed.assertion, &waiting.user);
        return go_on(web, context, headers, waiting).await;
    }
    let error_code = if is_same { NO_MFA } else { SOMEBODY_ELSE };
    let id = &waiting.interaction.record.sign_in_id;
    web.protection.fail(id, error_code).await.map_err(PageError::internal)?;
    let application = Some(waiting.target.application_name.as_str());
    let shown = Refusal { sign_in_id: Some(id), application, ..refusal(error_code) };
    Ok(refused_page(web, context, &shown))
}

/// Notes what an assertion proves, at the moment it was proven; an account is not older than what is proven of it.
fn pass(web: &SignInWeb, proven: &mut AuthenticationFacts, assertion: &Assertion, user: &User) {
    let at = user.created_date_time.map_or(assertion.proven_at, |created| assertion.proven_at.max(created));
    let at = at.min(web.clock.now());
    proven.pass(AuthenticationMethodKind::FederatedSingleFactor, at);
    if assertion.is_multi_factor {
        proven.pass(AuthenticationMethodKind::FederatedMultiFactor, at);
    }
    // What the risk was assessed by stays, also where the provider proves more later.
    proven.federation.get_or_insert_with(|| assertion.facts.clone());
}
