use riskgate_model::CustomSecurityAttributeDefinition;
use riskgate_store::retry;

use super::{KIND, body, change};
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::resources::attribute_sets::find;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

pub(super) async fn create(call: Call) -> Outcome {
    let (properties, values) = body::properties(&call, "allowedValues")?;
    let mut definition = body::definition(&call, properties)?;
    for value in values {
        body::put(&mut definition, value)?;
    }
    let made = retry(|| once(&call, definition.clone())).await?;
    query::created(&call, &super::SET, &made)
}

async fn once(
    call: &Call,
    mut definition: CustomSecurityAttributeDefinition,
) -> Result<CustomSecurityAttributeDefinition, GraphError> {
    let mut batch = exclusive(call).await?;
    let Some(set) = find(call, &definition.attribute_set).await? else {
        let name: String = definition.attribute_set.chars().take(64).collect();
        return Err(call.area.bad_request(format!("There is no attribute set '{name}'.")));
    };
    definition.attribute_set.clone_from(&set.record.id);
    definition.id = format!("{}_{}", definition.attribute_set, definition.name);
    let id = definition.id.to_lowercase();
    if super::definitions(call).await?.iter().any(|other| other.id.to_lowercase() == id) {
        return Err(call.area.bad_request(format!("{KIND} with id {} exists already.", definition.id)));
    }
    if definition.is_available() {
        change::has_room(call, &set.record).await?;
    }
    batch.insert(&definition)?;
    let activity = ("Add custom security attribute definition in an attribute set", "Add");
    change::commit(call, batch, &definition, activity, &[]).await?;
    Ok(definition)
}
