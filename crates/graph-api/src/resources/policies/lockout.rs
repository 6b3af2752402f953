//! No change keeps every administrator out, unless that is meant.

use riskgate_access::PolicyError;
use riskgate_protection::PendingChange;

use crate::answer::Answer;
use crate::call::{ALLOW_LOCKOUT, Call};
use crate::error::{ErrorDetail, GraphError};
use crate::failure::from_protection;

/// Refuses a change after which nobody who can change policies could sign in, unless the client prefers that.
///
/// # Errors
/// 400 with the names of the policies that would keep everyone out.
pub(in crate::resources) async fn check(call: &Call, change: &PendingChange<'_>) -> Result<(), GraphError> {
    if call.allows_lockout() {
        return Ok(());
    }
    let found = call.service.api.protection.lockout(change).await;
    match found.map_err(|error| from_protection(call.area, error))? {
        None => Ok(()),
        Some(blocking) => Err(refusal(call, blocking)),
    }
}

/// Says it in words, and in `details` for programs: one item for each policy that closes ways in.
fn refusal(call: &Call, blocking: Vec<String>) -> GraphError {
    let detail = |name: &String| ErrorDetail {
        code: "LocksAdministratorsOut",
        message: name.clone(),
        target: "state".to_owned(),
    };
    let details = blocking.iter().map(detail).collect();
    GraphError { details, ..call.area.bad_request(PolicyError::LocksAdministratorsOut(blocking).to_string()) }
}

/// The answer to a change that was made, with the preference it was made under.
pub(in crate::resources) fn answer(call: &Call, answer: Answer) -> Answer {
    if call.allows_lockout() { answer.applying(ALLOW_LOCKOUT) } else { answer }
}
