//! Tokens that are good, and all the ways in which they are not.

use std::sync::Arc;
use std::time::Duration;

use crate::common::{CLIENT, GRAPH, World, user};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use proptest::prelude::*;
use riskgate_core::SystemRng;
use riskgate_tokens::{Actor, AppTokenRequest, IdTokenRequest, TokenService, UserTokenRequest, VerifyError};
use serde_json::{Value as Json, json};

fn app<'a>(roles: &'a [String]) -> AppTokenRequest<'a> {
    AppTokenRequest {
        app_id: CLIENT,
        service_principal_id: "sp",
        audience: GRAPH,
        roles,
        claims: None,
        dpop_key: None,
    }
}

async fn app_token(world: &World) -> String {
    world.tokens.issue_app_access_token(app(&["Policy.Read.All".to_owned()])).await.unwrap().token
}

async fn refusal(world: &World, token: &str) -> VerifyError {
    world.tokens.verify_access_token(token, |_| true).await.unwrap_err()
}

fn segments(token: &str) -> [String; 3] {
    let parts: Vec<_> = token.split('.').map(str::to_owned).collect();
    parts.try_into().unwrap()
}

fn encode(value: &Json) -> String {
    URL_SAFE_NO_PAD.encode(value.to_string())
}

fn decode(segment: &str) -> Json {
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(segment).unwrap()).unwrap()
}

#[tokio::test]
async fn a_good_token_is_read_first_from_itself_and_then_from_memory() {
    let world = World::new().await;
    let token = app_token(&world).await;
    let first = world.tokens.verify_access_token(&token, |audience| audience == GRAPH).await.unwrap();
    let again = world.tokens.verify_access_token(&token, |audience| audience == GRAPH).await.unwrap();
    assert!(Arc::ptr_eq(&first, &again));
    let roles = vec!["Policy.Read.All".to_owned()];
    assert_eq!(first.actor, Actor::Application { service_principal_id: "sp".to_owned(), roles });
    assert!(first.has_permission("Policy.Read.All") && !first.has_permission("Policy.Read"));
    let (grant, scopes) = (world.grant(), ["User.Read".to_owned(), "openid".to_owned()]);
    let request = UserTokenRequest {
        grant: &grant,
        family_id: None,
        user: &user(),
        audience: GRAPH,
        scopes: &scopes,
        role_template_ids: &[],
        session: Default::default(),
    };
    let issued = world.tokens.issue_user_access_token(request).await.unwrap();
    let token = world.tokens.verify_access_token(&issued.token, |_| true).await.unwrap();
    let Actor::User(actor) = &token.actor else { panic!("a user's") };
    assert_eq!((actor.user_id.as_str(), &actor.scopes[..]), (user().id.as_str(), &scopes[..]));
    assert_eq!(actor.session_id, Some(grant.session_id.clone()));
    assert_eq!(token.expires_at, issued.expires_at);
}

#[tokio::test]
async fn rfc7519_4_1_time_and_audience_are_checked_also_for_remembered_tokens() {
    let world = World::new().await;
    assert_eq!(refusal(&world, "").await, VerifyError::Missing);
    let token = app_token(&world).await;
    world.tokens.verify_access_token(&token, |_| true).await.unwrap();
    let other = world.tokens.verify_access_token(&token, |audience| audience == "other").await;
    assert_eq!(other.unwrap_err(), VerifyError::WrongAudience);
    world.clock.advance(Duration::from_secs(3599));
    world.tokens.verify_access_token(&token, |_| true).await.unwrap();
    world.clock.advance(Duration::from_secs(1));
    assert_eq!(refusal(&world, &token).await, VerifyError::Expired);
    world.clock.set("2026-11-23T09:59:00Z".parse().unwrap());
    world.tokens.verify_access_token(&token, |_| true).await.unwrap();
    world.clock.set("2026-11-23T09:58:59Z".parse().unwrap());
    assert_eq!(refusal(&world, &token).await, VerifyError::NotYetValid);
}

#[tokio::test]
async fn rfc8725_3_1_forged_tokens_are_refused() {
    let world = World::new().await;
    let token = app_token(&world).await;
    let [header, payload, signature] = segments(&token);
    let kid = decode(&header)["kid"].clone();
    let claims = decode(&payload);
    let mut more = claims.clone();
    more["roles"] = json!(["Policy.ReadWrite.All"]);

    let altered = format!("{header}.{}.{signature}", encode(&more));
    assert_eq!(refusal(&world, &altered).await, VerifyError::Signature, "altered payload");
    for alg in ["none", "None", "HS256", "RS384", "PS256", "ES256"] {
        for signature in ["", &signature] {
            let forged = format!("{}.{payload}.{signature}", encode(&json!({ "alg": alg, "kid": kid })));
            assert_eq!(refusal(&world, &forged).await, VerifyError::Signature, "{alg}");
        }
    }
    let unsigned = format!("{header}.{payload}.");
    assert_eq!(refusal(&world, &unsigned).await, VerifyError::Signature);

    let jwk = world.tokens.jwks().await.unwrap()["keys"][0].clone();
    let mut with_kid = Header::new(Algorithm::HS256);
    with_kid.kid = Some(kid.as_str().unwrap().to_owned());
    for secret in [jwk["n"].to_string(), jwk.to_string(), jwk["n"].as_str().unwrap().to_owned()] {
        let key = EncodingKey::from_secret(secret.as_bytes());
        let forged = jsonwebtoken::encode(&with_kid, &more, &key).unwrap();
        assert_eq!(refusal(&world, &forged).await, VerifyError::Signature, "public key as secret");
    }

    let own = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let own = EncodingKey::from_rsa_pem(own.serialize_pem().as_bytes()).unwrap();
    let mut rs256 = Header::new(Algorithm::RS256);
    rs256.kid = with_kid.kid;
    let forged = jsonwebtoken::encode(&rs256, &more, &own).unwrap();
    assert_eq!(refusal(&world, &forged).await, VerifyError::Signature, "other key");
    rs256.jwk = Some(serde_json::from_value(jwk.clone()).unwrap());
    let forged = jsonwebtoken::encode(&rs256, &more, &own).unwrap();
    assert_eq!(refusal(&world, &forged).await, VerifyError::Signature, "key in the header");

    for kid in [json!("unknown"), json!(""), json!("../../etc"), json!("k".repeat(5000)), Json::Null] {
        let forged = format!("{}.{payload}.{signature}", encode(&json!({ "alg": "RS256", "kid": kid })));
        assert_eq!(refusal(&world, &forged).await, VerifyError::Signature, "{kid:.20}");
    }
    assert!(world.tokens.verify_access_token(&token, |_| true).await.is_ok());
}

#[tokio::test]
async fn rfc7519_7_2_what_is_no_access_token_is_malformed() {
    let world = World::new().await;
    let token = app_token(&world).await;
    let [header, payload, _] = segments(&token);
    for text in [
        "x",
        "a.b.c",
        "..",
        "Bearer a.b.c",
        &format!("{header}.{payload}"),
        &format!("{token}.{payload}"),
        &format!("{token}="),
        &format!(" {token}"),
        &"A".repeat(100_000),
        &format!("{token}{}", "A".repeat(16 * 1024)),
        "\u{1f511}.\u{1f511}.\u{1f511}",
    ] {
        assert_eq!(refusal(&world, text).await, VerifyError::Malformed, "{text:.40}");
    }
    let grant = world.grant();
    let request = IdTokenRequest { grant: &grant, user: &user(), access_token: None, code: None };
    let id_token = world.tokens.issue_id_token(request).await.unwrap().token;
    assert_eq!(refusal(&world, &id_token).await, VerifyError::Malformed, "an id token");
}

#[tokio::test]
async fn a_token_of_another_base_url_is_from_another_issuer() {
    let world = World::new().await;
    let (store, seal, clock) = (world.store.clone(), world.seal.clone(), world.clock.clone());
    let other =
        TokenService::new(store, seal, clock, Arc::new(SystemRng), world.tenant, "https://localhost:8443/");
    let token = other.issue_app_access_token(app(&[])).await.unwrap().token;
    assert!(other.verify_access_token(&token, |_| true).await.is_ok());
    assert_eq!(refusal(&world, &token).await, VerifyError::WrongIssuer);
}

#[test]
fn arbitrary_text_is_refused_without_panic() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let world = runtime.block_on(World::new());
    let token = runtime.block_on(app_token(&world));
    proptest!(|(text in ".{0,200}", at in 0usize..2000, replacement in "[A-Za-z0-9_.{}\"-]{0,3}")| {
        let refused = runtime.block_on(world.tokens.verify_access_token(&text, |_| true));
        prop_assert!(refused.is_err());
        let at = at % token.len();
        let mut changed = token.clone();
        changed.replace_range(at..=at, &replacement);
        if changed != token {
            let refused = runtime.block_on(world.tokens.verify_access_token(&changed, |_| true));
            prop_assert!(refused.is_err(), "{}", changed);
        }
    });
}
