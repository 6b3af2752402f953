//! Who is held up by whose failures.

use riskgate_authentication::FirstFactorError::{Locked, Wrong};

use crate::common::{DAY, HOUR, RIGHT, World};

const HOME: &str = "203.0.113.20";

#[tokio::test]
async fn an_attacker_locks_out_strangers_and_not_the_person_at_a_familiar_network() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    world.passwords.remember_network(&anna.id, HOME.parse().unwrap()).await.unwrap();
    for number in 0..30 {
        let from = format!("198.51.100.{number}");
        let outcome = world.try_password(&anna, &format!("guess-{number}"), &from).await;
        assert_eq!(outcome, Err(if number < 10 { Wrong } else { Locked }));
    }
    assert_eq!(world.try_password(&anna, RIGHT, "192.0.2.1").await, Err(Locked), "any other network too");
    assert!(world.try_password(&anna, RIGHT, HOME).await.is_ok());
    assert!(world.try_password(&anna, RIGHT, "203.0.113.99").await.is_ok(), "the same /24");
    assert_eq!(world.try_password(&anna, RIGHT, "192.0.2.1").await, Err(Locked), "still");
}

#[tokio::test]
async fn failures_at_a_familiar_network_lock_it_and_nothing_else() {
    let world = World::new().await;
    let (anna, ben) = (world.person_with_password("anna").await, world.person_with_password("ben").await);
    for user in [&anna, &ben] {
        world.passwords.remember_network(&user.id, HOME.parse().unwrap()).await.unwrap();
    }
    for number in 0..10 {
        assert_eq!(world.try_password(&anna, &format!("guess-{number}"), HOME).await, Err(Wrong));
    }
    assert_eq!(world.try_password(&anna, RIGHT, HOME).await, Err(Locked));
    assert!(world.try_password(&anna, RIGHT, "192.0.2.1").await.is_ok(), "elsewhere");
    assert!(world.try_password(&ben, RIGHT, HOME).await.is_ok(), "somebody else at home");
}

#[tokio::test]
async fn a_network_is_familiar_for_ninety_days_after_the_last_sign_in() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    let remember = || world.passwords.remember_network(&anna.id, HOME.parse().unwrap());
    remember().await.unwrap();
    world.clock.advance(80 * DAY);
    remember().await.unwrap();
    world.clock.advance(89 * DAY);
    lock_strangers_out(&world, &anna).await;
    assert!(world.try_password(&anna, RIGHT, HOME).await.is_ok());
    world.clock.advance(DAY);
    lock_strangers_out(&world, &anna).await;
    assert_eq!(world.try_password(&anna, RIGHT, HOME).await, Err(Locked), "no longer familiar");
}

#[tokio::test]
async fn the_thirty_two_latest_networks_are_remembered() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for number in 0..33 {
        let network = format!("10.0.{number}.1").parse().unwrap();
        world.passwords.remember_network(&anna.id, network).await.unwrap();
        world.clock.advance(HOUR);
    }
    lock_strangers_out(&world, &anna).await;
    assert_eq!(world.try_password(&anna, RIGHT, "10.0.0.1").await, Err(Locked), "the oldest made room");
    for number in 1..33 {
        assert!(world.try_password(&anna, RIGHT, &format!("10.0.{number}.1")).await.is_ok(), "{number}");
    }
}

#[tokio::test]
async fn a_person_who_mistypes_once_a_day_and_then_gets_it_right_is_never_locked() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for day in 0..30 {
        assert_eq!(world.try_password(&anna, &format!("typo-{day}"), HOME).await, Err(Wrong), "day {day}");
        assert!(world.try_password(&anna, RIGHT, HOME).await.is_ok(), "day {day}");
        world.passwords.remember_network(&anna.id, HOME.parse().unwrap()).await.unwrap();
        world.clock.advance(DAY / 2);
    }
}

#[tokio::test]
async fn an_address_that_tries_many_names_is_locked_for_strangers_only() {
    let world = World::new().await;
    let (anna, ben) = (world.person_with_password("anna").await, world.person_with_password("ben").await);
    world.passwords.remember_network(&anna.id, HOME.parse().unwrap()).await.unwrap();
    for number in 0..99 {
        let outcome = world.try_unknown(&format!("name-{number}@contoso.com"), "Spring2026!", HOME).await;
        assert_eq!(outcome, Err(Wrong));
    }
    // The attacker's own account does not buy him more.
    assert!(world.try_password(&ben, RIGHT, HOME).await.is_ok());
    assert_eq!(world.try_unknown("name-99@contoso.com", "Spring2026!", HOME).await, Err(Wrong));
    assert_eq!(world.try_password(&ben, RIGHT, HOME).await, Err(Locked));
    assert_eq!(world.try_unknown("name-100@contoso.com", "Spring2026!", HOME).await, Err(Locked));
    assert!(world.try_password(&ben, RIGHT, "203.0.113.21").await.is_ok(), "another address");
    assert!(world.try_password(&anna, RIGHT, HOME).await.is_ok(), "it is a familiar network to her");
}

#[tokio::test]
async fn the_addresses_of_an_ipv6_network_count_as_one_and_a_mapped_one_as_its_ipv4() {
    let world = World::new().await;
    let ben = world.person_with_password("ben").await;
    for number in 0..100 {
        let name = format!("name-{number}@contoso.com");
        let v6 = format!("2001:db8:7:{number:x}::{number:x}");
        assert_eq!(world.try_unknown(&name, "Spring2026!", &v6).await, Err(Wrong));
        let v4 = ["192.0.2.1", "::ffff:192.0.2.1"][number % 2];
        assert_eq!(world.try_unknown(&format!("v4-{name}"), "Spring2026!", v4).await, Err(Wrong));
    }
    for from in ["2001:db8:7:ffff::1", "192.0.2.1", "::ffff:192.0.2.1"] {
        assert_eq!(world.try_password(&ben, RIGHT, from).await, Err(Locked), "{from}");
    }
    assert!(world.try_password(&ben, RIGHT, "2001:db8:8::1").await.is_ok(), "the next network");
}

async fn lock_strangers_out(world: &World, user: &riskgate_model::User) {
    for number in 0..10 {
        let _ = world.try_password(user, &format!("guess-{number}"), &format!("198.51.{number}.1")).await;
    }
    assert_eq!(world.try_password(user, RIGHT, "198.51.100.1").await, Err(Locked));
}
