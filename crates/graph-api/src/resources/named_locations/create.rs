use riskgate_model::AnyNamedLocation;
use riskgate_odata::Filter;
use riskgate_protection::PendingChange;
use riskgate_store::{retry, tables};
use serde_json::Value as Json;

use super::{body, change};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::policies::{answer_to_change, exclusive, keep_administrators_in};
use crate::route::Outcome;

pub(super) async fn create(call: Call) -> Outcome {
    let api = &call.service.api;
    let mut properties = body::new_properties(&call)?;
    let now = Json::from(call.context.at.to_string());
    properties.insert("id".to_owned(), Json::from(api.rng.guid()));
    properties.insert("createdDateTime".to_owned(), now.clone());
    properties.insert("modifiedDateTime".to_owned(), now);
    let location = body::location(properties)?;
    retry(|| insert(&call, &location)).await?;
    Ok(answer_to_change(&call, query::created(&call, &super::SET, &location)?))
}

async fn insert(call: &Call, location: &AnyNamedLocation) -> Result<(), GraphError> {
    let mut batch = exclusive(call).await?;
    keep_administrators_in(call, &PendingChange::NamedLocation(location)).await?;
    let tenant = call.service.api.tenant;
    let count = call.store().count(tenant, &tables::NAMED_LOCATIONS, &Filter::Constant(true)).await?;
    if usize::try_from(count).unwrap_or(usize::MAX) >= super::MOST {
        return Err(call
            .area
            .bad_request(format!("A tenant can have at most {} named locations.", super::MOST)));
    }
    batch.insert(location)?;
    change::commit(call, batch, location, ("Add named location", "Add")).await
}
