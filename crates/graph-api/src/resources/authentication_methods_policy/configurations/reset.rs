use riskgate_model::AuthenticationMethodsPolicy;
use riskgate_store::retry;

use super::{change, check};
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::policies::answer_to_change;
use crate::route::Outcome;

/// Gives a method the configuration it had at first.
pub(in super::super) async fn reset(call: Call) -> Outcome {
    retry(|| once(&call)).await?;
    Ok(answer_to_change(&call, Answer::no_content()))
}

async fn once(call: &Call) -> Result<(), GraphError> {
    let stored = super::stored(call).await?;
    let mut initial = AuthenticationMethodsPolicy::initial();
    let own = super::named(call, &mut initial)?.clone();
    let Some(row) = stored else { return Ok(()) };
    let mut new = row.record.clone();
    *super::named(call, &mut new)? = own;
    check::leaves_a_second_factor(call, &new)?;
    let old = row.record.clone();
    change::commit(call, Some(row), &old, new, "Reset authentication method configuration").await
}
