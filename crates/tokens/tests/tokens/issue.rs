//! What is in the tokens, read by an independent library with the published keys.

use std::time::Duration;

use crate::common::{BASE_URL, CLIENT, GRAPH, World, user};
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use riskgate_core::Clock;
use riskgate_model::{AuthenticationMethodKind, DeviceFacts, MethodUse};
use riskgate_tokens::{ACR_MULTI_FACTOR, AppTokenRequest, IdTokenRequest, SessionClaims, UserTokenRequest};
use serde_json::{Value as Json, json};

/// Checks the signature with the published keys and gives the claims.
async fn decode(world: &World, token: &str, audience: &str) -> Json {
    let published: JwkSet = serde_json::from_value(world.tokens.jwks().await.unwrap()).unwrap();
    let header = jsonwebtoken::decode_header(token).unwrap();
    let key = published.find(header.kid.as_deref().unwrap()).unwrap();
    let mut validation = Validation::new(Algorithm::RS256);
    validation.validate_exp = false;
    validation.set_audience(&[audience]);
    validation.set_issuer(&[format!("{BASE_URL}/{}/v2.0", world.tenant)]);
    jsonwebtoken::decode(token, &DecodingKey::from_jwk(key).unwrap(), &validation).unwrap().claims
}

#[tokio::test]
async fn a_user_token_says_who_what_and_how_he_signed_in() {
    let world = World::new().await;
    let mut grant = world.grant();
    world.clock.advance(Duration::from_secs(40));
    let code = MethodUse { method: AuthenticationMethodKind::SoftwareOath, at: world.clock.now() };
    grant.authentication.methods.push(code);
    let (scopes, wids) = (vec!["User.Read".to_owned(), "openid".to_owned()], vec!["62e90394".to_owned()]);
    let request = UserTokenRequest {
        grant: &grant,
        family_id: None,
        user: &user(),
        audience: GRAPH,
        scopes: &scopes,
        role_template_ids: &wids,
        session: Default::default(),
    };
    let issued = world.tokens.issue_user_access_token(request).await.unwrap();
    assert_eq!(issued.lifetime, Duration::from_secs(3600));
    let claims = decode(&world, &issued.token, GRAPH).await;
    let now = world.clock.now().as_seconds();
    let unique = claims["uti"].as_str().unwrap().to_owned();
    assert_eq!(unique.len(), 22);
    assert_eq!(
        claims,
        json!({
            "aud": GRAPH, "iss": world.tokens.issuer(), "iat": now, "nbf": now, "exp": now + 3600,
            "acr": ACR_MULTI_FACTOR, "amr": ["otp", "pwd", "mfa"], "appid": CLIENT, "auth_time": now,
            "azp": CLIENT, "idtyp": "user", "jti": unique, "name": "Ada Lovelace", "oid": user().id,
            "preferred_username": "ada@contoso.com", "scp": "User.Read openid", "sid": grant.session_id,
            "sub": user().id, "tid": world.tenant.to_string(), "upn": "ada@contoso.com", "uti": unique,
            "ver": "2.0", "wids": ["62e90394"],
        })
    );
}

#[tokio::test]
async fn an_app_token_carries_roles_and_its_service_principal() {
    let world = World::new().await;
    let roles = vec!["IdentityRiskEvent.Read.All".to_owned()];
    let request = AppTokenRequest {
        app_id: CLIENT,
        service_principal_id: "sp",
        audience: GRAPH,
        roles: &roles,
        claims: None,
        dpop_key: None,
    };
    let issued = world.tokens.issue_app_access_token(request).await.unwrap();
    let claims = decode(&world, &issued.token, GRAPH).await;
    assert_eq!(claims["roles"], json!(["IdentityRiskEvent.Read.All"]));
    assert_eq!(
        (&claims["idtyp"], &claims["oid"], &claims["sub"]),
        (&json!("app"), &json!("sp"), &json!("sp"))
    );
    for absent in ["scp", "upn", "name", "sid", "amr", "acr", "auth_time", "wids"] {
        assert!(claims.get(absent).is_none(), "{absent}");
    }
}

#[tokio::test]
async fn oidc_core_2_an_id_token_is_for_the_client_and_bound_to_what_came_with_it() {
    let world = World::new().await;
    let mut grant = world.grant();
    let request = IdTokenRequest { grant: &grant, user: &user(), access_token: None, code: None };
    let issued = world.tokens.issue_id_token(request).await.unwrap();
    let claims = decode(&world, &issued.token, CLIENT).await;
    assert_eq!(claims["nonce"], "n-0S6_WzA2Mj");
    assert_eq!(claims["preferred_username"], "ada@contoso.com");
    assert_eq!((&claims["sub"], &claims["oid"]), (&json!(user().id), &json!(user().id)));
    for absent in ["at_hash", "c_hash", "email", "idtyp"] {
        assert!(claims.get(absent).is_none(), "{absent}");
    }
    // The example of OpenID Connect Core, appendix A.3 and A.4, up to the length of the hash.
    grant.scopes.push("email".to_owned());
    let request = IdTokenRequest {
        grant: &grant,
        user: &user(),
        access_token: Some("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y"),
        code: Some("Qcb0Orv1zh30vL1MPRsbm-diHiMwcLyZvn1arpZv-Jxf_11jnpEX3Tgfvk"),
    };
    let issued = world.tokens.issue_id_token(request).await.unwrap();
    let claims = decode(&world, &issued.token, CLIENT).await;
    assert_eq!(claims["at_hash"], "77QmUPtjPfzWtF2AnpK9RQ");
    assert_eq!(claims["c_hash"], "LDktKdoQak3Pk0cnXxCltA");
    assert_eq!(claims["email"], "ada.lovelace@contoso.com");
}

#[tokio::test]
async fn lifetimes_that_clients_would_never_cache_are_refused() {
    let world = World::new().await;
    for seconds in [0, 300, 86_401] {
        assert!(world.node().with_token_lifetime(Duration::from_secs(seconds)).is_err(), "{seconds}");
    }
    let node = world.node().with_token_lifetime(Duration::from_secs(301)).unwrap();
    let request = AppTokenRequest {
        app_id: CLIENT,
        service_principal_id: "sp",
        audience: GRAPH,
        roles: &[],
        claims: None,
        dpop_key: None,
    };
    let issued = node.issue_app_access_token(request).await.unwrap();
    assert_eq!(issued.expires_at, world.clock.now() + Duration::from_secs(301));
}

#[tokio::test]
async fn a_token_tells_the_application_about_session_and_device() {
    let world = World::new().await;
    let grant = world.grant();
    let device = DeviceFacts {
        device_id: Some("d-1".to_owned()),
        is_compliant: Some(true),
        is_managed: Some(false),
        trust_type: Some("ServerAD".to_owned()),
        ..DeviceFacts::default()
    };
    let session = SessionClaims { is_restricted: true, device: Some(&device), stays_signed_in: true };
    let request = UserTokenRequest {
        grant: &grant,
        family_id: None,
        user: &user(),
        audience: GRAPH,
        scopes: &[],
        role_template_ids: &[],
        session,
    };
    let issued = world.tokens.issue_user_access_token(request).await.unwrap();
    let claims = decode(&world, &issued.token, GRAPH).await;
    assert_eq!(claims["controls"], json!(["app_res"]));
    assert_eq!(claims["deviceid"], "d-1");
    assert_eq!(claims["signin_state"], json!(["dvc_cmp", "dvc_dmjd", "kmsi"]));
    let plain = UserTokenRequest { session: SessionClaims::default(), ..request };
    let issued = world.tokens.issue_user_access_token(plain).await.unwrap();
    let claims = decode(&world, &issued.token, GRAPH).await;
    for name in ["controls", "deviceid", "signin_state"] {
        assert_eq!(claims.get(name), None, "{name}");
    }
}
