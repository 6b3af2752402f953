use axum::response::Response;
use http::StatusCode;
use riskgate_http::RequestContext;

use crate::page::{MessagePage, render};
use crate::sign_out;

/// Why somebody does not get through. Whatever it is, nobody does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// The request did not come through a trusted proxy.
    Untrusted,
    /// The proxy, or the registration of the application, is not set up right: what is wrong.
    Setup(String),
    /// The application is disabled.
    Disabled,
    /// Conditional Access does not let the session through.
    Denied(Denial),
    /// `state` is not ours, is too old, or is another browser's.
    Expired,
    /// The sign-in came back without a code that is good.
    NotFinished,
    /// The server cannot do it now: what went wrong, for the log.
    Internal(String),
}

/// What Conditional Access said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Denial {
    /// Error code of the sign-in log.
    pub(crate) code: i32,
    /// The sign-in it is logged as.
    pub(crate) sign_in_id: String,
    /// The correlation id it is logged with.
    pub(crate) correlation_id: String,
    /// Name of the application.
    pub(crate) application: Option<String>,
}

impl Refusal {
    /// An error of a layer below.
    pub(crate) fn internal(error: impl std::fmt::Display) -> Self {
        Self::Internal(error.to_string())
    }

    /// The page that says so, never with the name of a policy; what the administrator needs goes to the log under the
    /// same request id.
    pub(crate) fn page(&self, context: &RequestContext) -> Response {
        self.log(context);
        let denial = match self {
            Self::Denied(denial) => Some(denial),
            _ => None,
        };
        let (status, title, text) = self.text();
        let reason = match self {
            Self::Setup(reason) => Some(format!("For the administrator: {reason}.")),
            _ => None,
        };
        let paragraphs: Vec<&str> = [Some(text), reason.as_deref()].into_iter().flatten().collect();
        let page = MessagePage {
            title,
            paragraphs: &paragraphs,
            code: denial.map(|denial| denial.code),
            request_id: denial.map_or(&context.request_id, |denial| &denial.sign_in_id),
            correlation_id: denial.map_or(&context.correlation_id, |denial| &denial.correlation_id),
            time: &context.at.to_string(),
            application: denial.and_then(|denial| denial.application.as_deref()),
            address: &context.address.to_string(),
            link: self.link(),
        };
        render(status, &page, None)
    }

    fn text(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::Untrusted => (
                StatusCode::FORBIDDEN,
                "This is not the way in",
                "This address is asked by reverse proxies that Riskgate trusts (network.trusted_proxies), and this \
                 request did not come through one.",
            ),
            Self::Setup(_) => (
                StatusCode::FORBIDDEN,
                "This application is not set up right",
                "Signing in to it is not possible until its administrator has corrected that.",
            ),
            Self::Disabled => (
                StatusCode::FORBIDDEN,
                "This application is disabled",
                "Ask your administrator to enable it.",
            ),
            Self::Denied(_) => (
                StatusCode::FORBIDDEN,
                "You cannot access this right now",
                "You are signed in, but not in a way that meets the conditions your organization has set for this \
                 application. It may be because of where you are, the network or device you use, or something unusual. \
                 If trying again from a place and network you normally use does not help, give your administrator the \
                 details below.",
            ),
            Self::Expired => (
                StatusCode::BAD_REQUEST,
                "This sign-in has expired",
                "It took too long, or was begun in another browser. Allow cookies for this site and start again.",
            ),
            Self::NotFinished => (
                StatusCode::BAD_REQUEST,
                "You are not signed in",
                "The sign-in was not finished. Start again.",
            ),
            Self::Internal(_) => (
                StatusCode::SERVICE_UNAVAILABLE,
                "Something went wrong on our side",
                "Nobody gets in until it is right again. Try again in a moment.",
            ),
        }
    }

    fn link(&self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::Denied(_) => Some((sign_out::PATH, "Use another account")),
            Self::Expired | Self::NotFinished => Some(("/", "Start again")),
            _ => None,
        }
    }

    fn log(&self, context: &RequestContext) {
        let request_id = &context.request_id;
        match self {
            Self::Internal(reason) => tracing::error!(request_id, reason, "forward authentication failed"),
            Self::Setup(reason) => {
                tracing::warn!(request_id, reason, "forward authentication is not set up right")
            }
            Self::Untrusted => {
                tracing::warn!(request_id, address = %context.address, "forward authentication asked by no trusted proxy");
            }
            Self::Denied(denial) => tracing::info!(request_id, code = denial.code, "access denied"),
            Self::Disabled | Self::Expired | Self::NotFinished => {
                tracing::info!(request_id, refusal = ?self, "forward authentication refused");
            }
        }
    }
}
