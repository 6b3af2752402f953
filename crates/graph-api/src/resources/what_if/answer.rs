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
use crate::resources::policies::with_whole_strengths;
use crate::route::Outcome;

/// 200 with the results.
///
/// # Errors
/// 500 if one cannot be written.
pub(super) async fn write(
    call: &Call,
    question: &WhatIf,
    answer: &WhatIfAnswer,
    applied_only: bool,
) -> Outcome {
    let annotated = call.wants_annotations();
    let (mut results, mut explanations) = (Vec::new(), Vec::new());
    for (policy, trace) in answer.policies.iter().zip(&answer.decision.trace) {
        let reasons = reasons::of(trace, policy, question);
        if applied_only && !reasons.is_empty() {
            continue;
        }
        results.push(WhatIfAnalysisResult {
            policy: policy.clone(),
            analysis_reasons: first(&reasons)?,
            policy_applies: reasons.is_empty(),
        });
        explanations.push((reasons, trace));
    }
    let documents = with_whole_strengths(call, &results).await?;
    let view = View { selection: None, future: call.wants_unknown_members(), typed: false };
    let mut value = Vec::with_capacity(documents.len());
    for (document, (reasons, trace)) in documents.iter().zip(explanations) {
        let mut shown = view.entity(document, WhatIfAnalysisResult::TYPE);
        if annotated {
            shown.insert("@riskgate.analysisReasons".to_owned(), json!(reasons));
            shown.extend(annotations(trace));
        }
        value.push(Json::Object(shown));
    }
    let mut body = Map::new();
    let context = "Collection(microsoft.graph.whatIfAnalysisResult)";
    let context = format!("{}/$metadata#{context}", call.service.api.root());
    body.insert("@odata.context".to_owned(), Json::from(context));
    if annotated {
        let decision = explanation::outcome(&answer.decision, &answer.changes);
        body.insert("@riskgate.decision".to_owned(), decision);
    }
    body.insert("value".to_owned(), Json::Array(value));
    Ok(Answer::json(Json::Object(body)))
}

/// The standard property keeps the first reason.
fn first(reasons: &[&str]) -> Result<WhatIfAnalysisReasons, GraphError> {
    let name = reasons.first().copied().unwrap_or("notSet");
    WhatIfAnalysisReasons::try_from(name.to_owned()).map_err(|_| GraphError::internal())
}

fn annotations(trace: &PolicyTrace) -> Vec<(String, Json)> {
    let Json::Object(explained) = explanation::policy(trace) else { return Vec::new() };
    let own = explained.into_iter().filter(|(name, _)| name != "policyId" && name != "displayName");
    own.map(|(name, value)| (format!("@riskgate.{name}"), value)).collect()
}
