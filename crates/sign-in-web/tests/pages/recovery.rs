//! The mail address and the recovery codes on `/security-info`.

use riskgate_ports::MailContent;

use crate::browser::{Browser, between};
use crate::world::{TOR, World};

const EMAIL: &str = "/security-info/email";
const CONFIRM: &str = "/security-info/email/confirm";
const CODES: &str = "/security-info/recovery-codes";

#[tokio::test]
async fn an_address_is_registered_with_the_code_sent_to_it_shown_and_removed() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let page = browser.get(EMAIL).await;
    let page = browser.submit(EMAIL, &page, &[("address", "ada@example.org")]).await;
    let (to, code) = world.post.code();
    assert_eq!(to, "ada@example.org");
    let wrong = if code == "00000000" { "00000001" } else { "00000000" };
    let again = browser.submit(CONFIRM, &page, &[("address", "ada@example.org"), ("code", wrong)]).await;
    assert!(again.problem().unwrap().starts_with("That code is not right."));
    // What the form says the address is does not count; where the code was sent to does.
    let done = browser.submit(CONFIRM, &again, &[("address", "eve@example.org"), ("code", &code)]).await;
    assert_eq!(done.location(), "/security-info?done=email");
    assert_eq!(world.emails.address(&ada.id).await.unwrap().unwrap().address, "ada@example.org");
    let list = browser.get("/security-info?done=email").await;
    assert!(list.text.contains("ada@example.org") && list.text.contains("Your mail address is registered."));
    let removed = browser.submit("/security-info/email/remove", &list, &[]).await;
    assert_eq!(removed.location(), "/security-info?done=no-email");
    assert_eq!(world.emails.address(&ada.id).await.unwrap(), None);
}

#[tokio::test]
async fn codes_are_shown_once_and_left_codes_are_counted() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let list = browser.get("/security-info").await;
    let page = browser.submit(CODES, &list, &[]).await;
    assert_eq!(page.heading(), (200, "Your recovery codes"));
    let shown: Vec<&str> = page.text.split("<li><code>").skip(1).map(|rest| &rest[..11]).collect();
    assert_eq!(shown.len(), 10, "{page:?}");
    let list = browser.get("/security-info").await;
    assert!(list.text.contains("10 left") && shown.iter().all(|code| !list.text.contains(code)));
    world.recovery_codes.verify(&ada.id, shown[0]).await.unwrap();
    assert!(browser.get("/security-info").await.text.contains("9 left"));
}

#[tokio::test]
async fn who_has_not_proven_the_second_factor_changes_nothing_and_neither_does_a_risky_session() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let list = browser.get("/security-info").await;
    let email = browser.get(EMAIL).await;
    world.register(&ada).await;
    let to_sign_in = "/signin?ctx=";
    assert!(browser.submit(CODES, &list, &[]).await.location().starts_with(to_sign_in));
    let answer = browser.submit(EMAIL, &email, &[("address", "eve@example.org")]).await;
    assert!(answer.location().starts_with(to_sign_in), "{answer:?}");
    assert!(browser.get(EMAIL).await.location().starts_with(to_sign_in));
    assert_eq!(world.post.taken(), []);

    world.person("bob").await;
    let mut tor = Browser::new(&world);
    tor.address = TOR;
    tor.sign_in("/signin", "bob").await;
    assert_eq!(tor.get(EMAIL).await.refusal().1, "53004");
    assert_eq!(world.recovery_codes.left(&ada.id).await.unwrap(), None);
}

#[tokio::test]
async fn what_is_no_address_is_refused_and_codes_are_not_sent_without_end() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let page = browser.get(EMAIL).await;
    let long = format!("{}@example.org", "a".repeat(300));
    let answer = browser.submit(EMAIL, &page, &[("address", &long)]).await;
    assert!(answer.problem().unwrap().starts_with("No mail can be sent"));
    for _ in 0..5 {
        let answer = browser.submit(EMAIL, &page, &[("address", "a@example.org")]).await;
        assert_eq!(answer.problem(), None);
    }
    let answer = browser.submit(EMAIL, &page, &[("address", "a@example.org")]).await;
    assert!(answer.problem().unwrap().starts_with("Too many codes"));
    let codes = world.post.taken();
    assert!(codes.len() == 5 && codes.iter().all(|m| matches!(m.content, MailContent::Code { .. })));
    let forged = browser.post(EMAIL, &[("anti_forgery", "x"), ("address", "a@example.org")]).await;
    assert_eq!(forged.heading(), (400, "Please try again"));
    assert_eq!(between(&forged.text, "<h1>", "</h1>"), Some("Please try again"));
}
