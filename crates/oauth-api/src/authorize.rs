//! `GET|POST /{tenant}/oauth2/v2.0/authorize` (RFC 6749 §3.1, OpenID Connect Core §3.1.2). A good request goes, sealed, to
//! the sign-in page; nothing is written to the store.

mod bounds;
mod check;
mod client;
mod push;
mod pushed;

use std::sync::Arc;

use axum::extract::rejection::PathRejection;
use axum::extract::{Path, Request, State};
use axum::response::Response;
use riskgate_http::{RequestContext, ResponseMode, authorization_response};
use riskgate_store::records::SignInTarget;
use riskgate_tokens::PUSHED_REQUEST_PREFIX;

use crate::answer::show_correlation;
use crate::error::OAuthError;
use crate::page::{error_page, redirect};
use crate::path::tenant_of;
use crate::request::read_parameters;
use crate::state::App;
use crate::trace::Trace;
use client::Asking;
pub(crate) use push::push;

/// The page that signs in.
const SIGN_IN_PAGE: &str = "/signin";
/// Languages of `ui_locales` that are looked at.
const MAX_LANGUAGES: usize = 5;
/// Longest language tag that is looked at (RFC 5646 §4.4.1).
const MAX_LANGUAGE_TAG: usize = 35;

/// The endpoint.
pub(crate) async fn authorize(
    State(app): State<Arc<App>>,
    tenant: Result<Path<String>, PathRejection>,
    context: RequestContext,
    request: Request,
) -> Response {
    let mut trace = Trace::new(&context, None);
    let parameters = match app.check_tenant(&tenant_of(tenant)).await {
        Ok(()) => read_parameters(request).await,
        Err(error) => Err(error),
    };
    let parameters = match parameters {
        Ok(parameters) => parameters,
        Err(error) => return error_page(&error, &trace),
    };
    trace = Trace::new(&context, parameters.get("client-request-id"));
    if let Some(reference) =
        parameters.get("request_uri").filter(|uri| uri.starts_with(PUSHED_REQUEST_PREFIX))
    {
        return match pushed::page(&app, &parameters, reference).await {
            Ok(page) => redirect(&page, &trace),
            Err(error) => error_page(&error, &trace),
        };
    }
    let asking = match client::asking(&app, &parameters, None).await {
        Ok(asking) => asking,
        Err(error) => return error_page(&error, &trace),
    };
    let checked = check::check(&app, &parameters, &asking, &trace).await;
    let page = checked.and_then(|request| {
        let target = SignInTarget::Application(Box::new(request));
        let page = app.page(SIGN_IN_PAGE, SignInTarget::PURPOSE, &target)?;
        Ok(in_languages(page, parameters.get("ui_locales")))
    });
    match page {
        Ok(page) => redirect(&page, &trace),
        Err(error) => tell_application(&app, &asking, &error, &trace),
    }
}

/// Tells the page which languages the application asks for (OpenID Connect Core §3.1.2.1). What are no language tags is left
/// out: the parameter is a wish.
fn in_languages(page: String, ui_locales: Option<&str>) -> String {
    let is_tag = |tag: &&str| {
        !tag.is_empty()
            && tag.len() <= MAX_LANGUAGE_TAG
            && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
    };
    let tags = ui_locales.unwrap_or_default().split(' ').filter(is_tag).take(MAX_LANGUAGES);
    match tags.collect::<Vec<_>>().join("+") {
        tags if tags.is_empty() => page,
        tags => format!("{page}&ui_locales={tags}"),
    }
}

/// Sends an error back to the application (RFC 6749 §4.1.2.1).
fn tell_application(app: &App, asking: &Asking, error: &OAuthError, trace: &Trace) -> Response {
    tracing::info!(request_id = trace.request_id, code = error.code, "authorization refused");
    let (mode, description) = (asking.mode.unwrap_or(ResponseMode::Query), error.description(trace));
    let mut parameters = vec![("error", error.error), ("error_description", &description)];
    if let Some(state) = &asking.state {
        parameters.push(("state", state));
    }
    // Which server answers, so that an application with several cannot mix them up (RFC 9207).
    parameters.push(("iss", app.api.tokens.issuer()));
    let mut response = authorization_response(mode, &asking.redirect_uri, &parameters);
    show_correlation(response.headers_mut(), trace);
    response
}
