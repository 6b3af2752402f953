//! `/signin/reset`: a new password for somebody who has forgotten his.

use riskgate_model::{DirectoryAudit, RiskDetail, RiskState, RiskyUser, User};
use riskgate_ports::MailContent;

use crate::browser::{Browser, Page, between};
use crate::world::{HOME, MINUTE, PASSWORD, TOR, World};

const BEGIN: &str = "/signin/reset";
const PROOFS: &str = "/signin/reset/proofs";
const CHOOSE: &str = "/signin/reset/password";
const NEW: [(&str, &str); 2] = [("newPassword", "Fabrikam-4711"), ("confirmPassword", "Fabrikam-4711")];
const EXPIRED: (u16, &str) = (400, "This page has expired");

/// Ada with an address and ten recovery codes.
async fn ada(world: &World) -> (User, Vec<String>) {
    let ada = world.person("ada").await;
    world.emails.set(&ada.id, "ada@example.org").await.unwrap();
    world.change(&ada.id, |user: &mut User| user.mail = Some("ada@contoso.com".to_owned())).await;
    let codes = world.recovery_codes.generate(&ada.id).await.unwrap();
    (ada, codes)
}

async fn begin(browser: &mut Browser<'_>, name: &str) -> Page {
    let page = browser.get(BEGIN).await;
    assert_eq!(page.heading(), (200, "Reset your password"));
    browser.submit(BEGIN, &page, &[("username", name)]).await
}

/// The page without what differs from one time to the next.
fn neutral(page: &Page) -> String {
    let mut text = page.text.clone();
    for name in ["flow", "anti_forgery", "username"] {
        let value = page.field(name).unwrap_or_else(|| panic!("no {name}: {page:?}"));
        text = text.replace(&value, "*");
    }
    let shown = between(&text, "<p class=\"account\">", "</p>").unwrap().to_owned();
    text.replace(&shown, "*")
}

#[tokio::test]
async fn two_proofs_set_a_new_password_end_all_sessions_close_the_risk_and_are_told() {
    let world = World::new().await;
    let (ada, codes) = ada(&world).await;
    let mut elsewhere = Browser::signed_in(&world, "ada").await;
    let mut tor = Browser::new(&world);
    tor.address = TOR;
    tor.sign_in("/signin", "ada").await;
    assert_eq!(world.load::<RiskyUser>(&ada.id).await.unwrap().risk_state, Some(RiskState::AtRisk));
    world.clock.advance(MINUTE);
    world.post.taken();

    let mut browser = Browser::new(&world);
    let start = browser.get("/signin").await;
    let link = between(&start.text, "href=\"/signin/reset?ctx=", "\"").unwrap().to_owned();
    let page = browser.get(&format!("{BEGIN}?ctx={link}")).await;
    let page = browser.submit(BEGIN, &page, &[("username", "ada@contoso.com")]).await;
    let (to, code) = world.post.code();
    assert_eq!(to, "ada@example.org");
    let typed = [("email_code", code.as_str()), ("recovery_code", "aaaaa-aaaaa")];
    let again = browser.submit(PROOFS, &page, &typed).await;
    assert_eq!(again.heading(), (200, "Prove that it is you"));
    assert!(again.problem().unwrap().starts_with("That is wrong or not enough."));
    let typed = [("email_code", ""), ("recovery_code", codes[0].as_str())];
    let page = browser.submit(PROOFS, &again, &typed).await;
    assert_eq!(page.heading(), (200, "Choose a new password"));
    for weak in ["short", "Password1!", PASSWORD] {
        let typed = [("newPassword", weak), ("confirmPassword", weak)];
        assert!(browser.submit(CHOOSE, &page, &typed).await.problem().is_some(), "{weak}");
    }
    let differ = [("newPassword", "Fabrikam-4711"), ("confirmPassword", "Fabrikam-4712")];
    assert!(browser.submit(CHOOSE, &page, &differ).await.problem().unwrap().contains("differ"));
    let done = browser.submit(CHOOSE, &page, &NEW).await;
    assert_eq!(done.heading(), (200, "Your password is set"));
    assert!(done.text.contains(&format!("/signin?ctx={link}")), "back to where he came from: {done:?}");
    assert_eq!(browser.submit(CHOOSE, &page, &NEW).await.heading(), EXPIRED, "once");

    let risky = world.load::<RiskyUser>(&ada.id).await.unwrap();
    let closed = (risky.risk_state, risky.risk_detail);
    assert_eq!(closed, (Some(RiskState::Remediated), Some(RiskDetail::UserPerformedSecuredPasswordReset)));
    assert!(elsewhere.get("/security-info").await.location().starts_with("/signin?"), "signed out");
    let audits = world.all::<DirectoryAudit>().await;
    let is_reset = |audit: &&DirectoryAudit| audit.activity_display_name == "Reset password (self-service)";
    assert_eq!(audits.iter().filter(is_reset).count(), 1);
    let told = world.post.taken();
    let [mail] = told.as_slice() else { panic!("{told:?}") };
    assert!(
        mail.to == "ada@contoso.com" && matches!(mail.content, MailContent::PasswordReset(_)),
        "{mail:?}"
    );
    let old = Browser::new(&world).sign_in("/signin", "ada").await;
    assert!(old.problem().is_some());
    let new = Browser::new(&world).sign_in_with("/signin", "ada", "Fabrikam-4711").await;
    assert_eq!(new.location(), "/security-info");
}

#[tokio::test]
async fn every_name_gets_the_same_pages() {
    let world = World::new().await;
    ada(&world).await;
    world.person("bare").await;
    let disabled = world.person("disabled").await;
    world.emails.set(&disabled.id, "disabled@example.org").await.unwrap();
    world.disable(&disabled).await;
    let mut pages = Vec::new();
    for name in ["ada@contoso.com", "bare@contoso.com", "disabled@contoso.com", "nobody@contoso.com"] {
        let mut browser = Browser::new(&world);
        let page = begin(&mut browser, name).await;
        assert_eq!(world.post.taken().len(), usize::from(name.starts_with("ada")), "{name}");
        let typed = [
            ("username", name),
            ("email_code", "12345678"),
            ("app_code", "123456"),
            ("recovery_code", "aaaaa-bbbbb"),
        ];
        let mut answers = vec![(page.status, neutral(&page))];
        for _ in 0..5 {
            let again = browser.submit(PROOFS, &page, &typed).await;
            answers.push((again.status, neutral(&again)));
        }
        let over = browser.submit(PROOFS, &page, &typed).await;
        answers.push((over.status, over.text.clone()));
        assert_eq!(over.heading(), EXPIRED);
        for _ in 0..4 {
            begin(&mut browser, name).await;
        }
        let locked = begin(&mut browser, name).await;
        assert!(locked.problem().unwrap().starts_with("Too many attempts."), "{name}: {locked:?}");
        pages.push(answers);
        world.post.taken();
        // The address is counted as well, so each name is tried on a day of its own.
        world.clock.advance(25 * 60 * MINUTE);
    }
    for other in &pages[1..] {
        assert_eq!(&pages[0], other);
    }
}

#[tokio::test]
async fn no_password_is_set_before_enough_is_proven() {
    let world = World::new().await;
    let (ada, codes) = ada(&world).await;
    let before = world.password_hash(&ada).await;
    let mut browser = Browser::new(&world);
    let page = begin(&mut browser, "ada@contoso.com").await;
    let flow = page.field("flow").unwrap();
    let forged = browser.token("reset-password");
    let form = [&[("flow", flow.as_str()), ("anti_forgery", forged.as_str())][..], &NEW].concat();
    assert_eq!(browser.post(CHOOSE, &form).await.heading(), EXPIRED);
    browser.submit(PROOFS, &page, &[("recovery_code", &codes[0])]).await;
    assert_eq!(browser.post(CHOOSE, &form).await.heading(), EXPIRED, "one of two");
    // A second code of the same kind is no second proof.
    let again = browser.submit(PROOFS, &page, &[("recovery_code", &codes[1])]).await;
    assert_eq!(again.heading(), (200, "Prove that it is you"));
    assert_eq!(browser.post(CHOOSE, &form).await.heading(), EXPIRED);
    let mut stranger = Browser::new(&world);
    stranger.get(BEGIN).await;
    assert_eq!(stranger.post(CHOOSE, &form).await.heading(), (400, "Please try again"), "of another browser");
    assert_eq!(world.password_hash(&ada).await, before);
}

#[tokio::test]
async fn who_is_disabled_in_between_sets_nothing() {
    let world = World::new().await;
    let (ada, codes) = ada(&world).await;
    let before = world.password_hash(&ada).await;
    let mut browser = Browser::new(&world);
    let page = begin(&mut browser, "ada@contoso.com").await;
    let (_, code) = world.post.code();
    let typed = [("email_code", code.as_str()), ("recovery_code", codes[0].as_str())];
    let page = browser.submit(PROOFS, &page, &typed).await;
    assert_eq!(page.heading(), (200, "Choose a new password"));
    world.disable(&ada).await;
    assert_eq!(browser.submit(CHOOSE, &page, &NEW).await.heading(), EXPIRED);
    assert_eq!(world.password_hash(&ada).await, before);
}

#[tokio::test]
async fn a_lock_on_the_password_is_forgotten_with_it() {
    let world = World::new().await;
    let (_, codes) = ada(&world).await;
    for number in 0..12 {
        Browser::new(&world).sign_in_with("/signin", "ada", &format!("wrong-{number}")).await;
    }
    assert!(Browser::new(&world).sign_in("/signin", "ada").await.problem().unwrap().contains("locked"));
    let mut browser = Browser::new(&world);
    let page = begin(&mut browser, "ada@contoso.com").await;
    let (_, code) = world.post.code();
    let typed = [("email_code", code.as_str()), ("recovery_code", codes[0].as_str())];
    let page = browser.submit(PROOFS, &page, &typed).await;
    browser.submit(CHOOSE, &page, &NEW).await;
    let answer = browser.sign_in_with("/signin", "ada", "Fabrikam-4711").await;
    assert_eq!(answer.location(), "/security-info");
    assert_eq!(browser.address, HOME);
}

#[tokio::test]
async fn hostile_input_is_answered_with_a_page() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    for ctx in ["x", "%22%3E%3Cscript%3E", "../../etc"] {
        let page = browser.get(&format!("{BEGIN}?ctx={ctx}")).await;
        assert!(page.heading() == (200, "Reset your password") && !page.text.contains("<script"), "{page:?}");
    }
    let page = browser.get(BEGIN).await;
    let long = "a".repeat(10_000);
    for name in ["", "\0", "<script>alert(1)</script>", "name:ada@contoso.com", long.as_str()] {
        let answer = browser.submit(BEGIN, &page, &[("username", name)]).await;
        assert_eq!(answer.heading(), (200, "Prove that it is you"), "{name:.20}");
        assert!(!answer.text.contains("<script>"), "{answer:?}");
    }
}
