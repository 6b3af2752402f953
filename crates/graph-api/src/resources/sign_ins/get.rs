use riskgate_access::Decision;
use riskgate_model::{RiskLevel, SignInFacts};
use riskgate_risk::Assessment;
use riskgate_store::tables;
use serde_json::{Value as Json, json};

use crate::answer::Content;
use crate::call::Call;
use crate::error::GraphError;
use crate::failure::from_protection;
use crate::query;
use crate::resources::explanation;
use crate::resources::stored::document;
use crate::route::Outcome;

/// A sign-in; with annotations asked for, also every policy with all its reasons and what would have given access.
pub(super) async fn get(call: Call) -> Outcome {
    let mut sign_in = document(&call, &tables::SIGN_INS, "SignIn", 0).await?;
    let explained = match call.wants_annotations() && super::may_read_policies(&call) {
        true => explain(&call, &sign_in).await?,
        false => None,
    };
    super::hide_policies(&mut sign_in, &call);
    let mut answer = query::entity_of(&call, &super::SET, &sign_in)?;
    if let (Some(explained), Content::Json(Json::Object(body))) = (explained, &mut answer.content) {
        body.insert("@riskgate.conditionalAccess".to_owned(), explained);
    }
    Ok(answer)
}

/// The decision as it is kept with the sign-in. The smallest changes are those under the policies of now: what helps today
/// is what an administrator can act on.
async fn explain(call: &Call, sign_in: &Json) -> Result<Option<Json>, GraphError> {
    let evidence = &sign_in["@riskgate.evidence"];
    let Ok(decision) = serde_json::from_value::<Decision>(evidence["decision"].clone()) else {
        return Ok(None);
    };
    let level = sign_in["riskLevelDuringSignIn"].clone();
    let level = serde_json::from_value::<RiskLevel>(level).unwrap_or(RiskLevel::None);
    let changes = match serde_json::from_value::<SignInFacts>(evidence["facts"].clone()) {
        Ok(facts) => {
            let changes = call.service.api.protection.changes(&facts, level).await;
            changes.map_err(|error| from_protection(call.area, error))?
        }
        Err(_) => Vec::new(),
    };
    let found = serde_json::from_value::<Assessment>(evidence["assessment"].clone());
    let detections: Vec<String> = found
        .map(|assessment| assessment.findings.into_iter().map(|finding| finding.risk_event_type).collect())
        .unwrap_or_default();
    let mut explained = explanation::outcome(&decision, &changes);
    explained["riskDetections"] = json!(detections);
    explained["policies"] = decision.trace.iter().map(explanation::policy).collect();
    explained["policyVersion"] = evidence["policyVersion"].clone();
    Ok(Some(explained))
}
