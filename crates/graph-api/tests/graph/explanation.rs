//! The explanation of a sign-in that happened.

use axum::body::Body;
use axum::http::Request;
use riskgate_core::{Rng, SystemRng};
use riskgate_directory::{GRAPH_APP_ID, REPORTS_READER, SECURITY_READER};
use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind, ClientAppType, MethodUse, User};
use riskgate_protection::{Attempt, SignInApplication, SignInKind, SignInResource};
use serde_json::json;

use crate::world::{Reply, TOR, World};

const MEMBER: &str = "@riskgate.conditionalAccess";

/// Megan types her password; returns the identifier of the sign-in.
async fn sign_in(world: &World, user: &User, address: &str) -> String {
    let password = MethodUse { method: AuthenticationMethodKind::Password, at: world.now() };
    let attempt = Attempt {
        kind: SignInKind::Interactive,
        user: user.clone(),
        application: SignInApplication {
            client_app_id: world.application.app_id.clone().unwrap(),
            client_display_name: None,
            resources: vec![SignInResource { app_id: GRAPH_APP_ID.to_owned(), display_name: None }],
            client_app_type: ClientAppType::Browser,
            user_action: None,
            authentication_contexts: Default::default(),
        },
        address: address.parse().unwrap(),
        user_agent: None,
        session: None,
        device_cookie_id: None,
        password_tag: None,
        request_id: SystemRng.guid(),
        correlation_id: "correlation".to_owned(),
        authentication: AuthenticationFacts { methods: vec![password], ..AuthenticationFacts::default() },
    };
    world.protection.judge(&attempt).await.unwrap().sign_in_id
}

async fn explained(world: &World, token: &str, sign_in: &str) -> Reply {
    let request = Request::get(format!("/v1.0/auditLogs/signIns/{sign_in}"))
        .header("authorization", format!("Bearer {token}"))
        .header("prefer", "odata.include-annotations=\"riskgate.*\"");
    let reply = world.request(request.body(Body::empty()).unwrap()).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    reply
}

#[tokio::test]
async fn the_detections_that_raised_the_risk_and_the_policies_are_named() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let policy = json!({
        "displayName": "Risky", "state": "enabled",
        "conditions": { "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": [user.id] },
            "signInRiskLevels": ["high", "medium"] },
        "grantControls": { "operator": "OR", "builtInControls": ["block"] },
    });
    let made = world.post("/identity/conditionalAccess/policies", &token, policy).await;
    assert_eq!(made.status, 201, "{}", made.text());

    let risky = sign_in(&world, &user, TOR).await;
    let reply = explained(&world, &token, &risky).await;
    let told = &reply.json[MEMBER];
    assert_eq!(told["riskDetections"], json!(["anonymizedIPAddress"]), "{}", reply.text());
    assert_eq!((&told["result"], &told["errorCode"]), (&json!("blocked"), &json!(53_003)));
    assert_eq!(told["policies"][0]["displayName"], "Risky");
    assert_eq!(told["policies"][0]["conditionsSatisfied"], json!(["application", "users", "signInRisk"]));
    assert_eq!(told["smallestChanges"], json!([[{ "change": "signInRisk", "level": "low" }]]));
    assert!(told["policyVersion"].as_str().is_some_and(|version| !version.is_empty()));
    assert!(reply.json.get("@riskgate.evidence").is_none());

    let other = world.user("adele", &[]).await;
    let clean = sign_in(&world, &other, "203.0.113.7").await;
    let told = &explained(&world, &token, &clean).await.json[MEMBER];
    assert_eq!((&told["riskDetections"], &told["result"]), (&json!([]), &json!("granted")));
    let plain = world.get(&format!("/auditLogs/signIns/{risky}"), &token).await;
    assert!(plain.json.get(MEMBER).is_none());
}

#[tokio::test]
async fn who_may_not_read_policies_does_not_see_it() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let risky = sign_in(&world, &user, TOR).await;
    let (logs, policies) = ("AuditLog.Read.All", "Policy.Read.All");
    for (name, role, scopes, sees) in [
        ("without-permission", SECURITY_READER, &[logs][..], false),
        ("without-role", REPORTS_READER, &[logs, policies], false),
        ("with-both", SECURITY_READER, &[logs, policies], true),
    ] {
        let reader = world.user(name, &[role]).await;
        let token = world.user_token(&reader, scopes).await;
        let reply = explained(&world, &token, &risky).await;
        assert_eq!(reply.json.get(MEMBER).is_some(), sees, "{name}");
        assert_eq!(reply.json["riskLevelDuringSignIn"], "medium", "{name}");
    }
    for (permissions, sees) in [(&[logs][..], false), (&[logs, policies], true)] {
        let token = world.app_token(permissions).await;
        assert_eq!(explained(&world, &token, &risky).await.json.get(MEMBER).is_some(), sees);
    }
}
