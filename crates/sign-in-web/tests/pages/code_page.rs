//! Sign-ins that wait for a code or a new password.

use riskgate_directory::Actor;

use crate::browser::{Browser, SESSION};
use crate::world::{MINUTE, PASSWORD, World};

const EXPIRED: (u16, &str) = (400, "This page has expired");

#[tokio::test]
async fn five_wrong_codes_end_the_sign_in() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    let wrong = world.wrong_code(&secret);
    for number in 1..5 {
        let again = browser.submit("/signin/code", &page, &[("code", &wrong)]).await;
        assert_eq!(again.heading(), (200, "Enter your code"), "{number}");
        assert!(again.problem().unwrap().starts_with("That code is not right"));
        assert_eq!(again.field("flow"), page.field("flow"));
    }
    let over = browser.submit("/signin/code", &page, &[("code", &wrong)]).await;
    let (status, code, id) = over.refusal();
    assert_eq!((status, code), (403, "500121"));
    assert_eq!(world.logged_code(&id).await, Some(500_121));
    let right = world.code(&secret);
    let late = browser.submit("/signin/code", &page, &[("code", &right)]).await;
    assert_eq!(late.heading(), EXPIRED);
    assert!(!browser.cookies.contains_key(SESSION));
}

#[tokio::test]
async fn the_token_of_a_waiting_sign_in_is_good_once_and_ten_minutes() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    let code = world.code(&secret);
    let answer = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/security-info");
    world.clock.advance(MINUTE);
    let code = world.code(&secret);
    assert_eq!(browser.submit("/signin/code", &page, &[("code", &code)]).await.heading(), EXPIRED);

    let mut late = Browser::new(&world);
    let page = late.sign_in("/signin", "ada").await;
    world.clock.advance(10 * MINUTE);
    let code = world.code(&secret);
    assert_eq!(late.submit("/signin/code", &page, &[("code", &code)]).await.heading(), EXPIRED);
}

#[tokio::test]
async fn a_password_cannot_be_chosen_before_the_code_was_passed() {
    let world = World::new().await;
    let ada = world.person_with_temporary_password("ada").await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let before = world.password_hash(&ada).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let chosen = [("newPassword", "Fabrikam-4711"), ("confirmPassword", "Fabrikam-4711")];
    let (flow, token) = (page.field("flow").unwrap(), browser.token("new-password"));
    let mut form = vec![("flow", flow.as_str()), ("anti_forgery", token.as_str())];
    form.extend(chosen);
    assert_eq!(browser.post("/signin/new-password", &form).await.heading(), EXPIRED);
    assert_eq!(world.password_hash(&ada).await, before);

    let code = world.code(&secret);
    let page = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(page.heading(), (200, "Choose a new password"));
    assert!(!browser.cookies.contains_key(SESSION), "not signed in before the password is changed");
    for (first, second) in [(PASSWORD, PASSWORD), ("Fabrikam-4711", "Fabrikam-4712"), ("short", "short")] {
        let typed = [("newPassword", first), ("confirmPassword", second)];
        let again = browser.submit("/signin/new-password", &page, &typed).await;
        assert_eq!(again.heading(), (200, "Choose a new password"), "{first} {second}");
        assert!(again.problem().is_some());
    }
    assert_eq!(world.password_hash(&ada).await, before);
    let answer = browser.submit("/signin/new-password", &page, &chosen).await;
    assert_eq!(answer.location(), "/security-info");
    assert_ne!(world.password_hash(&ada).await, before);
}

#[tokio::test]
async fn a_sign_in_that_waits_for_a_code_can_neither_register_an_app_nor_consent() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    let flow = page.field("flow").unwrap();
    for (path, form) in [("/signin/register", "register"), ("/signin/consent", "consent")] {
        let token = browser.token(form);
        let form = [
            ("flow", flow.as_str()),
            ("anti_forgery", token.as_str()),
            ("pending", "x"),
            ("code", "123456"),
            ("decision", "accept"),
        ];
        assert_eq!(browser.post(path, &form).await.heading(), EXPIRED, "{path}");
    }
    assert_eq!(world.apps(&ada).await, 1);
}

#[tokio::test]
async fn an_account_that_was_disabled_meanwhile_does_not_go_on() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    world.disable(&ada).await;
    let code = world.code(&secret);
    assert_eq!(browser.submit("/signin/code", &page, &[("code", &code)]).await.heading(), EXPIRED);
}

#[tokio::test]
async fn a_sign_in_that_waits_while_all_are_revoked_does_not_go_on() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    world.clock.advance(MINUTE);
    world.directory.revoke_sign_in_sessions(&Actor::command_line(), &ada.id).await.unwrap();
    let code = world.code(&secret);
    assert_eq!(browser.submit("/signin/code", &page, &[("code", &code)]).await.heading(), EXPIRED);
    let page = browser.sign_in("/signin", "ada").await;
    let answer = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/security-info", "who begins anew does");
}
