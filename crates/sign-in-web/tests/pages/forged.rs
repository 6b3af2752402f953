//! Forms that come from elsewhere, and sealed state that is not ours.

use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

use riskgate_odata::Filter;
use riskgate_store::records::SignInTarget;
use riskgate_store::tables;

use crate::browser::{BROWSER, Browser};
use crate::world::{MINUTE, PASSWORD, World};

const FORGED: (u16, &str) = (400, "Please try again");
const EXPIRED: (u16, &str) = (400, "This page has expired");

#[tokio::test]
async fn attack_a_form_without_the_token_of_its_page_and_browser_changes_nothing() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    let ctx = page.field("ctx").unwrap();
    let genuine = page.field("anti_forgery").unwrap();
    let mut other = Browser::new(&world);
    let of_other = other.get("/signin").await.field("anti_forgery").unwrap();
    let of_other_form = browser.token("code");
    let before = world.rows().await;
    for token in ["", "x", &genuine[1..], &of_other, &of_other_form] {
        let form = [
            ("ctx", ctx.as_str()),
            ("anti_forgery", token),
            ("username", "ada@contoso.com"),
            ("password", PASSWORD),
        ];
        assert_eq!(browser.post("/signin", &form).await.heading(), FORGED, "{token}");
    }
    let cookie = browser.cookies.remove(BROWSER).unwrap();
    for cookie in [None, Some("x".to_owned()), Some(cookie.to_uppercase())] {
        browser.cookies = cookie.map(|cookie| (BROWSER.to_owned(), cookie)).into_iter().collect();
        let answer = browser.first_factor(&page, "ada@contoso.com", PASSWORD).await;
        assert_eq!(answer.heading(), FORGED);
    }
    assert_eq!(world.rows().await, before);
}

/// Every address forms are posted to, as the router has them: a new one is attacked as soon as there is a route for it.
fn posted_to() -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    let mut verbs = 0;
    for source in sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src")) {
        let source = std::fs::read_to_string(source).unwrap();
        let verbs_of = |text: &str| {
            text.matches("(post(").count() + text.matches(" post(").count() + text.matches(".post(").count()
        };
        verbs += verbs_of(&source);
        for route in source.split(".route(").skip(1) {
            let route = route.split([';', '\n']).next().unwrap();
            if verbs_of(route) == 0 {
                continue;
            }
            let path = route.split('"').nth(1).unwrap().to_owned();
            match path.strip_suffix("{}") {
                Some(prefix) => paths.extend(methods().into_iter().map(|method| format!("{prefix}{method}"))),
                None => assert!(paths.insert(path.clone()), "{path}"),
            }
        }
    }
    assert_eq!(verbs, paths.len() - methods().len() + 1, "a route this test cannot read");
    paths
}

/// Names of the methods, each of which has a page.
fn methods() -> Vec<String> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/methods");
    let name = |source: std::path::PathBuf| {
        let source = std::fs::read_to_string(source).unwrap();
        let name = source.split("fn name(&self) -> &'static str {").nth(1)?;
        Some(name.split('"').nth(1).unwrap().to_owned())
    };
    sources(&directory).into_iter().filter_map(name).collect()
}

fn sources(directory: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(directory).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { sources(&path) } else { vec![path] }).collect()
}

/// Every field any form has. A form with a field that is not here is refused as unreadable, and the test says so.
fn fields(token: &str) -> Vec<(&'static str, &str)> {
    let mut form =
        vec![("anti_forgery", token), ("newPassword", "Fabrikam1234"), ("confirmPassword", "Fabrikam1234")];
    form.extend([
        ("code", "123456"),
        ("password", PASSWORD),
        ("username", "ada@contoso.com"),
        ("decision", "accept"),
    ]);
    form.extend(["ctx", "flow", "pending", "answer", "name", "method", "target"].map(|name| (name, "x")));
    form.extend(
        ["session", "client", "sign_in", "user_code", "address", "id", "device", "shown"]
            .map(|name| (name, "x")),
    );
    form
}

async fn attack(world: &World, browser: &mut Browser<'_>, token: &str) {
    let everything = Filter::Constant(true);
    let rows = async || {
        let mut rows = Vec::new();
        for table in tables::ALL {
            rows.push((table.name, world.store.count(world.tenant, table, &everything).await.unwrap()));
        }
        rows
    };
    let before = rows().await;
    for path in posted_to() {
        let answer = browser.post(&path, &fields(token)).await;
        // What a script asks is answered to a script.
        match path.as_str() {
            "/signin/password-strength" | "/signin/approval/status" | "/security-info/phone/status" => {
                assert_eq!(answer.status.as_u16(), 403, "{path}");
            }
            // Something fresh to sign is given to everybody.
            "/approve/challenge" => assert_eq!(answer.status.as_u16(), 200),
            // Phones sign what they send, and no form is read.
            path if path.starts_with("/approve/") => {
                assert_eq!((answer.status.as_u16(), &*answer.text), (400, "{\"error\":\"wrong\"}"), "{path}");
            }
            // What proves itself by a signature of its own, and carries no cookie that counts.
            "/signin/federated/{provider}/logout" => assert!(answer.status.is_client_error(), "{path}"),
            _ => assert_eq!(answer.heading(), FORGED, "{path} with the token '{token}'"),
        }
    }
    assert_eq!(rows().await, before);
}

#[tokio::test]
async fn attack_no_form_takes_a_token_that_is_missing_or_of_another_form_or_browser() {
    let world = World::new().await;
    world.person("ada").await;
    let mut thief = Browser::new(&world);
    thief.get("/signin").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let of_no_form = browser.token("a form there is not");
    for token in ["", "x", &of_no_form] {
        attack(&world, &mut browser, token).await;
    }
    // Which form a token of the thief's own browser is of does not matter, then.
    for form in
        ["sign-in", "account", "security-info", "report", "consent", "reset", "device", "passkey", "email"]
    {
        let of_thief = thief.token(form);
        attack(&world, &mut browser, &of_thief).await;
    }
    assert_eq!(browser.get("/security-info").await.heading(), (200, "Security info"));
}

#[tokio::test]
async fn attack_no_form_is_taken_from_a_browser_without_its_cookie() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let genuine = browser.token("security-info");
    browser.cookies.remove(BROWSER);
    attack(&world, &mut browser, &genuine).await;
}

#[test]
fn the_attacked_forms_are_those_of_every_page() {
    let paths = posted_to();
    for path in [
        "/account/consent",
        "/account/report",
        "/security-info/passkey",
        "/security-info/recovery-codes",
        "/signin",
        "/signin/code",
        "/signin/consent",
        "/signin/logout",
        "/signin/passkey",
        "/signin/reset/password",
        "/signin/with-passkey",
    ] {
        assert!(paths.contains(path), "{path} of {paths:?}");
    }
}

#[tokio::test]
async fn attack_a_sealed_target_that_was_changed_is_too_old_or_for_something_else_is_refused() {
    let world = World::new().await;
    world.person("ada").await;
    let request = world.request("openid").await;
    let good = world.sealed(&request);
    let (head, tail) = good.split_at(good.len() / 2);
    let changed = format!("{head}{}{}", if tail.starts_with('A') { 'B' } else { 'A' }, &tail[1..]);
    let target = SignInTarget::Page("/security-info".to_owned());
    let elsewhere = world.forms.sealed().seal("sign-out-target", &target, MINUTE).unwrap();
    let mut browser = Browser::new(&world);
    assert_eq!(browser.get(&format!("/signin?ctx={good}")).await.heading(), (200, "Sign in"));
    let before = world.rows().await;
    let refuse = async |browser: &mut Browser<'_>, ctx: &str| {
        assert_eq!(browser.get(&format!("/signin?ctx={ctx}")).await.heading(), EXPIRED, "{ctx}");
        let token = browser.token("sign-in");
        let form = [
            ("ctx", ctx),
            ("anti_forgery", token.as_str()),
            ("username", "ada@contoso.com"),
            ("password", PASSWORD),
        ];
        assert_eq!(browser.post("/signin", &form).await.heading(), EXPIRED, "{ctx}");
    };
    for ctx in [changed.as_str(), head, "AAAA", &elsewhere] {
        refuse(&mut browser, ctx).await;
    }
    world.clock.advance(Duration::from_secs(61 * 60));
    refuse(&mut browser, &good).await;
    assert_eq!(world.rows().await, before);
}

#[tokio::test]
async fn a_form_larger_than_any_page_sends_is_refused() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    let before = world.rows().await;
    let answer = browser.first_factor(&page, "ada@contoso.com", &"x".repeat(65 * 1024)).await;
    assert_eq!(answer.status.as_u16(), 413);
    assert_eq!(world.rows().await, before);
}
