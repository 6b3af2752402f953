//! Tokens for applications themselves, and the refusals every token request has in common.

use std::time::Duration;

use crate::common::{BASE_URL, WEB, World, app_id, claims, encoded};
use axum::body::Body;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{Request, StatusCode};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use riskgate_core::Clock;
use riskgate_directory::{Actor, Platform};
use serde_json::json;

const GRAPH: &str = "https://graph.microsoft.com/.default";
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

#[tokio::test]
async fn rfc6749_4_4_a_secret_gets_a_token_with_the_granted_roles_and_nothing_for_people() {
    let world = World::new().await;
    let app = world.application(&["IdentityRiskEvent.Read.All", "User.Read"], &[]).await;
    let secret = world.secret(app_id(&app)).await;
    for scope in [
        GRAPH,
        "https://graph.microsoft.com/.default openid offline_access profile",
        "https://login.contoso.com/.default",
        "https://login.contoso.com:8443/.default",
        "https://login.contoso.com:8443/arm/.default",
        "00000003-0000-0000-c000-000000000000/.default",
    ] {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", app_id(&app)),
            ("client_secret", &secret),
            ("scope", scope),
            ("claims", "{\"access_token\":{\"xms_cc\":{\"values\":[\"CP1\"]}}}"),
        ];
        let answer = world.token(&form).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        assert_eq!((answer.header("cache-control"), answer.header("pragma")), ("no-store", "no-cache"));
        let body = answer.json();
        let fields: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(fields, ["token_type", "expires_in", "ext_expires_in", "access_token"]);
        assert_eq!((&body["token_type"], &body["expires_in"]), (&json!("Bearer"), &json!(3600)));
        let claims = claims(&body["access_token"]);
        assert_eq!(claims["aud"], "https://graph.microsoft.com", "{scope}");
        assert_eq!(claims["roles"], json!(["IdentityRiskEvent.Read.All"]));
        assert_eq!(claims["appid"], app_id(&app));
        assert_eq!(claims["oid"], app.service_principal.id.as_str());
        assert_eq!((claims.get("scp"), claims.get("upn")), (None, None));
    }
}

#[tokio::test]
async fn rfc6749_2_3_1_http_basic_and_a_correlation_in_the_query_are_taken() {
    let world = World::new().await;
    let app = world.application(&[], &[]).await;
    let secret = world.secret(app_id(&app)).await;
    let correlation = "0f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e11";
    let send = |secret: &str, scope: &str| {
        let basic = STANDARD.encode(format!("{}:{secret}", app_id(&app)));
        let path = format!("{}?client-request-id={correlation}", world.token_path());
        let form = encoded(&[("grant_type", "client_credentials"), ("scope", scope)]);
        Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded; charset=UTF-8")
            .header("authorization", format!("Basic {basic}"))
            .body(Body::from(form))
            .unwrap()
    };
    let good = world.send(send(&secret, GRAPH)).await;
    assert_eq!(good.status, StatusCode::OK, "{good:?}");
    assert_eq!(good.header("client-request-id"), correlation);
    let bad = world.send(send("wrong", GRAPH)).await;
    assert_eq!(bad.refusal(), (401, "invalid_client".to_owned(), 7_000_215));
    assert_eq!(bad.header("www-authenticate"), "Basic realm=\"token\"");
}

#[tokio::test]
async fn rfc7523_2_2_an_assertion_signed_rs256_or_ps256_gets_a_token() {
    let world = World::new().await;
    let app = world.application(&["IdentityRiskyUser.Read.All"], &[]).await;
    let pair = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let mut params = rcgen::CertificateParams::default();
    params.not_before = rcgen::date_time_ymd(2026, 1, 1);
    params.not_after = rcgen::date_time_ymd(2027, 1, 1);
    let pem = params.self_signed(&pair).unwrap().pem();
    let new = world.tokens.new_certificate_credential(app_id(&app), None, &pem).unwrap();
    let actor = Actor::command_line();
    world.directory.add_client_credential(&actor, app_id(&app), &new.credential, None).await.unwrap();
    let key = EncodingKey::from_rsa_pem(pair.serialize_pem().as_bytes()).unwrap();
    let sign = |algorithm, audience: &str| {
        let now = world.clock.now().as_seconds();
        let claims = json!({
            "iss": app_id(&app), "sub": app_id(&app), "aud": audience, "exp": now + 600, "iat": now, "jti": "j-1",
        });
        jsonwebtoken::encode(&Header::new(algorithm), &claims, &key).unwrap()
    };
    let send = async |assertion: &str| {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", app_id(&app)),
            ("client_assertion_type", JWT_BEARER),
            ("client_assertion", assertion),
            ("scope", GRAPH),
        ];
        world.post("/contoso.com/oauth2/v2.0/token", &form).await
    };
    for algorithm in [Algorithm::RS256, Algorithm::PS256] {
        let names = [world.tenant.to_string(), "contoso.com".to_owned(), "common".to_owned()];
        for name in names {
            let answer = send(&sign(algorithm, &format!("{BASE_URL}/{name}/oauth2/v2.0/token"))).await;
            assert_eq!(answer.status, StatusCode::OK, "{name} {answer:?}");
            assert_eq!(
                claims(&answer.json()["access_token"])["roles"],
                json!(["IdentityRiskyUser.Read.All"])
            );
        }
    }
    let elsewhere = send(&sign(Algorithm::RS256, "https://login.evil.example/token")).await;
    assert_eq!(elsewhere.refusal(), (401, "invalid_client".to_owned(), 700_023));
    assert_eq!(send("x.y.z").await.refusal(), (401, "invalid_client".to_owned(), 50_027));
}

#[tokio::test]
async fn rfc6749_4_4_2_another_application_of_the_tenant_is_a_resource_by_its_identifier() {
    let world = World::new().await;
    let (app, api) = (world.application(&["User.Read.All"], &[]).await, world.application(&[], &[]).await);
    let secret = world.secret(app_id(&app)).await;
    for scope in [format!("{}/.default", app_id(&api)), format!("api://{}/.default", app_id(&api))] {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", app_id(&app)),
            ("client_secret", &secret),
            ("scope", &scope),
        ];
        let token = claims(&world.token(&form).await.json()["access_token"]);
        assert_eq!(token["aud"], app_id(&api));
        assert_eq!(token.get("roles"), None, "roles at Graph are not roles at another resource");
    }
}

#[tokio::test]
async fn rfc6749_5_2_every_refusal_has_its_status_error_and_number() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &[(Platform::Web, WEB)]).await;
    let (id, secret) = (app_id(&app), world.secret(app_id(&app)).await);
    let nobody = "7f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e11";
    let base = [
        ("grant_type", "client_credentials"),
        ("client_id", id),
        ("client_secret", &*secret),
        ("scope", GRAPH),
    ];
    for (name, value, status, error, code) in [
        ("grant_type", "", 400, "invalid_request", 900_144),
        ("grant_type", "password", 400, "unsupported_grant_type", 70_003),
        ("grant_type", "urn:ietf:params:oauth:grant-type:device_code", 400, "invalid_request", 900_144),
        ("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer", 400, "unsupported_grant_type", 70_003),
        ("grant_type", "CLIENT_CREDENTIALS", 400, "unsupported_grant_type", 70_003),
        ("client_id", "", 400, "invalid_request", 900_144),
        ("client_id", nobody, 400, "unauthorized_client", 700_016),
        ("client_id", "nonsense", 400, "unauthorized_client", 700_016),
        ("client_secret", "", 401, "invalid_client", 7_000_218),
        ("client_secret", "wrong", 401, "invalid_client", 7_000_215),
        ("scope", "", 400, "invalid_request", 900_144),
        ("scope", "https://graph.microsoft.com/User.Read", 400, "invalid_scope", 1_002_012),
        ("scope", "openid offline_access profile", 400, "invalid_scope", 1_002_012),
        ("scope", "https://api.fabrikam.com/.default", 400, "invalid_resource", 500_011),
        ("scope", "7f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e11/.default", 400, "invalid_resource", 500_011),
        ("client_assertion", "x", 400, "invalid_request", 90_013),
    ] {
        let mut form: Vec<_> = base.iter().filter(|(known, _)| *known != name).copied().collect();
        form.push((name, value));
        form.push(("client_assertion_type", if name == "client_assertion" { JWT_BEARER } else { "" }));
        let answer = world.token(&form).await;
        assert_eq!(answer.refusal(), (status, error.to_owned(), code), "{name}={value}");
        let body = answer.json();
        for field in ["error_description", "timestamp", "trace_id", "correlation_id"] {
            assert!(body[field].is_string(), "{field}: {body}");
        }
        assert_eq!(body["timestamp"], "2026-11-23 10:00:00Z");
        assert_eq!(body["trace_id"], answer.header("request-id"));
        let text = body["error_description"].as_str().unwrap();
        assert!(text.starts_with(&format!("AADSTS{code}: ")), "{text}");
        assert!(text.contains("Trace ID: ") && text.contains("Correlation ID: "), "{text}");
        assert_eq!((answer.header("cache-control"), body.get("error_uri")), ("no-store", None));
        assert!(!answer.text.contains(&*secret));
    }
}

#[tokio::test]
async fn a_disabled_application_gets_nothing() {
    let world = World::new().await;
    let app = world.application(&[], &[]).await;
    let secret = world.secret(app_id(&app)).await;
    crate::common::disable(&world, &app).await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app_id(&app)),
        ("client_secret", &secret),
        ("scope", GRAPH),
    ];
    assert_eq!(world.token(&form).await.refusal(), (400, "unauthorized_client".to_owned(), 7_000_112));
}

#[tokio::test]
async fn rfc6749_2_3_1_guessing_secrets_is_stopped_for_a_while() {
    let world = World::new().await;
    let app = world.application(&[], &[]).await;
    let secret = world.secret(app_id(&app)).await;
    let send = async |secret: &str| {
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", app_id(&app)),
            ("client_secret", secret),
            ("scope", GRAPH),
        ];
        world.token(&form).await
    };
    for _ in 0..10 {
        assert_eq!(send("wrong").await.status, StatusCode::UNAUTHORIZED);
    }
    let stopped = send(&secret).await;
    assert_eq!(stopped.refusal(), (429, "temporarily_unavailable".to_owned(), 90_055));
    let seconds: u64 = stopped.header("retry-after").parse().unwrap();
    world.clock.advance(Duration::from_secs(seconds));
    assert_eq!(send(&secret).await.status, StatusCode::OK);
}

#[tokio::test]
async fn rfc6749_3_2_hostile_bodies_are_refused_in_json() {
    let world = World::new().await;
    let form = "application/x-www-form-urlencoded";
    let send = async |kind: &str, coding: &str, body: Vec<u8>| {
        let request =
            Request::post(world.token_path()).header("content-type", kind).header("content-encoding", coding);
        world.send(request.body(Body::from(body)).unwrap()).await.refusal()
    };
    let refused = |status, code| (status, "invalid_request".to_owned(), code);
    let mut large = b"grant_type=client_credentials&x=".to_vec();
    large.resize(64 * 1024, b'x');
    assert_eq!(send(form, "identity", large.clone()).await, refused(400, 900_144), "64 KiB are read");
    large.push(b'x');
    assert_eq!(send(form, "identity", large).await, refused(413, 90_015));
    assert_eq!(send("application/json", "identity", b"{}".to_vec()).await, refused(400, 90_013));
    assert_eq!(send("", "identity", b"grant_type=x".to_vec()).await, refused(400, 90_013));
    assert_eq!(send(form, "gzip", vec![0x1f, 0x8b]).await, refused(415, 90_013));
    assert_eq!(send(form, "identity", b"grant_type=\xff".to_vec()).await, refused(400, 90_013));
    assert_eq!(send(form, "identity", b"grant_type=%ff".to_vec()).await, refused(400, 90_013));
    assert_eq!(send(form, "identity", b"a=1&a=2".to_vec()).await, refused(400, 9_000_411));
    assert_eq!(send(form, "identity", "a=1&".repeat(65).into_bytes()).await, refused(400, 90_013));
    assert_eq!(send(form, "identity", Vec::new()).await, refused(400, 900_144));
}
