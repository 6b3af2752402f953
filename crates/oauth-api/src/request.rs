use axum::extract::Request;
use http::Method;

use crate::body::read_form;
use crate::error::OAuthError;
use crate::parameters::Parameters;

/// Longest query that is read.
const LONGEST_QUERY: usize = 32 * 1024;

/// The parameters of a request of a browser: the query of a GET, the form of a POST (OpenID Connect Core §3.1.2.1).
///
/// # Errors
/// `invalid_request`; 413 or 414 for too many bytes.
pub(crate) async fn read_parameters(request: Request) -> Result<Parameters, OAuthError> {
    let (parts, body) = request.into_parts();
    if parts.method == Method::POST {
        return read_form(&parts.headers, body).await;
    }
    let query = parts.uri.query().unwrap_or_default();
    if query.len() > LONGEST_QUERY {
        let error = OAuthError::too_large(LONGEST_QUERY);
        return Err(OAuthError { status: http::StatusCode::URI_TOO_LONG, ..error });
    }
    Ok(Parameters::parse(query.as_bytes())?)
}
