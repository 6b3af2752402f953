//! Browsers that are signed in.

use std::net::{IpAddr, Ipv4Addr};
use std::sync::Arc;
use std::time::Duration;

use riskgate_core::Clock;
use riskgate_model::User;
use riskgate_store::records::Session;

use crate::common::{MINUTE, SESSION, World};

const FROM: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));

async fn sign_in(world: &World, user: &User, replaces: Option<&str>) -> (String, Session) {
    let facts = world.password_now();
    world.sessions.create(&user.id, &facts, FROM, Some("Firefox"), replaces).await.unwrap()
}

async fn is_signed_in(world: &World, token: &str) -> bool {
    world.sessions.load(token).await.unwrap().is_some()
}

#[tokio::test]
async fn a_session_is_found_by_its_token_which_is_not_stored() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let (token, session) = sign_in(&world, &anna, None).await;
    assert_eq!(token.len(), 43);
    assert_eq!(world.sessions.load(&token).await.unwrap().as_ref(), Some(&session));
    let stored = world.load::<Session>(&session.id).await.unwrap().record;
    assert!(!serde_json::to_string(&stored).unwrap().contains(&token));
    assert_eq!((stored.user_id, stored.ip_address), (anna.id, "198.51.100.7".to_owned()));
}

#[tokio::test]
async fn what_is_no_token_finds_nothing() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let (token, session) = sign_in(&world, &anna, None).await;
    for other in
        ["", "x", &session.id, &session.session_id, &token[..42], &token.to_lowercase(), &"A".repeat(43)]
    {
        assert!(!is_signed_in(&world, other).await, "{other}");
    }
    world.sessions.end("never was one").await.unwrap();
    assert!(is_signed_in(&world, &token).await);
}

#[tokio::test]
async fn proving_more_changes_the_token_and_keeps_the_session() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let (old, before) = sign_in(&world, &anna, None).await;
    world.observed.asked();
    let (new, after) = sign_in(&world, &anna, Some(&old)).await;
    assert_eq!(world.observed.asked(), ["get sessions", "commit 2"], "both at once or neither");
    assert_ne!(old, new);
    assert_eq!(before.session_id, after.session_id);
    assert!(!is_signed_in(&world, &old).await, "the token of before is worth nothing");
    assert!(is_signed_in(&world, &new).await);
}

#[tokio::test]
async fn another_person_in_the_same_browser_gets_a_session_of_his_own() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let (planted, hers) = sign_in(&world, &anna, None).await;
    let (token, his) = sign_in(&world, &ben, Some(&planted)).await;
    assert_ne!(hers.session_id, his.session_id);
    assert!(!is_signed_in(&world, &planted).await);
    assert_eq!(world.sessions.load(&token).await.unwrap().unwrap().user_id, ben.id);
}

#[tokio::test]
async fn a_session_that_has_expired_or_was_ended_is_not_continued() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let (expired, first) = sign_in(&world, &anna, None).await;
    world.clock.advance(SESSION);
    let (ended, second) = sign_in(&world, &anna, Some(&expired)).await;
    assert_ne!(first.session_id, second.session_id);
    assert!(world.load::<Session>(&first.id).await.is_none(), "and it is gone");
    world.sessions.end(&ended).await.unwrap();
    let (_, third) = sign_in(&world, &anna, Some(&ended)).await;
    assert_ne!(second.session_id, third.session_id);
}

#[tokio::test]
async fn a_session_ends_after_its_lifetime() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let (token, _) = sign_in(&world, &anna, None).await;
    world.clock.advance(SESSION - Duration::from_micros(1));
    assert!(is_signed_in(&world, &token).await);
    world.clock.advance(Duration::from_micros(1));
    assert!(!is_signed_in(&world, &token).await);
}

#[tokio::test]
async fn revoking_ends_what_was_proven_before_and_not_what_comes_after() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let (before, _) = sign_in(&world, &anna, None).await;
    world.clock.advance(MINUTE);
    let now = world.clock.now();
    world.change(&anna.id, |user: &mut User| user.sign_in_sessions_valid_from_date_time = Some(now)).await;
    assert!(!is_signed_in(&world, &before).await);
    let (after, _) = sign_in(&world, &anna, None).await;
    assert!(is_signed_in(&world, &after).await);
}

#[tokio::test]
async fn a_session_renewed_with_an_old_proof_is_revoked_too() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let proven = world.password_now();
    let (old, _) = sign_in(&world, &anna, None).await;
    world.clock.advance(MINUTE);
    let revoked = world.clock.now();
    world
        .change(&anna.id, |user: &mut User| user.sign_in_sessions_valid_from_date_time = Some(revoked))
        .await;
    world.clock.advance(MINUTE);
    // Somebody who raced the revocation: a new token, but for what was proven before it.
    let (token, _) = world.sessions.create(&anna.id, &proven, FROM, None, Some(&old)).await.unwrap();
    assert!(!is_signed_in(&world, &token).await);
    let nothing = riskgate_model::AuthenticationFacts::default();
    let (token, _) = world.sessions.create(&anna.id, &nothing, FROM, None, None).await.unwrap();
    assert!(!is_signed_in(&world, &token).await, "nothing was proven at all");
}

#[tokio::test]
async fn a_disabled_or_deleted_person_is_signed_out() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let (token, _) = sign_in(&world, &anna, None).await;
    world.change(&anna.id, |user: &mut User| user.account_enabled = Some(false)).await;
    assert!(!is_signed_in(&world, &token).await);
    world.change(&anna.id, |user: &mut User| user.account_enabled = Some(true)).await;
    assert!(is_signed_in(&world, &token).await, "enabled again");
    let mut batch = riskgate_store::Batch::new(world.services.tenant);
    batch.delete(&world.load::<User>(&anna.id).await.unwrap());
    world.services.store.commit(batch).await.unwrap();
    assert!(!is_signed_in(&world, &token).await);
}

#[tokio::test]
async fn signing_out_ends_one_browser_and_ending_all_ends_every_one_of_that_person() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let (one, _) = sign_in(&world, &anna, None).await;
    let (two, _) = sign_in(&world, &anna, None).await;
    let (three, _) = sign_in(&world, &anna, None).await;
    let (his, _) = sign_in(&world, &ben, None).await;
    world.sessions.end(&one).await.unwrap();
    world.sessions.end(&one).await.unwrap();
    assert!(!is_signed_in(&world, &one).await);
    assert!(is_signed_in(&world, &two).await);
    world.sessions.end_all(&anna.id).await.unwrap();
    assert!(!is_signed_in(&world, &two).await && !is_signed_in(&world, &three).await);
    assert!(is_signed_in(&world, &his).await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_sign_ins_that_replace_the_same_token_both_succeed() {
    let world = Arc::new(World::new().await);
    let anna = world.person("anna").await;
    for _ in 0..10 {
        let (old, _) = sign_in(&world, &anna, None).await;
        let replace = || {
            let (world, anna, old) = (world.clone(), anna.clone(), old.clone());
            tokio::spawn(async move { sign_in(&world, &anna, Some(&old)).await.0 })
        };
        let (one, two) = (replace(), replace());
        let (one, two) = (one.await.unwrap(), two.await.unwrap());
        assert!(is_signed_in(&world, &one).await && is_signed_in(&world, &two).await);
        assert!(!is_signed_in(&world, &old).await);
    }
}
