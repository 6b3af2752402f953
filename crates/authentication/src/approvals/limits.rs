use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_store::records::{ApprovalRequest, ApprovalState};

use super::is_refusal;

/// Requests of one sign-in.
const FOR_A_SIGN_IN: usize = 3;
/// Requests that were not approved within [`WINDOW`], from networks that are alike familiar.
const FOR_A_PERSON: usize = 5;
/// How long a request counts.
const WINDOW: Duration = Duration::from_secs(10 * 60);
/// How long a refusal stops further requests.
const PAUSE: Duration = Duration::from_secs(10 * 60);
/// How long a report does, from wherever.
const PAUSE_AFTER_REPORT: Duration = Duration::from_secs(30 * 60);
/// How long a request is remembered.
pub(super) const KEPT: Duration = Duration::from_secs(60 * 60);

/// Why nobody is asked now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ApprovalLimit {
    /// The person turned a request down a while ago.
    Refused,
    /// There were too many requests for this person.
    TooMany,
    /// There were too many requests for this sign-in.
    TooManyForSignIn,
}

/// Whether another request may be made, after those there were.
pub(super) fn check(
    requests: &[ApprovalRequest],
    interaction_id: &str,
    is_familiar: bool,
    now: Timestamp,
) -> Result<(), ApprovalLimit> {
    let is_recent = |request: &ApprovalRequest, since: Duration| now.since(request.created_date_time) < since;
    let is_alike = |request: &ApprovalRequest| request.is_familiar == is_familiar;
    let stops = |request: &ApprovalRequest| match request.state {
        ApprovalState::Reported => is_recent(request, PAUSE_AFTER_REPORT),
        state => is_refusal(state) && is_alike(request) && is_recent(request, PAUSE),
    };
    if requests.iter().any(stops) {
        return Err(ApprovalLimit::Refused);
    }
    if requests.iter().filter(|request| request.interaction_id == interaction_id).count() >= FOR_A_SIGN_IN {
        return Err(ApprovalLimit::TooManyForSignIn);
    }
    let counts = |request: &&ApprovalRequest| {
        !matches!(request.state, ApprovalState::Approved | ApprovalState::Used)
            && is_alike(request)
            && is_recent(request, WINDOW)
    };
    if requests.iter().filter(counts).count() >= FOR_A_PERSON {
        return Err(ApprovalLimit::TooMany);
    }
    Ok(())
}
