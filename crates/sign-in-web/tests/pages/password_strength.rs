//! What people are told of a new password while they type it, and why it is refused.

use crate::browser::{Browser, Page};
use crate::world::World;

const PAGE: &str = "/signin/new-password";

/// The answer to somebody whose page asks for a new password.
async fn asked(world: &World, languages: &'static str, password: &str) -> Page {
    let mut browser = Browser::new(world);
    browser.languages = languages;
    browser.get("/signin").await;
    let token = browser.token("password-strength");
    let form = [("anti_forgery", token.as_str()), ("username", "ada@contoso.com"), ("password", password)];
    browser.post("/signin/password-strength", &form).await
}

#[tokio::test]
async fn the_strength_grows_with_what_is_hard_to_guess_and_names_what_would_be_refused() {
    let world = World::new().await;
    for (password, score, text) in [
        ("Password1!", 1, "made of words that are tried first"),
        ("short", 0, "too short"),
        ("Contoso!12", 1, "made of words that are tried first"),
        ("Correct horse battery 9 staple", 4, "Very hard to guess."),
        ("", 0, "too short"),
    ] {
        let answer = asked(&world, "en", password).await;
        assert_eq!(answer.status, 200, "{password}");
        assert!(answer.text.contains(text), "{password}: {}", answer.text);
        assert!(answer.text.starts_with(&format!("{{\"score\":{score},")), "{password}: {}", answer.text);
        assert_eq!(answer.header("cache-control"), "no-store");
    }
    let german = asked(&world, "de", "Correct horse battery 9 staple").await;
    assert!(german.text.contains("Sehr schwer zu erraten."), "{}", german.text);
}

#[tokio::test]
async fn only_a_page_of_ours_is_answered_and_long_text_costs_little() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    browser.get("/signin").await;
    let forged = [("anti_forgery", "x"), ("username", ""), ("password", "Correct horse")];
    let answer = browser.post("/signin/password-strength", &forged).await;
    assert_eq!((answer.status.as_u16(), answer.text.as_str()), (403, ""));
    let answer = asked(&world, "en", &"Ab1 ".repeat(10_000)).await;
    assert!(answer.text.contains("too short, too simple"), "{}", answer.text);
    assert_eq!(asked(&world, "en", &"Ab1 ".repeat(30_000)).await.status, 413);
}

#[tokio::test]
async fn without_script_the_page_says_why_a_password_is_refused() {
    let world = World::new().await;
    world.person_with_temporary_password("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert!(page.text.contains("id=\"strength\" data-token=") && page.text.contains(" hidden>"));
    for (password, why) in [
        ("Contoso!12", "made of words that are tried first"),
        ("P@ssw0rd12", "made of words that are tried first"),
        ("alllowercase", "too simple"),
    ] {
        let typed = [("newPassword", password), ("confirmPassword", password)];
        let again = browser.submit(PAGE, &page, &typed).await;
        assert!(again.problem().unwrap().contains(why), "{password}");
    }
}
