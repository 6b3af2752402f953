//! What people are told by mail.

use riskgate_model::User;
use riskgate_ports::{Mail, MailContent};

use crate::browser::{Browser, between};
use crate::world::{HOME, PASSWORD, TOR, World};

const NEW: &str = "Fabrikam-4711";

/// Somebody with a mail address.
async fn ada(world: &World) -> User {
    let ada = world.person("ada").await;
    world.change(&ada.id, |user: &mut User| user.mail = Some("ada@mail.example.org".to_owned())).await;
    ada
}

fn one(mails: Vec<Mail>) -> MailContent {
    let [mail] = <[Mail; 1]>::try_from(mails).unwrap();
    assert_eq!((mail.to.as_str(), mail.languages.as_str()), ("ada@mail.example.org", "en"));
    mail.content
}

#[tokio::test]
async fn an_authenticator_app_that_is_added_or_removed_is_told() {
    let world = World::new().await;
    ada(&world).await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    assert_eq!(world.post.taken(), [], "the first sign-in ever is no news");
    let page = browser.get("/security-info/totp").await;
    let secret = between(&page.text, "class=\"secret\">", "</code>").unwrap();
    let code = world.code(&riskgate_testkit::authenticator_app::from_groups(secret));
    browser.submit("/security-info/totp", &page, &[("code", &code)]).await;
    let MailContent::SecurityInfoAdded(it) = one(world.post.taken()) else { panic!("something else") };
    assert_eq!((it.what.as_str(), it.address.as_str()), ("Authenticator app", HOME));
    let page = browser.get("/security-info").await;
    let id = between(&page.text, "name=\"method\" value=\"", "\"").unwrap().to_owned();
    browser.submit("/security-info/remove", &page, &[("method", &id)]).await;
    assert!(matches!(one(world.post.taken()), MailContent::SecurityInfoRemoved(_)));
    browser.submit("/security-info/remove", &page, &[("method", &id)]).await;
    assert_eq!(world.post.taken(), [], "it is gone already");
}

#[tokio::test]
async fn a_browser_the_person_is_not_known_by_is_told_even_if_somebody_else_used_it() {
    let world = World::new().await;
    ada(&world).await;
    world.person("eve").await;
    let mut own = Browser::signed_in(&world, "ada").await;
    own.cookies.remove(crate::browser::SESSION);
    own.sign_in("/signin", "ada").await;
    assert_eq!(world.post.taken(), [], "her own browser");
    let mut of_eve = Browser::signed_in(&world, "eve").await;
    of_eve.cookies.remove(crate::browser::SESSION);
    assert_eq!(of_eve.sign_in("/signin", "ada").await.location(), "/security-info");
    let MailContent::NewDevice(it) = one(world.post.taken()) else { panic!("something else") };
    assert!(it.what.starts_with("Mozilla/5.0"), "{it:?}");
    let mut wrong = Browser::new(&world);
    wrong.address = TOR;
    wrong.sign_in_with("/signin", "ada", "wrong").await;
    assert_eq!(world.post.taken(), [], "nobody is in");
}

#[tokio::test]
async fn a_changed_password_is_told_and_nobody_without_an_address_is_written_to() {
    let world = World::new().await;
    let ada = world.person_with_temporary_password("ada").await;
    let change = async |from: &str, to: &str| {
        let mut browser = Browser::new(&world);
        let page = browser.sign_in_with("/signin", "ada", from).await;
        let typed = [("newPassword", to), ("confirmPassword", to)];
        browser.submit("/signin/new-password", &page, &typed).await;
    };
    change(PASSWORD, NEW).await;
    assert_eq!(world.post.taken(), []);
    let must = |credential: &mut riskgate_store::records::UserCredential| credential.must_change = true;
    world.change(&ada.id, must).await;
    world
        .change(&ada.id, |user: &mut User| {
            user.mail = Some("ada@mail.example.org".to_owned());
            user.preferred_language = Some("de-DE".to_owned());
        })
        .await;
    change(NEW, "Wingtip-4711").await;
    let told = world.post.taken();
    let changed = |mail: &&Mail| matches!(mail.content, MailContent::PasswordChanged(_));
    assert_eq!(told.iter().filter(changed).count(), 1, "{told:?}");
    assert!(told.iter().all(|mail| mail.languages == "de-DE"));
}
