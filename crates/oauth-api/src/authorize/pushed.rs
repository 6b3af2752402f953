use riskgate_store::records::SignInTarget;

use super::SIGN_IN_PAGE;
use crate::error::OAuthError;
use crate::parameters::Parameters;
use crate::state::App;

/// The sign-in page for a request that was pushed before, of which the browser brings the reference (RFC 9126 §4). What else
/// it brings counts for nothing: the client has proven who it is for what it pushed.
///
/// # Errors
/// What is shown on a page: there is no address to trust without the request.
pub(super) async fn page(app: &App, parameters: &Parameters, reference: &str) -> Result<String, OAuthError> {
    if let Some(name) = parameters.duplicate() {
        return Err(OAuthError::duplicated(name));
    }
    let client_id = parameters.get("client_id").ok_or_else(|| OAuthError::missing("client_id"))?;
    let client = app.client(client_id).await?;
    let request = app.api.tokens.take_pushed_request(reference, &client.app_id).await?;
    // The application may have lost the address since.
    let Some(request) = request.filter(|request| client.platform(&request.redirect_uri).is_some()) else {
        let message =
            "The 'request_uri' is not valid, was used before, or has expired. Push the request again.";
        return Err(OAuthError::bad("invalid_request_uri", 90_023, message));
    };
    let target = SignInTarget::Application(Box::new(request));
    app.page(SIGN_IN_PAGE, SignInTarget::PURPOSE, &target)
}
