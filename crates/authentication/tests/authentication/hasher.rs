//! The pool that hashes passwords.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, Waker};

use riskgate_authentication::{Argon2Cost, HashError, PasswordHasher};
use riskgate_core::SeededRng;

use crate::common::{CHEAP, RIGHT};

/// Places of a pool for one processor.
const PLACES: usize = 64;

fn hasher(processors: usize) -> PasswordHasher {
    PasswordHasher::new(CHEAP, processors, Arc::new(SeededRng::new(7))).unwrap()
}

/// One processor, and hashes that take long enough for sixty-four to begin before the first one ends.
fn slow_hasher() -> PasswordHasher {
    let cost = Argon2Cost { memory_kib: 8_192, passes: 2 };
    PasswordHasher::new(cost, 1, Arc::new(SeededRng::new(7))).unwrap()
}

type Verification = Pin<Box<dyn Future<Output = Result<bool, HashError>> + Send>>;

/// Begins to verify, and goes no further than to the first waiting.
fn begin(hasher: &PasswordHasher) -> (Verification, Poll<Result<bool, HashError>>) {
    let hasher = hasher.clone();
    let mut verification: Verification = Box::pin(async move { hasher.verify(None, RIGHT.into()).await });
    let polled = verification.as_mut().poll(&mut Context::from_waker(Waker::noop()));
    (verification, polled)
}

#[tokio::test]
async fn who_comes_when_too_many_wait_is_turned_away_and_later_let_in_again() {
    let hasher = slow_hasher();
    let mut waiting = Vec::new();
    for place in 0..PLACES {
        let (verification, polled) = begin(&hasher);
        assert!(polled.is_pending(), "place {place}");
        waiting.push(verification);
    }
    assert_eq!(hasher.verify(None, RIGHT.into()).await, Err(HashError::Busy));
    assert_eq!(hasher.hash(RIGHT.into()).await, Err(HashError::Busy));
    for verification in waiting {
        assert_eq!(verification.await, Ok(false));
    }
    assert_eq!(hasher.verify(None, RIGHT.into()).await, Ok(false));
}

#[tokio::test]
async fn who_goes_away_leaves_his_place_to_others() {
    let hasher = slow_hasher();
    let gone: Vec<_> = (0..PLACES).map(|_| begin(&hasher).0).collect();
    assert_eq!(hasher.verify(None, RIGHT.into()).await, Err(HashError::Busy));
    drop(gone);
    assert_eq!(hasher.verify(None, RIGHT.into()).await, Ok(false));
}

#[tokio::test]
async fn an_over_long_password_is_wrong_at_the_cost_of_any_other() {
    let hasher = hasher(2);
    // 256 characters of four bytes are the longest; one byte more is too much, also in the middle of a character.
    let longest = "\u{1f600}".repeat(256);
    let stored = hasher.hash(longest.clone().into()).await.unwrap();
    assert_eq!(hasher.verify(Some(&stored), longest.clone().into()).await, Ok(true));
    for longer in [format!("{longest}x"), format!("x{longest}"), "\u{1f600}".repeat(100_000)] {
        let stored = hasher.hash(longer.clone().into()).await.unwrap();
        let before = hasher.verifications();
        assert_eq!(hasher.verify(Some(&stored), longer.into()).await, Ok(false));
        assert_eq!(hasher.verifications() - before, 1);
    }
}

#[tokio::test]
async fn two_hashes_of_a_password_differ_and_both_verify() {
    let hasher = hasher(2);
    let (one, two) = (hasher.hash(RIGHT.into()).await.unwrap(), hasher.hash(RIGHT.into()).await.unwrap());
    assert_ne!(one, two);
    assert!(one.starts_with("$argon2id$v=19$m=8,t=1,p=1$"), "{one}");
    for stored in [one, two] {
        assert_eq!(hasher.verify(Some(&stored), RIGHT.into()).await, Ok(true));
        assert_eq!(hasher.verify(Some(&stored), "contoso1234".into()).await, Ok(false));
    }
}

#[tokio::test]
async fn no_processors_are_taken_for_one() {
    assert_eq!(hasher(0).verify(None, RIGHT.into()).await, Ok(false));
}

#[test]
fn an_impossible_cost_is_refused_at_the_start() {
    for cost in [Argon2Cost { memory_kib: 7, passes: 1 }, Argon2Cost { memory_kib: 8, passes: 0 }] {
        let refused = PasswordHasher::new(cost, 1, Arc::new(SeededRng::new(7)));
        assert!(matches!(refused, Err(HashError::Cost(_))), "{cost:?}");
    }
}
