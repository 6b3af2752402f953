use riskgate_store::retry;
use serde_json::Value as Json;

use super::super::body;
use super::change;
use crate::answer::Answer;
use crate::call::Call;
use crate::route::Outcome;

/// Makes a value active or inactive.
pub(in super::super) async fn update(call: Call) -> Outcome {
    let mut sent = call.json()?;
    let id = Json::from(call.key(1));
    if sent.insert("id".to_owned(), id.clone()).is_some_and(|sent| sent != id) {
        return Err(call.area.bad_request("The 'id' of an allowed value cannot be changed."));
    }
    let value = body::value(sent)?;
    retry(|| change::put(&call, value.clone(), false)).await?;
    Ok(Answer::no_content())
}
