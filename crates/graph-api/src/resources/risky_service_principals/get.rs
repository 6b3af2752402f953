use riskgate_store::tables;

use crate::call::Call;
use crate::query;
use crate::resources::stored::document;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let principal = document(&call, &tables::RISKY_SERVICE_PRINCIPALS, "RiskyServicePrincipal", 0).await?;
    query::entity_of(&call, &super::SET, &principal)
}
