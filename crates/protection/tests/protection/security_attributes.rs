//! Filters by custom security attributes.

use riskgate_access::{BlockReason, Outcome, Reason};
use riskgate_core::Rng;
use riskgate_model::*;
use riskgate_protection::Workload;
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value, json};

use crate::support::{CLIENT, HOME, RESOURCE, World};

const BLOCKED: Outcome = Outcome::Block { reason: BlockReason::Policy };

/// Puts an application into the tenant; returns the identifier of its service principal.
async fn add_application(it: &World, app_id: &str, attributes: Value) -> String {
    let principal = ServicePrincipal {
        id: it.rng.guid(),
        app_id: Some(app_id.to_owned()),
        app_owner_organization_id: Some(it.tenant.to_string()),
        sign_in_audience: Some("AzureADMyOrg".to_owned()),
        custom_security_attributes: serde_json::from_value(attributes).unwrap(),
        ..ServicePrincipal::default()
    };
    it.insert(&principal).await;
    principal.id
}

async fn assign(it: &World, id: &str, attributes: Value) {
    let mut stored = it.store.load::<ServicePrincipal>(it.tenant, id).await.unwrap().unwrap();
    stored.record.custom_security_attributes = serde_json::from_value(attributes).unwrap();
    let mut batch = Batch::new(it.tenant);
    batch.update(&stored).unwrap();
    it.store.commit(batch).await.unwrap();
}

fn filter() -> Value {
    json!({"mode": "include", "rule": "CustomSecurityAttribute.Engineering_Project -eq \"Alpine\""})
}

fn alpine() -> Value {
    json!({"Engineering": {"Project": "Alpine"}})
}

pub(crate) async fn attributes_are_looked_up_while_a_policy_looks_at_them(it: World) {
    let id = add_application(&it, RESOURCE, alpine()).await;
    let before = it.sign_in(HOME).await;
    assert_eq!(before.decision.outcome, Outcome::Grant);
    assert!(it.record(&before.sign_in_id).await.evidence.facts.application.resource_attributes.is_empty());

    it.add_policy("enabled", "block", json!({"applications": {"applicationFilter": filter()}})).await;
    let blocked = it.sign_in(HOME).await;
    assert_eq!(blocked.decision.outcome, BLOCKED);
    let facts = it.record(&blocked.sign_in_id).await.evidence.facts;
    let alpine = SecurityAttributeFact::Text("Alpine".to_owned());
    let expected = [("engineering_project".to_owned(), alpine)].into();
    assert_eq!(facts.application.resource_attributes.get(RESOURCE), Some(&expected));

    assign(&it, &id, json!({"Engineering": {"Project": "Baker"}})).await;
    assert_eq!(it.sign_in(HOME).await.decision.outcome, Outcome::Grant);
    // What happened is explained by how things are now.
    let changes = it.protection.changes(&facts, RiskLevel::None).await.unwrap();
    assert!(changes.is_empty(), "{changes:?}");
}

pub(crate) async fn attributes_that_are_not_known_close(it: World) {
    it.add_policy("enabled", "block", json!({"applications": {"applicationFilter": filter()}})).await;
    let judged = it.sign_in(HOME).await;
    assert_eq!(judged.decision.outcome, BLOCKED);
    assert_eq!(judged.decision.trace[0].reasons, [Reason::SecurityAttributesUnknown]);
}

pub(crate) async fn an_application_is_judged_by_its_own_attributes(it: World) {
    let id = add_application(&it, CLIENT, alpine()).await;
    let clients = json!({"servicePrincipalFilter": filter()});
    let about = json!({"users": {"includeUsers": ["None"]}, "clientApplications": clients});
    it.add_policy("enabled", "block", about).await;
    for (attributes, expected) in [(alpine(), BLOCKED), (Value::Null, Outcome::Grant)] {
        assign(&it, &id, attributes).await;
        let principal = it.store.load::<ServicePrincipal>(it.tenant, &id).await.unwrap().unwrap().record;
        let workload = Workload {
            service_principal: &principal,
            client_app_id: CLIENT,
            resource_app_id: RESOURCE,
            authentication_contexts: Default::default(),
            credential: riskgate_risk::CredentialKind::Secret,
            user_agent: None,
            address: HOME.parse().unwrap(),
            correlation_id: "correlation",
        };
        assert_eq!(it.protection.judge_workload(&workload).await.unwrap().outcome, expected);
    }
}

pub(crate) async fn attributes_in_use_are_defined_once(it: World) {
    let used = json!({"Engineering": {"Project": "Alpine", "Cost@odata.type": "#Int32", "Cost": 7}});
    add_application(&it, RESOURCE, used).await;
    let others = json!({"engineering": {"cost": "high", "Tags@odata.type": "#Collection(String)", "Tags": ["a"]}});
    add_application(&it, CLIENT, others).await;
    let rule = "CustomSecurityAttribute.Sales_Region -eq \"North\"";
    let filter = json!({"applications": {"applicationFilter": {"mode": "include", "rule": rule}}});
    it.add_policy("enabled", "block", filter).await;
    for _ in 0..2 {
        it.protection.define_used_attributes().await.unwrap();
        let sets = it.all::<AttributeSet>().await;
        let mut sets: Vec<_> = sets.into_iter().map(|set| set.id.to_lowercase()).collect();
        sets.sort_unstable();
        assert_eq!(sets, ["engineering", "sales"]);
        let definitions = it.all::<CustomSecurityAttributeDefinition>().await;
        let mut found: Vec<_> = definitions
            .iter()
            .map(|own| (own.id.to_lowercase(), own.type_.as_str(), own.is_collection == Some(true)))
            .collect();
        found.sort_unstable();
        let expected = [
            ("engineering_cost", "String", false),
            ("engineering_project", "String", false),
            ("engineering_tags", "String", true),
            ("sales_region", "String", false),
        ];
        assert_eq!(found, expected.map(|(id, kind, several)| (id.to_owned(), kind, several)));
        assert!(definitions.iter().all(|own| own.is_available() && own.use_pre_defined_values_only == Some(false)));
    }
    let audits = it.all::<DirectoryAudit>().await;
    assert_eq!(audits.iter().filter(|entry| entry.category == "AttributeManagement").count(), 1);
}
