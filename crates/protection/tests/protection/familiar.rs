//! The device cookie: what a browser is given, and what it teaches.

use riskgate_protection::{Attempt, SignInKind};
use riskgate_risk::{Feature, RiskContext};
use serde_json::json;

use crate::support::{HOME, World};

async fn context_of(it: &World, sign_in_id: &str) -> RiskContext {
    serde_json::from_value(it.record(sign_in_id).await.evidence.risk_context).unwrap()
}

pub(crate) async fn a_browser_is_known_from_its_second_sign_in_on(it: World) {
    let given = it.sign_in(HOME).await.device_cookie_id.unwrap();
    assert!(given.len() == 32 && given.bytes().all(|byte| byte.is_ascii_hexdigit()), "{given}");
    let attempt = it.attempt(SignInKind::Interactive, HOME);
    let again = it
        .protection
        .judge(&Attempt { device_cookie_id: Some(given.clone()), ..attempt })
        .await
        .unwrap();
    assert_eq!(again.device_cookie_id, None, "it has one");
    let seen = context_of(&it, &again.sign_in_id).await.history.values[&Feature::DeviceCookie].clone();
    assert_eq!((seen.weight, seen.distinct), (1.0, 1));
    let facts = it.record(&again.sign_in_id).await.evidence.facts;
    assert_eq!(facts.client.device_cookie_id, Some(given));
}

pub(crate) async fn the_cookie_is_the_same_after_a_second_factor(it: World) {
    it.register_authenticator().await;
    it.add_policy("enabled", "mfa", json!({"locations": {"includeLocations": ["All"]}})).await;
    let asked = it.sign_in(HOME).await;
    let passed = it.pass_mfa(&asked.sign_in_id).await;
    assert!(asked.device_cookie_id.is_some());
    assert_eq!(passed.device_cookie_id, asked.device_cookie_id);
}

pub(crate) async fn a_session_or_token_gets_no_cookie(it: World) {
    for kind in [SignInKind::SessionReuse, SignInKind::Refresh] {
        let judged = it.protection.judge(&it.attempt(kind, HOME)).await.unwrap();
        assert_eq!(judged.device_cookie_id, None);
    }
}
