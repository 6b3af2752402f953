//! The page on which people keep what they prove themselves with.

use crate::browser::{Browser, Page, between};
use crate::world::{BASE_URL, MINUTE, TOR, World};
use riskgate_testkit::SoftwarePasskey;
use riskgate_testkit::authenticator_app::from_groups;

#[tokio::test]
async fn nobody_gets_there_without_signing_in() {
    let world = World::new().await;
    let mut browser = Browser::new(&world);
    for path in ["/security-info", "/security-info/totp", "/security-info/passkey"] {
        let answer = browser.get(path).await;
        assert!(answer.location().starts_with("/signin?ctx="), "{path}: {answer:?}");
    }
    browser.get("/signin").await;
    let token = browser.token("register");
    let form = [("anti_forgery", token.as_str()), ("pending", "x"), ("code", "123456")];
    assert!(browser.post("/security-info/totp", &form).await.location().starts_with("/signin?ctx="));
    let token = browser.token("security-info");
    let form = [("anti_forgery", token.as_str()), ("method", "x")];
    assert!(browser.post("/security-info/remove", &form).await.location().starts_with("/signin?ctx="));
}

#[tokio::test]
async fn an_app_is_added_with_its_first_code_and_removed_again() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let page = browser.get("/security-info/totp").await;
    assert_eq!(page.heading(), (200, "Set up an authenticator app"));
    let secret = from_groups(between(&page.text, "class=\"secret\">", "</code>").unwrap());
    let wrong = world.wrong_code(&secret);
    let again = browser.submit("/security-info/totp", &page, &[("code", &wrong)]).await;
    assert!(again.problem().unwrap().starts_with("That code is not right"));
    assert_eq!(world.apps(&ada).await, 0);
    let code = world.code(&secret);
    let added = browser.submit("/security-info/totp", &again, &[("code", &code)]).await;
    assert_eq!(added.location(), "/security-info?done=added");
    assert_eq!(world.apps(&ada).await, 1);
    let list = browser.get("/security-info?done=added").await;
    assert!(list.text.contains("Your authenticator app is set up."));
    // This session has proven the app by adding it.
    let method = list.field("method").unwrap();
    let removed = browser.submit("/security-info/remove", &list, &[("method", &method)]).await;
    assert_eq!(removed.location(), "/security-info?done=removed");
    assert_eq!(world.apps(&ada).await, 0);
}

#[tokio::test]
async fn no_app_is_registered_from_a_risky_place_without_a_second_proof() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let page = browser.get("/security-info/totp").await;
    let secret = from_groups(between(&page.text, "class=\"secret\">", "</code>").unwrap());
    browser.address = TOR;
    for path in ["/security-info", "/security-info/totp"] {
        let answer = browser.get(path).await;
        let (status, code, _) = answer.refusal();
        assert_eq!((status, code), (403, "53004"), "{path}");
    }
    let code = world.code(&secret);
    let answer = browser.submit("/security-info/totp", &page, &[("code", &code)]).await;
    assert_eq!(answer.refusal().1, "53004", "a page opened at home does not help");
    assert_eq!(world.apps(&ada).await, 0);
}

#[tokio::test]
async fn who_has_an_app_proves_it_before_he_adds_or_removes_one() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let early = browser.get("/security-info/totp").await;
    let new_secret = from_groups(between(&early.text, "class=\"secret\">", "</code>").unwrap());
    let secret = world.register(&ada).await;
    let asks = |answer: Page, what: &str| {
        assert!(answer.location().starts_with("/signin?ctx="), "{what}: {answer:?}");
        answer.location().to_owned()
    };
    asks(browser.get("/security-info/totp").await, "adding");
    let code = world.code(&new_secret);
    let added = browser.submit("/security-info/totp", &early, &[("code", &code)]).await;
    asks(added, "a page opened before there was an app does not help");
    let list = browser.get("/security-info").await;
    let method = list.field("method").unwrap();
    for path in ["/security-info/remove", "/security-info/rename"] {
        asks(browser.submit(path, &list, &[("method", &method), ("name", "Phone")]).await, path);
    }
    assert_eq!(world.apps(&ada).await, 1);
    // A code of the app he has is asked for, once, and lasts a quarter of an hour.
    let to_sign_in = asks(browser.get("/security-info/passkey").await, "a passkey");
    let page = browser.get(&to_sign_in).await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    let code = world.code(&secret);
    let answer = browser.submit("/signin/code", &page, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/security-info/passkey");
    let renamed =
        browser.submit("/security-info/rename", &list, &[("method", &method), ("name", "Phone")]).await;
    assert_eq!(renamed.location(), "/security-info?done=renamed");
    assert!(browser.get("/security-info").await.text.contains("</strong> · Phone<br>"));
    world.clock.advance(16 * MINUTE);
    asks(browser.submit("/security-info/remove", &list, &[("method", &method)]).await, "later");
    assert_eq!(world.apps(&ada).await, 1);
}

#[tokio::test]
async fn a_passkey_is_added_with_a_name_and_signs_in_until_it_is_removed() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let page = browser.get("/security-info/passkey").await;
    assert_eq!(page.heading(), (200, "Add a passkey"));
    let mut passkey = SoftwarePasskey::new(BASE_URL, &page.options());
    let wrong = browser.submit("/security-info/passkey", &page, &[("answer", "{}"), ("name", "Blue")]).await;
    assert!(wrong.problem().unwrap().starts_with("That did not work."));
    let created = passkey.created(&wrong.options());
    let added = [("answer", created.as_str()), ("name", "<Blue> key")];
    let answer = browser.submit("/security-info/passkey", &wrong, &added).await;
    assert_eq!(answer.location(), "/security-info?done=passkey-added");
    let list = browser.get("/security-info?done=passkey-added").await;
    assert!(list.text.contains("<strong>Passkey</strong> · &#60;Blue&#62; key<br>"), "{list:?}");
    let mut other = Browser::new(&world);
    let page = other.get("/signin").await;
    let answer = passkey.answer(&page.options());
    let answer = other.submit("/signin/with-passkey", &page, &[("answer", &answer)]).await;
    assert_eq!(answer.location(), "/security-info");
    let method = list.field("method").unwrap();
    let removed = browser.submit("/security-info/remove", &list, &[("method", &method)]).await;
    assert_eq!(removed.location(), "/security-info?done=removed");
    let mut late = Browser::new(&world);
    let page = late.get("/signin").await;
    let answer = passkey.answer(&page.options());
    let answer = late.submit("/signin/with-passkey", &page, &[("answer", &answer)]).await;
    assert!(answer.text.contains("That passkey is not registered here."), "{answer:?}");
}

#[tokio::test]
async fn nobody_removes_the_app_of_another() {
    let world = World::new().await;
    let (ada, bob) = (world.person("ada").await, world.person("bob").await);
    world.register(&ada).await;
    let secret = world.register(&bob).await;
    let mut first = Browser::signed_in(&world, "ada").await;
    let of_ada = first.get("/security-info").await.field("method").unwrap();
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "bob").await;
    let code = world.code(&secret);
    browser.submit("/signin/code", &page, &[("code", &code)]).await;
    let list = browser.get("/security-info").await;
    let token = list.field("anti_forgery").unwrap();
    let form = [("anti_forgery", token.as_str()), ("method", of_ada.as_str())];
    let answer = browser.post("/security-info/remove", &form).await;
    assert_eq!(answer.location(), "/security-info?done=gone");
    assert_eq!((world.apps(&ada).await, world.apps(&bob).await), (1, 1));
}

#[tokio::test]
async fn a_policy_that_asks_for_a_second_factor_lets_it_be_set_up_during_a_clean_sign_in() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.policy("mfa", &[]).await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Set up an authenticator app"));
    let secret = from_groups(between(&page.text, "class=\"secret\">", "</code>").unwrap());
    world.clock.advance(MINUTE);
    let code = world.code(&secret);
    let answer = browser.submit("/signin/register", &page, &[("code", &code)]).await;
    assert_eq!(answer.location(), "/security-info");
    assert_eq!(world.apps(&ada).await, 1);
}
