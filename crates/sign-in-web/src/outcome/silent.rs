use axum::response::{IntoResponse, Response};
use http::StatusCode;
use riskgate_http::{ResponseMode, authorization_response};
use riskgate_protection::failure_reason;
use riskgate_store::records::{AuthorizationRequest, SignInTarget};

use crate::attempt::Target;

/// The error an application gets when it allows no page, or when the person declined.
pub(crate) fn silent_error(target: &Target, error: &str, code: i32) -> Response {
    match &target.target {
        SignInTarget::Application(request) => {
            error_response(&target.issuer, request, error, &format!("AADSTS{code}: {}", failure_reason(code)))
        }
        SignInTarget::Device(_) | SignInTarget::Page(_) | SignInTarget::Action { .. } => {
            StatusCode::FORBIDDEN.into_response()
        }
    }
}

/// Sends an error back to the application.
fn error_response(issuer: &str, request: &AuthorizationRequest, error: &str, description: &str) -> Response {
    let mode = ResponseMode::parse(Some(&request.response_mode)).unwrap_or(ResponseMode::Query);
    let mut parameters = vec![("error", error), ("error_description", description)];
    parameters.extend(request.state.as_deref().map(|state| ("state", state)));
    parameters.push(("iss", issuer));
    authorization_response(mode, &request.redirect_uri, &parameters)
}
