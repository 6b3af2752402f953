use riskgate_store::tables;

use crate::call::Call;
use crate::query::{self, Source};
use crate::route::Outcome;

pub(super) async fn count(call: Call) -> Outcome {
    query::count(&call, &super::SET, Source::all(&tables::SERVICE_PRINCIPAL_RISK_DETECTIONS)).await
}
