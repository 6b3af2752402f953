//! §3.4: authentication contexts.

use riskgate_access::{BlockReason, Control};
use riskgate_model::SignInFacts;
use serde_json::{Value, json};

use crate::case::{Case, applies, asks, blocks, grants, passes_over};
use crate::common::*;

fn asking_for(contexts: &[&str]) -> SignInFacts {
    facts_with(|f| f.application.authentication_contexts = contexts.iter().map(ToString::to_string).collect())
}

fn contexts(ids: &[&str]) -> Value {
    json!({"applications": {"includeApplications": [], "includeAuthenticationContextClassReferences": ids}})
}

pub fn cases() -> Vec<Case> {
    let block = || json!({"conditions": contexts(&["c1"]), "grantControls": {"operator": "OR", "builtInControls": ["block"]}});
    let no_resource = || {
        let mut facts = asking_for(&["c1"]);
        facts.application.resource_app_ids.clear();
        facts
    };
    vec![
        applies("§3.4 The context asked for", asking_for(&["c1"]), contexts(&["c1"])),
        applies("§3.4 The last context", asking_for(&["c99"]), contexts(&["c99"])),
        passes_over("§3.4 Another context", asking_for(&["c2"]), contexts(&["c1"])),
        passes_over("§3.4 c1 is not the beginning of c11", asking_for(&["c11"]), contexts(&["c1"])),
        passes_over("§3.4 No context asked for", facts(), contexts(&["c1"])),
        applies("§3.1.3 Contexts are ORed", asking_for(&["c2"]), contexts(&["c1", "c2"])),
        applies(
            "§3.4 One of the contexts asked for is enough",
            asking_for(&["c1", "c99"]),
            contexts(&["c99"]),
        ),
        applies("§3.4 A context needs no resource", no_resource(), contexts(&["c1"])),
        applies(
            "§3.4 Policies about resources hold as well",
            asking_for(&["c1"]),
            json!({"applications": {"includeApplications": [APP]}}),
        ),
        asks(
            "§3.4 Step up for a context",
            asking_for(&["c1"]),
            json!({"conditions": contexts(&["c1"])}),
            &[Control::Mfa],
        ),
        grants("§3.4 No step up without the context", facts(), json!({"conditions": contexts(&["c1"])})),
        blocks("§3.4 A context may be blocked", asking_for(&["c1"]), block(), BlockReason::Policy),
        grants("§3.4 Blocking a context blocks nothing else", asking_for(&["c2"]), block()),
    ]
}
