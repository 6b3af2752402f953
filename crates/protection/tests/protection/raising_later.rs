//! What is found about a sign-in after it was answered.

use riskgate_directory::Actor;
use riskgate_model::*;
use riskgate_protection::ProtectionError;
use riskgate_risk::{Evidence, Finding};

use crate::support::{HOME, TOR, World, sign_in_risk};

fn spray(risk_level: RiskLevel) -> Finding {
    Finding {
        risk_event_type: "passwordSpray".to_owned(),
        risk_level,
        evidence: vec![Evidence::new("address", "wrong passwords for 40 users in an hour")],
    }
}

pub(crate) async fn a_clean_sign_in_is_raised_afterwards_and_only_once(it: World) {
    let judged = it.sign_in(HOME).await;
    let raise = async |finding: &Finding| {
        let timing = RiskDetectionTimingType::NearRealtime;
        it.protection.raise_later(&judged.sign_in_id, finding, timing).await.unwrap()
    };
    it.clock.advance(std::time::Duration::from_secs(60));
    assert!(raise(&spray(RiskLevel::High)).await);
    assert!(!raise(&spray(RiskLevel::High)).await, "the same again");
    let detections = it.all::<RiskDetection>().await;
    let [detection] = &detections[..] else { panic!("{detections:?}") };
    assert_eq!(detection.detection_timing_type, Some(RiskDetectionTimingType::NearRealtime));
    assert!(detection.activity_date_time < detection.detected_date_time);
    let record = it.record(&judged.sign_in_id).await;
    assert_eq!(sign_in_risk(&record), (RiskState::AtRisk, RiskDetail::None, RiskLevel::High));
    assert_eq!(record.sign_in.risk_level_during_sign_in, Some(RiskLevel::None));
    assert_eq!(record.sign_in.risk_event_types_v2, ["passwordSpray"]);
    assert_eq!(it.risk().await, (RiskLevel::High, RiskState::AtRisk, RiskDetail::None));
    assert_eq!(it.history().await.len(), 1);
}

pub(crate) async fn what_is_raised_later_closes_with_the_rest_of_the_sign_in(it: World) {
    let judged = it.sign_in(TOR).await;
    let timing = RiskDetectionTimingType::NearRealtime;
    it.protection.raise_later(&judged.sign_in_id, &spray(RiskLevel::High), timing).await.unwrap();
    let record = it.record(&judged.sign_in_id).await;
    assert_eq!(record.sign_in.risk_event_types_v2, ["anonymizedIPAddress", "passwordSpray"]);
    it.protection.dismiss_users(it.alice_alone(), &Actor::system()).await.unwrap();
    let open = it.all::<RiskDetection>().await;
    assert!(open.iter().all(|detection| detection.risk_state == Some(RiskState::Dismissed)), "{open:?}");
    assert_eq!(sign_in_risk(&it.record(&judged.sign_in_id).await).0, RiskState::Dismissed);
}

pub(crate) async fn two_who_find_the_same_at_once_raise_it_once(it: World) {
    let judged = it.sign_in(HOME).await;
    let finding = spray(RiskLevel::Medium);
    let raise = || it.protection.raise_later(&judged.sign_in_id, &finding, RiskDetectionTimingType::Offline);
    let raised = tokio::join!(raise(), raise(), raise(), raise());
    let raised = [raised.0, raised.1, raised.2, raised.3].map(Result::unwrap);
    assert_eq!(raised.iter().filter(|raised| **raised).count(), 1);
    assert_eq!(it.all::<RiskDetection>().await.len(), 1);
}

pub(crate) async fn a_person_reports_only_what_is_his(it: World) {
    let judged = it.sign_in(HOME).await;
    let report = async |user: &str, id: &str| it.protection.user_reported(user, id, &Actor::system()).await;
    for (user, id) in [("somebody-else", judged.sign_in_id.as_str()), (it.alice.id.as_str(), "unknown")] {
        assert_eq!(report(user, id).await, Err(ProtectionError::UnknownSignIn(id.to_owned())));
    }
    assert!(it.all::<RiskDetection>().await.is_empty());
    report(&it.alice.id, &judged.sign_in_id).await.unwrap();
    report(&it.alice.id, &judged.sign_in_id).await.unwrap();
    assert_eq!(it.all::<RiskDetection>().await.len(), 1);
    let audits = it.all::<DirectoryAudit>().await;
    let told = audits.iter().filter(|entry| entry.activity_display_name == "Suspicious activity reported");
    assert_eq!(told.count(), 1);
}
