use riskgate_directory::Platform;
use riskgate_store::records::{AuthorizationRequest, RequestedClaims};
use riskgate_tokens::{ACR_MULTI_FACTOR, ACR_SINGLE_FACTOR};

use super::bounds::{CODE_CHALLENGE, LOGIN_HINT, NONCE};
use super::client::Asking;
use crate::claims::requested_claims;
use crate::error::{OAuthError, quote};
use crate::parameters::Parameters;
use crate::scope::{ResourceName, Scope, parse};
use crate::state::App;
use crate::trace::Trace;

/// Checks a request whose sender is known.
///
/// # Errors
/// What is sent back to the application.
pub(super) async fn check(
    app: &App,
    parameters: &Parameters,
    asking: &Asking,
    trace: &Trace,
) -> Result<AuthorizationRequest, OAuthError> {
    if let Some(name) = parameters.duplicate() {
        return Err(OAuthError::duplicated(name));
    }
    refuse_request_objects(parameters)?;
    check_response_type(parameters)?;
    let Some(mode) = asking.mode else {
        let message = "The 'response_mode' must be query, fragment or form_post.";
        return Err(OAuthError::invalid_request(90_023, message));
    };
    let scopes = parse(parameters.get("scope").unwrap_or_default(), &app.origin)?;
    app.check_scopes(&scopes).await?;
    check_resource(app, parameters.get("resource"), &scopes).await?;
    let nonce = parameters.get("nonce").map(str::to_owned);
    if nonce.as_ref().is_some_and(|nonce| nonce.len() > NONCE) {
        let message = format!("The parameter 'nonce' is longer than {NONCE} bytes.");
        return Err(OAuthError::invalid_request(90_015, message));
    }
    let login_hint = parameters.get("login_hint").filter(|hint| hint.len() <= LOGIN_HINT);
    Ok(AuthorizationRequest {
        client_id: asking.client.app_id.clone(),
        redirect_uri: asking.redirect_uri.clone(),
        response_mode: mode.name().to_owned(),
        scopes: scopes.into_iter().map(|scope| scope.text).collect(),
        state: asking.state.clone(),
        nonce,
        code_challenge: code_challenge(parameters, asking.platform)?,
        prompt: prompt(parameters)?,
        login_hint: login_hint.map(str::to_owned),
        max_age: max_age(parameters)?,
        correlation_id: trace.correlation_id.clone(),
        claims: with_acr_values(requested_claims(parameters.get("claims"), trace.at)?, parameters),
        dpop_key: dpop_key(parameters, asking)?,
    })
}

/// `resource` must be one that the scopes are at (RFC 8707 §2.1).
async fn check_resource(app: &App, named: Option<&str>, scopes: &[Scope]) -> Result<(), OAuthError> {
    if named.is_none() {
        return Ok(());
    }
    let mut names: Vec<&ResourceName> = scopes.iter().filter_map(Scope::resource).collect();
    if names.is_empty() {
        names.push(&ResourceName::Graph);
    }
    let mut refused = Ok(());
    for name in names {
        refused = app.check_resource(named, &app.resource(name).await?).await;
        if refused.is_ok() {
            return Ok(());
        }
    }
    refused
}

/// `acr_values` beside what `claims` asks for (OpenID Connect Core §3.1.2.1, RFC 9470 §4): those that a sign-in here can
/// have. It is a wish, so what is known nowhere here asks for nothing.
fn with_acr_values(mut claims: RequestedClaims, parameters: &Parameters) -> RequestedClaims {
    let named = parameters.get("acr_values").unwrap_or_default().split_ascii_whitespace();
    if claims.acr_values.is_empty() {
        let known = named.filter(|acr| [ACR_SINGLE_FACTOR, ACR_MULTI_FACTOR].contains(acr));
        claims.acr_values = known.map(str::to_owned).collect();
        // More than was asked for is as good.
        if claims.acr_values.contains(ACR_SINGLE_FACTOR) {
            claims.acr_values.clear();
        }
    }
    claims
}

/// The key the code is bound to: `dpop_jkt`, or the one proven when the request was pushed (RFC 9449 §10).
fn dpop_key(parameters: &Parameters, asking: &Asking) -> Result<Option<String>, OAuthError> {
    let Some(named) = parameters.get("dpop_jkt") else { return Ok(asking.proven_key.clone()) };
    let is_digest =
        named.len() == 43 && named.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !is_digest {
        let message = "The 'dpop_jkt' must be a SHA-256 digest in base64url without padding, 43 characters.";
        return Err(OAuthError::invalid_request(90_023, message));
    }
    if asking.proven_key.as_deref().is_some_and(|proven| proven != named) {
        let message = "The 'dpop_jkt' is not the key of the DPoP proof.";
        return Err(OAuthError::bad("invalid_dpop_proof", 50_027, message));
    }
    Ok(Some(named.to_owned()))
}

/// Requests in JSON Web Tokens are not read, and must not be half read (OpenID Connect Core §3.1.2.6).
fn refuse_request_objects(parameters: &Parameters) -> Result<(), OAuthError> {
    for (name, error) in [
        ("request", "request_not_supported"),
        ("request_uri", "request_uri_not_supported"),
        ("registration", "registration_not_supported"),
    ] {
        if parameters.get(name).is_some() {
            let message = format!("The parameter '{name}' is not supported; send plain parameters.");
            return Err(OAuthError::bad(error, 90_023, message));
        }
    }
    Ok(())
}

fn check_response_type(parameters: &Parameters) -> Result<(), OAuthError> {
    match parameters.get("response_type") {
        Some("code") => Ok(()),
        Some(other) => {
            let message =
                format!("The response type '{}' is not supported. Use 'code' with PKCE.", quote(other));
            Err(OAuthError::bad("unsupported_response_type", 700_054, message))
        }
        None => Err(OAuthError::missing("response_type")),
    }
}

/// `code_challenge` of PKCE (RFC 7636 §4.3), S256 only; a client that has no secret must send one.
fn code_challenge(parameters: &Parameters, platform: Platform) -> Result<Option<String>, OAuthError> {
    let Some(challenge) = parameters.get("code_challenge") else {
        if parameters.get("code_challenge_method").is_some() {
            return Err(OAuthError::missing("code_challenge"));
        }
        if platform == Platform::Web {
            return Ok(None);
        }
        let message = "Proof Key for Code Exchange is required for this redirect URI: send 'code_challenge' and \
                       'code_challenge_method=S256'.";
        return Err(OAuthError::invalid_request(9_002_325, message));
    };
    if parameters.get("code_challenge_method") != Some("S256") {
        let message = "The 'code_challenge_method' must be 'S256'.";
        return Err(OAuthError::invalid_request(501_491, message));
    }
    let is_digest = challenge.len() == CODE_CHALLENGE
        && challenge.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_');
    if !is_digest {
        let message =
            "The 'code_challenge' must be a SHA-256 digest in base64url without padding, 43 characters.";
        return Err(OAuthError::invalid_request(501_491, message));
    }
    Ok(Some(challenge.to_owned()))
}

/// `prompt` (OpenID Connect Core §3.1.2.1).
fn prompt(parameters: &Parameters) -> Result<Vec<String>, OAuthError> {
    let values: Vec<String> =
        parameters.get("prompt").unwrap_or_default().split_ascii_whitespace().map(str::to_owned).collect();
    let known = ["none", "login", "consent", "select_account"];
    if let Some(unknown) = values.iter().find(|value| !known.contains(&value.as_str())) {
        let message =
            format!("Unsupported 'prompt' value '{}'. Known are {}.", quote(unknown), known.join(", "));
        return Err(OAuthError::invalid_request(90_023, message));
    }
    if values.len() > 1 && values.iter().any(|value| value == "none") {
        let message = "The 'prompt' value 'none' cannot be combined with others.";
        return Err(OAuthError::invalid_request(90_023, message));
    }
    Ok(values)
}

fn max_age(parameters: &Parameters) -> Result<Option<u64>, OAuthError> {
    let Some(text) = parameters.get("max_age") else { return Ok(None) };
    // No more digits than a u64 surely holds, and none of the signs `parse` takes.
    let is_number = text.len() <= 18 && text.bytes().all(|b| b.is_ascii_digit());
    match text.parse().ok().filter(|_| is_number) {
        Some(seconds) => Ok(Some(seconds)),
        None => {
            let message = "The parameter 'max_age' must be a whole number of seconds.";
            Err(OAuthError::invalid_request(90_023, message))
        }
    }
}
