//! The authentication methods policy: what a person may not use is neither asked for nor accepted, and he reads why.

use riskgate_model::{
    AUTHENTICATION_METHODS_POLICY, AnyMethodConfiguration, AuthenticationMethodsPolicy, User,
};
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value as Json, json};

use crate::browser::{Browser, between};
use crate::world::{BASE_URL, MINUTE, World};
use riskgate_testkit::SoftwarePasskey;
use riskgate_testkit::authenticator_app::from_groups;

impl World {
    /// Changes the configuration of one method, as an administrator does through Graph.
    pub(crate) async fn configure(&self, id: &str, change: Json) {
        let stored = self
            .store
            .load::<AuthenticationMethodsPolicy>(self.tenant, AUTHENTICATION_METHODS_POLICY)
            .await
            .unwrap();
        let mut batch = Batch::new(self.tenant);
        let mut policy =
            stored.as_ref().map_or_else(AuthenticationMethodsPolicy::initial, |row| row.record.clone());
        for own in &mut policy.authentication_method_configurations {
            if own.id() == id {
                *own = changed(own, &change);
            }
        }
        match stored {
            Some(mut row) => {
                row.record = policy;
                batch.update(&row).unwrap();
            }
            None => batch.insert(&policy).unwrap(),
        }
        self.protection.commit_policies(&batch).await.unwrap();
    }

    /// Nobody may use a method any more.
    pub(crate) async fn disable_method(&self, id: &str) {
        self.configure(id, json!({ "state": "disabled" })).await;
    }
}

fn changed(own: &AnyMethodConfiguration, change: &Json) -> AnyMethodConfiguration {
    let mut document = serde_json::to_value(own).unwrap();
    document.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    serde_json::from_value(document).unwrap()
}

/// A target of a policy: this person.
pub(crate) fn only(user: &User) -> Json {
    json!([{ "id": user.id, "targetType": "user" }])
}

#[tokio::test]
async fn a_method_that_is_disabled_is_not_asked_for_and_another_one_is() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.register(&ada).await;
    let mut passkey = world.passkey(&ada).await;
    world.require("mfa").await;
    world.disable_method("Fido2").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    assert!(!page.text.contains("other-ways"), "there is no other way");
    // An answer of the passkey is worth nothing where it was a moment ago.
    let mut other = Browser::new(&world);
    let page = other.get("/signin").await;
    let answer = passkey.answer(&page.options());
    let refused = other.submit("/signin/with-passkey", &page, &[("answer", &answer)]).await;
    assert!(
        refused
            .problem()
            .unwrap()
            .starts_with("Your organization no longer lets you sign in with a passkey.")
    );
    assert!(other.get("/account").await.location().starts_with("/signin"), "nobody is signed in");
    world.configure("Fido2", json!({ "state": "enabled" })).await;
    let page = other.get("/signin").await;
    let answer = passkey.answer(&page.options());
    let answer = other.submit("/signin/with-passkey", &page, &[("answer", &answer)]).await;
    assert_eq!(answer.location(), "/security-info");
}

#[tokio::test]
async fn the_choice_says_what_is_not_allowed_any_more() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.passkey(&ada).await;
    world.require("mfa").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Use your passkey"));
    // It happens while she is at it: the page she has open still leads on, to what is left.
    world.configure("SoftwareOath", json!({ "excludeTargets": only(&ada) })).await;
    let flow = page.field("flow").unwrap();
    let token = browser.token("other-ways");
    let ways = browser.post("/signin/other-ways", &[("flow", &flow), ("anti_forgery", &token)]).await;
    assert!(ways.text.contains("Your organization no longer lets you use: Authenticator app"), "{ways:?}");
    assert!(!ways.text.contains("value=\"code\""));
    let code = world.code(&secret);
    let token = browser.token("code");
    let form = [("flow", flow.as_str()), ("anti_forgery", token.as_str()), ("code", code.as_str())];
    assert_eq!(browser.post("/signin/code", &form).await.heading().0, 400, "a code is not accepted");
}

#[tokio::test]
async fn who_may_use_nothing_he_has_sets_something_up_or_is_told_why_not() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.passkey(&ada).await;
    world.require("mfa").await;
    world.disable_method("Fido2").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Set up an authenticator app"));
    assert!(page.text.contains("Your organization no longer lets you use: Passkey"), "{page:?}");
    world.disable_method("SoftwareOath").await;
    let secret = from_groups(between(&page.text, "class=\"secret\">", "</code>").unwrap());
    let code = world.code(&secret);
    let refused = browser.submit("/signin/register", &page, &[("code", &code)]).await;
    assert_eq!(refused.heading(), (403, "Your organization does not offer you this method"));
    assert_eq!(world.apps(&ada).await, 0);
    let refused = Browser::new(&world).sign_in("/signin", "ada").await;
    let (status, code, id) = refused.refusal();
    assert_eq!((status, code), (403, "53010"));
    assert_eq!(world.logged_code(&id).await, Some(53_010));
}

/// Where methods are added.
const PATHS: [&str; 4] =
    ["/security-info/totp", "/security-info/passkey", "/security-info/email", "/security-info/phone"];

#[tokio::test]
async fn nothing_is_added_that_is_not_offered_to_this_person() {
    let world = World::new().await;
    let (ada, _) = (world.person("ada").await, world.person("bob").await);
    let mut browser = Browser::signed_in(&world, "bob").await;
    let page = browser.get("/security-info/passkey").await;
    let passkey = SoftwarePasskey::new(BASE_URL, &page.options());
    for method in ["SoftwareOath", "Email", "MicrosoftAuthenticator"] {
        world.configure(method, json!({ "includeTargets": only(&ada) })).await;
    }
    world.configure("Fido2", json!({ "isSelfServiceRegistrationAllowed": false })).await;
    for path in PATHS {
        let refused = browser.get(path).await;
        assert_eq!(refused.heading(), (403, "Your organization does not offer you this method"), "{path}");
    }
    let created = passkey.created(&page.options());
    let late = [("answer", created.as_str()), ("name", "Blue")];
    let refused = browser.submit("/security-info/passkey", &page, &late).await;
    assert_eq!(refused.heading().0, 403, "a page that was opened before does not help");
    let list = browser.get("/security-info").await;
    for path in PATHS {
        assert!(!list.text.contains(path), "{path}: {list:?}");
    }
    assert!(list.text.contains("Your organization offers you nothing else to add."));
    let hers = Browser::signed_in(&world, "ada").await.get("/security-info").await;
    assert!(hers.text.contains("/security-info/totp") && !hers.text.contains("/security-info/passkey"));
}

#[tokio::test]
async fn the_list_says_what_is_not_asked_for_and_lets_it_be_removed() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.register(&ada).await;
    world.emails.set(&ada.id, "ada@example.org").await.unwrap();
    for method in ["SoftwareOath", "Email"] {
        world.disable_method(method).await;
    }
    let mut browser = Browser::signed_in(&world, "ada").await;
    let list = browser.get("/security-info").await;
    assert_eq!(list.text.matches("Your organization no longer lets you use this").count(), 2, "{list:?}");
    let method = list.field("method").unwrap();
    let removed = browser.submit("/security-info/remove", &list, &[("method", &method)]).await;
    assert_eq!(removed.location(), "/security-info?done=removed");
    assert_eq!(
        browser.submit("/security-info/email/remove", &list, &[]).await.location(),
        "/security-info?done=no-email"
    );
}

#[tokio::test]
async fn a_forgotten_password_is_not_set_with_what_is_not_allowed() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let secret = world.register(&ada).await;
    world.emails.set(&ada.id, "ada@example.org").await.unwrap();
    world.disable_method("Email").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin/reset").await;
    world.post.taken();
    let proofs = browser.submit("/signin/reset", &page, &[("username", "ada@contoso.com")]).await;
    assert!(world.post.taken().is_empty(), "no code is mailed");
    let codes = world.recovery_codes.generate(&ada.id).await.unwrap();
    let code = world.code(&secret);
    world.disable_method("SoftwareOath").await;
    // What counted when it began counts until it is over.
    let typed = [("app_code", code.as_str()), ("recovery_code", codes[0].as_str())];
    let next = browser.submit("/signin/reset/proofs", &proofs, &typed).await;
    assert_eq!(next.heading(), (200, "Choose a new password"));
    let page = browser.get("/signin/reset").await;
    let proofs = browser.submit("/signin/reset", &page, &[("username", "ada@contoso.com")]).await;
    world.clock.advance(MINUTE);
    let code = world.code(&secret);
    let typed = [("app_code", code.as_str()), ("recovery_code", codes[1].as_str())];
    let refused = browser.submit("/signin/reset/proofs", &proofs, &typed).await;
    assert!(refused.problem().unwrap().starts_with("That is wrong or not enough."));
}
