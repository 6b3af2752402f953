use riskgate_model::{GraphType, IdentityProviderBase};
use secrecy::SecretString;
use serde_json::{Map, Value as Json};

use crate::body::conform;
use crate::call::Call;
use crate::error::GraphError;

/// The one type of provider there is.
const TYPE: &str = "#microsoft.graph.oidcIdentityProvider";
/// Longest client secret, in characters.
const LONGEST_SECRET: usize = 1_024;

/// The properties a client sent, and the secret among them apart.
///
/// # Errors
/// 400 with the place of what does not fit; for any other type of provider.
pub(super) fn properties(
    call: &Call,
    is_new: bool,
) -> Result<(Map<String, Json>, Option<SecretString>), GraphError> {
    let mut sent = call.json()?;
    match sent.get("@odata.type").and_then(Json::as_str) {
        Some(named) if !named.trim_start_matches('#').eq_ignore_ascii_case(TYPE.trim_start_matches('#')) => {
            return Err(call.area.bad_request(format!("'@odata.type' must be '{TYPE}'.")));
        }
        None if is_new => return Err(call.area.bad_request(format!("'@odata.type' must be '{TYPE}'."))),
        _ => {
            sent.insert("@odata.type".to_owned(), Json::from(TYPE));
        }
    }
    let conforming = conform(sent, IdentityProviderBase::TYPE);
    let mut properties = conforming.map_err(|found| call.area.bad_request(found.to_string()))?;
    properties.remove("@odata.type");
    properties.remove("id");
    let authentication = properties.remove("clientAuthentication").unwrap_or_default();
    let secret = authentication.get("clientSecret").and_then(Json::as_str).map(str::to_owned);
    if secret.as_ref().is_some_and(|secret| !(1..=LONGEST_SECRET).contains(&secret.chars().count())) {
        let problem = format!("'clientSecret' must have from 1 to {LONGEST_SECRET} characters.");
        return Err(call.area.bad_request(problem));
    }
    Ok((properties, secret.map(Into::into)))
}
