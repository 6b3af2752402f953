use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(in super::super) async fn list(call: Call) -> Outcome {
    let policy = super::in_force(&call).await?;
    query::list_of(&call, &super::SET, &policy.authentication_method_configurations)
}
