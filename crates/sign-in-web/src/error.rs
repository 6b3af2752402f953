use axum::response::{IntoResponse, Response};
use http::StatusCode;
use riskgate_http::RequestContext;

use crate::SignInWeb;
use crate::outcome::refused::{Refusal, refused_page};
use crate::pages::{MessagePage, render};

/// Why a page cannot be shown. What went wrong inside goes to the log under the request id; the person sees the id.
#[derive(Debug, thiserror::Error)]
pub(crate) enum PageError {
    /// The sealed state in the address or form is not ours, was changed or is too old.
    #[error("the page is too old or was changed")]
    Expired,
    /// The anti-forgery token does not fit the browser.
    #[error("the form was not sent from the page it belongs to")]
    Forged,
    /// Too much work is waiting.
    #[error("too many sign-ins at once")]
    Busy,
    /// The server cannot do it now.
    #[error("{0}")]
    Internal(String),
}

impl PageError {
    /// An error of a layer below.
    pub(crate) fn internal(error: impl std::fmt::Display) -> Self {
        Self::Internal(error.to_string())
    }

    /// The page that says so.
    pub(crate) fn page(&self, web: &SignInWeb, context: &RequestContext) -> Response {
        let message = |status, title: &str, text: &str| {
            render(status, &MessagePage { organization: &web.organization, title, text, link: None }, &[])
        };
        match self {
            Self::Expired => message(
                StatusCode::BAD_REQUEST,
                "This page has expired",
                "You waited too long, or the address is not complete. Go back to the application and sign in again.",
            ),
            Self::Forged => message(
                StatusCode::BAD_REQUEST,
                "Please try again",
                "The form did not come from the page we showed to this browser. Allow cookies for this site, go back to \
                 the application and sign in again.",
            ),
            Self::Busy => {
                let mut response = message(
                    StatusCode::SERVICE_UNAVAILABLE,
                    "Just a moment",
                    "Many people are signing in right now. Wait a few seconds and try again.",
                );
                response.headers_mut().insert(http::header::RETRY_AFTER, http::HeaderValue::from_static("5"));
                response
            }
            Self::Internal(reason) => {
                tracing::error!(request_id = context.request_id, reason, "a page failed");
                let refusal =
                    Refusal { code: 90_001, title: "Something went wrong on our side", ..Refusal::default() };
                let mut response = refused_page(web, context, &refusal);
                *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
                response
            }
        }
    }
}

/// A handler's answer, or the page of its error.
pub(crate) fn answer(
    web: &SignInWeb,
    context: &RequestContext,
    result: Result<Response, PageError>,
) -> Response {
    result.unwrap_or_else(|error| error.page(web, context)).into_response()
}
