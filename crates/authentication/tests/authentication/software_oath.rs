//! Codes of authenticator apps.

use std::sync::Arc;
use std::time::Duration;

use riskgate_authentication::OathError::{Failed, Locked, Wrong};
use riskgate_authentication::{AuthnError, SoftwareOath};
use riskgate_keystore::MasterKey;

use crate::common::{MINUTE, World};

const STEP: Duration = Duration::from_secs(30);

#[tokio::test]
async fn a_code_passes_once_and_the_next_one_again() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let secret = world.register(&anna).await;
    let code = world.code(&secret, 0);
    assert_eq!(world.oath.verify(&anna.id, &code).await, Err(Wrong), "it was used to register");
    world.clock.advance(STEP);
    let code = world.code(&secret, 0);
    assert_eq!(world.oath.verify(&anna.id, &code).await, Ok(()));
    assert_eq!(world.oath.verify(&anna.id, &code).await, Err(Wrong), "replayed");
    world.clock.advance(STEP);
    assert_eq!(world.oath.verify(&anna.id, &code).await, Err(Wrong), "replayed a step later");
    assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 0)).await, Ok(()));
}

#[tokio::test]
async fn clocks_may_differ_by_one_step_and_an_older_code_never_passes_after_a_newer() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let secret = world.register(&anna).await;
    world.clock.advance(10 * MINUTE);
    assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, -2)).await, Err(Wrong));
    assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 2)).await, Err(Wrong));
    assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, -1)).await, Ok(()));
    assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 1)).await, Ok(()));
    assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 0)).await, Err(Wrong), "older than the last");
}

#[tokio::test]
async fn codes_of_other_people_and_malformed_ones_are_wrong() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let (_, his) = (world.register(&anna).await, world.register(&ben).await);
    world.clock.advance(STEP);
    let code = world.code(&his, 0);
    for wrong in [code.as_str(), "", "12345", &format!("{code}0"), "abcdef", &"1".repeat(1_000_000)] {
        assert_eq!(world.oath.verify(&anna.id, wrong).await, Err(Wrong));
    }
    assert_eq!(world.oath.verify("nobody", &code).await, Err(Wrong));
    let spaced = format!(" {} {} ", &code[..3], &code[3..]);
    assert_eq!(world.oath.verify(&ben.id, &spaced).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_two_who_send_the_same_code_at_the_same_moment_exactly_one_passes() {
    let world = Arc::new(World::new().await);
    let anna = world.person("anna").await;
    let secret = world.register(&anna).await;
    for _ in 0..10 {
        world.clock.advance(STEP);
        let code = world.code(&secret, 0);
        let verify = || {
            let (world, id, code) = (world.clone(), anna.id.clone(), code.clone());
            tokio::spawn(async move { world.oath.verify(&id, &code).await })
        };
        let (one, two) = (verify(), verify());
        let mut outcomes = [one.await.unwrap(), two.await.unwrap()];
        outcomes.sort_by_key(Result::is_err);
        assert_eq!(outcomes, [Ok(()), Err(Wrong)]);
    }
}

#[tokio::test]
async fn ten_wrong_codes_lock_and_the_right_one_waits_until_it_is_over() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let secret = world.register(&anna).await;
    world.clock.advance(STEP);
    for round in 0..2 {
        for number in 0..10 {
            assert_eq!(world.oath.verify(&anna.id, &world.wrong_code(&secret, number)).await, Err(Wrong));
        }
        assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 0)).await, Err(Locked));
        let lock = MINUTE * (1 << round);
        world.clock.advance(lock - Duration::from_secs(1));
        assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 0)).await, Err(Locked));
        world.clock.advance(Duration::from_secs(1));
    }
    assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 0)).await, Ok(()));
}

#[tokio::test]
async fn the_tenth_code_may_be_right_and_forgets_the_wrong_ones() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let secret = world.register(&anna).await;
    for _ in 0..3 {
        world.clock.advance(STEP);
        for number in 0..9 {
            assert_eq!(world.oath.verify(&anna.id, &world.wrong_code(&secret, number)).await, Err(Wrong));
        }
        assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 0)).await, Ok(()));
    }
}

#[tokio::test]
async fn one_persons_wrong_codes_lock_nobody_else() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let (hers, his) = (world.register(&anna).await, world.register(&ben).await);
    world.clock.advance(STEP);
    for number in 0..11 {
        let _ = world.oath.verify(&anna.id, &world.wrong_code(&hers, number)).await;
    }
    assert_eq!(world.oath.verify(&anna.id, &world.code(&hers, 0)).await, Err(Locked));
    assert_eq!(world.oath.verify(&ben.id, &world.code(&his, 0)).await, Ok(()));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_any_number_of_guesses_at_the_same_moment_ten_are_looked_at() {
    let world = Arc::new(World::new().await);
    let anna = world.person("anna").await;
    let secret = world.register(&anna).await;
    world.clock.advance(STEP);
    let guesses: Vec<_> = (0..60)
        .map(|number| {
            let (world, id, code) = (world.clone(), anna.id.clone(), world.wrong_code(&secret, number));
            tokio::spawn(async move { world.oath.verify(&id, &code).await })
        })
        .collect();
    let mut looked_at = 0;
    for guess in guesses {
        match guess.await.unwrap() {
            Err(Wrong) => looked_at += 1,
            outcome => assert_eq!(outcome, Err(Locked)),
        }
    }
    assert_eq!(looked_at, 10);
    assert_eq!(world.oath.verify(&anna.id, &world.code(&secret, 0)).await, Err(Locked));
}

#[tokio::test]
async fn with_another_master_key_it_fails_and_does_not_call_the_code_wrong() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let secret = world.register(&anna).await;
    world.clock.advance(STEP);
    let mut services = world.services.clone();
    services.seal = Arc::new(MasterKey::ephemeral(services.rng.clone()));
    let oath = SoftwareOath::new(services, world.sealed.clone(), "Contoso");
    let outcome = oath.verify(&anna.id, &world.code(&secret, 0)).await;
    assert_eq!(outcome, Err(Failed(AuthnError::Sealed)));
}
