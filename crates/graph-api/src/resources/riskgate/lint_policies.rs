use serde_json::json;

use crate::answer::Answer;
use crate::call::Call;
use crate::failure::from_protection;
use crate::resources::policies::hypotheticals;
use crate::route::Outcome;

/// What is valid in the policies and probably not meant, as `riskgate policy lint` tells it, the worst first. `policies` in
/// the body are policies as they might be, each in place of the stored one with its `id` or one more.
pub(super) async fn lint(call: Call) -> Outcome {
    let mut body = call.json()?;
    let policies = hypotheticals(&call, "policies", body.remove("policies")).await?;
    super::refuse_unknown(&call, &body)?;
    let findings = call.service.api.protection.lint_policies(&policies).await;
    let findings = findings.map_err(|error| from_protection(call.area, error))?;
    Ok(Answer::json(json!({ "value": findings })))
}
