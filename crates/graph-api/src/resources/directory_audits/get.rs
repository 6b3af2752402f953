use riskgate_store::tables;

use crate::call::Call;
use crate::query;
use crate::resources::stored::document;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let audit = document(&call, &tables::DIRECTORY_AUDITS, "DirectoryAudit", 0).await?;
    query::entity_of(&call, &super::SET, &audit)
}
