//! Sessions and refresh tokens used again.

use std::time::Duration;

use riskgate_access::{BlockReason, Outcome};
use riskgate_model::*;
use riskgate_core::Clock;
use riskgate_protection::{Attempt, ContinuedSession, Judgement, SignInKind};
use riskgate_risk::RiskContext;
use serde_json::json;

use crate::support::{AGENT, HOME, OTHER_TOR, TOR, World, error_code, sign_in_risk};

async fn refresh(it: &World, address: &str) -> Judgement {
    it.clock.advance(Duration::from_secs(1));
    it.protection.judge(&it.attempt(SignInKind::Refresh, address)).await.unwrap()
}

pub(crate) async fn a_clean_refresh_that_is_granted_writes_nothing(it: World) {
    let judged = refresh(&it, HOME).await;
    assert_eq!(judged.decision.outcome, Outcome::Grant);
    assert_eq!(it.rows().await, [0, 0, 0]);
    assert!(!it.was_ever_risky().await);
    assert_eq!(it.protection.decision_of(&judged.sign_in_id).await, Ok(None));
}

pub(crate) async fn a_session_that_is_used_again_is_recorded(it: World) {
    let clean = it.protection.judge(&it.attempt(SignInKind::SessionReuse, HOME)).await.unwrap();
    assert_eq!(it.rows().await, [1, 0, 0]);
    assert_eq!(it.record(&clean.sign_in_id).await.sign_in.is_interactive, Some(false));
    let risky = it.protection.judge(&it.attempt(SignInKind::SessionReuse, TOR)).await.unwrap();
    assert_eq!(it.rows().await, [2, 1, 1]);
    assert_eq!(it.detection(&risky.sign_in_id).await.risk_level, Some(RiskLevel::Medium));
}

pub(crate) async fn refreshing_from_tor_raises_one_detection_for_each_address(it: World) {
    let first = refresh(&it, TOR).await;
    assert_eq!((first.decision.outcome, first.sign_in_level), (Outcome::Grant, RiskLevel::Medium));
    assert_eq!(it.rows().await, [1, 1, 1]);
    assert_eq!(it.record(&first.sign_in_id).await.sign_in.is_interactive, Some(false));
    for _ in 0..3 {
        assert_eq!(refresh(&it, TOR).await.decision.outcome, Outcome::Grant);
    }
    assert_eq!(it.rows().await, [1, 1, 1], "the same risk again is not news");
    refresh(&it, OTHER_TOR).await;
    assert_eq!(it.rows().await, [2, 2, 2]);
    it.sign_in(TOR).await;
    assert_eq!(it.rows().await, [3, 3, 3], "a person who signs in is always judged for himself");
}

pub(crate) async fn a_refused_refresh_is_recorded(it: World) {
    it.add_policy("enabled", "block", json!({})).await;
    let judged = refresh(&it, HOME).await;
    assert_eq!(judged.decision.outcome, Outcome::Block { reason: BlockReason::Policy });
    assert_eq!(it.rows().await, [1, 0, 0]);
    assert_eq!(error_code(&it.record(&judged.sign_in_id).await), 53_003);
}

pub(crate) async fn a_refused_refresh_with_known_risk_has_nothing_of_its_own_to_close(it: World) {
    it.add_risk_policy("block").await;
    let first = refresh(&it, TOR).await;
    let second = refresh(&it, TOR).await;
    assert_eq!(second.decision.outcome, Outcome::Block { reason: BlockReason::Policy });
    assert_eq!(it.rows().await, [2, 1, 1]);
    assert_eq!(sign_in_risk(&it.record(&first.sign_in_id).await).0, RiskState::AtRisk);
    let record = it.record(&second.sign_in_id).await;
    assert_eq!(error_code(&record), 53_003);
    assert_eq!(record.sign_in.risk_level_during_sign_in, Some(RiskLevel::Medium), "what the policy saw");
    assert_eq!(record.sign_in.risk_event_types_v2, ["anonymizedIPAddress"]);
    assert_eq!(sign_in_risk(&record), (RiskState::None, RiskDetail::None, RiskLevel::None));
}

pub(crate) async fn closed_risk_is_raised_again_by_the_next_refresh(it: World) {
    refresh(&it, TOR).await;
    it.protection.dismiss_users(it.alice_alone(), &it.actor).await.unwrap();
    refresh(&it, TOR).await;
    assert_eq!(it.risk().await, (RiskLevel::Medium, RiskState::AtRisk, RiskDetail::None));
    assert_eq!(it.rows().await, [2, 2, 3]);
}

pub(crate) async fn a_session_is_compared_with_where_it_began_and_was_used_lately(it: World) {
    let session = ContinuedSession {
        id: "session".to_owned(),
        began_at: it.clock.now(),
        address: HOME.parse().unwrap(),
        user_agent: Some(AGENT.to_owned()),
    };
    let attempt = |address| {
        let session = Some(session.clone());
        Attempt { session, ..it.attempt(SignInKind::SessionReuse, address) }
    };
    let mut known = Vec::new();
    for address in [TOR, HOME] {
        it.clock.advance(Duration::from_secs(60));
        let judged = it.protection.judge(&attempt(address)).await.unwrap();
        let context = it.record(&judged.sign_in_id).await.evidence.risk_context;
        known.push(serde_json::from_value::<RiskContext>(context).unwrap().session.unwrap());
    }
    for session in &known {
        let began = &session.began;
        assert_eq!((began.country.as_deref(), began.browser.as_deref()), (Some("NO"), Some("Firefox 140")));
        assert!(!began.is_egress);
    }
    let countries: Vec<_> = known[1].recent.iter().filter_map(|used| used.country.as_deref()).collect();
    assert_eq!((known[0].recent.len(), countries), (0, vec!["DE"]));
    assert!(known[1].recent[0].is_egress);
}
