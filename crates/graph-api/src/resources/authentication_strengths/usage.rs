use riskgate_model::{AuthenticationStrengthUsage, GraphType};
use serde_json::{Map, Value as Json};

use crate::answer::Answer;
use crate::call::Call;
use crate::query;
use crate::resources::policies;
use crate::route::Outcome;

/// The policies that ask for a strength, by what it satisfies.
pub(super) async fn usage(call: Call) -> Outcome {
    let strength = super::named(&call).await?;
    let found = policies::with_strength(&call, &strength.id).await?;
    let mut shown = Vec::with_capacity(found.len());
    for policy in policies::with_whole_strengths(&call, &found).await? {
        shown.push(query::shown_alone(&call, &policies::SET, &policy));
    }
    let is_multifactor = strength.requirements_satisfied.members() == ["mfa"];
    let (mfa, none) = if is_multifactor { (shown, Vec::new()) } else { (Vec::new(), shown) };
    let mut body = Map::new();
    let name = format!("microsoft.graph.{}", AuthenticationStrengthUsage::TYPE.name);
    body.insert("@odata.context".to_owned(), Json::from(query::context_url(&call, &name, None, false)));
    body.insert("mfa".to_owned(), Json::Array(mfa));
    body.insert("none".to_owned(), Json::Array(none));
    Ok(Answer::json(Json::Object(body)))
}
