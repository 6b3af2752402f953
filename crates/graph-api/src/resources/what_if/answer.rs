//! The answer: a result for each policy, and what they come to together.

use riskgate_access::PolicyTrace;
use riskgate_model::{GraphType, WhatIfAnalysisReasons, WhatIfAnalysisResult};
use riskgate_protection::{WhatIf, WhatIfAnswer};
use serde_json::{Map, Value as Json, json};

use super::reasons;
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::render::View;
use crate::resources::explanation;
use crate::route::Outcome;

/// 200 with the results.
///
/// # Errors
/// 500 if one cannot be written.
pub(super) fn write(call: &Call, question: &WhatIf, answer: &WhatIfAnswer, applied_only: bool) -> Outcome {
    let annotated = call.wants_annotations();
    let mut results = Vec::new();
    for (policy, trace) in answer.policies.iter().zip(&answer.decision.trace) {
        let reasons = reasons::of(trace, policy, question);
        if applied_only && !reasons.is_empty() {
            continue;
        }
        let result = WhatIfAnalysisResult {
            policy: policy.clone(),
            analysis_reasons: first(&reasons)?,
            policy_applies: reasons.is_empty(),
        };
        let mut shown = show(call, &result)?;
        if annotated {
            shown.insert("@riskgate.analysisReasons".to_owned(), json!(reasons));
            shown.extend(annotations(trace));
        }
        results.push(Json::Object(shown));
    }
    let mut body = Map::new();
    let context = "Collection(microsoft.graph.whatIfAnalysisResult)";
    let context = format!("{}/$metadata#{context}", call.service.api.root());
    body.insert("@odata.context".to_owned(), Json::from(context));
    if annotated {
        let decision = explanation::outcome(&answer.decision, &answer.changes);
        body.insert("@riskgate.decision".to_owned(), decision);
    }
    body.insert("value".to_owned(), Json::Array(results));
    Ok(Answer::json(Json::Object(body)))
}

/// The standard property keeps the first reason.
fn first(reasons: &[&str]) -> Result<WhatIfAnalysisReasons, GraphError> {
    let name = reasons.first().copied().unwrap_or("notSet");
    WhatIfAnalysisReasons::try_from(name.to_owned()).map_err(|_| GraphError::internal())
}

fn show(call: &Call, result: &WhatIfAnalysisResult) -> Result<Map<String, Json>, GraphError> {
    let document = serde_json::to_value(result).map_err(|_| GraphError::internal())?;
    let view = View { selection: None, future: call.wants_unknown_members(), typed: false };
    Ok(view.entity(&document, WhatIfAnalysisResult::TYPE))
}

fn annotations(trace: &PolicyTrace) -> Vec<(String, Json)> {
    let Json::Object(explained) = explanation::policy(trace) else { return Vec::new() };
    let own = explained.into_iter().filter(|(name, _)| name != "policyId" && name != "displayName");
    own.map(|(name, value)| (format!("@riskgate.{name}"), value)).collect()
}
