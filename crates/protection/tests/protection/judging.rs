//! What a sign-in leaves behind.

use std::time::Duration;

use riskgate_access::Outcome;
use riskgate_core::Clock;
use riskgate_model::*;
use riskgate_protection::SignInKind;
use riskgate_store::records::{RiskDetectionRecord, RiskHistoryRecord, SignInRecord};
use serde_json::{Value, json};

use crate::support::{AGENT, CLIENT, HOME, OTHER_TOR, RESOURCE, TOR, VPN, World, error_code, sign_in_risk};

pub(crate) async fn a_sign_in_from_tor_without_policies_is_granted_and_leaves_everything_behind(it: World) {
    let attempt = it.attempt(SignInKind::Interactive, TOR);
    let judged = it.protection.judge(&attempt).await.unwrap();
    assert_eq!((judged.decision.outcome, judged.sign_in_level), (Outcome::Grant, RiskLevel::Medium));
    assert_eq!(judged.sign_in_id, attempt.request_id);
    assert_eq!(it.rows().await, [1, 1, 1]);

    let record = it.record(&attempt.request_id).await;
    assert_eq!(sign_in_risk(&record), (RiskState::AtRisk, RiskDetail::None, RiskLevel::Medium));
    assert_eq!(error_code(&record), 0);
    let sign_in = record.sign_in;
    assert_eq!(sign_in.risk_level_during_sign_in, Some(RiskLevel::Medium));
    assert_eq!(sign_in.risk_event_types_v2, ["anonymizedIPAddress"]);
    assert_eq!(sign_in.conditional_access_status, Some(ConditionalAccessStatus::NotApplied));
    assert_eq!(sign_in.correlation_id, Some(attempt.correlation_id));
    assert_eq!(sign_in.created_date_time, it.clock.now());
    assert_eq!(sign_in.ip_address.as_deref(), Some(TOR));
    assert_eq!(sign_in.location.unwrap().country_or_region.as_deref(), Some("DE"));
    assert_eq!((sign_in.app_id.as_deref(), sign_in.resource_id.as_deref()), (Some(CLIENT), Some(RESOURCE)));
    assert_eq!((sign_in.is_interactive, sign_in.client_app_used.as_deref()), (Some(true), Some("Browser")));
    assert_eq!(sign_in.device_detail.unwrap().browser.as_deref(), Some("Firefox 140"));
    assert_eq!((sign_in.user_id, sign_in.user_display_name), (it.alice.id.clone(), Some("Alice".to_owned())));
    assert_eq!(sign_in.user_principal_name.as_deref(), Some("alice@contoso.com"));

    assert_eq!(it.risk().await, (RiskLevel::Medium, RiskState::AtRisk, RiskDetail::None));
    let [user] = it.all::<RiskyUser>().await.try_into().unwrap();
    assert_eq!((user.id, user.user_display_name), (it.alice.id.clone(), Some("Alice".to_owned())));
    assert_eq!((user.is_deleted, user.is_processing), (Some(false), Some(false)));
    let [item] = it.history().await.try_into().unwrap();
    assert_eq!((item.user_id, item.initiated_by), (Some(it.alice.id.clone()), None));
    assert_eq!((item.risk_level, item.risk_state), (Some(RiskLevel::Medium), Some(RiskState::AtRisk)));
    assert_eq!(item.activity.unwrap().risk_event_types, ["anonymizedIPAddress"]);
}

pub(crate) async fn a_detection_says_what_was_found_and_where(it: World) {
    let attempt = it.attempt(SignInKind::Interactive, TOR);
    it.protection.judge(&attempt).await.unwrap();
    let found = it.detection(&attempt.request_id).await;
    assert_eq!(found.id.len(), 64);
    assert_eq!(found.risk_state, Some(RiskState::AtRisk));
    assert_eq!(found.risk_level, Some(RiskLevel::Medium));
    assert_eq!(found.risk_detail, Some(RiskDetail::None));
    assert_eq!(found.risk_event_type.as_deref(), Some("anonymizedIPAddress"));
    assert_eq!(found.risk_type, found.risk_event_type);
    assert_eq!(found.source.as_deref(), Some("IdentityProtection"));
    assert_eq!(found.detection_timing_type, Some(RiskDetectionTimingType::Realtime));
    assert_eq!(found.activity, Some(ActivityType::Signin));
    assert_eq!(found.token_issuer_type, Some(TokenIssuerType::AzureAD));
    assert_eq!(found.ip_address.as_deref(), Some(TOR));
    assert_eq!(found.location.unwrap().country_or_region.as_deref(), Some("DE"));
    assert_eq!(found.request_id, Some(attempt.request_id.clone()));
    assert_eq!(found.correlation_id, Some(attempt.correlation_id));
    assert_eq!(found.user_id, Some(it.alice.id.clone()));
    assert_eq!(found.user_display_name.as_deref(), Some("Alice"));
    assert_eq!(found.user_principal_name, it.alice.user_principal_name);
    let created = it.record(&attempt.request_id).await.sign_in.created_date_time;
    let (activity, detected) = (found.activity_date_time.unwrap(), found.detected_date_time.unwrap());
    assert!(created <= activity && activity <= detected && detected <= found.last_updated_date_time.unwrap());
    let info: Value = serde_json::from_str(&found.additional_info.unwrap()).unwrap();
    assert_eq!(info[0], json!({"Key": "userAgent", "Value": AGENT}));
    assert_eq!(info[1], json!({"Key": "clientIp", "Value": TOR}));
}

pub(crate) async fn a_clean_sign_in_raises_nothing(it: World) {
    let judged = it.sign_in(HOME).await;
    assert_eq!((judged.decision.outcome, judged.sign_in_level), (Outcome::Grant, RiskLevel::None));
    assert_eq!(it.rows().await, [1, 0, 0]);
    assert!(!it.was_ever_risky().await);
    let record = it.record(&judged.sign_in_id).await;
    assert_eq!(sign_in_risk(&record), (RiskState::None, RiskDetail::None, RiskLevel::None));
    assert_eq!(error_code(&record), 0);
    assert!(record.sign_in.risk_event_types_v2.is_empty());
}

pub(crate) async fn more_risk_raises_the_level_and_less_does_not_lower_it(it: World) {
    let mut levels = Vec::new();
    for address in [VPN, TOR, VPN, HOME] {
        it.clock.advance(Duration::from_secs(1));
        it.sign_in(address).await;
        levels.push(it.risk().await.0);
    }
    assert_eq!(levels, [RiskLevel::Low, RiskLevel::Medium, RiskLevel::Medium, RiskLevel::Medium]);
    assert_eq!(it.rows().await, [4, 3, 3]);
}

pub(crate) async fn a_trusted_named_location_lowers_the_risk(it: World) {
    it.add_risk_policy("block").await;
    assert_eq!(it.sign_in(TOR).await.sign_in_level, RiskLevel::Medium);
    let office: AnyNamedLocation = serde_json::from_value(json!({
        "@odata.type": "#microsoft.graph.ipNamedLocation", "id": "dddddddd-0000-4000-8000-000000000001",
        "displayName": "Office", "isTrusted": true,
        "ipRanges": [{"@odata.type": "#microsoft.graph.iPv4CidrRange", "cidrAddress": "192.0.2.0/24"}],
    }))
    .unwrap();
    it.insert_policy(&office).await;
    let judged = it.sign_in(TOR).await;
    assert_eq!((judged.decision.outcome, judged.sign_in_level), (Outcome::Grant, RiskLevel::Low));
    assert_eq!(it.detection(&judged.sign_in_id).await.risk_level, Some(RiskLevel::Low));
    let levels: Vec<_> =
        it.all::<SignInRecord>().await.iter().map(|r| r.sign_in.risk_level_during_sign_in.unwrap()).collect();
    assert!(levels.contains(&RiskLevel::Low) && levels.contains(&RiskLevel::Medium));
}

pub(crate) async fn a_detection_keeps_in_full_why_it_was_raised(it: World) {
    it.sign_in(TOR).await;
    let [record] = it.all::<RiskDetectionRecord<RiskDetection>>().await.try_into().unwrap();
    let evidence = &record.evidence;
    assert_eq!(evidence["riskEventType"], "anonymizedIPAddress");
    assert_eq!(evidence["evidence"][0], json!({"key": "egress", "value": "Tor exit"}));
    assert_eq!(evidence["settings"]["anonymizedIpAddress"]["tor"], "medium");
    assert_eq!(evidence["software"], env!("CARGO_PKG_VERSION"));
    let [history] = it.all::<RiskHistoryRecord<RiskyUserHistoryItem>>().await.try_into().unwrap();
    assert_eq!(history.transition["detections"], json!([record.detection.id]));
    assert_eq!(record.episode.as_ref(), Some(&history.item.id), "the first of an episode names it");
    it.clock.advance(Duration::from_secs(1));
    it.sign_in(OTHER_TOR).await;
    let all = it.all::<RiskDetectionRecord<RiskDetection>>().await;
    assert!(all.iter().all(|other| other.episode == record.episode), "what is still open goes on");
}
