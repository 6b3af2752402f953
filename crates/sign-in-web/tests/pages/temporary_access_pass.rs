//! Temporary access passes: for people who have nothing else to prove themselves with.

use riskgate_authentication::NewTemporaryAccessPass;
use riskgate_core::Clock;
use riskgate_model::{AuthenticationMethodKind, User};
use riskgate_store::Batch;
use riskgate_testkit::SoftwarePasskey;
use serde_json::json;

use crate::browser::{Browser, Page};
use crate::world::{BASE_URL, MINUTE, World};

const WITH_PASS: &str = "/signin/with-pass";
const WRONG: &str = "That pass is not right, or it is not good now. Check it and try again.";

impl World {
    /// Gives somebody a pass of an hour that begins in so many minutes.
    async fn pass(&self, user: &User, is_usable_once: bool, begins_in: u32) -> String {
        self.configure("TemporaryAccessPass", json!({ "state": "enabled" })).await;
        let new = NewTemporaryAccessPass {
            start_date_time: self.clock.now() + MINUTE * begins_in,
            lifetime_in_minutes: 60,
            is_usable_once,
            length: 8,
        };
        let (method, text) = self.passes.make(&user.id, &new);
        let mut batch = Batch::new(self.tenant);
        batch.insert(&method).unwrap();
        self.store.commit(batch).await.unwrap();
        text
    }
}

async fn begin(browser: &mut Browser<'_>, username: &str, pass: &str) -> Page {
    let page = browser.get(WITH_PASS).await;
    assert_eq!(page.heading(), (200, "Use a temporary access pass"));
    let username = format!("{username}@contoso.com");
    browser.submit(WITH_PASS, &page, &[("username", &username), ("pass", pass)]).await
}

#[tokio::test]
async fn a_new_person_signs_in_with_it_and_registers_a_passkey_without_a_password() {
    let world = World::new().await;
    let ada = world.person_with_temporary_password("ada").await;
    world.require("mfa").await;
    let pass = world.pass(&ada, true, 0).await;
    let mut browser = Browser::new(&world);
    let first = browser.get("/signin").await;
    assert!(first.text.contains("href=\"/signin/with-pass?ctx="), "{first:?}");
    // People type it as it looks to them.
    let typed = format!(" {} {}", &pass[..4].to_uppercase(), &pass[4..]);
    let answer = begin(&mut browser, "ada", &typed).await;
    assert_eq!(answer.location(), "/security-info");
    let page = browser.get("/security-info/passkey").await;
    assert_eq!(page.heading(), (200, "Add a passkey"));
    let passkey = SoftwarePasskey::new(BASE_URL, &page.options());
    let created = passkey.created(&page.options());
    let added =
        browser.submit("/security-info/passkey", &page, &[("answer", &created), ("name", "Blue")]).await;
    assert_eq!(added.location(), "/security-info?done=passkey-added");
    let record = &world.sign_ins(&ada).await[0];
    let used: Vec<_> = record.evidence.facts.authentication.methods.iter().map(|used| used.method).collect();
    assert_eq!(used, [AuthenticationMethodKind::TemporaryAccessPassOneTime]);
    assert_eq!(record.evidence.facts.authentication.amr(), ["tap", "mfa"]);
    // It was good once.
    let answer = begin(&mut Browser::new(&world), "ada", &pass).await;
    assert_eq!(answer.problem(), Some(WRONG));
}

#[tokio::test]
async fn of_two_who_send_one_at_the_same_moment_one_gets_in() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let pass = world.pass(&ada, true, 0).await;
    let (first, second) =
        tokio::join!(world.passes.verify(&ada.id, None, &pass), world.passes.verify(&ada.id, None, &pass));
    assert_eq!([first.is_ok(), second.is_ok()].iter().filter(|is_right| **is_right).count(), 1);
}

#[tokio::test]
async fn it_is_good_between_its_beginning_and_its_end_and_as_often_as_its_kind_says() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let pass = world.pass(&ada, false, 5).await;
    let begin = async || begin(&mut Browser::new(&world), "ada", &pass).await;
    assert_eq!(begin().await.problem(), Some(WRONG), "not yet");
    world.clock.advance(MINUTE * 5);
    for _ in 0..2 {
        assert_eq!(begin().await.location(), "/security-info");
    }
    world.clock.advance(MINUTE * 59);
    assert_eq!(begin().await.location(), "/security-info");
    world.clock.advance(MINUTE);
    assert_eq!(begin().await.problem(), Some(WRONG), "an hour is over");
}

#[tokio::test]
async fn after_a_password_it_is_the_second_proof_and_what_policies_say_of_it_holds_at_once() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.require("mfa").await;
    let pass = world.pass(&ada, false, 0).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Use a temporary access pass"));
    let again = browser.submit("/signin/pass", &page, &[("pass", "wrong234")]).await;
    assert_eq!(again.problem(), Some(WRONG));
    assert_eq!(browser.submit("/signin/pass", &again, &[("pass", &pass)]).await.location(), "/security-info");
    let mut other = Browser::new(&world);
    let page = other.sign_in("/signin", "ada").await;
    world.disable_method("TemporaryAccessPass").await;
    let late = other.submit("/signin/pass", &page, &[("pass", &pass)]).await;
    assert_eq!(late.heading().0, 400, "{late:?}");
    assert_eq!(begin(&mut Browser::new(&world), "ada", &pass).await.problem(), Some(WRONG));
    let mut third = Browser::new(&world);
    assert!(!third.get("/signin").await.text.contains("/signin/with-pass?"), "the way in is not shown");
    let page = third.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let code = world.code(&secret);
    assert_eq!(third.submit("/signin/code", &page, &[("code", &code)]).await.location(), "/security-info");
}

#[tokio::test]
async fn who_guesses_is_locked_and_learns_nothing_and_the_password_still_works() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let pass = world.pass(&ada, false, 0).await;
    let mut guesser = Browser::new(&world);
    let mut texts = Vec::new();
    for name in ["ada", "nobody"] {
        for number in 0..10 {
            let answer = begin(&mut guesser, name, &format!("guess{number}xy")).await;
            assert_eq!(answer.problem(), Some(WRONG), "{name} {number}");
        }
        let answer = begin(&mut guesser, name, "guess234").await;
        texts.push(answer.problem().unwrap().to_owned());
    }
    assert_eq!(texts[0], texts[1], "the same for a name nobody has");
    assert!(texts[0].starts_with("Too many wrong passes."), "{texts:?}");
    let right = begin(&mut guesser, "ada", &pass).await;
    assert!(right.problem().unwrap().starts_with("Too many wrong passes."), "also the right one");
    let page = Browser::new(&world).sign_in("/signin", "ada").await;
    assert_eq!(page.location(), "/security-info", "signing in with the password is not locked");
    let codes: Vec<_> =
        world.sign_ins(&ada).await.iter().map(|r| r.sign_in.status.as_ref().unwrap().error_code).collect();
    assert_eq!(codes.iter().filter(|code| **code == Some(50_126)).count(), 10, "{codes:?}");
    world.clock.advance(MINUTE);
    assert_eq!(begin(&mut guesser, "ada", &pass).await.location(), "/security-info");
}

#[tokio::test]
async fn a_disabled_account_does_not_get_in() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let pass = world.pass(&ada, false, 0).await;
    world.disable(&ada).await;
    let page = begin(&mut Browser::new(&world), "ada", &pass).await;
    let (status, code, _) = page.refusal();
    assert_eq!((status, code), (403, "50057"));
}
