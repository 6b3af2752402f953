//! When an account is locked, and for how long.

use riskgate_authentication::FirstFactorError::{Locked, Wrong};
use riskgate_model::User;
use std::time::Duration;

use crate::common::{DAY, MINUTE, RIGHT, World};

/// An address of a network nobody signed in from.
fn stranger(number: usize) -> String {
    format!("198.51.{number}.7")
}

/// Types `count` passwords that were not typed before, each from another network.
async fn fail(world: &World, user: &User, label: &str, count: usize) {
    for number in 0..count {
        let outcome = world.try_password(user, &format!("{label}-{number}"), &stranger(number)).await;
        assert_eq!(outcome, Err(Wrong), "{label}-{number}");
    }
}

#[tokio::test]
async fn ten_failures_lock_for_a_minute_and_every_next_time_twice_as_long_up_to_an_hour() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for (round, seconds) in [60, 120, 240, 480, 960, 1920, 3600, 3600].into_iter().enumerate() {
        fail(&world, &anna, &format!("round {round}"), 10).await;
        let right = || world.try_password(&anna, RIGHT, "198.51.200.1");
        assert_eq!(right().await, Err(Locked), "at once, round {round}");
        world.clock.advance(Duration::from_secs(seconds - 1));
        assert_eq!(right().await, Err(Locked), "a second too early, round {round}");
        world.clock.advance(Duration::from_secs(1));
    }
    assert!(world.try_password(&anna, RIGHT, "198.51.200.1").await.is_ok(), "and then it is over");
}

#[tokio::test]
async fn an_operator_unlocks_an_account() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    fail(&world, &anna, "wrong", 10).await;
    assert_eq!(world.try_password(&anna, RIGHT, "198.51.200.1").await, Err(Locked));
    world.passwords.unlock(&anna.id).await.unwrap();
    assert!(world.try_password(&anna, RIGHT, "198.51.200.1").await.is_ok());
}

#[tokio::test]
async fn nine_failures_do_not_lock() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    fail(&world, &anna, "wrong", 9).await;
    assert!(world.try_password(&anna, RIGHT, "198.51.200.1").await.is_ok());
}

#[tokio::test]
async fn attempts_while_locked_neither_count_nor_make_the_lock_longer() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    fail(&world, &anna, "wrong", 10).await;
    for number in 0..25 {
        let outcome = world.try_password(&anna, &format!("more-{number}"), &stranger(number)).await;
        assert_eq!(outcome, Err(Locked));
    }
    world.clock.advance(MINUTE);
    assert!(world.try_password(&anna, RIGHT, "198.51.200.1").await.is_ok());
}

#[tokio::test]
async fn the_same_wrong_password_is_counted_once() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for _ in 0..10 {
        for old in ["Summer2024!", "Autumn2024!", "Winter2024!"] {
            assert_eq!(world.try_password(&anna, old, "198.51.100.7").await, Err(Wrong));
        }
    }
    fail(&world, &anna, "other", 6).await;
    assert!(world.try_password(&anna, RIGHT, "198.51.100.7").await.is_ok(), "nine were counted");
}

#[tokio::test]
async fn only_the_last_three_wrong_passwords_are_remembered() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for number in 0..10 {
        let password = ["one", "two", "three", "four"][number % 4];
        assert_eq!(world.try_password(&anna, password, &stranger(number)).await, Err(Wrong));
    }
    assert_eq!(world.try_password(&anna, RIGHT, "198.51.100.7").await, Err(Locked));
}

#[tokio::test]
async fn a_success_forgets_failures_and_locks() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for round in 0..3 {
        fail(&world, &anna, &format!("round {round}"), 9).await;
        assert!(world.try_password(&anna, RIGHT, "198.51.200.1").await.is_ok(), "round {round}");
    }
    for round in 0..2 {
        fail(&world, &anna, &format!("lock {round}"), 10).await;
        world.clock.advance(MINUTE);
        assert!(world.try_password(&anna, RIGHT, "198.51.200.1").await.is_ok(), "always the first lock");
    }
}

#[tokio::test]
async fn a_day_without_failures_forgets_them_and_the_passwords_that_were_tried() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    fail(&world, &anna, "wrong", 9).await;
    world.clock.advance(DAY);
    // The last three of before are new again: with them nine are counted, and the tenth locks.
    for password in ["wrong-6", "wrong-7", "wrong-8"] {
        assert_eq!(world.try_password(&anna, password, "198.51.100.7").await, Err(Wrong));
    }
    fail(&world, &anna, "today", 6).await;
    assert_eq!(world.try_password(&anna, "the tenth", "198.51.100.7").await, Err(Wrong));
    assert_eq!(world.try_password(&anna, RIGHT, "198.51.100.7").await, Err(Locked));
}

#[tokio::test]
async fn an_unknown_name_is_locked_exactly_like_a_known_one() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    let (mut known, mut unknown) = (Vec::new(), Vec::new());
    for number in 0..32 {
        let (password, from) = (format!("wrong-{}", number / 2), stranger(number));
        known.push(world.try_password(&anna, &password, &from).await);
        // Names are told apart as the directory does it: without regard to case.
        let name = ["nobody@contoso.com", "NoBody@Contoso.com"][number % 2];
        unknown.push(world.try_unknown(name, &password, &from).await);
        if number == 25 {
            world.clock.advance(MINUTE);
        }
    }
    assert_eq!(known, unknown);
    assert_eq!(known.iter().filter(|outcome| **outcome == Err(Wrong)).count(), 25);
    assert_eq!(known.iter().filter(|outcome| **outcome == Err(Locked)).count(), 7);
}

#[tokio::test]
async fn who_types_an_identifier_as_a_name_does_not_lock_its_owner() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    for number in 0..10 {
        let outcome = world.try_unknown(&anna.id, &format!("wrong-{number}"), &stranger(number)).await;
        assert_eq!(outcome, Err(Wrong));
    }
    assert!(world.try_password(&anna, RIGHT, "198.51.200.1").await.is_ok());
}

#[tokio::test]
async fn a_right_guess_that_began_before_the_lock_and_ends_after_it_is_refused() {
    let world = World::new().await;
    let anna = world.person_with_password("anna").await;
    // The guess has seen that nothing is locked, and waits for the password.
    let (reached, open) = world.observed.hold("user_credentials");
    let guess = world.try_password(&anna, RIGHT, "198.51.200.1");
    let others = async {
        reached.await.unwrap();
        fail(&world, &anna, "wrong", 10).await;
        open.send(()).unwrap();
    };
    let (outcome, ()) = tokio::join!(guess, others);
    assert_eq!(outcome, Err(Locked));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn failures_at_the_same_moment_are_all_counted() {
    let world = std::sync::Arc::new(World::new().await);
    let anna = world.person_with_password("anna").await;
    let attempts: Vec<_> = (0..10)
        .map(|number| {
            let (world, anna) = (world.clone(), anna.clone());
            tokio::spawn(async move {
                world.try_password(&anna, &format!("wrong-{number}"), &stranger(number)).await
            })
        })
        .collect();
    for attempt in attempts {
        assert_eq!(attempt.await.unwrap(), Err(Wrong));
    }
    assert_eq!(world.try_password(&anna, RIGHT, "198.51.200.1").await, Err(Locked));
}
