//! Decisions explained in full: annotations beside what Graph shows (OData JSON §4.5), for those who ask for them with
//! `Prefer: odata.include-annotations="riskgate.*"` (OData Protocol §8.2.8.4).

use riskgate_access::{Change, Decision, Outcome, PolicyTrace};
use serde_json::{Value as Json, json};

/// What a decision came to, what it asks of the session, and what would give access.
pub(super) fn outcome(decision: &Decision, changes: &[Vec<Change>]) -> Json {
    let (result, controls) = match &decision.outcome {
        Outcome::Grant => ("granted", json!([])),
        Outcome::Interrupt { controls } => ("interrupted", json!(controls)),
        Outcome::Block { .. } => ("blocked", json!([])),
    };
    json!({
        "result": result,
        "errorCode": decision.outcome.error_code().unwrap_or(0),
        "conditionalAccessStatus": decision.conditional_access_status,
        "controls": controls,
        "session": decision.session,
        "smallestChanges": changes,
    })
}

/// What one policy did, with everything that led to it. The names are those of `appliedConditionalAccessPolicy` where it
/// has them.
pub(super) fn policy(trace: &PolicyTrace) -> Json {
    json!({
        "policyId": trace.policy_id,
        "displayName": trace.display_name,
        "result": trace.result,
        "enforcedGrantControls": trace.enforced_grant_controls,
        "enforcedSessionControls": trace.enforced_session_controls,
        "conditionsSatisfied": trace.conditions_satisfied,
        "conditionsNotSatisfied": trace.conditions_not_satisfied,
        "includeRulesSatisfied": trace.include_rules,
        "excludeRulesSatisfied": trace.exclude_rules,
        "reasons": trace.reasons,
    })
}
