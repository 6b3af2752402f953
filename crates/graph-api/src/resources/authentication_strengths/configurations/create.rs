use riskgate_model::AnyCombinationConfiguration;
use riskgate_store::retry;

use super::body;
use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::route::Outcome;

pub(in super::super) async fn create(call: Call) -> Outcome {
    let configuration = body::new(&call, call.json()?)?;
    retry(|| once(&call, &configuration)).await?;
    query::created(&call, &super::SET, &configuration)
}

async fn once(call: &Call, configuration: &AnyCombinationConfiguration) -> Result<(), GraphError> {
    let mut strength = super::changeable(call).await?;
    body::check(&strength.record, configuration)?;
    let old = strength.record.combination_configurations.clone();
    strength.record.combination_configurations.push(configuration.clone());
    super::commit(call, strength, &old).await
}
