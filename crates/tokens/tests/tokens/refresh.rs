//! Refresh tokens: rotation, reuse, lifetimes, revocation.

use std::sync::Arc;
use std::time::Duration;

use crate::common::{CLIENT, DAY, World};
use riskgate_store::StoreExt;
use riskgate_store::records::{RefreshTokenFamily, TokenGrant};
use riskgate_tokens::{RefreshError, RefreshLifetime, TokenService};

async fn issue(world: &World, lifetime: RefreshLifetime) -> String {
    world.tokens.issue_refresh(world.grant(), lifetime, None, None).await.unwrap()
}

async fn refresh(tokens: &TokenService, token: &str) -> Result<String, RefreshError> {
    let ticket = tokens.inspect_refresh(token, CLIENT).await?;
    tokens.rotate_refresh(ticket).await
}

#[tokio::test]
async fn rfc6749_6_each_use_gives_a_new_token_for_the_same_grant() {
    let world = World::new().await;
    let mut token = issue(&world, RefreshLifetime::Sliding).await;
    for _ in 0..5 {
        let ticket = world.tokens.inspect_refresh(&token, CLIENT).await.unwrap();
        assert_eq!(ticket.grant(), &world.grant());
        let next = world.tokens.rotate_refresh(ticket).await.unwrap();
        assert_ne!(next, token);
        assert_eq!(next.len(), 76);
        token = next;
    }
    let (id, secret) = token.split_once('.').unwrap();
    let family = world.store.load::<RefreshTokenFamily>(world.tenant, id).await.unwrap().unwrap().record;
    assert_eq!(family.generation, 6);
    let written = serde_json::to_string(&family).unwrap();
    assert!(!written.contains(secret), "only its digest is kept");
    assert!(written.len() < 1500, "{} bytes are written at each use", written.len());
}

#[tokio::test]
async fn inspecting_uses_nothing_up() {
    let world = World::new().await;
    let token = issue(&world, RefreshLifetime::Sliding).await;
    for _ in 0..3 {
        world.tokens.inspect_refresh(&token, CLIENT).await.unwrap();
    }
    assert!(refresh(&world.tokens, &token).await.is_ok());
}

#[tokio::test]
async fn rfc9700_4_14_2_an_old_token_revokes_the_family() {
    let world = World::new().await;
    let first = issue(&world, RefreshLifetime::Sliding).await;
    let second = refresh(&world.tokens, &first).await.unwrap();
    assert_eq!(refresh(&world.tokens, &first).await, Err(RefreshError::Reused));
    assert_eq!(refresh(&world.tokens, &second).await, Err(RefreshError::Revoked));
    assert_eq!((RefreshError::Reused.code(), RefreshError::Revoked.code()), (Some(50_173), Some(50_173)));
}

#[tokio::test(flavor = "multi_thread")]
async fn rfc9700_4_14_2_of_many_at_the_same_time_one_succeeds_and_the_family_is_revoked() {
    let world = World::new().await;
    for _ in 0..10 {
        let token = issue(&world, RefreshLifetime::Sliding).await;
        // All have looked the token up before the first one uses it.
        let ticket = world.tokens.inspect_refresh(&token, CLIENT).await.unwrap();
        let tasks: Vec<_> = (0..4)
            .map(|_| {
                let (node, ticket) = (Arc::new(world.node()), ticket.clone());
                tokio::spawn(async move { node.rotate_refresh(ticket).await })
            })
            .collect();
        let mut won = Vec::new();
        for task in tasks {
            match task.await.unwrap() {
                Ok(token) => won.push(token),
                Err(error) => {
                    assert!(matches!(error, RefreshError::Reused | RefreshError::Revoked), "{error}")
                }
            }
        }
        assert_eq!(won.len(), 1);
        assert_eq!(refresh(&world.tokens, &won[0]).await, Err(RefreshError::Revoked));
    }
}

#[tokio::test]
async fn rfc9700_4_14_2_tokens_expire_ninety_days_after_the_last_use() {
    let world = World::new().await;
    let mut token = issue(&world, RefreshLifetime::Sliding).await;
    for _ in 0..3 {
        world.clock.advance(90 * DAY - Duration::from_secs(1));
        token = refresh(&world.tokens, &token).await.unwrap();
    }
    world.clock.advance(90 * DAY);
    assert_eq!(refresh(&world.tokens, &token).await, Err(RefreshError::Expired));
    assert_eq!(RefreshError::Expired.code(), Some(700_082));
}

#[tokio::test]
async fn those_of_single_page_applications_end_a_day_after_the_first() {
    let world = World::new().await;
    let mut token = issue(&world, RefreshLifetime::SinglePage).await;
    for _ in 0..23 {
        world.clock.advance(Duration::from_secs(3600));
        token = refresh(&world.tokens, &token).await.unwrap();
    }
    world.clock.advance(Duration::from_secs(3600));
    assert_eq!(refresh(&world.tokens, &token).await, Err(RefreshError::SinglePageExpired));
    assert_eq!(RefreshError::SinglePageExpired.code(), Some(700_084));
}

#[tokio::test]
async fn rfc6749_10_4_a_token_is_good_for_its_client_only_and_garbage_for_none() {
    let world = World::new().await;
    let token = issue(&world, RefreshLifetime::Sliding).await;
    let stranger = world.tokens.inspect_refresh(&token, "another").await;
    assert_eq!(stranger.unwrap_err(), RefreshError::Unknown);
    let (id, secret) = token.split_once('.').unwrap();
    let upper = format!("{}.{secret}", id.to_uppercase());
    let garbage = ["", ".", id, secret, &format!("{id}."), &format!("{id}.x"), &upper, &"a".repeat(9000)];
    for text in garbage.into_iter().filter(|text| *text != token) {
        let refused = world.tokens.inspect_refresh(text, CLIENT).await;
        assert_eq!(refused.unwrap_err(), RefreshError::Unknown, "{text:.80}");
    }
    assert!(refresh(&world.tokens, &token).await.is_ok(), "none of this revoked it");
}

#[tokio::test]
async fn revocation_between_looking_up_and_using_wins() {
    let world = World::new().await;
    let token = issue(&world, RefreshLifetime::Sliding).await;
    let ticket = world.tokens.inspect_refresh(&token, CLIENT).await.unwrap();
    let (id, _) = token.split_once('.').unwrap();
    assert!(world.tokens.revoke_family(id).await.unwrap());
    assert_eq!(world.tokens.rotate_refresh(ticket).await, Err(RefreshError::Revoked));
    assert!(!world.tokens.revoke_family("unknown").await.unwrap());
}

#[tokio::test]
async fn revoking_a_user_ends_all_his_tokens_and_nobody_elses() {
    let world = World::new().await;
    let mut own = Vec::new();
    for _ in 0..120 {
        own.push(issue(&world, RefreshLifetime::Sliding).await);
    }
    let mut grant = world.grant();
    grant.user_id = "somebody-else".to_owned();
    let others = world.tokens.issue_refresh(grant, RefreshLifetime::Sliding, None, None).await.unwrap();
    assert_eq!(world.tokens.revoke_user(&world.grant().user_id).await.unwrap(), 120);
    for token in &own {
        assert_eq!(refresh(&world.tokens, token).await, Err(RefreshError::Revoked));
    }
    assert!(refresh(&world.tokens, &others).await.is_ok());
    assert_eq!(world.tokens.revoke_user(&world.grant().user_id).await.unwrap(), 0);
}

#[tokio::test]
async fn revoking_a_session_ends_its_tokens_alone() {
    let world = World::new().await;
    let of = async |session: &str| {
        let grant = TokenGrant { session_id: session.to_owned(), ..world.grant() };
        world.tokens.issue_refresh(grant, RefreshLifetime::Sliding, None, None).await.unwrap()
    };
    let (ended, other) = (of("ended").await, of("other").await);
    let user = world.grant().user_id;
    assert_eq!(world.tokens.revoke_session(&user, "ended").await.unwrap(), 1);
    assert_eq!(world.tokens.revoke_session("somebody-else", "other").await.unwrap(), 0);
    assert_eq!(refresh(&world.tokens, &ended).await, Err(RefreshError::Revoked));
    assert!(refresh(&world.tokens, &other).await.is_ok());
}
