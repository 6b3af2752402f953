use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(in super::super) async fn get(call: Call) -> Outcome {
    let mut policy = super::in_force(&call).await?;
    query::entity(&call, &super::SET, super::named(&call, &mut policy)?)
}
