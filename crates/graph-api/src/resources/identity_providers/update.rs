use riskgate_federation::ProviderChange;

use super::body;
use crate::answer::Answer;
use crate::call::Call;
use crate::route::Outcome;

/// Changes a provider: absent properties stay, null clears; a secret stays unless there is a new one.
pub(super) async fn update(call: Call) -> Outcome {
    let (properties, secret) = body::properties(&call, false)?;
    let change = ProviderChange { properties, secret, allows_lockout: call.allows_lockout() };
    call.service.api.federation.update_provider(&call.actor()?, call.key(0), &change).await?;
    Ok(Answer::no_content())
}
