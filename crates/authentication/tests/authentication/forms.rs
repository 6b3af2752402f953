//! What pages carry, and whose forms are believed.

use std::sync::Arc;

use proptest::prelude::*;
use riskgate_authentication::SealedFormError::{Expired, Invalid, TooLarge};
use riskgate_authentication::{Forms, PasswordOwner, PasswordRules, SealedForms};
use riskgate_keystore::MasterKey;
use serde_json::{Value, json};

use crate::common::{MINUTE, World};

const BROWSER: &str = "browser-1";

#[tokio::test]
async fn what_was_sealed_opens_until_it_expires() {
    let world = World::new().await;
    let value = json!({ "path": "/account", "text": "Grüße \u{0} ❤" });
    let sealed = world.sealed.seal("return", &value, MINUTE).unwrap();
    assert!(sealed.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'), "{sealed}");
    assert!(!sealed.contains("account"));
    assert_eq!(world.sealed.open("return", &sealed), Ok(value.clone()));
    world.clock.advance(MINUTE - std::time::Duration::from_micros(1));
    assert_eq!(world.sealed.open("return", &sealed), Ok(value));
    world.clock.advance(std::time::Duration::from_micros(1));
    assert_eq!(world.sealed.open::<Value>("return", &sealed), Err(Expired));
}

#[tokio::test]
async fn another_purpose_another_type_and_another_key_do_not_open() {
    let world = World::new().await;
    let sealed = world.sealed.seal("return", &"text", MINUTE).unwrap();
    assert_eq!(world.sealed.open::<String>("other", &sealed), Err(Invalid));
    assert_eq!(world.sealed.open::<String>("", &sealed), Err(Invalid));
    assert_eq!(world.sealed.open::<u32>("return", &sealed), Err(Invalid));
    // Another tenant with another master key.
    let seal = Arc::new(MasterKey::ephemeral(world.services.rng.clone()));
    let other = SealedForms::new(world.services.clock.clone(), seal);
    assert_eq!(other.open::<String>("return", &sealed), Err(Invalid));
}

#[tokio::test]
async fn a_changed_or_cut_text_does_not_open() {
    let world = World::new().await;
    let sealed = world.sealed.seal("return", &"text", MINUTE).unwrap();
    for at in 0..sealed.len() {
        let mut changed = sealed.clone().into_bytes();
        changed[at] = if changed[at] == b'A' { b'B' } else { b'A' };
        let changed = String::from_utf8(changed).unwrap();
        assert_eq!(world.sealed.open::<String>("return", &changed), Err(Invalid), "character {at}");
        assert_eq!(world.sealed.open::<String>("return", &sealed[..at]), Err(Invalid), "first {at}");
    }
    for added in ["=", " ", "A", "\n"] {
        assert_eq!(world.sealed.open::<String>("return", &format!("{sealed}{added}")), Err(Invalid));
    }
}

#[tokio::test]
async fn an_oversized_text_is_neither_made_nor_looked_at() {
    let world = World::new().await;
    let fits = world.sealed.seal("return", &"x".repeat(18_000), MINUTE).unwrap();
    assert_eq!(world.sealed.open("return", &fits), Ok("x".repeat(18_000)));
    assert_eq!(world.sealed.seal("return", &"x".repeat(18_500), MINUTE), Err(TooLarge));
    assert_eq!(world.sealed.open::<String>("return", &"A".repeat(5_000_000)), Err(Invalid));
}

#[tokio::test]
async fn a_token_is_good_for_one_browser_and_one_form() {
    let world = World::new().await;
    let token = world.forms.token(BROWSER, "password");
    assert!(world.forms.is_genuine(Some(BROWSER), "password", &token));
    assert!(!world.forms.is_genuine(Some(BROWSER), "logout", &token), "another form");
    assert!(!world.forms.is_genuine(Some("browser-2"), "password", &token), "another browser");
    assert!(!world.forms.is_genuine(None, "password", &token), "no browser");
    assert!(!world.forms.is_genuine(Some(BROWSER), "password", ""), "no token");
    assert!(!world.forms.is_genuine(Some(BROWSER), "password", &token[1..]), "a part of it");
    assert!(!world.forms.is_genuine(Some("browser-"), "1password", &token), "cut elsewhere");
    let other = Forms::new(world.services.clone(), &[9; 32]);
    assert!(!other.is_genuine(Some(BROWSER), "password", &token), "another key");
    let restarted = Forms::new(world.services.clone(), &[1; 32]);
    assert!(restarted.is_genuine(Some(BROWSER), "password", &token), "the same key after a restart");
}

/// Runs a property on one world; making one for every case would take most of the time.
fn with_world(property: impl Fn(&World)) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    property(&runtime.block_on(World::new()));
}

#[test]
fn no_text_makes_anything_panic_or_is_believed() {
    with_world(|world| {
        let user = riskgate_model::User { id: world.services.rng.guid(), ..Default::default() };
        proptest!(|(text in any_text(), form in ".{0,20}")| {
            prop_assert_eq!(world.sealed.open::<Value>(&form, &text), Err(Invalid));
            prop_assert!(!world.forms.is_genuine(Some(BROWSER), &form, &text));
            let _ = world.forms.token(&text, &form);
            prop_assert!(world.oath.resume(&user, &text).is_err());
            let owner = PasswordOwner {
                user_principal_name: &form,
                names: [Some(&text), None, None],
                password_policies: Some(&form),
            };
            let _ = PasswordRules::new(&[&form], &[]).check(&text, owner);
        });
    });
}

/// Arbitrary text, half of it base64url of arbitrary bytes that begin like something sealed.
fn any_text() -> impl Strategy<Value = String> {
    use base64::Engine;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let sealed = prop::collection::vec(any::<u8>(), 0..200).prop_map(|mut bytes| {
        bytes.insert(0, 1);
        URL_SAFE_NO_PAD.encode(bytes)
    });
    prop_oneof![any::<String>(), sealed]
}

#[test]
fn whatever_is_sealed_opens_the_same() {
    with_world(|world| {
        proptest!(|(purpose in any::<String>(), value in any::<Vec<String>>())| {
            match world.sealed.seal(&purpose, &value, MINUTE) {
                Ok(sealed) => prop_assert_eq!(world.sealed.open(&purpose, &sealed), Ok(value)),
                Err(refused) => prop_assert_eq!(refused, TooLarge),
            }
        });
    });
}
