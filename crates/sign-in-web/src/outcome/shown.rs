//! The pages that ask for something, each for the first time or again with what was wrong.

use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_access::Control;
use riskgate_authentication::Enrollment;
use riskgate_model::{AuthenticationFacts, User};

use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::PageError;
use crate::methods::{OTHER_WAYS, choices};
use crate::pages::{NewPasswordPage, NewPasswordReason, RegisterPage, SignInAgainPage, render};
use crate::routes::password_strength::STRENGTH;

/// The page that asks for the password once more, or another way to begin a sign-in.
pub(crate) async fn sign_in_again_page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    user: &User,
    flow: &str,
    problem: Option<&str>,
) -> Result<Response, PageError> {
    let others = choices(web, user, &Control::SignInAgain, &AuthenticationFacts::default()).await?;
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "sign-in-again");
    let other_ways = (!others.is_empty()).then(|| browser.token(&web.forms, OTHER_WAYS));
    let page = SignInAgainPage {
        organization: &web.organization,
        application: &target.application_name,
        username: user.user_principal_name.as_deref().unwrap_or_default(),
        flow,
        anti_forgery: &anti_forgery,
        other_ways,
        problem,
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &target.origins())))
}

/// A sign-in in which something is registered.
#[derive(Clone, Copy)]
pub(crate) struct DuringSignIn<'a> {
    /// The token of the waiting sign-in.
    pub(crate) flow: &'a str,
    /// What the person has and may not use any more.
    pub(crate) not_permitted: &'a [&'static str],
}

/// The page that sets an authenticator app up: during a sign-in or in `/security-info`.
pub(crate) fn register_page(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
    username: &str,
    during: Option<DuringSignIn<'_>>,
    enrollment: &Enrollment,
    problem: Option<&str>,
) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "register");
    let page = RegisterPage {
        organization: &web.organization,
        username,
        action: if during.is_some() { "/signin/register" } else { "/security-info/totp" },
        flow: during.map(|during| during.flow),
        not_permitted: during.map(|during| during.not_permitted).unwrap_or_default(),
        anti_forgery: &anti_forgery,
        pending: &enrollment.pending,
        secret: &enrollment.secret,
        qr: &enrollment.qr_svg,
        is_required: during.is_some(),
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
        action: "/signin/new-password",
        context: "",
        flow,
        anti_forgery: &anti_forgery,
        strength: &browser.token(&web.forms, STRENGTH),
        reason,
        problem,
    };
    browser.keep(render(StatusCode::OK, &page, &target.origins()))
}
