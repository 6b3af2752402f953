use axum::response::{IntoResponse, Response};
use http::{HeaderMap, StatusCode};
use riskgate_access::{BlockReason, Control, Outcome};
use riskgate_http::{RequestContext, ResponseMode, authorization_response};
use riskgate_model::{AuthenticationFacts, User, UserAction};
use riskgate_protection::Judgement;
use riskgate_store::records::{AuthorizationRequest, Session, SignInTarget};

use super::action::{Permission, ask_for_action};
use super::finish::finish;
use super::refused::{Refusal, refusal, refused_page};
use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::PageError;
use crate::pages::{CodePage, NewPasswordPage, RegisterPage, render};

/// Somebody on the way in, with what was judged of him.
pub(crate) struct Arrival<'a> {
    pub(crate) user: &'a User,
    pub(crate) target: &'a Target,
    pub(crate) authentication: &'a AuthenticationFacts,
    pub(crate) judgement: &'a Judgement,
    pub(crate) must_change_password: bool,
    /// The session that is used again, if nothing new was proven.
    pub(crate) session: Option<&'a Session>,
}

impl Arrival<'_> {
    pub(crate) fn username(&self) -> &str {
        self.user.user_principal_name.as_deref().unwrap_or_default()
    }
}

/// What follows from the judgement.
pub(crate) async fn next(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    match &arrival.judgement.decision.outcome {
        Outcome::Block { reason } => Ok(blocked(web, context, arrival, *reason)),
        Outcome::Interrupt { controls } if arrival.target.is_silent() => {
            let code = controls.first().map_or(50_076, Control::error_code);
            Ok(silent_error(arrival.target, "interaction_required", code))
        }
        Outcome::Interrupt { controls } if controls.contains(&Control::RegisterMfa) => {
            register(web, context, headers, arrival).await
        }
        Outcome::Interrupt { .. } => ask_for_code(web, headers, arrival).await,
        Outcome::Grant if arrival.must_change_password && arrival.target.is_silent() => {
            Ok(silent_error(arrival.target, "interaction_required", 50_055))
        }
        Outcome::Grant if arrival.must_change_password => ask_for_new_password(web, headers, arrival).await,
        Outcome::Grant => finish(web, context, headers, arrival).await,
    }
}

fn blocked(
    web: &SignInWeb,
    context: &RequestContext,
    arrival: &Arrival<'_>,
    reason: BlockReason,
) -> Response {
    let code = reason.error_code();
    if arrival.target.is_silent() {
        return silent_error(arrival.target, "interaction_required", code);
    }
    refused(web, context, arrival, code)
}

/// The page of a refusal.
fn refused(web: &SignInWeb, context: &RequestContext, arrival: &Arrival<'_>, code: i32) -> Response {
    let correlation = arrival.target.request().map(|request| request.correlation_id.as_str());
    let shown = Refusal {
        sign_in_id: Some(&arrival.judgement.sign_in_id),
        correlation_id: correlation,
        application: Some(&arrival.target.application_name),
        ..refusal(code)
    };
    refused_page(web, context, &shown)
}

/// The error an application gets when it allows no page, or when the person declined.
pub(crate) fn silent_error(target: &Target, error: &str, code: i32) -> Response {
    let text = match code {
        50_020 => "The user who signed in is not the one the application asked for.",
        50_058 => "Nobody is signed in on this browser, and no page may be shown.",
        50_072 => "The user must register for multifactor authentication.",
        50_055 => "The password must be changed.",
        50_076 => "Multifactor authentication is required.",
        65_001 => "The user or an administrator has not consented to the permissions asked for.",
        65_004 => "The user declined to consent.",
        _ => "Access is blocked by Conditional Access policies.",
    };
    match target.request() {
        Some(request) => error_response(request, error, &format!("AADSTS{code}: {text}")),
        None => StatusCode::FORBIDDEN.into_response(),
    }
}

/// Sends an error back to the application.
fn error_response(request: &AuthorizationRequest, error: &str, description: &str) -> Response {
    let mode = ResponseMode::parse(Some(&request.response_mode)).unwrap_or(ResponseMode::Query);
    let mut parameters = vec![("error", error), ("error_description", description)];
    parameters.extend(request.state.as_deref().map(|state| ("state", state)));
    authorization_response(mode, &request.redirect_uri, &parameters)
}

async fn ask_for_code(
    web: &SignInWeb,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    let flow = begin(web, arrival).await?;
    let is_risk_driven = arrival.judgement.decision.has_risk_based_mfa();
    Ok(code_page(web, headers, arrival.target, arrival.username(), &flow, is_risk_driven, None))
}

/// The page that asks for a code.
pub(crate) fn code_page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    username: &str,
    flow: &str,
    is_risk_driven: bool,
    problem: Option<&str>,
) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "code");
    let page = CodePage {
        organization: &web.organization,
        username,
        flow,
        anti_forgery: &anti_forgery,
        is_risk_driven,
        problem,
    };
    browser.keep(render(StatusCode::OK, &page, &target.origins()))
}

async fn register(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    match may_register(web, context, arrival.user, arrival.authentication).await? {
        Permission::Granted => {}
        Permission::Refused(page) => return Ok(page),
        Permission::Interrupted(control) => {
            return Ok(refused(web, context, arrival, control.error_code()));
        }
    }
    let flow = begin(web, arrival).await?;
    let enrollment = web.software_oath.begin(arrival.user).map_err(PageError::internal)?;
    Ok(register_page(web, headers, arrival.target, arrival.username(), Some(&flow), &enrollment, None))
}

/// Whether policies let the person register a method from here, during a sign-in that asks for one.
pub(crate) async fn may_register(
    web: &SignInWeb,
    context: &RequestContext,
    user: &User,
    authentication: &AuthenticationFacts,
) -> Result<Permission, PageError> {
    let user_action = UserAction::RegisterSecurityInformation;
    let action = SignInTarget::Action { path: "/signin/register".to_owned(), user_action };
    ask_for_action(web, context, user, &action, authentication).await
}

/// The page that sets an authenticator app up: during a sign-in (with a flow) or in `/security-info`.
pub(crate) fn register_page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    username: &str,
    flow: Option<&str>,
    enrollment: &riskgate_authentication::Enrollment,
    problem: Option<&str>,
) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "register");
    let page = RegisterPage {
        organization: &web.organization,
        username,
        action: if flow.is_some() { "/signin/register" } else { "/security-info/totp" },
        flow,
        anti_forgery: &anti_forgery,
        pending: &enrollment.pending,
        secret: &enrollment.secret,
        qr: &enrollment.qr_svg,
        is_required: flow.is_some(),
        problem,
    };
    browser.keep(render(StatusCode::OK, &page, &target.origins()))
}

async fn ask_for_new_password(
    web: &SignInWeb,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    let flow = begin(web, arrival).await?;
    Ok(new_password_page(web, headers, arrival.target, arrival.username(), &flow, None))
}

/// The page that asks for a new password.
pub(crate) fn new_password_page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    username: &str,
    flow: &str,
    problem: Option<&str>,
) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "new-password");
    let page = NewPasswordPage {
        organization: &web.organization,
        username,
        flow,
        anti_forgery: &anti_forgery,
        problem,
    };
    browser.keep(render(StatusCode::OK, &page, &target.origins()))
}

/// Lets the sign-in wait; returns the token of the form.
pub(crate) async fn begin(web: &SignInWeb, arrival: &Arrival<'_>) -> Result<String, PageError> {
    let judgement = arrival.judgement;
    web.interactions
        .begin(
            &judgement.sign_in_id,
            &arrival.user.id,
            arrival.authentication,
            &arrival.target.target,
            arrival.must_change_password,
            judgement.decision.has_risk_based_mfa(),
        )
        .await
        .map_err(PageError::internal)
}
