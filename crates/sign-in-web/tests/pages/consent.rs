//! Permissions an application asks for.

use crate::browser::{Browser, SESSION};
use crate::world::{REDIRECT, World};

const ASKED: (u16, &str) = (200, "Permissions requested");

#[tokio::test]
async fn rfc6749_4_1_2_1_who_declines_goes_back_with_access_denied_and_is_asked_again() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid User.Read").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in(&world.sign_in_path(&request), "ada").await;
    assert_eq!(page.heading(), ASKED);
    assert!(page.text.contains("User.Read") && page.text.contains("Expenses"));
    assert!(page.header("content-security-policy").ends_with("form-action 'self' https://app.contoso.com"));
    let answer = browser.submit("/signin/consent", &page, &[("decision", "decline")]).await;
    assert!(answer.location().starts_with(&format!("{REDIRECT}?error=access_denied&")), "{answer:?}");
    assert_eq!(answer.parameter("state").as_deref(), Some("st/1 &2"));
    assert!(answer.parameter("error_description").unwrap().starts_with("AADSTS65004"));
    assert_eq!(answer.parameter("code"), None);
    assert_eq!(browser.get(&world.sign_in_path(&request)).await.heading(), ASKED);
}

#[tokio::test]
async fn oidc_core_3_1_2_4_who_accepts_goes_back_with_a_code_and_is_not_asked_again() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid User.Read").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in(&world.sign_in_path(&request), "ada").await;
    let answer = browser.submit("/signin/consent", &page, &[("decision", "accept")]).await;
    assert!(answer.location().starts_with(&format!("{REDIRECT}?code=")), "{answer:?}");
    assert_eq!(answer.parameter("state").as_deref(), Some("st/1 &2"));
    assert!(answer.parameter("session_state").is_some());
    let twice = browser.submit("/signin/consent", &page, &[("decision", "accept")]).await;
    assert_eq!(twice.heading(), (400, "This page has expired"));
    let again = browser.get(&world.sign_in_path(&request)).await;
    assert!(again.parameter("code").is_some_and(|code| Some(code) != answer.parameter("code")));
}

#[tokio::test]
async fn consent_counts_only_in_the_browser_that_signed_in() {
    let world = World::new().await;
    world.person("ada").await;
    world.person("bob").await;
    let request = world.request("openid User.Read").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in(&world.sign_in_path(&request), "ada").await;
    let flow = page.field("flow").unwrap();
    let mut bob = Browser::signed_in(&world, "bob").await;
    let token = bob.token("consent");
    let form = [("flow", flow.as_str()), ("anti_forgery", token.as_str()), ("decision", "accept")];
    let expired = (400, "This page has expired");
    assert_eq!(bob.post("/signin/consent", &form).await.heading(), expired);
    bob.cookies.remove(SESSION);
    assert_eq!(bob.post("/signin/consent", &form).await.heading(), expired);
    // Nobody used it up.
    let answer = browser.submit("/signin/consent", &page, &[("decision", "accept")]).await;
    assert!(answer.parameter("code").is_some());
}

#[tokio::test]
async fn what_only_an_administrator_can_grant_is_not_asked_of_others() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid User.Read.All").await;
    let path = world.sign_in_path(&request);
    let mut ada = Browser::new(&world);
    let answer = ada.sign_in(&path, "ada").await;
    let (status, code, _) = answer.refusal();
    assert_eq!((status, code), (403, "90094"));
    let mut admin = Browser::new(&world);
    let page = admin.sign_in(&path, "admin").await;
    assert_eq!(page.heading(), ASKED);
    let answer = admin.submit("/signin/consent", &page, &[("decision", "accept")]).await;
    assert!(answer.parameter("code").is_some());
    // He granted it for everybody.
    assert!(ada.get(&path).await.parameter("code").is_some());
}

#[tokio::test]
async fn consent_is_listed_on_the_account_and_taken_back_there() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid User.Read").await;
    let path = world.sign_in_path(&request);
    let mut browser = Browser::new(&world);
    let page = browser.sign_in(&path, "ada").await;
    browser.submit("/signin/consent", &page, &[("decision", "accept")]).await;
    assert!(browser.get(&path).await.parameter("code").is_some());
    let account = browser.get("/account").await;
    assert!(account.text.contains("Expenses") && account.text.contains("User.Read"), "{account:?}");
    let client = account.field("client").unwrap();
    let answer = browser.submit("/account/consent", &account, &[("client", &client)]).await;
    assert_eq!(answer.location(), "/account?done=consent");
    assert_eq!(browser.get(&path).await.heading(), ASKED, "it has to ask again");
    assert!(!browser.get("/account").await.text.contains("What you allow applications"));
}

#[tokio::test]
async fn attack_nobody_takes_back_the_consent_of_another() {
    let world = World::new().await;
    world.person("ada").await;
    world.person("eve").await;
    let request = world.request("openid User.Read").await;
    let path = world.sign_in_path(&request);
    let mut ada = Browser::new(&world);
    let page = ada.sign_in(&path, "ada").await;
    ada.submit("/signin/consent", &page, &[("decision", "accept")]).await;
    let client = ada.get("/account").await.field("client").unwrap();
    let mut eve = Browser::signed_in(&world, "eve").await;
    eve.get("/account").await;
    let token = eve.token("account");
    eve.post("/account/consent", &[("anti_forgery", &token), ("client", &client)]).await;
    let forged = ada.post("/account/consent", &[("anti_forgery", &token), ("client", &client)]).await;
    assert_eq!(forged.heading(), (400, "Please try again"));
    assert!(ada.get(&path).await.parameter("code").is_some(), "it is still there");
}
