//! Passwords people choose themselves.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use riskgate_authentication::PasswordRefused::{Breached, TooWeak, Unchanged};
use riskgate_authentication::{BreachedCheck, PasswordAttempt};
use riskgate_core::Clock;
use riskgate_model::User;
use riskgate_ports::BreachedPasswords;
use riskgate_store::records::UserCredential;
use secrecy::{ExposeSecret, SecretString};

use crate::common::{DAY, RIGHT, World};

const NEW: &str = "Fabrikam 5678";
const FROM: &str = "198.51.100.7";

#[tokio::test]
async fn a_chosen_password_replaces_the_old_one_and_needs_no_change() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    world.set_password(&anna, RIGHT, true).await;
    world.clock.advance(DAY);
    assert_eq!(world.passwords.choose(&anna, NEW.into()).await, Ok(Ok(())));
    assert!(world.try_password(&anna, RIGHT, FROM).await.is_err());
    assert!(!world.try_password(&anna, NEW, FROM).await.unwrap().must_change);
    let stored = world.passwords.credential(Some(&anna)).await.unwrap().unwrap().record;
    assert_eq!(stored.changed_date_time, world.clock.now());
    assert!(!stored.password_hash.contains(NEW));
}

#[tokio::test]
async fn the_same_password_again_is_refused_and_changes_nothing() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    world.set_password(&anna, RIGHT, true).await;
    let before = world.load::<UserCredential>(&anna.id).await;
    assert_eq!(world.passwords.choose(&anna, RIGHT.into()).await, Ok(Err(Unchanged)));
    assert_eq!(world.load::<UserCredential>(&anna.id).await, before);
}

#[tokio::test]
async fn the_rules_hold_and_cost_no_hash() {
    let world = World::new().await;
    let anna = world.person_with_password("anna.smith").await;
    let before = world.passwords.hasher().verifications();
    let too_long = "aB1 ".repeat(65);
    for weak in ["", "Short1!", "alllowercase", "lowercase123", "My-Anna.Smith-1", "ANNA.SMITH1x", &too_long]
    {
        assert_eq!(world.passwords.choose(&anna, weak.into()).await, Ok(Err(TooWeak)), "{weak}");
    }
    assert_eq!(world.passwords.hasher().verifications(), before);
    let relaxed = User { password_policies: Some("DisableStrongPassword".to_owned()), ..anna };
    assert_eq!(world.passwords.choose(&relaxed, "alllowercase".into()).await, Ok(Ok(())));
    assert_eq!(world.passwords.choose(&relaxed, "short".into()).await, Ok(Err(TooWeak)));
}

/// Knows [`NEW`] and [`RIGHT`] from breaches, and counts how often it is asked.
struct Known(AtomicUsize);

#[async_trait::async_trait]
impl BreachedPasswords for Known {
    async fn is_breached(&self, password: &SecretString) -> bool {
        self.0.fetch_add(1, Ordering::SeqCst);
        [NEW, RIGHT].contains(&password.expose_secret())
    }
}

#[tokio::test]
async fn passwords_known_from_breaches_are_refused_and_must_be_changed_as_far_as_it_is_configured() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for (refuse_new, demand_change) in [(true, true), (true, false), (false, true), (false, false)] {
        let list = Arc::new(Known(AtomicUsize::new(0)));
        let check = BreachedCheck { list: list.clone(), refuse_new, demand_change };
        let passwords = world.passwords.clone().with_breached_check(Some(check));
        let refused = passwords.hash_chosen(&anna, NEW.into()).await.unwrap();
        assert_eq!(refused.err(), refuse_new.then_some(Breached));
        assert!(passwords.hash_chosen(&anna, "Fabrikam 5679".into()).await.unwrap().is_ok());
        let attempt = |password: &str| PasswordAttempt {
            user: Some(&anna),
            user_principal_name: "anna@contoso.com",
            password: password.into(),
            address: FROM.parse().unwrap(),
        };
        let asked = list.0.load(Ordering::SeqCst);
        assert!(passwords.verify(attempt(NEW)).await.is_err());
        assert_eq!(list.0.load(Ordering::SeqCst), asked, "a wrong password is nobody's business");
        let passed = passwords.verify(attempt(RIGHT)).await.unwrap();
        assert_eq!((passed.must_change, passed.is_breached), (demand_change, demand_change));
        assert_eq!(list.0.load(Ordering::SeqCst) - asked, usize::from(demand_change));
    }
}

#[tokio::test]
async fn the_shortest_and_the_longest_password_can_be_used() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for password in ["aB1aB1aB".to_owned(), "aB1\u{1f600}".repeat(64)] {
        assert_eq!(world.passwords.choose(&anna, password.clone().into()).await, Ok(Ok(())));
        assert!(world.try_password(&anna, &password, FROM).await.is_ok());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_first_passwords_at_the_same_moment_leave_one_of_them() {
    let world = Arc::new(World::new().await);
    for round in 0..10 {
        let user = world.person(&format!("person-{round}")).await;
        let choose = |password: &'static str| {
            let (world, user) = (world.clone(), user.clone());
            tokio::spawn(async move { world.passwords.choose(&user, password.into()).await })
        };
        let (one, two) = (choose(RIGHT), choose(NEW));
        assert_eq!(one.await.unwrap(), Ok(Ok(())));
        assert_eq!(two.await.unwrap(), Ok(Ok(())));
        let mut good = 0;
        for password in [RIGHT, NEW] {
            good += usize::from(world.try_password(&user, password, FROM).await.is_ok());
        }
        assert_eq!(good, 1);
    }
}
