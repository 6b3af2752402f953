//! Passwords people choose themselves.

use std::sync::Arc;

use riskgate_authentication::PasswordRefused::{TooWeak, Unchanged};
use riskgate_core::Clock;
use riskgate_model::User;
use riskgate_store::records::UserCredential;

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
