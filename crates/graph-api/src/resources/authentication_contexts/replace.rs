use riskgate_store::retry;

use super::{body, change};
use crate::answer::Answer;
use crate::call::Call;
use crate::resources::policies::exclusive;
use crate::route::Outcome;

/// Describes a context anew: absent properties are cleared.
pub(super) async fn replace(call: Call) -> Outcome {
    let properties = body::properties(&call)?;
    let id = body::identifier_of_path(&call, &properties)?;
    let context = body::context(id, properties)?;
    retry(|| async {
        let batch = exclusive(&call).await?;
        let old = super::find(&call, &context.id).await?;
        change::put(&call, batch, old, context.clone()).await
    })
    .await?;
    Ok(Answer::no_content())
}
