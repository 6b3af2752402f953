use riskgate_store::tables;

use crate::call::Call;
use crate::query;
use crate::resources::risk_evidence::annotated;
use crate::resources::stored::document;
use crate::route::Outcome;

/// A detection; with annotations asked for, also why it was raised.
pub(super) async fn get(call: Call) -> Outcome {
    let detection = document(&call, &tables::RISK_DETECTIONS, "RiskDetection", 0).await?;
    let answer = query::entity_of(&call, &super::SET, &detection)?;
    Ok(annotated(&call, &detection, answer, &["@riskgate.episode", "@riskgate.evidence"]))
}
