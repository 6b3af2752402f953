//! Authorization codes are good once.

use std::sync::Arc;
use std::time::Duration;

use crate::common::{CLIENT, World};
use riskgate_tokens::{CodeRedemption, RedeemError, RefreshError, RefreshLifetime};

const REDIRECT: &str = "http://localhost:51234";
/// RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

fn redemption(code: &str) -> CodeRedemption<'_> {
    CodeRedemption { code, client_id: CLIENT, redirect_uri: REDIRECT, code_verifier: Some(VERIFIER) }
}

async fn issue(world: &World) -> String {
    world.tokens.issue_code(world.grant(), REDIRECT, Some(CHALLENGE)).await.unwrap()
}

#[tokio::test]
async fn rfc6749_4_1_2_a_code_gives_its_grant_once_and_again_revokes_what_it_led_to() {
    let world = World::new().await;
    let code = issue(&world).await;
    let redeemed = world.tokens.redeem_code(redemption(&code)).await.unwrap();
    assert_eq!(redeemed.grant, world.grant());
    let refresh = world
        .tokens
        .issue_refresh(redeemed.grant, RefreshLifetime::Sliding, Some(redeemed.family_id), None)
        .await
        .unwrap();
    assert!(world.tokens.inspect_refresh(&refresh, CLIENT).await.is_ok());
    let again = world.tokens.redeem_code(redemption(&code)).await;
    assert_eq!(again, Err(RedeemError::AlreadyRedeemed));
    assert_eq!(world.tokens.inspect_refresh(&refresh, CLIENT).await, Err(RefreshError::Revoked));
}

#[tokio::test(flavor = "multi_thread")]
async fn rfc6749_10_5_of_many_at_the_same_time_one_succeeds_and_its_tokens_are_revoked() {
    let world = World::new().await;
    let code = issue(&world).await;
    let tasks: Vec<_> = (0..8)
        .map(|_| {
            let (node, code) = (Arc::new(world.node()), code.clone());
            tokio::spawn(async move { node.redeem_code(redemption(&code)).await })
        })
        .collect();
    let mut family = None;
    for task in tasks {
        match task.await.unwrap() {
            Ok(redeemed) => assert_eq!(family.replace(redeemed.family_id), None, "one winner"),
            Err(error) => assert_eq!(error, RedeemError::AlreadyRedeemed),
        }
    }
    let issued = world.tokens.issue_refresh(world.grant(), RefreshLifetime::Sliding, family, None).await;
    assert_eq!(issued, Err(RefreshError::Revoked), "the others came before the refresh token did");
}

#[tokio::test]
async fn rfc7636_4_6_a_code_is_bound_to_client_redirect_address_verifier_and_time() {
    let world = World::new().await;
    let code = issue(&world).await;
    let good = redemption(&code);
    let cases = [
        (CodeRedemption { client_id: "another", ..good }, RedeemError::Unknown, 70_000),
        (CodeRedemption { code: "unknown", ..good }, RedeemError::Unknown, 70_000),
        (
            CodeRedemption { redirect_uri: "http://localhost:51235", ..good },
            RedeemError::RedirectMismatch,
            500_112,
        ),
        (CodeRedemption { code_verifier: None, ..good }, RedeemError::VerifierMismatch, 501_481),
        (CodeRedemption { code_verifier: Some(CHALLENGE), ..good }, RedeemError::VerifierMismatch, 501_481),
    ];
    for (request, error, number) in cases {
        assert_eq!(world.tokens.redeem_code(request).await, Err(error.clone()));
        assert_eq!(error.code(), Some(number));
    }
    world.clock.advance(Duration::from_secs(300));
    assert_eq!(world.tokens.redeem_code(good).await, Err(RedeemError::Expired));
    assert_eq!(RedeemError::Expired.code(), Some(70_008));
    world.clock.set(world.grant().granted_date_time - Duration::from_secs(1));
    assert!(world.tokens.redeem_code(good).await.is_ok(), "none of the failures used it up");
}

#[tokio::test]
async fn rfc6749_10_5_another_client_cannot_revoke_by_replaying_a_code() {
    let world = World::new().await;
    let code = issue(&world).await;
    let redeemed = world.tokens.redeem_code(redemption(&code)).await.unwrap();
    let refresh = world
        .tokens
        .issue_refresh(redeemed.grant, RefreshLifetime::Sliding, Some(redeemed.family_id), None)
        .await
        .unwrap();
    let stranger = CodeRedemption { client_id: "another", ..redemption(&code) };
    assert_eq!(world.tokens.redeem_code(stranger).await, Err(RedeemError::Unknown));
    assert!(world.tokens.inspect_refresh(&refresh, CLIENT).await.is_ok());
}

#[tokio::test]
async fn rfc9700_2_1_1_a_code_without_challenge_takes_no_verifier() {
    let world = World::new().await;
    let code = world.tokens.issue_code(world.grant(), REDIRECT, None).await.unwrap();
    assert_eq!(world.tokens.redeem_code(redemption(&code)).await, Err(RedeemError::VerifierMismatch));
    let plain = CodeRedemption { code_verifier: None, ..redemption(&code) };
    assert!(world.tokens.redeem_code(plain).await.is_ok());
}
