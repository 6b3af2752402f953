//! Passwords that are known from breaches.

use crate::browser::{Browser, SESSION};
use crate::world::{BREACHED, World};

const PAGE: &str = "/signin/new-password";
const NEW: [(&str, &str); 2] = [("newPassword", "Fabrikam-4711"), ("confirmPassword", "Fabrikam-4711")];

#[tokio::test]
async fn who_signs_in_with_one_is_told_so_chooses_another_and_is_in_without_risk() {
    let world = World::new().await;
    let ada = world.person_with_password("ada", BREACHED).await;
    let before = world.password_hash(&ada).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in_with("/signin", "ada", BREACHED).await;
    assert_eq!(page.heading(), (200, "Choose a new password"));
    assert!(page.text.contains("id=\"breached\"") && page.text.contains("known from data breaches"));
    assert!(!browser.cookies.contains_key(SESSION), "not signed in with it");

    let same = browser.submit(PAGE, &page, &[("newPassword", BREACHED), ("confirmPassword", BREACHED)]).await;
    assert_eq!(same.heading(), (200, "Choose a new password"));
    assert_eq!(world.password_hash(&ada).await, before);

    let answer = browser.submit(PAGE, &page, &NEW).await;
    assert_eq!(answer.location(), "/security-info");
    assert_ne!(world.password_hash(&ada).await, before);
    assert_eq!(
        Browser::new(&world).sign_in_with("/signin", "ada", "Fabrikam-4711").await.location(),
        "/security-info"
    );
    for record in world.sign_ins(&ada).await {
        assert_eq!(record.sign_in.risk_level_during_sign_in, Some(riskgate_model::RiskLevel::None));
    }
}

#[tokio::test]
async fn a_new_one_is_refused_with_a_sentence_that_says_why() {
    let world = World::new().await;
    let ada = world.person_with_temporary_password("ada").await;
    let before = world.password_hash(&ada).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert!(page.text.contains("set by an administrator") && !page.text.contains("id=\"breached\""));
    let typed = [("newPassword", BREACHED), ("confirmPassword", BREACHED)];
    let again = browser.submit(PAGE, &page, &typed).await;
    assert_eq!(
        again.problem(),
        Some(
            "That password is known from data breaches elsewhere, so anybody can try it. Choose another one."
        )
    );
    assert_eq!(world.password_hash(&ada).await, before);
    assert_eq!(browser.submit(PAGE, &page, &NEW).await.location(), "/security-info");
}

#[tokio::test]
async fn the_second_factor_comes_first() {
    let world = World::new().await;
    let ada = world.person_with_password("ada", BREACHED).await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in_with("/signin", "ada", BREACHED).await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let code = world.code(&secret);
    let page = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(page.heading(), (200, "Choose a new password"));
    assert!(page.text.contains("id=\"breached\""), "the reason is still known");
}

#[tokio::test]
async fn a_wrong_password_is_not_looked_up() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in_with("/signin", "ada", BREACHED).await;
    assert_eq!(page.problem(), Some("User name or password is wrong. Check both and try again."));
    assert!(!page.text.contains("breach"));
}
