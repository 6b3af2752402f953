use riskgate_model::AttributeSet;

use crate::call::Call;
use crate::error::GraphError;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &super::SET, &sets(&call).await?)
}

pub(super) async fn count(call: Call) -> Outcome {
    query::count_of(&call, &super::SET, &sets(&call).await?)
}

async fn sets(call: &Call) -> Result<Vec<AttributeSet>, GraphError> {
    Ok(super::all(call).await?.into_iter().map(|row| row.record).collect())
}
