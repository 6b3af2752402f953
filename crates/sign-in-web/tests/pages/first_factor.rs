//! Name and password.

use std::time::Duration;

use crate::browser::{Browser, Page, SESSION, between};
use crate::world::{PASSWORD, World};

const WRONG: &str = "User name or password is wrong. Check both and try again.";

/// A page without what differs from browser to browser and what was typed.
fn normalized(page: &Page, typed: &str) -> String {
    let token = page.field("anti_forgery").unwrap();
    let ctx = page.field("ctx").unwrap();
    let pending = page.field("pending").unwrap();
    let text = page.text.replace(&pending, "PENDING");
    let text = text.replace(between(&text, "challenge&#34;:&#34;", "&#34;").unwrap(), "CHALLENGE");
    text.replace(&token, "TOKEN").replace(&ctx, "CTX").replace(typed, "NAME")
}

async fn try_once(world: &World, name: &str, password: &str) -> Page {
    let mut browser = Browser::new(world);
    let page = browser.get("/signin").await;
    browser.first_factor(&page, name, password).await
}

#[tokio::test]
async fn attack_an_unknown_name_and_a_wrong_password_are_answered_alike() {
    let world = World::new().await;
    world.person("ada").await;
    let known = try_once(&world, "ada@contoso.com", "wrong").await;
    let unknown = try_once(&world, "eve@contoso.com", "wrong").await;
    assert_eq!(known.problem(), Some(WRONG));
    assert_eq!(known.status, unknown.status);
    assert_eq!(normalized(&known, "ada@contoso.com"), normalized(&unknown, "eve@contoso.com"));
    let names = |page: &Page| page.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&known), names(&unknown));
}

#[tokio::test]
async fn a_name_is_locked_after_ten_wrong_passwords_whether_it_exists_or_not() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    for name in ["ada@contoso.com", "eve@contoso.com"] {
        for number in 0..10 {
            let answer = try_once(&world, name, &format!("wrong{number}")).await;
            assert_eq!(answer.problem(), Some(WRONG), "{name} {number}");
        }
        let answer = try_once(&world, name, PASSWORD).await;
        assert!(answer.problem().unwrap().starts_with("Sign-in is locked for a while"), "{answer:?}");
        assert_eq!(answer.status.as_u16(), 200);
    }
    assert_eq!(world.sign_ins(&ada).await.len(), 10, "tries while it is locked do not fill the log");
    world.clock.advance(Duration::from_secs(61));
    assert_eq!(try_once(&world, "ada@contoso.com", PASSWORD).await.location(), "/security-info");
}

#[tokio::test]
async fn only_who_knows_the_password_learns_that_an_account_is_disabled() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.disable(&ada).await;
    let guess = try_once(&world, "ada@contoso.com", "wrong").await;
    assert_eq!(guess.problem(), Some(WRONG));
    let answer = try_once(&world, "ada@contoso.com", PASSWORD).await;
    let (status, code, id) = answer.refusal();
    assert_eq!((status, code), (403, "50057"));
    assert_eq!(world.logged_code(&id).await, Some(50_057));
    assert!(!answer.cookies().iter().any(|cookie| cookie.starts_with(SESSION)));
}

#[tokio::test]
async fn what_was_typed_comes_back_escaped() {
    let world = World::new().await;
    let answer = try_once(&world, "\"><script>alert(1)</script>", "wrong").await;
    assert_eq!(answer.problem(), Some(WRONG));
    assert!(!answer.text.contains("<script>"), "{answer:?}");
}
