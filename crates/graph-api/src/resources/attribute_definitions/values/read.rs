use super::super::named as definition;
use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(in super::super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &super::SET, &definition(&call).await?.record.allowed_values)
}

pub(in super::super) async fn count(call: Call) -> Outcome {
    query::count_of(&call, &super::SET, &definition(&call).await?.record.allowed_values)
}

pub(in super::super) async fn get(call: Call) -> Outcome {
    let definition = definition(&call).await?.record;
    query::entity(&call, &super::SET, super::named(&call, &definition)?)
}
