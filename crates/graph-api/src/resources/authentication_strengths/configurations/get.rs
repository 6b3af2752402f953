use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(in super::super) async fn get(call: Call) -> Outcome {
    let mut strength = super::named(&call).await?;
    let place = super::place(&call, &strength)?;
    query::entity(&call, &super::SET, &strength.combination_configurations.swap_remove(place))
}
