//! Requests that allow no page, and requests that insist on one.

use std::time::Duration;

use riskgate_core::Clock;
use serde_json::json;

use crate::browser::Browser;
use crate::world::{HOME, REDIRECT, TOR, World};

#[tokio::test]
async fn oidc_core_3_1_2_6_without_a_session_a_silent_request_gets_login_required() {
    let world = World::new().await;
    let mut request = world.request("openid").await;
    request.prompt = vec!["none".to_owned()];
    let mut browser = Browser::new(&world);
    let answer = browser.get(&world.sign_in_path(&request)).await;
    assert!(answer.location().starts_with(&format!("{REDIRECT}?error=login_required&")), "{answer:?}");
    assert_eq!(answer.parameter("state").as_deref(), Some("st/1 &2"));
}

#[tokio::test]
async fn oidc_core_3_1_2_6_a_silent_request_is_told_that_somebody_must_do_something_first() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut request = world.request("openid").await;
    request.prompt = vec!["none".to_owned()];
    let path = world.sign_in_path(&request);
    let mut browser = Browser::signed_in(&world, "ada").await;
    assert!(browser.get(&path).await.parameter("code").is_some(), "nothing is missing yet");
    world.policy("mfa", &[]).await;
    let expect = async |browser: &mut Browser<'_>, error: &str, code: &str| {
        let answer = browser.get(&path).await;
        assert_eq!(answer.parameter("error").as_deref(), Some(error), "{answer:?}");
        assert!(answer.parameter("error_description").unwrap().starts_with(code), "{answer:?}");
        assert_eq!(answer.parameter("state").as_deref(), Some("st/1 &2"));
    };
    expect(&mut browser, "interaction_required", "AADSTS50072").await;
    world.register(&ada).await;
    expect(&mut browser, "interaction_required", "AADSTS50076").await;
}

#[tokio::test]
async fn a_silent_request_from_a_risky_place_is_judged_anew() {
    let world = World::new().await;
    world.person("ada").await;
    world.policy("block", &["medium", "high"]).await;
    let mut request = world.request("openid").await;
    request.prompt = vec!["none".to_owned()];
    let path = world.sign_in_path(&request);
    let mut browser = Browser::signed_in(&world, "ada").await;
    browser.address = TOR;
    let answer = browser.get(&path).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("interaction_required"), "{answer:?}");
    assert!(answer.parameter("error_description").unwrap().starts_with("AADSTS53003"), "{answer:?}");
    browser.address = HOME;
    assert!(browser.get(&path).await.parameter("code").is_some());
}

#[tokio::test]
async fn oidc_core_3_1_2_6_a_silent_request_without_consent_gets_consent_required() {
    let world = World::new().await;
    world.person("ada").await;
    let mut request = world.request("openid User.Read").await;
    request.prompt = vec!["none".to_owned()];
    let mut browser = Browser::signed_in(&world, "ada").await;
    let answer = browser.get(&world.sign_in_path(&request)).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("consent_required"), "{answer:?}");
}

#[tokio::test]
async fn oidc_core_3_1_2_1_a_session_older_than_max_age_must_type_the_password_again() {
    let world = World::new().await;
    world.person("ada").await;
    let mut request = world.request("openid").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    world.clock.advance(Duration::from_secs(600));
    request.max_age = Some(600);
    assert!(browser.get(&world.sign_in_path(&request)).await.parameter("code").is_some());
    for age in [599, 0] {
        request.max_age = Some(age);
        assert_eq!(browser.get(&world.sign_in_path(&request)).await.heading(), (200, "Sign in"), "{age}");
    }
    let answer = browser.sign_in(&world.sign_in_path(&request), "ada").await;
    assert!(answer.parameter("code").is_some());
}

#[tokio::test]
async fn oidc_core_3_1_2_1_a_request_for_somebody_else_or_for_a_login_does_not_use_the_session() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let with = |prompt: &[&str], hint: Option<&str>| {
        let mut request = request.clone();
        request.prompt = prompt.iter().map(|&name| name.to_owned()).collect();
        request.login_hint = hint.map(str::to_owned);
        world.sign_in_path(&request)
    };
    for path in [with(&["login"], None), with(&["select_account"], None), with(&[], Some("eve@contoso.com"))]
    {
        assert_eq!(browser.get(&path).await.heading(), (200, "Sign in"));
    }
    assert!(browser.get(&with(&[], Some("ADA@contoso.com"))).await.parameter("code").is_some());
}

#[tokio::test]
async fn rfc9470_4_a_claims_challenge_newer_than_the_session_asks_for_the_password_again() {
    let world = World::new().await;
    world.person("ada").await;
    let mut request = world.request("openid").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let proven = world.clock.now();
    world.clock.advance(Duration::from_secs(600));
    request.claims.authenticated_since = Some(proven);
    assert!(browser.get(&world.sign_in_path(&request)).await.parameter("code").is_some());
    request.claims.authenticated_since = Some(proven + Duration::from_secs(1));
    assert_eq!(browser.get(&world.sign_in_path(&request)).await.heading(), (200, "Sign in"));
    let answer = browser.sign_in(&world.sign_in_path(&request), "ada").await;
    assert!(answer.parameter("code").is_some());
}

#[tokio::test]
async fn oidc_core_5_5_1_1_claims_that_the_sign_in_does_not_have_are_told_to_the_application() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let mut strong = world.request("openid").await;
    strong.claims.acr_values = ["urn:riskgate:aal2".to_owned()].into();
    let answer = browser.get(&world.sign_in_path(&strong)).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("unmet_authentication_requirements"), "{answer:?}");
    let mut other = world.request("openid").await;
    other.claims.subject = Some("somebody-else".to_owned());
    let answer = browser.get(&world.sign_in_path(&other)).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("login_required"), "{answer:?}");
    other.claims.subject = Some(ada.id);
    assert!(browser.get(&world.sign_in_path(&other)).await.parameter("code").is_some());
}

#[tokio::test]
async fn an_authentication_context_asks_for_what_its_policies_ask_for() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    let c1 = json!({ "applications": { "includeAuthenticationContextClassReferences": ["c1"] } });
    world.policy_with(c1, "mfa").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let mut request = world.request("openid").await;
    assert!(browser.get(&world.sign_in_path(&request)).await.parameter("code").is_some());
    request.claims.access_token_contexts = ["c1".to_owned()].into();
    let mut silent = request.clone();
    silent.prompt = vec!["none".to_owned()];
    let answer = browser.get(&world.sign_in_path(&silent)).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("interaction_required"), "{answer:?}");
    let page = browser.get(&world.sign_in_path(&request)).await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let answer = browser.submit("/signin/code", &page, &[("code", &world.code(&secret))]).await;
    let code = answer.parameter("code").unwrap();
    let redeemed = riskgate_tokens::CodeRedemption {
        code: &code,
        client_id: &request.client_id,
        redirect_uri: &request.redirect_uri,
        code_verifier: None,
    };
    let grant = world.tokens.redeem_code(redeemed).await.unwrap().grant;
    assert_eq!(grant.claims, request.claims, "they were satisfied and stay with the grant");
    assert!(browser.get(&world.sign_in_path(&silent)).await.parameter("code").is_some());
}

#[tokio::test]
async fn rfc9470_4_two_factors_an_application_asks_for_are_asked_of_the_person() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let mut request = world.request("openid").await;
    assert!(browser.get(&world.sign_in_path(&request)).await.parameter("code").is_some(), "one is enough");
    request.claims.acr_values = ["urn:riskgate:aal2".to_owned()].into();
    let page = browser.get(&world.sign_in_path(&request)).await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let answer = browser.submit("/signin/code", &page, &[("code", &world.code(&secret))]).await;
    assert!(answer.parameter("code").is_some(), "{answer:?}");
    let again = browser.get(&world.sign_in_path(&request)).await;
    assert!(again.parameter("code").is_some(), "the session has proven it");
}

#[tokio::test]
async fn rfc9470_4_a_silent_request_for_two_factors_is_told_that_there_is_one() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.register(&ada).await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let mut request = world.request("openid").await;
    request.claims.acr_values = ["urn:riskgate:aal2".to_owned()].into();
    request.prompt = vec!["none".to_owned()];
    let answer = browser.get(&world.sign_in_path(&request)).await;
    assert_eq!(answer.parameter("error").as_deref(), Some("unmet_authentication_requirements"), "{answer:?}");
}

#[tokio::test]
async fn rfc9207_2_answers_good_or_bad_name_the_server() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let mut request = world.request("openid").await;
    let good = browser.get(&world.sign_in_path(&request)).await;
    assert!(good.parameter("code").is_some());
    assert_eq!(good.parameter("iss").as_deref(), Some(world.tokens.issuer()));
    request.prompt = vec!["none".to_owned()];
    let bad = Browser::new(&world).get(&world.sign_in_path(&request)).await;
    assert_eq!(bad.parameter("error").as_deref(), Some("login_required"));
    assert_eq!(bad.parameter("iss").as_deref(), Some(world.tokens.issuer()));
}
