use riskgate_store::retry;

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

pub(in super::super) async fn delete(call: Call) -> Outcome {
    retry(|| once(&call)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call) -> Result<(), GraphError> {
    let mut strength = super::changeable(call).await?;
    let place = super::place(call, &strength.record)?;
    let old = strength.record.combination_configurations.clone();
    strength.record.combination_configurations.remove(place);
    super::commit(call, strength, &old).await
}
