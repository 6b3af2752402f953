//! The page on which people see where they are signed in and what happened, and say "this was not me".

use riskgate_model::{
    DirectoryAudit, RiskDetail, RiskDetection, RiskDetectionTimingType, RiskLevel, RiskState, RiskyUser,
};
use riskgate_store::records::SignInRecord;

use crate::browser::{Browser, Page};
use crate::world::{MINUTE, PASSWORD, TOR, World};

const NEW: &str = "Fabrikam-4711";
const SECURE: (u16, &str) = (200, "Secure your account");

/// Somebody signs in from Tor with the right password.
async fn stranger<'a>(world: &'a World, name: &str) -> (Browser<'a>, SignInRecord) {
    let mut browser = Browser::new(world);
    browser.address = TOR;
    browser.sign_in("/signin", name).await;
    let all = world.all::<SignInRecord>().await;
    let own = all.into_iter().filter(|r| r.sign_in.ip_address.as_deref() == Some(TOR));
    let record = own.max_by_key(|record| record.sign_in.created_date_time).unwrap();
    world.clock.advance(MINUTE);
    (browser, record)
}

/// Opens the second step for a sign-in.
async fn open(browser: &mut Browser<'_>, sign_in: &str) -> Page {
    browser.get(&format!("/account/report?sign_in={sign_in}")).await
}

fn typed<'a>(sign_in: &'a str, password: &'a str, new: &'a str) -> Vec<(&'a str, &'a str)> {
    vec![("sign_in", sign_in), ("password", password), ("newPassword", new), ("confirmPassword", new)]
}

#[tokio::test]
async fn it_shows_browsers_and_what_happened() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    let page = browser.first_factor(&page, "ada@contoso.com", "wrong").await;
    browser.first_factor(&page, "ada@contoso.com", PASSWORD).await;
    world.clock.advance(MINUTE);
    let (_, record) = stranger(&world, "ada").await;
    world.person("eve").await;
    stranger(&world, "eve").await;

    let page = browser.get("/account").await;
    assert_eq!(page.heading(), (200, "Your account"));
    assert_eq!(page.text.matches("<strong>An unknown program</strong>").count(), 2, "two browsers");
    assert_eq!(page.text.matches("(this browser)").count(), 1);
    assert_eq!(page.text.matches("Since 20").count(), 2);
    assert!(page.text.contains("<strong>Wrong password</strong>"));
    let links: Vec<_> = page.text.matches("/account/report?sign_in=").collect();
    assert_eq!(links.len(), 2, "a wrong password is nothing to report: {}", page.text);
    assert!(page.text.contains(&record.sign_in.id) && page.text.contains(TOR));
}

#[tokio::test]
async fn another_browser_is_signed_out() {
    let world = World::new().await;
    world.person("ada").await;
    let mut here = Browser::signed_in(&world, "ada").await;
    let mut there = Browser::signed_in(&world, "ada").await;
    let mut third = Browser::signed_in(&world, "ada").await;
    let page = here.get("/account").await;
    let sid = page.field("session").unwrap();
    let ended = here.submit("/account/end", &page, &[("session", &sid)]).await;
    assert_eq!(ended.location(), "/account?done=ended");
    let again = here.submit("/account/end", &page, &[("session", &sid)]).await;
    assert_eq!(again.location(), "/account?done=gone");
    let mut signed_out = 0;
    for other in [&mut there, &mut third] {
        signed_out += u32::from(other.get("/account").await.status.is_redirection());
    }
    assert_eq!(signed_out, 1);
    let all = here.submit("/account/end", &page, &[("session", "")]).await;
    assert_eq!(all.location(), "/account?done=ended");
    assert!(there.get("/account").await.status.is_redirection());
    assert!(third.get("/account").await.status.is_redirection());
    assert_eq!(here.get("/account").await.heading(), (200, "Your account"));
}

#[tokio::test]
async fn nobody_ends_the_session_of_somebody_else() {
    let world = World::new().await;
    world.person("ada").await;
    world.person("eve").await;
    let mut ada = Browser::signed_in(&world, "ada").await;
    Browser::signed_in(&world, "ada").await;
    let sid = ada.get("/account").await.field("session").unwrap();
    let mut eve = Browser::signed_in(&world, "eve").await;
    eve.get("/account").await;
    let token = eve.token("account");
    let answer = eve.post("/account/end", &[("anti_forgery", &token), ("session", &sid)]).await;
    assert_eq!(answer.location(), "/account?done=gone");
    let forged = ada.post("/account/end", &[("anti_forgery", &token), ("session", "")]).await;
    assert_eq!(forged.heading(), (400, "Please try again"));
    assert_eq!(ada.get("/account").await.text.matches("Since 20").count(), 2);
}

#[tokio::test]
async fn what_was_not_the_person_raises_risk_and_secures_the_account() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut here = Browser::signed_in(&world, "ada").await;
    let (mut stranger, record) = stranger(&world, "ada").await;
    let id = record.sign_in.id.as_str();
    let page = open(&mut here, id).await;
    assert_eq!(page.heading(), SECURE);
    assert!(page.text.contains(TOR) && !page.text.contains("name=\"code\""));
    let before = world.password_hash(&ada).await;
    for (password, new, problem) in [
        ("wrong", NEW, "The current password is not right."),
        (PASSWORD, PASSWORD, "Choose a password other than the current one."),
        (PASSWORD, "short", "That password is too short, too simple"),
    ] {
        let again = here.submit("/account/report", &page, &typed(id, password, new)).await;
        assert!(again.problem().is_some_and(|told| told.starts_with(problem)), "{problem}: {again:?}");
    }
    assert_eq!(world.password_hash(&ada).await, before);
    assert_eq!(world.all::<RiskDetection>().await.len(), 1, "the address alone");

    let answer = here.submit("/account/report", &page, &typed(id, PASSWORD, NEW)).await;
    assert_eq!(answer.location(), "/account?done=secured");
    assert_ne!(world.password_hash(&ada).await, before);
    assert!(here.get("/account?done=secured").await.text.contains("has a new password"));
    assert!(stranger.get("/account").await.status.is_redirection(), "the stranger is out");

    let detections = world.all::<RiskDetection>().await;
    let reported = "userReportedSuspiciousActivity";
    let reported: Vec<_> =
        detections.iter().filter(|d| d.risk_event_type.as_deref() == Some(reported)).collect();
    let [detection] = reported[..] else { panic!("{detections:?}") };
    assert_eq!(detection.request_id.as_deref(), Some(id));
    assert_eq!(detection.ip_address.as_deref(), Some(TOR));
    assert_eq!(detection.detection_timing_type, Some(RiskDetectionTimingType::NearRealtime));
    assert!(detection.detected_date_time > detection.activity_date_time);
    let sign_in = world.load::<SignInRecord>(id).await.unwrap().sign_in;
    assert_eq!(sign_in.risk_level_aggregated, Some(RiskLevel::High));
    assert_eq!(sign_in.risk_level_during_sign_in, Some(RiskLevel::Medium), "what the policies saw stays");
    let risky = world.load::<RiskyUser>(&ada.id).await.unwrap();
    assert_eq!((risky.risk_level, risky.risk_state), (Some(RiskLevel::High), Some(RiskState::AtRisk)));
    let audit = world.all::<DirectoryAudit>().await;
    assert!(audit.iter().any(|entry| entry.activity_display_name == "Suspicious activity reported"));
}

#[tokio::test]
async fn with_a_code_the_risk_is_closed_too() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut here = Browser::signed_in(&world, "ada").await;
    let (_, record) = stranger(&world, "ada").await;
    let secret = world.register(&ada).await;
    let id = record.sign_in.id.as_str();
    let page = open(&mut here, id).await;
    let mut wrong = typed(id, PASSWORD, NEW);
    let wrong_code = world.wrong_code(&secret);
    wrong.push(("code", &wrong_code));
    let again = here.submit("/account/report", &page, &wrong).await;
    assert!(again.problem().is_some_and(|told| told.starts_with("That code is not right")));
    let mut right = typed(id, PASSWORD, NEW);
    let code = world.code(&secret);
    right.push(("code", &code));
    let answer = here.submit("/account/report", &again, &right).await;
    assert_eq!(answer.location(), "/account?done=secured");
    let risky = world.load::<RiskyUser>(&ada.id).await.unwrap();
    let closed = (risky.risk_state, risky.risk_detail);
    let wanted = (Some(RiskState::Remediated), Some(RiskDetail::UserPerformedSecuredPasswordChange));
    assert_eq!(closed, wanted);
}

#[tokio::test]
async fn only_ones_own_sign_ins_can_be_reported() {
    let world = World::new().await;
    world.person("ada").await;
    world.person("eve").await;
    let (_, record) = stranger(&world, "ada").await;
    let mut eve = Browser::signed_in(&world, "eve").await;
    let id = record.sign_in.id.as_str();
    let expired = (400, "This page has expired");
    for unknown in [id, "", "00000000-0000-4000-8000-000000000000", "'%22%3Cscript%3E"] {
        assert_eq!(open(&mut eve, unknown).await.heading(), expired, "{unknown}");
    }
    let token = eve.token("report");
    let mut form = typed(id, PASSWORD, NEW);
    form.push(("anti_forgery", &token));
    assert_eq!(eve.post("/account/report", &form).await.heading(), expired);
    assert_eq!(world.all::<RiskDetection>().await.len(), 1, "the address of Ada's sign-in alone");
    assert_eq!(eve.get("/account").await.heading(), (200, "Your account"), "and Eve's password is the same");
}

#[tokio::test]
async fn a_wrong_password_is_nothing_to_report_whatever_is_sent() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    let page = browser.first_factor(&page, "ada@contoso.com", "wrong").await;
    let failed = world.sign_ins(&ada).await.remove(0).sign_in.id;
    browser.first_factor(&page, "ada@contoso.com", PASSWORD).await;
    let token = browser.token("report");
    let mut form = typed(&failed, PASSWORD, NEW);
    form.push(("anti_forgery", &token));
    let before = world.password_hash(&ada).await;
    assert_eq!(browser.post("/account/report", &form).await.heading(), (400, "This page has expired"));
    assert_eq!(world.password_hash(&ada).await, before);
    assert!(world.all::<RiskDetection>().await.is_empty());
}
