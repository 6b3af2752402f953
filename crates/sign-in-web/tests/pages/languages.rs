//! Pages in the language of who reads them.

use axum::Router;
use axum::body::Body;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use http::{Request, StatusCode};
use riskgate_http::RefusedRequest;
use riskgate_sign_in_web::{Texts, with_refusal_pages};
use tower::ServiceExt;

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

/// What another surface answers with when it refuses a request.
async fn refusing() -> Response {
    let mut response =
        (StatusCode::TOO_MANY_REQUESTS, [("retry-after", "7")], "for programs").into_response();
    response.extensions_mut().insert(RefusedRequest {
        code: 50_011,
        message: "The redirect URI '<script>alert(1)</script>' is not registered.".to_owned(),
        request_id: "request-1".to_owned(),
        correlation_id: "correlation-1".to_owned(),
        at: "2026-11-23T10:00:00Z".parse().unwrap(),
    });
    response
}

#[tokio::test]
async fn a_request_of_an_application_that_was_refused_becomes_a_page_in_the_readers_language() {
    let routes = Router::new().route("/refused", get(refusing)).route("/other", get(async || "as it is"));
    let routes = with_refusal_pages(routes, "Contoso", Texts::built_in());
    let ask = async |path: &str, languages: &str| {
        let request = Request::get(path).header("accept-language", languages).body(Body::empty()).unwrap();
        let response = routes.clone().oneshot(request).await.unwrap();
        let (status, headers) = (response.status(), response.headers().clone());
        let bytes = axum::body::to_bytes(response.into_body(), 1 << 16).await.unwrap();
        (status, headers, String::from_utf8(bytes.to_vec()).unwrap())
    };
    for (path, languages, title) in [
        ("/refused", "en", "Sign-in is not possible"),
        ("/refused", "de-AT, en;q=0.5", "Die Anmeldung ist nicht möglich"),
        ("/refused?ui_locales=de", "en", "Die Anmeldung ist nicht möglich"),
    ] {
        let (status, headers, text) = ask(path, languages).await;
        assert_eq!((status, &headers["retry-after"]), (StatusCode::TOO_MANY_REQUESTS, &"7".parse().unwrap()));
        assert!(headers["content-type"].to_str().unwrap().starts_with("text/html"), "{headers:?}");
        assert!(headers.contains_key("content-security-policy"));
        assert!(text.contains(&format!("<h1 id=\"refused\">{title}</h1>")), "{text}");
        assert!(text.contains("AADSTS50011") && text.contains("request-1") && text.contains("correlation-1"));
        assert!(text.contains("Contoso") && text.contains("datetime=\"2026-11-23T10:00:00Z\""), "{text}");
        assert!(!text.contains("<script>") && text.contains("alert(1)"), "{text}");
    }
    let (status, _, text) = ask("/other", "de").await;
    assert_eq!((status, &*text), (StatusCode::OK, "as it is"));
}
