//! `POST /{tenant}/oauth2/v2.0/devicecode` (RFC 8628 §3.1), the path MSAL for JavaScript derives from that of the token
//! endpoint. The codes are redeemed in `token/device_code.rs`; the page where a person enters his is in the sign-in pages.

use riskgate_model::SignInLocation;
use riskgate_tokens::{DeviceCodes, DeviceRequest};
use serde_json::{Value as Json, json};

use crate::claims::requested_claims;
use crate::error::OAuthError;
use crate::intake::Intake;
use crate::scope::parse;

/// Where a person enters the code.
const PAGE: &str = "/deviceauth";

/// The endpoint.
pub(crate) async fn device_code(intake: Intake) -> Result<Json, OAuthError> {
    let Intake { app, context, trace, form, client, sent, .. } = &intake;
    app.authenticate(client, sent, client.allows_public_flows(), (context.address, context.at)).await?;
    let text = form.get("scope").ok_or_else(|| OAuthError::missing("scope"))?;
    let scopes = parse(text, &app.origin)?;
    app.check_scopes(&scopes).await?;
    // Each request writes a row, and a public client proves nothing.
    app.device_requests.take(&client.app_id, context.address, context.at).map_err(OAuthError::throttled)?;
    let request = DeviceRequest {
        client_id: client.app_id.clone(),
        scopes: scopes.into_iter().map(|scope| scope.text).collect(),
        claims: requested_claims(form.get("claims"), trace.at)?,
        address: context.address,
        place: app.api.protection.place_of(context.address).as_ref().and_then(place),
        correlation_id: trace.correlation_id.clone(),
    };
    let codes = app.api.tokens.begin_device_authorization(&request).await?;
    Ok(document(&format!("{}{PAGE}", app.api.base_url), &codes))
}

/// The answer (RFC 8628 §3.2). `verification_uri_complete` is left out on purpose: a link that carries the code is what
/// somebody who phishes sends, and typing the code is the moment in which a person can notice it.
fn document(page: &str, codes: &DeviceCodes) -> Json {
    let DeviceCodes { device_code, user_code, lifetime, interval_seconds } = codes;
    json!({
        "device_code": device_code,
        "user_code": user_code,
        "verification_uri": page,
        "expires_in": lifetime.as_secs(),
        "interval": interval_seconds,
        "message": format!(
            "To sign in, use a web browser to open the page {page} and enter the code {user_code} to authenticate."
        ),
    })
}

/// A place for people: city, state, country, as far as they are known.
fn place(location: &SignInLocation) -> Option<String> {
    let parts = [&location.city, &location.state, &location.country_or_region];
    let known: Vec<&str> =
        parts.into_iter().filter_map(|part| part.as_deref()).filter(|part| !part.is_empty()).collect();
    (!known.is_empty()).then(|| known.join(", "))
}
