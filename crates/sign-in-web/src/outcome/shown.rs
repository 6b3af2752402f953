//! The pages that ask for something, each for the first time or again with what was wrong.

use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_authentication::Enrollment;

use crate::SignInWeb;
use crate::attempt::Target;
use crate::pages::{CodePage, NewPasswordPage, NewPasswordReason, RegisterPage, SignInAgainPage, render};
use crate::routes::password_strength::STRENGTH;

/// The page that asks for the password once more.
pub(crate) fn sign_in_again_page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    username: &str,
    flow: &str,
    problem: Option<&str>,
) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "sign-in-again");
    let page = SignInAgainPage {
        organization: &web.organization,
        application: &target.application_name,
        username,
        flow,
        anti_forgery: &anti_forgery,
        problem,
    };
    browser.keep(render(StatusCode::OK, &page, &target.origins()))
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

/// The page that sets an authenticator app up: during a sign-in (with a flow) or in `/security-info`.
pub(crate) fn register_page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    username: &str,
    flow: Option<&str>,
    enrollment: &Enrollment,
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

/// The page that asks for a new password.
pub(crate) fn new_password_page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    username: &str,
    flow: &str,
    reason: NewPasswordReason,
    problem: Option<&str>,
) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "new-password");
    let page = NewPasswordPage {
        organization: &web.organization,
        username,
        flow,
        anti_forgery: &anti_forgery,
        strength: &browser.token(&web.forms, STRENGTH),
        reason,
        problem,
    };
    browser.keep(render(StatusCode::OK, &page, &target.origins()))
}
