//! Leading to an identity provider, and what is shown when nothing came of it.

use axum::response::{IntoResponse, Redirect, Response};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use riskgate_federation::{Beginning, Demand, Destination, FederationError, PersonError};
use riskgate_http::{RequestContext, page_headers};

use super::next::Arrival;
use super::refused::{Refusal, refused_page};
use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::PageError;
use crate::pages::{LeavePage, MessagePage, render};

/// Why somebody is led to an identity provider.
pub(crate) struct Departure<'a> {
    pub(crate) destination: Destination,
    pub(crate) demand: Demand,
    pub(crate) login_hint: &'a str,
}

impl<'a> Departure<'a> {
    /// For something a sign-in waits for.
    pub(crate) fn waiting(flow: String, demand: Demand, arrival: &'a Arrival<'a>) -> Self {
        Self { destination: Destination::Waiting(flow), demand, login_hint: arrival.username() }
    }
}

/// What a first factor must be like for the application to take it.
pub(crate) fn demand_of(target: &Target) -> Demand {
    let is_fresh = target.request().is_some_and(|request| {
        request.max_age.is_some()
            || request.claims.authenticated_since.is_some()
            || request.prompt.iter().any(|prompt| prompt == "login")
    });
    if is_fresh { Demand::SignInAgain } else { Demand::SignIn }
}

/// Leads to the identity provider by a page that goes there by itself: a form may not be answered by a redirect to where
/// its page does not name.
pub(crate) async fn leave_by_page(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    provider_id: &str,
    departure: Departure<'_>,
) -> Result<Response, PageError> {
    leave(web, context, headers, provider_id, departure, |provider, href| {
        let page = LeavePage { organization: &web.organization, provider, href };
        let mut response = render(StatusCode::OK, &page, &[]);
        if let Ok(refresh) = HeaderValue::from_str(&format!("0;url={href}")) {
            response.headers_mut().insert(header::REFRESH, refresh);
        }
        response
    })
    .await
}

/// Leads there by a redirect.
pub(crate) async fn leave_by_redirect(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    provider_id: &str,
    departure: Departure<'_>,
) -> Result<Response, PageError> {
    leave(web, context, headers, provider_id, departure, |_, href| {
        let mut response = Redirect::to(href).into_response();
        page_headers(response.headers_mut(), &[]);
        response
    })
    .await
}

/// What comes after the provider's form, by a page instead of a redirect when it is elsewhere: the page that form was on names
/// this server as where it may lead, and browsers apply that to every redirect after it.
pub(crate) fn onward_by_page(web: &SignInWeb, response: Response) -> Response {
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let Some(href) = location.filter(|address| !address.starts_with('/')) else { return response };
    let page = MessagePage {
        organization: &web.organization,
        title: "Just a moment",
        text: "You are being led on. If nothing happens, press Continue.",
        link: Some((href, "Continue")),
    };
    let mut onward = render(StatusCode::OK, &page, &[]);
    if let Ok(refresh) = HeaderValue::from_str(&format!("0;url={href}")) {
        onward.headers_mut().insert(header::REFRESH, refresh);
    }
    for cookie in response.headers().get_all(header::SET_COOKIE) {
        onward.headers_mut().append(header::SET_COOKIE, cookie.clone());
    }
    onward
}

async fn leave(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    provider_id: &str,
    departure: Departure<'_>,
    answer: impl FnOnce(&str, &str) -> Response,
) -> Result<Response, PageError> {
    let provider = match web.federation.enabled_provider(provider_id).await {
        Ok(provider) => provider,
        Err(error) => return failed(web, context, &error, None),
    };
    let restart = restart(web, &departure.destination);
    let browser = web.browser(headers);
    let beginning = Beginning {
        provider: &provider,
        browser_id: browser.id(),
        destination: departure.destination,
        demand: departure.demand,
        login_hint: Some(departure.login_hint),
    };
    match web.federation.begin(beginning).await {
        Ok(url) => {
            let name = provider.provider.display_name.as_deref().unwrap_or_default();
            Ok(browser.keep(answer(name, url.as_str())))
        }
        Err(error) => failed(web, context, &error, restart.as_deref()),
    }
}

/// Where the person can begin anew.
pub(crate) fn restart(web: &SignInWeb, destination: &Destination) -> Option<String> {
    match destination {
        Destination::SignIn(target) => Some(format!("/signin?ctx={}", crate::routes::sealed(web, target))),
        Destination::Waiting(_) => None,
    }
}

/// The page of what went wrong between Riskgate and a provider. What the provider said goes to the log.
pub(crate) fn failed(
    web: &SignInWeb,
    context: &RequestContext,
    error: &FederationError,
    restart: Option<&str>,
) -> Result<Response, PageError> {
    if let FederationError::Store(_) | FederationError::Internal(_) = error {
        return Err(PageError::internal(error));
    }
    tracing::warn!(request_id = context.request_id, %error, "a federated sign-in came to nothing");
    let (code, title, paragraphs) = described(error);
    Ok(refused_page(web, context, &Refusal { code, title, paragraphs, restart, ..Refusal::default() }))
}

/// The error code of the sign-in log.
pub(crate) fn code(error: &FederationError) -> i32 {
    described(error).0
}

fn described(error: &FederationError) -> (i32, &'static str, &'static [&'static str]) {
    match error {
        FederationError::UnknownProvider => (
            50_107,
            "This identity provider is not available",
            &["It was removed or switched off. Sign in another way, or ask your administrator."],
        ),
        FederationError::UnknownState
        | FederationError::OtherBrowser
        | FederationError::OtherProvider
        | FederationError::Replayed => (
            50_008,
            "This answer belongs to no sign-in of this browser",
            &[
                "The identity provider sent an answer that does not fit to a sign-in begun in this browser, was used before, \
                 or came too late. For your protection it was thrown away.",
                "Go back to the application and sign in again.",
            ],
        ),
        FederationError::TooLarge => (
            50_012,
            "The application asked for too much at once",
            &[
                "Its request is too long to be carried through the identity provider. Tell whoever runs the application.",
            ],
        ),
        FederationError::Cancelled => (
            50_012,
            "You did not sign in",
            &[
                "The sign-in at the identity provider was cancelled. Nothing was changed, and you can begin anew.",
            ],
        ),
        FederationError::Refused(_) => (
            50_012,
            "The identity provider did not sign you in",
            &[
                "It refused, and its reason is in the log of the server. Try again; if that does not help, give your \
                 administrator the details below.",
            ],
        ),
        FederationError::Unreachable(_) => (
            90_033,
            "The identity provider cannot be reached",
            &["It did not answer in time. Wait a minute and try again."],
        ),
        FederationError::Garbage(_) | FederationError::InvalidToken(_) => (
            50_008,
            "The identity provider's answer is not valid",
            &[
                "It could not be verified, so you were not signed in. Give your administrator the details below: the reason is \
                 in the log of the server.",
            ],
        ),
        FederationError::Store(_) | FederationError::Internal(_) => {
            (90_001, "Something went wrong on our side", &[])
        }
    }
}

/// The page for somebody whose assertion is good and nobody's.
pub(crate) fn nobody(
    web: &SignInWeb,
    context: &RequestContext,
    error: &PersonError,
    restart: Option<&str>,
) -> Result<Response, PageError> {
    let (title, paragraphs): (&str, &[&str]) = match error {
        PersonError::Failed(error) => return Err(PageError::internal(error)),
        PersonError::Unknown => (
            "You have no account here",
            &[
                "The identity provider says who you are, but nobody here belongs to that account.",
                "Ask your administrator to link it, or sign in with another account.",
            ],
        ),
        PersonError::UnverifiedMail => (
            "Your mail address is not confirmed",
            &[
                "The identity provider does not say that it has verified your mail address, so nobody can be found by it.",
                "Confirm the address there and sign in again, or ask your administrator to link your account.",
            ],
        ),
        PersonError::NotLinkable => (
            "Your accounts cannot be linked",
            &[
                "The account with your mail address belongs to another account at the identity provider, or there are several.",
                "Ask your administrator to link the right one.",
            ],
        ),
    };
    tracing::warn!(request_id = context.request_id, %error, "a federated sign-in is nobody's");
    Ok(refused_page(
        web,
        context,
        &Refusal { code: 51_004, title, paragraphs, restart, ..Refusal::default() },
    ))
}
