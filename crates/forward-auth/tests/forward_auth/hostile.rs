//! Requests that are not what they say.

use axum::body::Body;
use http::Request;

use crate::browser::{Browser, Page, Via, ask};
use crate::world::{WIKI, World};

const PAGE: &str = "https://wiki.contoso.com/page";
const NGINX: [(&str, &str); 2] = [("x-original-method", "GET"), ("x-original-url", PAGE)];
const SETUP: (u16, &str) = (403, "This application is not set up right");

async fn asked(world: &World, peer: &str, path: &str, headers: &[(&str, &str)]) -> Page {
    let mut request = Request::get(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    ask(world, peer, request.body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn only_a_trusted_proxy_is_answered() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    let cookie = format!("__Host-riskgate-app={}", browser.cookie(WIKI, "__Host-riskgate-app").unwrap());
    let headers = [
        ("cookie", cookie.as_str()),
        ("x-original-method", "GET"),
        ("x-original-url", PAGE),
        ("x-forwarded-for", "203.0.113.9"),
        ("x-forwarded-proto", "https"),
        ("x-forwarded-host", "wiki.contoso.com"),
    ];
    let check = format!("/forward-auth?app={app_id}");
    assert_eq!(asked(&world, "127.0.0.1:1", &check, &headers).await.status, 200);
    for path in [
        check.clone(),
        format!("/forward-auth/envoy/{app_id}/page"),
        format!("/.riskgate/start?app={app_id}&to=/"),
        "/.riskgate/callback?state=x&code=y".to_owned(),
        "/.riskgate/sign-out".to_owned(),
    ] {
        let answer = asked(&world, "203.0.113.1:1", &path, &headers).await;
        assert_eq!(answer.heading(), (403, "This is not the way in"), "{path}");
        assert!(answer.header("remote-user").is_empty() && answer.header("set-cookie").is_empty());
        assert!(answer.text.contains(answer.header("request-id")));
    }
}

#[tokio::test]
async fn an_address_that_is_said_twice_is_not_believed() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    browser.extra = vec![("forwarded", "for=203.0.113.200".to_owned())];
    for url in [PAGE, "https://wiki.contoso.com/.riskgate/sign-out"] {
        assert_eq!(browser.get(url).await.heading(), SETUP, "{url}");
    }
}

#[tokio::test]
async fn a_host_that_is_not_registered_gets_no_answer() {
    let world = World::new().await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let native = world.application("Native", &[]).await;
    for url in [
        "https://evil.example/",
        "https://wiki.contoso.com.evil.example/",
        "https://wiki.contoso.com:8443/",
        "https://sub.wiki.contoso.com/",
    ] {
        for via in [Via::Nginx, Via::Traefik, Via::Envoy] {
            let mut browser = Browser::new(&world, via, &app_id);
            let answer = browser.get(url).await;
            assert_eq!(answer.heading(), SETUP, "{url} {via:?}");
            assert!(answer.header("location").is_empty() && answer.header("x-riskgate-redirect").is_empty());
            let start = format!("{url}.riskgate/start?app={app_id}&to=/");
            assert_eq!(browser.get(&start).await.heading(), SETUP, "{start}");
            assert!(browser.cookies.is_empty());
        }
    }
    for app in [native.as_str(), "00000000-0000-4000-8000-000000000000", "x", "..%2f", ""] {
        let answer = asked(&world, "127.0.0.1:1", &format!("/forward-auth?app={app}"), &NGINX).await;
        assert_eq!(answer.heading(), SETUP, "{app}");
    }
}

#[tokio::test]
async fn what_the_operator_got_wrong_is_said() {
    let world = World::new().await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let plain = [("x-original-method", "GET"), ("x-original-url", "http://wiki.contoso.com/")];
    let good = format!("/forward-auth?app={app_id}");
    for (path, headers, said) in [
        ("/forward-auth", &NGINX[..], "add ?app=APPID"),
        (&format!("{good}&proxy=haproxy"), &NGINX, "haproxy"),
        (&format!("{good}&group=true"), &NGINX, "group"),
        (&format!("{good}&app={app_id}"), &NGINX, "app"),
        (&format!("{good}&proxy=envoy"), &NGINX, "path_prefix"),
        (&format!("{good}&proxy=caddy"), &NGINX, "x-forwarded-method"),
        (&good, &NGINX[..1], "the original request is missing"),
        (&good, &NGINX[1..], "x-original-method"),
        (&good, &plain, "https"),
        (&format!("/forward-auth/envoy/{app_id}/x"), &NGINX, "x-forwarded-proto"),
    ] {
        let answer = asked(&world, "127.0.0.1:1", path, headers).await;
        assert_eq!(answer.heading(), SETUP, "{path}");
        assert!(answer.text.contains(said), "{path} {said}: {}", answer.text);
    }
    let named = [&NGINX[..], &[("x-riskgate-app", app_id.as_str())]].concat();
    assert_eq!(asked(&world, "127.0.0.1:1", "/forward-auth", &named).await.status, 401);
}

#[tokio::test]
async fn a_visitor_who_forges_what_the_proxy_says_gains_nothing() {
    let world = World::new().await;
    world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    // nginx hands on every header of the visitor besides its own; Traefik and Caddy do the same.
    let mut browser = Browser::new(&world, Via::Nginx, &app_id);
    browser.extra = vec![
        ("x-forwarded-uri", "/.riskgate/callback".to_owned()),
        ("x-forwarded-host", "evil.example".to_owned()),
        ("remote-user", "admin@contoso.com".to_owned()),
        ("x-riskgate-user", "admin@contoso.com".to_owned()),
        ("x-riskgate-app", "another".to_owned()),
        ("authorization", "Bearer x".to_owned()),
    ];
    let answer = browser.get(PAGE).await;
    assert!(answer.location().starts_with(&format!("{WIKI}/.riskgate/start?app={app_id}")), "{answer:?}");
    assert!(answer.header("remote-user").is_empty());
    browser.extra = vec![("x-original-url", "https://evil.example/".to_owned())];
    assert_eq!(browser.get(PAGE).await.heading(), SETUP, "said twice");
    browser.via = Via::Traefik;
    assert!(browser.get(PAGE).await.location().starts_with(WIKI));
    browser.extra = vec![("x-forwarded-host", "evil.example".to_owned())];
    assert_eq!(browser.get(PAGE).await.heading(), SETUP, "said twice");
}

#[tokio::test]
async fn no_path_is_let_through_by_itself() {
    let world = World::new().await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let long = format!("/{}", "a".repeat(9_000));
    for path in ["/.riskgate", "/%2eriskgate/start", "//", "/favicon.ico", "/robots.txt", &long] {
        for via in [Via::Nginx, Via::Caddy, Via::Envoy] {
            let mut browser = Browser::new(&world, via, &app_id);
            let url = format!("{WIKI}{path}");
            assert!(browser.get(&url).await.status.is_redirection(), "{path:.40} {via:?}");
        }
    }
}
