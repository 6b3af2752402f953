use axum::body::{Body, to_bytes};
use http::{HeaderMap, header};

use crate::MAX_FORM_BYTES;
use crate::error::OAuthError;
use crate::parameters::Parameters;

/// Reads the form of a request, at most 64 KiB of it.
///
/// # Errors
/// 413 for a larger one, `invalid_request` for anything that is no form.
pub(crate) async fn read_form(headers: &HeaderMap, body: Body) -> Result<Parameters, OAuthError> {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or_default());
    let media_type = text(header::CONTENT_TYPE).unwrap_or_default().split(';').next().unwrap_or_default();
    if !media_type.trim().eq_ignore_ascii_case("application/x-www-form-urlencoded") {
        let message = "The request's Content-Type must be application/x-www-form-urlencoded.";
        return Err(OAuthError::invalid_request(90_013, message));
    }
    if text(header::CONTENT_ENCODING).is_some_and(|coding| !coding.eq_ignore_ascii_case("identity")) {
        let message = "The request's Content-Encoding is not supported here; send the form as it is.";
        let error = OAuthError::invalid_request(90_013, message);
        return Err(OAuthError { status: http::StatusCode::UNSUPPORTED_MEDIA_TYPE, ..error });
    }
    let bytes = to_bytes(body, MAX_FORM_BYTES).await.map_err(|_| OAuthError::too_large(MAX_FORM_BYTES))?;
    Ok(Parameters::parse(&bytes)?)
}
