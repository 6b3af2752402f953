use riskgate_store::tables;

use crate::call::Call;
use crate::query::{self, Source};
use crate::route::Outcome;

/// Newest first.
pub(super) async fn list(call: Call) -> Outcome {
    query::list(&call, &super::SET, Source::all(&tables::SERVICE_PRINCIPAL_RISK_DETECTIONS)).await
}
