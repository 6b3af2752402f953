//! Risk that others saw, and leaked credentials.

use riskgate_authentication::{Argon2Cost, PasswordHasher};
use riskgate_core::SystemRng;
use riskgate_directory::{Actor, NewUser};
use riskgate_model::{RiskDetection, RiskyUser, ServicePrincipalRiskDetection, User};
use serde_json::{Value as Json, json};
use std::sync::Arc;
use std::time::Duration;

use crate::world::{UNKNOWN, World};

const USERS: &str = "/riskgate/riskDetections";
const APPS: &str = "/riskgate/servicePrincipalRiskDetections";
const LEAKED: &str = "/riskgate/leakedCredentials";

fn signal(user: &User) -> Json {
    json!({
        "externalId": "mail-4711", "userId": user.id, "riskEventType": "suspiciousSendingPatterns",
        "riskLevel": "medium", "activityDateTime": "2026-11-23T09:00:00Z", "ipAddress": "192.0.2.7",
        "additionalInfo": "[{\"Key\":\"alertUrl\",\"Value\":\"https://mail.example/4711\"}]",
    })
}

async fn reporter(world: &World) -> String {
    world
        .app_token(&[
            "RiskgateRiskDetection.Create",
            "IdentityRiskEvent.Read.All",
            "IdentityRiskyUser.Read.All",
        ])
        .await
}

#[tokio::test]
async fn a_signal_raises_the_user_at_once_and_only_once() {
    let world = World::new().await;
    let (token, user) = (reporter(&world).await, world.user("megan", &[]).await);
    let made = world.post(USERS, &token, signal(&user)).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let expected = json!({
        "riskEventType": "suspiciousSendingPatterns", "riskLevel": "medium", "riskState": "atRisk", "source": "Tests",
        "detectionTimingType": "offline", "activityDateTime": "2026-11-23T09:00:00Z", "ipAddress": "192.0.2.7",
        "userId": user.id, "userDisplayName": "megan", "requestId": null,
        "additionalInfo": "[{\"Key\":\"alertUrl\",\"Value\":\"https://mail.example/4711\"}]",
    });
    for (name, value) in expected.as_object().unwrap() {
        assert_eq!(made.json[name], *value, "{name}");
    }
    let path = format!("/identityProtection/riskDetections/{}", made.json["id"].as_str().unwrap());
    assert_eq!(world.get(&path, &token).await.json["id"], made.json["id"]);
    let risky = world.get(&format!("/identityProtection/riskyUsers/{}", user.id), &token).await;
    assert_eq!((&risky.json["riskLevel"], &risky.json["riskState"]), (&json!("medium"), &json!("atRisk")));

    let again = world.post(USERS, &token, signal(&user)).await;
    assert_eq!((again.status.as_u16(), &again.json["id"]), (200, &made.json["id"]));
    assert_eq!(world.all::<RiskDetection>().await.len(), 1);
    let other = world.user("alex", &[]).await;
    let taken = world.post(USERS, &token, signal(&other)).await;
    assert_eq!((taken.status.as_u16(), taken.code()), (409, "Conflict"), "{}", taken.text());
}

#[tokio::test]
async fn a_signal_that_cannot_be_is_refused_with_the_property_that_is_wrong() {
    let world = World::new().await;
    let (token, user) = (reporter(&world).await, world.user("megan", &[]).await);
    for (name, value) in [
        ("externalId", json!("")),
        ("externalId", json!("a b")),
        ("externalId", json!("x".repeat(129))),
        ("riskEventType", json!("adminConfirmedUserCompromised")),
        ("riskEventType", json!("aiCompoundAccountRisk")),
        ("riskLevel", json!("none")),
        ("riskLevel", json!("hidden")),
        ("activityDateTime", json!("2026-10-01T00:00:00Z")),
        ("activityDateTime", json!("2026-11-24T00:00:00Z")),
        ("ipAddress", json!("somewhere")),
        ("additionalInfo", json!("{}")),
        ("additionalInfo", json!("[{\"Key\":\"a\"}]")),
        ("additionalInfo", json!(format!("[{{\"Key\":\"a\",\"Value\":\"{}\"}}]", "x".repeat(5_000)))),
        ("userPrincipalName", json!("megan@contoso.com")),
        ("riskState", json!("atRisk")),
    ] {
        let mut body = signal(&user);
        body[name] = value.clone();
        let reply = world.post(USERS, &token, body).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{name} {value}");
        assert!(reply.message().contains(&format!("'{name}'")), "{}", reply.message());
    }
    for wrong in [json!([]), json!({}), json!({ "externalId": 1 })] {
        assert_eq!(world.post(USERS, &token, wrong).await.status, 400);
    }
    let mut unknown = signal(&user);
    unknown["userId"] = json!(UNKNOWN);
    assert_eq!(world.post(USERS, &token, unknown).await.status, 404);
    assert!(world.all::<RiskyUser>().await.is_empty());
}

#[tokio::test]
async fn one_source_cannot_pile_up_more_than_a_hundred() {
    let world = World::new().await;
    let (token, user) = (reporter(&world).await, world.user("megan", &[]).await);
    let mut last = 201;
    for n in 0..101 {
        let mut body = signal(&user);
        body["externalId"] = json!(format!("mail-{n}"));
        last = world.post(USERS, &token, body).await.status.as_u16();
        assert_eq!(last == 201, n < 100, "{n}");
    }
    assert_eq!(last, 429);
    assert_eq!(
        world
            .post(
                USERS,
                &token,
                json!({ "externalId": "mail-1", "userId": user.id,
        "riskEventType": "suspiciousSendingPatterns", "riskLevel": "medium" })
            )
            .await
            .status,
        200,
        "known ones are known"
    );
}

#[tokio::test]
async fn a_signal_raises_an_application() {
    let world = World::new().await;
    let token = reporter(&world).await;
    let body = json!({ "externalId": "1", "appId": world.application.app_id, "riskEventType": "suspiciousApplication",
        "riskLevel": "high" });
    let made = world.post(APPS, &token, body.clone()).await;
    assert_eq!((made.status.as_u16(), &made.json["servicePrincipalId"]), (201, &json!(world.application.id)));
    assert_eq!(world.post(APPS, &token, body.clone()).await.status, 200);
    let mut wrong = body.clone();
    wrong["riskEventType"] = json!("suspiciousSendingPatterns");
    assert_eq!(world.post(APPS, &token, wrong).await.status, 400, "that is about people");
    let mut unknown = body;
    unknown["appId"] = json!(UNKNOWN);
    assert_eq!(world.post(APPS, &token, unknown).await.status, 404);
}

#[tokio::test]
async fn a_leaked_password_counts_while_it_is_good_and_nobody_is_told() {
    let world = World::new().await;
    let hasher =
        PasswordHasher::new(Argon2Cost { memory_kib: 64, passes: 1 }, 1, Arc::new(SystemRng)).unwrap();
    let hash = hasher.hash("correct horse".to_owned().into()).await.unwrap();
    let new = NewUser::new("megan@contoso.com", "megan", hash, false);
    let user = world.directory.create_user(&Actor::command_line(), &new).await.unwrap();
    let token = world.app_token(&["RiskgateLeakedCredential.Create"]).await;
    let pair = |name: &str, password: &str| json!({ "userPrincipalName": name, "password": password });
    let wrong = json!({ "credentials": [pair("megan@contoso.com", "wrong"), pair("nobody@contoso.com", "correct horse")] });
    let right = json!({ "credentials": [pair("MEGAN@contoso.com", "correct horse")] });
    let before = world.post(LEAKED, &token, wrong).await;
    assert_eq!((before.status.as_u16(), world.all::<RiskDetection>().await.len()), (204, 0));
    for _ in 0..2 {
        let after = world.post(LEAKED, &token, right.clone()).await;
        assert_eq!((after.status, &after.bytes), (before.status, &before.bytes), "the answer is the same");
    }
    let [detection] = world.all::<RiskDetection>().await.try_into().unwrap();
    assert_eq!(
        (detection.risk_event_type.as_deref(), detection.user_id),
        (Some("leakedCredentials"), Some(user.id))
    );
    assert_eq!(detection.risk_level, Some(riskgate_model::RiskLevel::High));
    assert!(
        !serde_json::to_string(&world.all::<riskgate_model::DirectoryAudit>().await)
            .unwrap()
            .contains("horse")
    );
    let reporter = reporter(&world).await;
    assert_eq!(world.post(LEAKED, &reporter, right).await.status, 403, "a permission of its own");
}

#[tokio::test]
async fn a_leaked_secret_is_compared_with_the_digests_of_its_application() {
    let world = World::new().await;
    let app_id = world.application.app_id.clone().unwrap();
    let secret = world.tokens.new_client_secret(&app_id, None, Duration::from_secs(86_400)).unwrap();
    let actor = Actor::command_line();
    world.directory.add_client_credential(&actor, &app_id, &secret.credential, None).await.unwrap();
    let token = world.app_token(&["RiskgateLeakedCredential.Create"]).await;
    for (leaked, found) in [("not-a-secret", 0), (secret.secret.as_str(), 1), (secret.secret.as_str(), 1)] {
        let body = json!({ "credentials": [{ "appId": app_id, "secret": leaked }] });
        assert_eq!(world.post(LEAKED, &token, body).await.status, 204);
        assert_eq!(world.all::<ServicePrincipalRiskDetection>().await.len(), found);
    }
    let [detection] = world.all::<ServicePrincipalRiskDetection>().await.try_into().unwrap();
    assert_eq!(detection.key_ids, [secret.credential.id]);
    for wrong in [
        json!({ "credentials": [] }),
        json!({ "credentials": [{ "appId": app_id, "password": "x" }] }),
        json!({ "credentials": [{ "appId": app_id, "secret": "" }] }),
        json!({ "credentials": vec![json!({ "appId": app_id, "secret": "x" }); 26] }),
    ] {
        assert_eq!(world.post(LEAKED, &token, wrong).await.status, 400);
    }
}
