use riskgate_directory::Change;
use riskgate_model::AuthenticationStrengthPolicy;
use riskgate_store::{Versioned, retry};
use serde_json::{Map, Value as Json, json};

use super::{body, change};
use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;

/// Changes name and description. What a strength allows has actions and sets of its own.
pub(super) async fn update(call: Call) -> Outcome {
    let sent = body::sent(&call)?;
    body::check_texts(&sent.properties)?;
    retry(|| once(&call, &sent)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call, sent: &body::Sent) -> Result<(), GraphError> {
    let Versioned { record: mut strength, version } = super::changeable(call).await?;
    only_texts(call, sent, &strength)?;
    let changes = set_texts(&mut strength, &sent.properties);
    if changes.is_empty() {
        return Ok(());
    }
    strength.modified_date_time = call.context.at;
    let mut batch = call.batch();
    batch.update(&Versioned { record: strength.clone(), version })?;
    change::commit(call, batch, &strength, ("Update authentication strength policy", "Update"), &changes)
        .await
}

/// Clients may send back the whole strength they read, but not change by it what this is no way to change.
fn only_texts(
    call: &Call,
    sent: &body::Sent,
    strength: &AuthenticationStrengthPolicy,
) -> Result<(), GraphError> {
    let differs = |sent: Option<&Json>, own: Json| sent.is_some_and(|sent| *sent != own);
    if differs(sent.properties.get("allowedCombinations"), json!(strength.allowed_combinations)) {
        return Err(call.area.bad_request(
            "'allowedCombinations' is changed by the action 'updateAllowedCombinations', not by an update.",
        ));
    }
    if differs(sent.configurations.as_ref(), json!(strength.combination_configurations)) {
        return Err(call.area.bad_request(
            "'combinationConfigurations' is a set of its own and is not changed by an update of the strength.",
        ));
    }
    Ok(())
}

fn set_texts(strength: &mut AuthenticationStrengthPolicy, sent: &Map<String, Json>) -> Vec<Change> {
    let mut changes = Vec::new();
    let mut note = |property: &str, old: Json, new: Json| {
        changes.push(Change { property: property.to_owned(), old, new });
    };
    if let Some(Json::String(name)) = sent.get("displayName").filter(|name| **name != strength.display_name) {
        note("displayName", json!(strength.display_name), json!(name));
        strength.display_name.clone_from(name);
    }
    let description = sent.get("description").map(|text| text.as_str().map(str::to_owned));
    if let Some(description) = description.filter(|text| *text != strength.description) {
        note("description", json!(strength.description), json!(description));
        strength.description = description;
    }
    changes
}
