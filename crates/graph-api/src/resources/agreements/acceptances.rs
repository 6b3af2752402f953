use riskgate_odata::Filter;
use riskgate_store::tables;

use super::ACCEPTANCES;
use crate::call::Call;
use crate::query::{self, Source};
use crate::route::Outcome;

/// What everybody answered last to an agreement.
pub(super) async fn of_agreement(call: Call) -> Outcome {
    let agreement = call.service.api.directory.agreement(call.key(0)).await?;
    let scope = Some(Filter::equals("agreementId", agreement.id));
    query::list(&call, &ACCEPTANCES, Source { scope, ..Source::all(&tables::AGREEMENT_ACCEPTANCES) }).await
}

/// What a user answered last to each agreement.
pub(super) async fn of_user(call: Call) -> Outcome {
    let user = call.service.api.directory.user(call.key(0)).await?;
    let scope = Some(Filter::equals("userId", user.id));
    query::list(&call, &ACCEPTANCES, Source { scope, ..Source::all(&tables::AGREEMENT_ACCEPTANCES) }).await
}
