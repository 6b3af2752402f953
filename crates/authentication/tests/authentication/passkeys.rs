//! Passkeys: registering them, and what is accepted of them.

use riskgate_authentication::{PasskeyChallenge, PasskeyError, Passkeys, RegisteredMethods};
use riskgate_model::{AuthenticationMethodKind, User};
use riskgate_store::records::AuthenticationMethod;
use serde_json::Value as Json;

use crate::common::{AA_GUID, MINUTE, SoftwarePasskey, World};

const ORIGIN: &str = "https://login.contoso.com:8443";
const PAGE: &str = "a browser";

fn service(world: &World) -> Passkeys {
    Passkeys::new(world.services.clone(), world.sealed.clone(), ORIGIN, "Contoso")
}

async fn registered(passkeys: &Passkeys, user: &User) -> (SoftwarePasskey, AuthenticationMethod) {
    let challenge = passkeys.begin_registration(user).await.unwrap();
    let passkey = SoftwarePasskey::new(ORIGIN, &challenge.options);
    let created = passkey.created(&challenge.options);
    let method = passkeys.register(user, &challenge.pending, &created, "Blue key").await.unwrap();
    (passkey, method)
}

fn options(challenge: &PasskeyChallenge) -> Json {
    serde_json::from_str(&challenge.options).unwrap()
}

#[tokio::test]
async fn a_passkey_is_registered_and_signs_in_without_a_name() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let passkeys = service(&world);
    let challenge = passkeys.begin_registration(&anna).await.unwrap();
    let asked = options(&challenge);
    assert_eq!(asked["rp"]["id"], "login.contoso.com");
    assert_eq!(asked["authenticatorSelection"]["residentKey"], "required");
    assert_eq!(asked["authenticatorSelection"]["userVerification"], "required");
    assert_eq!(asked["attestation"], "none");
    let mut passkey = SoftwarePasskey::new(ORIGIN, &challenge.options);
    let created = passkey.created(&challenge.options);
    let method = passkeys.register(&anna, &challenge.pending, &created, " Blue key ").await.unwrap();
    assert_eq!(method.kind, AuthenticationMethodKind::Fido2);
    assert_eq!(method.display_name.as_deref(), Some("Blue key"));
    assert_eq!(method.passkey.unwrap().aa_guid.as_deref(), Some(AA_GUID));

    let challenge = passkeys.challenge(PAGE).unwrap();
    let asked = options(&challenge);
    assert_eq!(asked["userVerification"], "required");
    assert_eq!(asked["allowCredentials"].as_array().map(Vec::len), Some(0));
    let answer = passkey.answer(&challenge.options);
    assert_eq!(passkeys.verify(PAGE, &challenge.pending, &answer).await, Ok(anna.id.clone()));
    // Whoever is known already gets a challenge for his own passkeys.
    let challenge = passkeys.challenge_for(&anna.id, PAGE).await.unwrap();
    assert_eq!(options(&challenge)["allowCredentials"][0]["id"], passkey.id());
    let answer = passkey.answer(&challenge.options);
    assert_eq!(passkeys.verify(PAGE, &challenge.pending, &answer).await, Ok(anna.id));
}

#[tokio::test]
async fn an_answer_passes_once_in_five_minutes_on_its_own_page() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let passkeys = service(&world);
    let (mut passkey, _) = registered(&passkeys, &anna).await;
    let challenge = passkeys.challenge(PAGE).unwrap();
    let first = passkey.answer(&challenge.options);
    let elsewhere = passkeys.verify("another browser", &challenge.pending, &first).await;
    assert_eq!(elsewhere, Err(PasskeyError::Expired));
    assert!(passkeys.verify(PAGE, &challenge.pending, &first).await.is_ok());
    // The counter would let a second answer to the same challenge pass.
    let second = passkey.answer(&challenge.options);
    assert_eq!(passkeys.verify(PAGE, &challenge.pending, &second).await, Err(PasskeyError::Expired));
    let other = passkeys.challenge(PAGE).unwrap();
    let answer = passkey.answer(&challenge.options);
    assert_eq!(passkeys.verify(PAGE, &other.pending, &answer).await, Err(PasskeyError::Wrong));
    let late = passkey.answer(&other.options);
    world.clock.advance(5 * MINUTE);
    assert_eq!(passkeys.verify(PAGE, &other.pending, &late).await, Err(PasskeyError::Expired));
}

#[tokio::test]
async fn nothing_else_is_accepted() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let passkeys = service(&world);
    let (mut passkey, _) = registered(&passkeys, &anna).await;
    let right = (passkey.origin.clone(), passkey.relying_party.clone());
    let wrong = |passkey: &mut SoftwarePasskey, what: usize| match what {
        0 => passkey.origin = "https://login.contoso.com.evil.example".to_owned(),
        1 => passkey.origin = "https://login.contoso.com".to_owned(),
        2 => passkey.origin = "https://sub.login.contoso.com:8443".to_owned(),
        3 => passkey.relying_party = "contoso.com".to_owned(),
        _ => passkey.verifies_owner = false,
    };
    for what in 0..5 {
        wrong(&mut passkey, what);
        let challenge = passkeys.challenge(PAGE).unwrap();
        let answer = passkey.answer(&challenge.options);
        let outcome = passkeys.verify(PAGE, &challenge.pending, &answer).await;
        assert_eq!(outcome, Err(PasskeyError::Wrong), "{what}");
        let challenge = passkeys.begin_registration(&anna).await.unwrap();
        let mut other = SoftwarePasskey::new(ORIGIN, &challenge.options);
        wrong(&mut other, what);
        let created = other.created(&challenge.options);
        let outcome = passkeys.register(&anna, &challenge.pending, &created, "").await;
        assert_eq!(outcome, Err(PasskeyError::Wrong), "{what}");
        (passkey.origin, passkey.relying_party) = right.clone();
        passkey.verifies_owner = true;
    }
    for text in ["", "{}", "[", &"x".repeat(20_000)] {
        let challenge = passkeys.challenge(PAGE).unwrap();
        assert_eq!(passkeys.verify(PAGE, &challenge.pending, text).await, Err(PasskeyError::Wrong));
        assert_eq!(passkeys.verify(PAGE, "AAAA", text).await, Err(PasskeyError::Expired));
    }
    let challenge = passkeys.challenge(PAGE).unwrap();
    let answer = passkey.answer(&challenge.options);
    assert_eq!(passkeys.verify(PAGE, &challenge.pending, &answer).await, Ok(anna.id));
}

#[tokio::test]
async fn a_counter_that_does_not_grow_shows_a_copy() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let passkeys = service(&world);
    let (mut passkey, _) = registered(&passkeys, &anna).await;
    passkey.counter = 40;
    let challenge = passkeys.challenge(PAGE).unwrap();
    let answer = passkey.answer(&challenge.options);
    assert!(passkeys.verify(PAGE, &challenge.pending, &answer).await.is_ok());
    for counter in [40, 10] {
        passkey.counter = counter;
        let challenge = passkeys.challenge(PAGE).unwrap();
        let answer = passkey.answer(&challenge.options);
        let cloned = PasskeyError::Cloned { user_id: anna.id.clone() };
        assert_eq!(passkeys.verify(PAGE, &challenge.pending, &answer).await, Err(cloned));
    }
}

#[tokio::test]
async fn a_passkey_says_whose_it_is_and_proves_nobody_else() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let passkeys = service(&world);
    let (mut of_anna, method) = registered(&passkeys, &anna).await;
    let (of_ben, _) = registered(&passkeys, &ben).await;
    // Where Ben must answer, Anna's does not, whatever handle it gives.
    let right = of_anna.user_handle.clone();
    for handle in [right.clone(), of_ben.user_handle.clone(), None] {
        of_anna.user_handle = handle;
        let challenge = passkeys.challenge_for(&ben.id, PAGE).await.unwrap();
        let answer = of_anna.answer(&challenge.options);
        let outcome = passkeys.verify(PAGE, &challenge.pending, &answer).await;
        assert_eq!(outcome, Err(PasskeyError::Unknown));
    }
    // Where nobody is named, it must say the right one.
    for handle in [of_ben.user_handle, None] {
        of_anna.user_handle = handle;
        let challenge = passkeys.challenge(PAGE).unwrap();
        let answer = of_anna.answer(&challenge.options);
        let outcome = passkeys.verify(PAGE, &challenge.pending, &answer).await;
        assert_eq!(outcome, Err(PasskeyError::Unknown));
    }
    of_anna.user_handle = right;
    // Once removed it is good for nothing.
    let methods = RegisteredMethods::new(world.services.clone());
    methods.remove(&anna.id, &method.id).await.unwrap();
    let challenge = passkeys.challenge(PAGE).unwrap();
    let answer = of_anna.answer(&challenge.options);
    assert_eq!(passkeys.verify(PAGE, &challenge.pending, &answer).await, Err(PasskeyError::Unknown));
}

#[tokio::test]
async fn a_registration_is_good_once_for_the_person_of_the_page() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let passkeys = service(&world);
    let challenge = passkeys.begin_registration(&anna).await.unwrap();
    let passkey = SoftwarePasskey::new(ORIGIN, &challenge.options);
    let created = passkey.created(&challenge.options);
    let by_ben = passkeys.register(&ben, &challenge.pending, &created, "").await;
    assert_eq!(by_ben, Err(PasskeyError::Expired));
    assert!(passkeys.register(&anna, &challenge.pending, &created, "").await.is_ok());
    let again = passkeys.register(&anna, &challenge.pending, &created, "").await;
    assert_eq!(again, Err(PasskeyError::Exists));
    // Ben cannot claim Anna's passkey either, and it is excluded for her.
    let of_ben = passkeys.begin_registration(&ben).await.unwrap();
    let claimed = passkeys.register(&ben, &of_ben.pending, &passkey.created(&of_ben.options), "").await;
    assert_eq!(claimed, Err(PasskeyError::Exists));
    let next = passkeys.begin_registration(&anna).await.unwrap();
    assert_eq!(options(&next)["excludeCredentials"][0]["id"], passkey.id());
    world.clock.advance(5 * MINUTE);
    let late = SoftwarePasskey::new(ORIGIN, &next.options).created(&next.options);
    assert_eq!(passkeys.register(&anna, &next.pending, &late, "").await, Err(PasskeyError::Expired));
}

#[tokio::test]
async fn a_person_has_ten_passkeys_at_most_beside_his_apps() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    world.register(&anna).await;
    let passkeys = service(&world);
    for _ in 0..10 {
        registered(&passkeys, &anna).await;
    }
    assert_eq!(passkeys.begin_registration(&anna).await.unwrap_err(), PasskeyError::TooMany);
    assert_eq!(passkeys.list(&anna.id).await.unwrap().len(), 10);
    assert_eq!(world.oath.list(&anna.id).await.unwrap().len(), 1);
}

#[tokio::test]
async fn an_address_without_a_domain_name_has_no_passkeys() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let local =
        Passkeys::new(world.services.clone(), world.sealed.clone(), "https://127.0.0.1:8443", "Contoso");
    assert!(!local.are_available());
    assert_eq!(local.challenge(PAGE).unwrap_err(), PasskeyError::Unavailable);
    assert_eq!(local.begin_registration(&anna).await.unwrap_err(), PasskeyError::Unavailable);
    let named =
        Passkeys::new(world.services.clone(), world.sealed.clone(), "https://localhost:8443", "Contoso");
    assert!(named.are_available());
}
