use std::sync::Arc;

use riskgate_directory::Platform;
use riskgate_http::ResponseMode;

use super::bounds::{REDIRECT_URI, STATE};
use crate::client::Client;
use crate::error::{OAuthError, quote};
use crate::parameters::Parameters;
use crate::state::App;

/// The application that asks, and how it is answered. Only with all of this known may anything be sent to it.
pub(super) struct Asking {
    pub(super) client: Arc<Client>,
    pub(super) redirect_uri: String,
    pub(super) platform: Platform,
    /// `None` if `response_mode` is unknown.
    pub(super) mode: Option<ResponseMode>,
    pub(super) state: Option<String>,
    /// The key that was proven when the request was pushed.
    pub(super) proven_key: Option<String>,
}

/// What decides where an answer goes; none of it may be ambiguous.
const DECISIVE: [&str; 4] = ["client_id", "redirect_uri", "response_mode", "state"];

/// Finds out who asks. `known` is the client, if it is known already.
///
/// # Errors
/// What is shown on a page, since there is no address to trust (RFC 6749 §4.1.2.1).
pub(super) async fn asking(
    app: &App,
    parameters: &Parameters,
    known: Option<&Arc<Client>>,
) -> Result<Asking, OAuthError> {
    if let Some(name) = parameters.duplicate().filter(|name| DECISIVE.contains(name)) {
        return Err(OAuthError::duplicated(name));
    }
    let need = |name| parameters.get(name).ok_or_else(|| OAuthError::missing(name));
    let client = match known {
        Some(client) => client.clone(),
        None => app.client(need("client_id")?).await?,
    };
    let redirect_uri = need("redirect_uri")?;
    let platform = client.platform(redirect_uri).filter(|_| redirect_uri.len() <= REDIRECT_URI);
    let Some(platform) = platform else {
        let message = format!(
            "The redirect URI '{}' specified in the request does not match the redirect URIs configured for the \
             application '{}'. Add it to the application, exactly as it is sent.",
            quote(redirect_uri),
            client.app_id
        );
        return Err(OAuthError::invalid_request(50_011, message));
    };
    let state = parameters.get("state").map(str::to_owned);
    if state.as_ref().is_some_and(|state| state.len() > STATE) {
        let message = format!("The parameter 'state' is longer than {STATE} bytes.");
        return Err(OAuthError::invalid_request(90_015, message));
    }
    let redirect_uri = redirect_uri.to_owned();
    Ok(Asking { client, redirect_uri, platform, mode: mode(parameters), state, proven_key: None })
}

/// `response_mode`, or what it is without one: an error of a response type with tokens is read from the fragment
/// (OAuth 2.0 Multiple Response Type Encoding Practices §5).
fn mode(parameters: &Parameters) -> Option<ResponseMode> {
    let named = parameters.get("response_mode");
    let is_token = |kind: &str| kind == "id_token" || kind == "token";
    let has_token = parameters.get("response_type").is_some_and(|kinds| kinds.split(' ').any(is_token));
    match named {
        None if has_token => Some(ResponseMode::Fragment),
        named => ResponseMode::parse(named),
    }
}
