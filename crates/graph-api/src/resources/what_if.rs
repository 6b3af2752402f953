//! `POST /identity/conditionalAccess/evaluate`: What If (contract §1.2.3).
//!
//! Beyond the contract: `@riskgate.policies` in the body holds policies as they might be, each in place of the stored one
//! with its `id` or one more; and with `Prefer: odata.include-annotations="riskgate.*"` the answer says everything: all
//! reasons for each policy, the decision they come to together, and the smallest changes that would give access.

mod answer;
mod question;
mod reasons;

use riskgate_directory::Capability;

use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::failure::from_protection;
use crate::permissions::Rule;
use crate::route::{Access, Outcome, Route, routes};

static EVALUATE: Rule = Rule::new(
    &[&["Policy.Read.ConditionalAccess"], &["Policy.Read.All"], &["Policy.ReadWrite.ConditionalAccess"]],
    Capability::ReadPolicies,
);

pub(super) fn routes() -> Vec<Route> {
    routes! { ConditionalAccess;
        POST "identity/conditionalAccess/evaluate", Access::Rule(&EVALUATE) => evaluate;
    }
}

async fn evaluate(call: Call) -> Outcome {
    let (question, applied_only) = question::read(&call).await?;
    let answered = call.service.api.protection.what_if(&question).await;
    let answered = answered.map_err(|error| from_protection(call.area, error))?;
    answer::write(&call, &question, &answered, applied_only).await
}
