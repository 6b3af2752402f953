//! Pages in the language of who reads them.

use crate::browser::{Browser, Page};
use crate::world::World;

const GERMAN: (&str, &str) = ("<html lang=\"de\">", "<label for=\"password\">Kennwort</label>");
const ENGLISH: (&str, &str) = ("<html lang=\"en\">", "<label for=\"password\">Password</label>");

fn is_in(page: &Page, (tag, text): (&str, &str)) -> bool {
    page.text.contains(tag) && page.text.contains(text)
}

#[tokio::test]
async fn a_page_is_in_the_language_the_browser_prefers() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    for (languages, expected) in
        [("de-CH, en;q=0.8", GERMAN), ("fr, en;q=0.8, de;q=0.5", ENGLISH), ("ja", ENGLISH), ("", ENGLISH)]
    {
        browser.languages = languages;
        let page = browser.get("/signin").await;
        assert!(is_in(&page, expected), "{languages}: {page:?}");
    }
}

#[tokio::test]
async fn what_is_wrong_and_what_was_decided_are_translated_too() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    browser.languages = "de";
    let page = browser.sign_in_with("/signin", "ada", "wrong-Password-1").await;
    let problem = "Benutzername oder Kennwort ist falsch. Prüfen Sie beides und versuchen Sie es erneut.";
    assert_eq!(page.problem(), Some(problem));
    let page = browser.get("/signin?ctx=forged").await;
    assert_eq!(page.heading(), (400, "Diese Seite ist abgelaufen"));
}

#[tokio::test]
async fn what_the_application_asks_for_goes_before_what_the_browser_prefers_and_lasts() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin?ui_locales=fr+de").await;
    assert!(is_in(&page, GERMAN), "{page:?}");
    let page = browser.get("/signin").await;
    assert!(is_in(&page, GERMAN), "the next page has it from the cookie: {page:?}");
    let page = browser.get("/signin?ui_locales=en").await;
    assert!(is_in(&page, ENGLISH), "{page:?}");
}

#[tokio::test]
async fn a_name_with_markup_is_shown_as_it_is_in_every_language() {
    let world = World::new().await;
    let mut request = world.request("openid").await;
    request.scopes = vec!["openid".to_owned()];
    let path = world.sign_in_path(&request);
    let mut browser = Browser::new(&world);
    browser.languages = "de";
    let page = browser.get(&path).await;
    assert!(page.text.contains("weiter zu <strong id=\"application\">"), "{page:?}");
}
