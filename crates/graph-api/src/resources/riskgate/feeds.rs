//! `/riskgate/feeds`: where what is known about addresses comes from, on the node that answers.

use riskgate_ports::SourceState;
use serde_json::{Value as Json, json};

use crate::answer::Answer;
use crate::call::Call;
use crate::route::Outcome;

/// Every source with its age, size, licence and last error.
pub(super) async fn list(call: Call) -> Outcome {
    let sources = call.service.api.sources.sources();
    Ok(Answer::json(json!({ "value": sources.iter().map(shown).collect::<Vec<_>>() })))
}

/// Fetches or reads a source again; the answer is what it is then.
pub(super) async fn refresh(call: Call) -> Outcome {
    let refreshed = call.service.api.sources.refresh(call.key(0)).await;
    let source = refreshed.ok_or_else(|| call.not_found("Feed", 0))?;
    Ok(Answer::json(shown(&source)))
}

fn shown(source: &SourceState) -> Json {
    json!({
        "id": source.name, "kind": source.kind, "source": source.from, "entryCount": source.entries,
        "badLineCount": source.bad_lines, "asOfDateTime": source.as_of, "ageInSeconds": source.age_seconds,
        "isStale": source.is_stale, "isExpired": source.is_expired, "licence": source.licence,
        "version": source.version, "lastAttemptDateTime": source.last_attempt, "lastError": source.last_error,
    })
}
