//! `/identity/conditionalAccess/templates` (contract §1.2): policies to begin with.
//!
//! To add one: a file in `templates/`, or a row in the one of its subject. Its `details` must be a policy that validation
//! accepts in every tenant, so they name no object but built-in roles and strengths; a test posts each of them.

mod access;
mod administrators;
mod get;
mod list;
mod risk;

use riskgate_access::with_defaults;
use riskgate_directory::Capability;
use riskgate_model::{ConditionalAccessPolicy, ConditionalAccessTemplate, GraphType};
use serde_json::{Value as Json, json};

use super::policies::with_whole_strength;
use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static SET: Set = Set {
    refused: &["$orderby", "$top", "$skip", "$count"],
    ..Set::new(ConditionalAccessTemplate::TYPE, "identity/conditionalAccess/templates")
};
static READ: Rule = Rule::new(&[&["Policy.Read.All"]], Capability::ReadPolicies);

pub(super) fn routes() -> Vec<Route> {
    routes! { ConditionalAccess;
        GET "identity/conditionalAccess/templates", Access::Rule(&READ) => list::list;
        GET "identity/conditionalAccess/templates/{id}", Access::Rule(&READ) => get::get;
    }
}

/// A template before everything that it leaves out is filled in.
struct Template {
    id: &'static str,
    name: &'static str,
    description: &'static str,
    scenarios: &'static str,
    conditions: Json,
    grant_controls: Json,
    session_controls: Json,
}

/// Every template as it is shown.
async fn all(call: &Call) -> Result<Vec<Json>, GraphError> {
    let templates =
        administrators::templates().into_iter().chain(access::templates()).chain(risk::templates());
    let mut shown = Vec::new();
    for template in templates {
        let details = with_whole_strength(call, &details(&template)?).await?;
        shown.push(json!({
            "id": template.id, "name": template.name, "description": template.description,
            "scenarios": template.scenarios, "details": details,
        }));
    }
    Ok(shown)
}

/// The parts of a policy, with everything filled in that was left out.
fn details(template: &Template) -> Result<Json, GraphError> {
    let policy: ConditionalAccessPolicy = serde_json::from_value(json!({
        "id": template.id, "displayName": template.name, "state": "disabled", "conditions": template.conditions,
        "grantControls": template.grant_controls, "sessionControls": template.session_controls,
    }))
    .map_err(|error| {
        tracing::error!(id = template.id, %error, "a template is no policy");
        GraphError::internal()
    })?;
    let policy = with_defaults(policy);
    Ok(json!({
        "conditions": policy.conditions, "grantControls": policy.grant_controls,
        "sessionControls": policy.session_controls,
    }))
}

/// All users and applications, and these conditions besides.
fn everyone(others: Json) -> Json {
    let mut conditions = json!({
        "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": ["All"] },
    });
    if let (Json::Object(conditions), Json::Object(others)) = (&mut conditions, others) {
        conditions.extend(others);
    }
    conditions
}

/// One of the controls is enough.
fn any_of(controls: &[&str]) -> Json {
    json!({ "operator": "OR", "builtInControls": controls })
}
