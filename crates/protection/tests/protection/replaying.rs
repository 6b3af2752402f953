//! Decisions computed again from what was kept.

use riskgate_access::{Decision, PolicySet, evaluate};
use riskgate_model::{AnyNamedLocation, ConditionalAccessPolicy};
use riskgate_protection::SignInKind;
use riskgate_risk::{Assessment, RiskConfig, RiskContext, assess};
use riskgate_store::records::SignInRecord;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::support::{HOME, TOR, VPN, World};

/// The text of a stored value, written by the type it is of.
fn text_of<T: Serialize + DeserializeOwned>(stored: &Value) -> String {
    serde_json::to_string(&serde_json::from_value::<T>(stored.clone()).unwrap()).unwrap()
}

fn assert_repeats(record: &SignInRecord, policies: &PolicySet) {
    let evidence = &record.evidence;
    let config: RiskConfig = serde_json::from_value(evidence.risk_config.clone()).unwrap();
    let context: RiskContext = serde_json::from_value(evidence.risk_context.clone()).unwrap();
    assert_eq!(serde_json::to_string(&context).unwrap(), text_of::<RiskContext>(&evidence.risk_context));
    let assessment = assess(&evidence.facts, &context, &config);
    assert_eq!(serde_json::to_value(&assessment).unwrap(), evidence.assessment);
    assert_eq!(serde_json::to_string(&assessment).unwrap(), text_of::<Assessment>(&evidence.assessment));
    let decision = evaluate(&evidence.facts, assessment.sign_in_level, policies);
    assert_eq!(serde_json::to_value(&decision).unwrap(), evidence.decision);
    assert_eq!(serde_json::to_string(&decision).unwrap(), text_of::<Decision>(&evidence.decision));
}

pub(crate) async fn every_decision_can_be_computed_again_from_its_evidence(it: World) {
    it.register_authenticator().await;
    it.insert::<AnyNamedLocation>(
        &serde_json::from_value(json!({
            "@odata.type": "#microsoft.graph.ipNamedLocation", "id": "dddddddd-0000-4000-8000-000000000001",
            "displayName": "Office", "isTrusted": true,
            "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "198.51.100.0/24"}],
        }))
        .unwrap(),
    )
    .await;
    it.add_risk_policy("mfa").await;
    it.add_policy("enabled", "block", json!({"userRiskLevels": ["high"]})).await;
    it.add_policy("enabledForReportingButNotEnforced", "block", json!({"userRiskLevels": ["medium"]})).await;
    let policies = it.all::<ConditionalAccessPolicy>().await;
    let set = PolicySet::new(&policies, &it.all::<AnyNamedLocation>().await, []);
    for address in [HOME, TOR, VPN] {
        for kind in [SignInKind::Interactive, SignInKind::SessionReuse, SignInKind::Refresh] {
            it.protection.judge(&it.attempt(kind, address)).await.unwrap();
        }
    }
    let records = it.all::<SignInRecord>().await;
    records.iter().for_each(|record| assert_repeats(record, &set));
    assert_eq!(records.len(), 7, "two refreshes were clean");
    let version = &records[0].evidence.policy_version;
    assert!(!version.is_empty() && records.iter().all(|record| record.evidence.policy_version == *version));

    let judged = it.sign_in(TOR).await;
    it.pass_mfa(&judged.sign_in_id).await;
    let completed = it.record(&judged.sign_in_id).await;
    assert_repeats(&completed, &set);
    it.add_risk_policy("block").await;
    let later = it.sign_in(HOME).await;
    assert_ne!(it.record(&later.sign_in_id).await.evidence.policy_version, *version);
}
