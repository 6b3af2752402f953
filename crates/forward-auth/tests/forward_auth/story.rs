//! From an address nobody is signed in at, through the pages, to the application.

use crate::browser::{Browser, SESSION, START, Via, parameter};
use crate::world::{BASE_URL, WIKI, World};

const PAGE: &str = "https://wiki.contoso.com/a/b?c=d%2Fe&f=";

#[tokio::test]
async fn behind_every_proxy_a_person_signs_in_and_lands_where_he_wanted() {
    for via in [Via::Nginx, Via::Traefik, Via::Caddy, Via::Envoy] {
        let world = World::new().await;
        let ada = world.person("ada").await;
        let app_id = world.application("Wiki", &[WIKI]).await;
        let mut browser = Browser::new(&world, via, &app_id);
        let answer = browser.sign_in(PAGE, "ada").await;
        assert_eq!((answer.status.as_u16(), answer.url.as_str()), (200, PAGE), "{via:?} {answer:?}");
        assert_eq!(answer.header("remote-user"), "ada@contoso.com");
        assert_eq!(answer.header("x-riskgate-object-id"), ada.id);
        assert_eq!(browser.cookie(WIKI, SESSION).unwrap().len(), 43);
        assert_eq!(browser.get("https://wiki.contoso.com/").await.status, 200, "{via:?}");
        assert_eq!(world.sign_ins(&ada).await, [(0, app_id.clone())], "one sign-in, to the application");
    }
}

#[tokio::test]
async fn each_step_is_what_it_should_be() {
    let world = World::new().await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::new(&world, Via::Traefik, &app_id);
    let answer = browser.get(PAGE).await;
    let start = answer.location();
    assert!(start.starts_with("https://wiki.contoso.com/.riskgate/start?"), "{start}");
    assert_eq!(
        (parameter(&start, "app"), parameter(&start, "to")),
        (app_id.clone(), "/a/b?c=d%2Fe&f=".to_owned())
    );
    assert!(browser.cookies.is_empty(), "the application's own answers set no cookie");
    let answer = browser.get(&start).await;
    let authorize = answer.location();
    assert!(
        authorize.starts_with(&format!("{BASE_URL}/{}/oauth2/v2.0/authorize?", world.tenant)),
        "{authorize}"
    );
    for (name, value) in [
        ("client_id", app_id.as_str()),
        ("response_type", "code"),
        ("redirect_uri", "https://wiki.contoso.com/.riskgate/callback"),
        ("scope", "openid profile"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(parameter(&authorize, name), value);
    }
    let secrets = ["state", "nonce", "code_challenge"].map(|name| parameter(&authorize, name));
    let id = browser.cookie(WIKI, START).unwrap();
    assert_eq!(id.len(), 43);
    let again = browser.get(&start).await;
    assert_eq!(browser.cookie(WIKI, START), Some(id), "a second window keeps the browser's cookie");
    for (name, old) in ["state", "nonce", "code_challenge"].into_iter().zip(&secrets) {
        assert_ne!(&again.parameter(name), old, "{name} is new each time");
    }
}

#[tokio::test]
async fn two_windows_sign_in_side_by_side() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    let (first, second) = ("https://wiki.contoso.com/1", "https://wiki.contoso.com/2");
    let mut waiting = browser.get(first).await;
    for _ in 0..2 {
        waiting = browser.get(&waiting.location()).await;
    }
    assert_eq!(browser.sign_in(second, "ada").await.url, second);
    let answer = browser.follow(waiting).await;
    assert_eq!((answer.status.as_u16(), answer.url.as_str()), (200, first));
}

#[tokio::test]
async fn a_second_application_asks_for_nothing_again() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let (wiki, chat) = (
        world.application("Wiki", &[WIKI]).await,
        world.application("Chat", &["https://chat.contoso.com:8444"]).await,
    );
    let mut browser = Browser::signed_in(&world, &wiki, "https://wiki.contoso.com/", "ada").await;
    browser.app_id.clone_from(&chat);
    let answer = browser.walk("https://chat.contoso.com:8444/x").await;
    assert_eq!((answer.status.as_u16(), answer.url.as_str()), (200, "https://chat.contoso.com:8444/x"));
    assert_eq!(answer.header("x-riskgate-object-id"), ada.id);
    let mut seen = world.sign_ins(&ada).await;
    seen.sort();
    let mut expected = vec![(0, wiki), (0, chat)];
    expected.sort();
    assert_eq!(seen, expected);
}

#[tokio::test]
async fn a_program_is_told_401_and_not_sent_to_a_page() {
    let world = World::new().await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    for via in [Via::Nginx, Via::Traefik, Via::Caddy, Via::Envoy] {
        let mut browser = Browser::new(&world, via, &app_id);
        let posted = browser.post(PAGE, &[]).await;
        assert_eq!(posted.heading(), (401, "Sign in first"), "{via:?}");
        assert!(
            posted.headers.contains_key("request-id") && !posted.headers.contains_key("x-riskgate-redirect")
        );
        browser.extra = vec![("sec-fetch-mode", "cors".to_owned())];
        assert_eq!(browser.get(PAGE).await.heading(), (401, "Sign in first"), "{via:?}");
        browser.extra = vec![("sec-fetch-mode", "navigate".to_owned())];
        assert!(browser.get(PAGE).await.status.is_redirection(), "{via:?}");
    }
}
