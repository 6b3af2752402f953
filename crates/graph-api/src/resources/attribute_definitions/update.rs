use riskgate_model::{AllowedValue, CustomSecurityAttributeDefinition};
use riskgate_store::{Versioned, retry};
use serde_json::{Map, Value as Json};

use super::{body, change};
use crate::answer::Answer;
use crate::body::merge;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::attribute_sets::find;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

/// What stays as it was made.
const IMMUTABLE: [&str; 6] = ["id", "attributeSet", "name", "type", "isCollection", "isSearchable"];

/// Changes a definition, and with `allowedValues@delta` values to choose from.
pub(super) async fn update(call: Call) -> Outcome {
    let (update, values) = body::properties(&call, "allowedValues@delta")?;
    retry(|| once(&call, update.clone(), values.clone())).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call, update: Map<String, Json>, values: Vec<AllowedValue>) -> Result<(), GraphError> {
    let batch = exclusive(call).await?;
    let Versioned { record: old, version } = super::named(call).await?;
    let mut record = changed(call, &old, update)?;
    for value in values {
        body::put(&mut record, value)?;
    }
    if record.is_available() && !old.is_available() {
        let set = find(call, &old.attribute_set).await?.ok_or_else(GraphError::internal)?;
        change::has_room(call, &set.record).await?;
    }
    change::update(call, batch, &old, Versioned { record, version }).await
}

fn changed(
    call: &Call,
    old: &CustomSecurityAttributeDefinition,
    update: Map<String, Json>,
) -> Result<CustomSecurityAttributeDefinition, GraphError> {
    let Ok(Json::Object(mut properties)) = serde_json::to_value(old) else {
        return Err(GraphError::internal());
    };
    for name in IMMUTABLE {
        if update.get(name).is_some_and(|sent| Some(sent) != properties.get(name)) {
            return Err(call.area.bad_request(format!("'{name}' of an attribute cannot be changed.")));
        }
    }
    merge(&mut properties, update);
    let mut record = body::definition(call, properties)?;
    record.id.clone_from(&old.id);
    // Values that were assigned freely would have to be looked at one by one.
    if record.use_pre_defined_values_only == Some(true) && old.use_pre_defined_values_only != Some(true) {
        let problem = "'usePreDefinedValuesOnly' can be changed from true to false, and not back.";
        return Err(call.area.bad_request(problem));
    }
    Ok(record)
}
