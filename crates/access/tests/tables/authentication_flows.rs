//! §3.6: flows that hand a sign-in from one device to another.

use riskgate_access::BlockReason;
use riskgate_model::SignInFacts;
use riskgate_model::TransferMethod::{self, *};
use serde_json::{Value, json};

use crate::case::{Case, applies, blocks, grants, passes_over};
use crate::common::*;

fn by(method: impl Into<Option<TransferMethod>>) -> SignInFacts {
    facts_with(|f| f.authentication.transfer_method = method.into())
}

fn methods(set: &str) -> Value {
    json!({"authenticationFlows": {"transferMethods": set}})
}

pub fn cases() -> Vec<Case> {
    let block = || json!({"conditions": methods("deviceCodeFlow"), "grantControls": {"operator": "OR", "builtInControls": ["block"]}});
    vec![
        applies("§3.6 deviceCodeFlow", by(DeviceCodeFlow), methods("deviceCodeFlow")),
        applies("§3.6 authenticationTransfer", by(AuthenticationTransfer), methods("authenticationTransfer")),
        passes_over("§3.6 Another flow", by(AuthenticationTransfer), methods("deviceCodeFlow")),
        passes_over("§3.6 No flow", by(None), methods("deviceCodeFlow,authenticationTransfer")),
        applies(
            "§3.1.3 Flows are ORed",
            by(AuthenticationTransfer),
            methods("deviceCodeFlow,authenticationTransfer"),
        ),
        applies("§3.6 none is not configured", by(None), methods("none")),
        applies(
            "§3.6 none is not configured for a transferred session either",
            by(DeviceCodeFlow),
            methods("none"),
        ),
        applies("§3.6 none beside a flow is not configured", by(None), methods("none,deviceCodeFlow")),
        applies("§3.1.3 Not configured", by(DeviceCodeFlow), json!({"authenticationFlows": null})),
        blocks("§7.4 The device code flow can be blocked", by(DeviceCodeFlow), block(), BlockReason::Policy),
        grants("§7.4 Blocking it blocks nothing else", by(None), block()),
    ]
}
