use riskgate_model::SignInFacts;
use serde_json::{Value, json};

use crate::Finding;

/// `additionalInfo` of a detection: JSON text of an array of `Key`/`Value` objects, the user agent first, then where the
/// request came from, then the evidence.
pub fn additional_info(finding: &Finding, facts: &SignInFacts) -> String {
    let pair = |key: &str, value: Value| json!({"Key": key, "Value": value});
    let agent = facts.client.user_agent.clone().map_or(Value::Null, Value::String);
    let mut info =
        vec![pair("userAgent", agent), pair("clientIp", json!(facts.network.ip_address.to_string()))];
    if let Some(country) = facts.network.country() {
        info.push(pair("clientLocation", json!(country)));
    }
    if let Some(organization) = &facts.network.autonomous_system_organization {
        info.push(pair("networkOwner", json!(organization)));
    }
    let reasons: Vec<Value> = finding
        .evidence
        .iter()
        .map(|evidence| json!(format!("{}: {}", evidence.key, evidence.value)))
        .collect();
    info.push(pair("riskReasons", Value::Array(reasons)));
    Value::Array(info).to_string()
}
