//! Clients that prove themselves with a secret, or need not.

use std::time::Duration;

use crate::common::{CLIENT, DAY, World};
use riskgate_core::Clock;
use riskgate_store::Batch;
use riskgate_store::records::{ClientCredential, ClientCredentialKind};
use riskgate_tokens::{
    AuthenticatedClient, ClientAuthError, ClientAuthentication, ClientAuthenticationMethod, ClientProof,
};

async fn authenticate(world: &World, proof: ClientProof<'_>) -> Result<AuthenticatedClient, ClientAuthError> {
    let credentials = &world.tokens.client_credentials(CLIENT).await.unwrap();
    let request =
        ClientAuthentication { app_id: CLIENT, credentials, is_public: false, proof, tenant_domains: &[] };
    world.tokens.authenticate_client(request).await
}

/// Gives a client a secret good for `lifetime`.
async fn add_secret(world: &World, app_id: &str, lifetime: Duration) -> (ClientCredential, String) {
    let new = world.tokens.new_client_secret(app_id, Some("build"), lifetime).unwrap();
    let mut batch = Batch::new(world.tenant);
    batch.insert(&new.credential).unwrap();
    world.store.commit(batch).await.unwrap();
    (new.credential, new.secret)
}

#[tokio::test]
async fn rfc6749_2_3_1_every_live_secret_is_good_and_no_other() {
    let world = World::new().await;
    let wrong = ClientAuthError::WrongSecret;
    assert_eq!(authenticate(&world, ClientProof::Secret("any")).await, Err(wrong.clone()), "it has none");
    let (first, first_secret) = add_secret(&world, CLIENT, 30 * DAY).await;
    let (second, second_secret) = add_secret(&world, CLIENT, 60 * DAY).await;
    let (_, foreign_secret) = add_secret(&world, "another", 60 * DAY).await;
    for (credential, secret) in [(&first, &first_secret), (&second, &second_secret)] {
        let client = authenticate(&world, ClientProof::Secret(secret)).await.unwrap();
        assert_eq!(client.method, ClientAuthenticationMethod::Secret);
        assert_eq!(client.credential_id.as_deref(), Some(credential.id.as_str()));
    }
    let ClientCredentialKind::Secret { digest, .. } = &first.kind else { panic!("a secret") };
    let long = "x".repeat(100_000);
    for text in ["", " ", &foreign_secret, &first.id, digest, &first_secret[1..], &long] {
        assert_eq!(authenticate(&world, ClientProof::Secret(text)).await, Err(wrong.clone()), "{text:.50}");
    }
    assert_eq!(wrong.code(), Some(7_000_215));
}

#[tokio::test]
async fn rfc6749_2_3_1_an_expired_secret_is_told_from_a_wrong_one() {
    let world = World::new().await;
    let (_, secret) = add_secret(&world, CLIENT, DAY).await;
    world.clock.advance(DAY - Duration::from_secs(1));
    assert!(authenticate(&world, ClientProof::Secret(&secret)).await.is_ok());
    world.clock.advance(Duration::from_secs(1));
    let refused = authenticate(&world, ClientProof::Secret(&secret)).await.unwrap_err();
    assert_eq!((refused.code(), refused), (Some(7_000_222), ClientAuthError::Expired));
    let wrong = authenticate(&world, ClientProof::Secret("wrong")).await;
    assert_eq!(wrong, Err(ClientAuthError::WrongSecret));
    world.clock.set(world.clock.now() - 2 * DAY);
    let too_early = authenticate(&world, ClientProof::Secret(&secret)).await;
    assert_eq!(too_early, Err(ClientAuthError::WrongSecret));
}

#[tokio::test]
async fn rfc6749_2_1_only_public_clients_need_no_proof() {
    let world = World::new().await;
    let refused = authenticate(&world, ClientProof::None).await.unwrap_err();
    assert_eq!((refused.code(), refused), (Some(7_000_218), ClientAuthError::ProofRequired));
    let public = ClientAuthentication {
        app_id: CLIENT,
        credentials: &[],
        is_public: true,
        proof: ClientProof::None,
        tenant_domains: &[],
    };
    let client = world.tokens.authenticate_client(public).await.unwrap();
    assert_eq!(client, AuthenticatedClient { method: ClientAuthenticationMethod::None, credential_id: None });
    let pretending = ClientAuthentication { proof: ClientProof::Secret("wrong"), ..public };
    let refused = world.tokens.authenticate_client(pretending).await;
    assert_eq!(refused, Err(ClientAuthError::WrongSecret), "what is sent is checked");
}

#[tokio::test]
async fn a_new_secret_is_shown_once_and_kept_as_digest() {
    let world = World::new().await;
    let new = world.tokens.new_client_secret(CLIENT, Some("build"), 180 * DAY).unwrap();
    assert_eq!(new.secret.len(), 43);
    assert!(!serde_json::to_string(&new.credential).unwrap().contains(&new.secret));
    assert!(!format!("{new:?}").contains(&new.secret));
    let shown = new.password_credential;
    assert_eq!(shown.secret_text, None);
    assert_eq!(shown.hint.as_deref(), Some(&new.secret[..3]));
    assert_eq!(shown.key_id.as_deref(), Some(new.credential.id.as_str()));
    assert_eq!(shown.end_date_time, Some(world.clock.now() + 180 * DAY));
    for lifetime in [Duration::ZERO, 800 * DAY] {
        assert!(world.tokens.new_client_secret(CLIENT, None, lifetime).is_err());
    }
    for _ in 0..300 {
        let secret = world.tokens.new_client_secret(CLIENT, None, DAY).unwrap().secret;
        assert!(!secret.starts_with('-'), "{secret}");
    }
}
