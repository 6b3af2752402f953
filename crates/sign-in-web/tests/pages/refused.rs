//! What somebody is told whom the policies keep out.

use crate::browser::{Browser, SESSION};
use crate::world::{POLICY_NAME, TOR, World};

#[tokio::test]
async fn a_blocked_person_sees_the_id_of_the_sign_in_and_never_a_policy() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let request = world.request("openid").await;
    world.policy("block", &[]).await;
    let mut browser = Browser::new(&world);
    let answer = browser.sign_in(&world.sign_in_path(&request), "ada").await;
    let (status, code, id) = answer.refusal();
    assert_eq!((status, code), (403, "53003"));
    let sign_ins = world.sign_ins(&ada).await;
    assert_eq!(sign_ins.iter().map(|s| s.sign_in.id.as_str()).collect::<Vec<_>>(), [id.as_str()]);
    assert_eq!(world.logged_code(&id).await, Some(53_003));
    assert!(answer.text.contains(&request.correlation_id) && answer.text.contains("Expenses"));
    assert!(!answer.text.contains(POLICY_NAME) && !answer.text.contains("5f1c9c1e"), "{answer:?}");
    assert!(!browser.cookies.contains_key(SESSION), "a blocked browser is not signed in");
}

#[tokio::test]
async fn somebody_without_a_second_factor_is_not_let_register_one_during_a_risky_sign_in() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.policy("mfa", &["medium", "high"]).await;
    let mut browser = Browser::new(&world);
    browser.address = TOR;
    let answer = browser.sign_in("/signin", "ada").await;
    let (status, code, id) = answer.refusal();
    assert_eq!((status, code), (403, "53004"));
    assert_eq!(world.logged_code(&id).await, Some(53_004));
    assert!(answer.text.contains(TOR) && !answer.text.contains(POLICY_NAME), "{answer:?}");
    assert!(!browser.cookies.contains_key(SESSION));
    // The same person at home has no risk and gets in.
    let mut home = Browser::new(&world);
    assert_eq!(home.sign_in("/signin", "ada").await.location(), "/security-info");
    assert_eq!(world.apps(&ada).await, 0);
}

#[tokio::test]
async fn an_address_that_is_forwarded_by_a_trusted_proxy_is_the_one_that_is_judged() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &["medium", "high"]).await;
    let mut browser = Browser::new(&world);
    browser.address = TOR;
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    assert!(page.text.contains("Something about this sign-in is unusual"));
    let code = world.code(&secret);
    let answer = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/security-info");
}
