use riskgate_federation::NewProvider;
use serde_json::Value as Json;

use super::{SET, body};
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

/// Registers a provider. The secret is sealed and never shown.
pub(super) async fn create(call: Call) -> Outcome {
    let (mut properties, secret) = body::properties(&call, true)?;
    properties.insert("id".to_owned(), Json::from(""));
    let provider = serde_json::from_value(Json::Object(properties))
        .map_err(|_| call.area.bad_request("The identity provider is not valid."))?;
    let new = NewProvider { provider, secret, allows_lockout: call.allows_lockout() };
    let provider = call.service.api.federation.create_provider(&call.actor()?, new).await?;
    query::created(&call, &SET, &provider)
}
