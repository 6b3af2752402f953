use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(in super::super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &super::SET, &super::named(&call).await?.combination_configurations)
}
