use riskgate_store::retry;

use super::super::body;
use super::change;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(in super::super) async fn create(call: Call) -> Outcome {
    let value = body::value(call.json()?)?;
    retry(|| change::put(&call, value.clone(), true)).await?;
    query::created(&call, &super::SET, &value)
}
