//! What is noticed about applications.

use std::time::Duration;

use riskgate_access::{Decision, Outcome};
use riskgate_directory::{Actor, Initiator, NewApplication, NewUser, role};
use riskgate_model::*;
use riskgate_protection::Workload;
use riskgate_risk::CredentialKind;
use riskgate_store::StoreExt;
use riskgate_store::records::{RiskDetectionRecord, WorkloadHistory};
use serde_json::json;

use crate::support::{CLIENT, HOME, RESOURCE, TOR, World};

type Kept = RiskDetectionRecord<ServicePrincipalRiskDetection>;
const AGENT: &str = "backup/1.2";
const HOUR: Duration = Duration::from_secs(3_600);

async fn principal(it: &World) -> ServicePrincipal {
    let new = NewApplication { display_name: "Backup".to_owned(), ..NewApplication::default() };
    it.directory.create_application(&it.actor, &new).await.unwrap().service_principal
}

async fn ask(it: &World, principal: &ServicePrincipal, address: &str, agent: &str) -> Decision {
    let workload = Workload {
        service_principal: principal,
        client_app_id: CLIENT,
        resource_app_id: RESOURCE,
        authentication_contexts: Default::default(),
        credential: CredentialKind::Secret,
        address: address.parse().unwrap(),
        user_agent: Some(agent),
        correlation_id: "correlation",
    };
    it.protection.judge_workload(&workload).await.unwrap()
}

/// An application that has asked from home every hour for three days.
async fn usual(it: &World) -> ServicePrincipal {
    let principal = principal(it).await;
    for _ in 0..72 {
        assert_eq!(ask(it, &principal, HOME, AGENT).await.outcome, Outcome::Grant);
        it.clock.advance(HOUR);
    }
    principal
}

async fn block_at_high(it: &World) {
    let conditions = json!({
        "users": {"includeUsers": ["None"]},
        "clientApplications": {"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]},
        "servicePrincipalRiskLevels": ["high"],
    });
    it.add_policy("enabled", "block", conditions).await;
}

pub(crate) async fn a_stolen_secret_is_noticed_before_the_token_is_given(it: World) {
    block_at_high(&it).await;
    let principal = usual(&it).await;
    assert!(it.all::<Kept>().await.is_empty(), "the usual raises nothing");
    for _ in 0..2 {
        let thief = ask(&it, &principal, TOR, "python-requests/2.3").await;
        assert!(matches!(thief.outcome, Outcome::Block { .. }), "{thief:?}");
    }
    let [kept] = it.all::<Kept>().await.try_into().unwrap();
    let detection = &kept.detection;
    assert_eq!(detection.risk_event_type.as_deref(), Some("suspiciousSignins"));
    assert_eq!((detection.risk_level, detection.ip_address.as_deref()), (Some(RiskLevel::High), Some(TOR)));
    assert_eq!(detection.location.as_ref().unwrap().country_or_region.as_deref(), Some("DE"));
    assert_eq!(detection.detection_timing_type, Some(RiskDetectionTimingType::Realtime));
    let new: Vec<_> =
        kept.evidence["evidence"].as_array().unwrap().iter().map(|one| one["key"].as_str().unwrap()).collect();
    assert_eq!(new, ["networkOwner", "country", "userAgent"]);

    let ids = [principal.id.clone()];
    it.protection.dismiss_service_principals(&ids, &it.actor).await.unwrap();
    for _ in 0..3 {
        let moved = ask(&it, &principal, TOR, "python-requests/2.3").await;
        assert_eq!(moved.outcome, Outcome::Grant, "what was no risk is learned");
        it.clock.advance(30 * HOUR);
    }
    assert_eq!(it.all::<Kept>().await.len(), 1);
}

pub(crate) async fn an_unusual_request_teaches_nothing_and_a_usual_one_seldom_writes(it: World) {
    let principal = usual(&it).await;
    let history = || async { it.all::<WorkloadHistory>().await };
    let before = history().await;
    for _ in 0..3 {
        assert_eq!(ask(&it, &principal, TOR, AGENT).await.outcome, Outcome::Grant, "nobody asked for more");
        it.clock.advance(2 * HOUR);
    }
    assert_eq!(history().await, before);
    assert_eq!(it.all::<Kept>().await.len(), 1);
    ask(&it, &principal, HOME, AGENT).await;
    let learned = history().await;
    assert_ne!(learned, before);
    it.clock.advance(Duration::from_secs(60));
    ask(&it, &principal, HOME, AGENT).await;
    assert_eq!(history().await, learned, "within an hour");
}

fn as_application(principal: &ServicePrincipal) -> Actor {
    let who = Initiator::Application {
        app_id: principal.app_id.clone().unwrap(),
        service_principal_id: principal.id.clone(),
        display_name: "Backup".to_owned(),
    };
    Actor { who, ip_address: None, correlation_id: None }
}

pub(crate) async fn the_first_role_an_application_gives_away_is_noticed_once(it: World) {
    let principal = principal(&it).await;
    let application = as_application(&principal);
    for day in 0..5 {
        let name = format!("user{day}@contoso.com");
        let new = NewUser::new(&name, "User", "$argon2id$".to_owned(), false);
        it.directory.create_user(&application, &new).await.unwrap();
        it.clock.advance(24 * HOUR);
        while it.protection.watch_activity().await.unwrap() {}
    }
    assert!(it.all::<Kept>().await.is_empty(), "creating users is what it does");
    let reader = role("5d6b6bb7-de71-4623-b4af-96380a352509").unwrap().template_id;
    it.directory.add_role_assignment(&application, &it.alice.id, reader, "/").await.unwrap();
    it.clock.advance(Duration::from_secs(10));
    for _ in 0..2 {
        while it.protection.watch_activity().await.unwrap() {}
        it.clock.advance(HOUR);
    }
    let [kept] = it.all::<Kept>().await.try_into().unwrap();
    assert_eq!(kept.detection.risk_event_type.as_deref(), Some("anomalousServicePrincipalActivity"));
    assert_eq!(kept.detection.service_principal_id.as_ref(), Some(&principal.id));
    assert_eq!(kept.evidence["evidence"][0]["value"], "Add member to role");
    let row = it.store.load::<RiskyServicePrincipal>(it.tenant, &principal.id).await.unwrap().unwrap();
    assert_eq!(row.record.risk_level, Some(RiskLevel::Medium));
}

pub(crate) async fn two_nodes_read_the_audit_log_and_say_everything_once(it: World) {
    let principal = principal(&it).await;
    let application = as_application(&principal);
    let new = NewUser::new("first@contoso.com", "User", "$argon2id$".to_owned(), false);
    it.directory.create_user(&application, &new).await.unwrap();
    it.clock.advance(96 * HOUR);
    let reader = role("5d6b6bb7-de71-4623-b4af-96380a352509").unwrap().template_id;
    it.directory.add_role_assignment(&application, &it.alice.id, reader, "/").await.unwrap();
    it.clock.advance(Duration::from_secs(10));
    let other = it.other_node();
    let both = async || tokio::join!(it.protection.watch_activity(), other.watch_activity());
    loop {
        let (one, two) = both().await;
        if !(one.unwrap() || two.unwrap()) {
            break;
        }
    }
    assert_eq!(it.all::<Kept>().await.len(), 1);
}
