//! Sign-ins that wait for a code, a new password or consent.

use std::sync::Arc;
use std::time::Duration;

use riskgate_authentication::NewInteraction;
use riskgate_store::records::{Interaction, SignInTarget};
use serde_json::json;

use crate::common::{MINUTE, World};

async fn begin(world: &World) -> String {
    let target = SignInTarget::Page("/account".to_owned());
    let facts = world.password_now();
    let new = NewInteraction {
        sign_in_id: "sign-in",
        user_id: "user",
        authentication: &facts,
        target: &target,
        must_change_password: true,
        is_password_breached: false,
        is_risk_driven: false,
        waits_for: json!("mfa"),
        passed: vec![json!("signInAgain")],
    };
    world.interactions.begin(new).await.unwrap()
}

async fn waits(world: &World, token: &str) -> bool {
    world.interactions.load(token).await.unwrap().is_some()
}

#[tokio::test]
async fn one_is_found_by_its_token_as_it_was_begun() {
    let world = World::new().await;
    let token = begin(&world).await;
    let found = world.interactions.load(&token).await.unwrap().unwrap().record;
    assert_eq!((found.sign_in_id.as_str(), found.user_id.as_str()), ("sign-in", "user"));
    assert_eq!(found.authentication, world.password_now());
    assert_eq!(found.target, SignInTarget::Page("/account".to_owned()));
    assert!(found.must_change_password && !found.is_risk_driven);
    assert_eq!((&found.waits_for, &found.passed), (&json!("mfa"), &vec![json!("signInAgain")]));
    assert!(!serde_json::to_string(&found).unwrap().contains(&token), "only a digest is kept");
    for other in ["", &found.id, &token[1..], "\0"] {
        assert!(!waits(&world, other).await, "{other}");
    }
}

#[tokio::test]
async fn one_waits_for_ten_minutes() {
    let world = World::new().await;
    let token = begin(&world).await;
    world.clock.advance(10 * MINUTE - Duration::from_micros(1));
    assert!(waits(&world, &token).await);
    world.clock.advance(Duration::from_micros(1));
    assert!(!waits(&world, &token).await);
}

#[tokio::test]
async fn the_fifth_wrong_code_ends_it() {
    let world = World::new().await;
    let token = begin(&world).await;
    for failure in 1..=5 {
        let mut interaction = world.interactions.load(&token).await.unwrap().expect("it still waits");
        assert_eq!(world.interactions.count_failure(&mut interaction).await, Ok(failure == 5), "{failure}");
    }
    assert!(!waits(&world, &token).await);
}

#[tokio::test]
async fn what_was_counted_can_be_counted_and_changed_further() {
    let world = World::new().await;
    let token = begin(&world).await;
    let mut interaction = world.interactions.load(&token).await.unwrap().unwrap();
    for _ in 0..3 {
        assert_eq!(world.interactions.count_failure(&mut interaction).await, Ok(false));
    }
    interaction.record.must_change_password = false;
    world.interactions.update(&interaction).await.unwrap();
    let stored = world.interactions.load(&token).await.unwrap().unwrap().record;
    assert_eq!((stored.failures, stored.must_change_password), (3, false));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn wrong_codes_at_the_same_moment_are_all_counted() {
    let world = Arc::new(World::new().await);
    for _ in 0..10 {
        let token = begin(&world).await;
        let seen = world.interactions.load(&token).await.unwrap().unwrap();
        let tasks: Vec<_> = (0..5)
            .map(|_| {
                let (world, mut seen) = (world.clone(), seen.clone());
                tokio::spawn(async move { world.interactions.count_failure(&mut seen).await.unwrap() })
            })
            .collect();
        let mut last = 0;
        for task in tasks {
            last += usize::from(task.await.unwrap());
        }
        assert_eq!(last, 1, "one of the five was the last");
        assert!(!waits(&world, &token).await);
    }
}

#[tokio::test]
async fn a_wrong_code_after_the_end_changes_nothing() {
    let world = World::new().await;
    let token = begin(&world).await;
    let mut seen = world.interactions.load(&token).await.unwrap().unwrap();
    assert_eq!(world.interactions.finish(&seen).await, Ok(true));
    assert_eq!(world.interactions.count_failure(&mut seen).await, Ok(true));
    assert!(world.load::<Interaction>(&seen.record.id).await.is_none());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn exactly_one_finishes_it() {
    let world = Arc::new(World::new().await);
    for _ in 0..10 {
        let token = begin(&world).await;
        let seen = world.interactions.load(&token).await.unwrap().unwrap();
        let tasks: Vec<_> = (0..8)
            .map(|_| {
                let (world, seen) = (world.clone(), seen.clone());
                tokio::spawn(async move { world.interactions.finish(&seen).await.unwrap() })
            })
            .collect();
        let mut winners = 0;
        for task in tasks {
            winners += usize::from(task.await.unwrap());
        }
        assert_eq!(winners, 1);
        assert!(!waits(&world, &token).await);
    }
}

#[tokio::test]
async fn a_wrong_code_at_the_same_moment_does_not_stop_who_finishes() {
    let world = World::new().await;
    let token = begin(&world).await;
    let seen = world.interactions.load(&token).await.unwrap().unwrap();
    world.interactions.count_failure(&mut seen.clone()).await.unwrap();
    assert_eq!(world.interactions.finish(&seen).await, Ok(true));
    assert_eq!(world.interactions.finish(&seen).await, Ok(false));
}

#[tokio::test]
async fn the_last_wrong_code_at_the_same_moment_does() {
    let world = World::new().await;
    let token = begin(&world).await;
    let seen = world.interactions.load(&token).await.unwrap().unwrap();
    let mut other = seen.clone();
    while !world.interactions.count_failure(&mut other).await.unwrap() {}
    assert_eq!(world.interactions.finish(&seen).await, Ok(false));
}

#[tokio::test]
async fn a_form_sent_twice_at_once_is_a_conflict() {
    let world = World::new().await;
    let token = begin(&world).await;
    let seen = world.interactions.load(&token).await.unwrap().unwrap();
    world.interactions.update(&seen).await.unwrap();
    let again = world.interactions.update(&seen).await.unwrap_err();
    assert!(riskgate_store::AsConflict::is_conflict(&again), "{again}");
}
