//! Risky users and sign-ins, and what administrators do about them.

use riskgate_model::{
    AppliedConditionalAccessPolicy, AuthenticationFacts, ClientAppType, ClientFacts, NetworkFacts,
    RiskDetail, RiskDetection, RiskLevel, RiskState, RiskyUser, SignIn, SignInFacts, User, UserFacts,
};
use riskgate_store::records::{RiskDetectionRecord, SignInEvidence, SignInRecord};
use serde_json::json;

use crate::world::{UNKNOWN, World};

const RU: &str = "/identityProtection/riskyUsers";

/// A user at risk, through one detection of one sign-in.
async fn at_risk(world: &World, user: &User, sign_in: &str) {
    world
        .put(&[RiskyUser {
            id: user.id.clone(),
            risk_level: Some(RiskLevel::Medium),
            risk_state: Some(RiskState::AtRisk),
            risk_detail: Some(RiskDetail::None),
            user_display_name: user.display_name.clone(),
            user_principal_name: user.user_principal_name.clone(),
            is_deleted: Some(false),
            is_processing: Some(false),
            risk_last_updated_date_time: Some(world.now()),
        }])
        .await;
    world
        .put(&[RiskDetection {
            id: "a".repeat(64),
            user_id: Some(user.id.clone()),
            request_id: Some(sign_in.to_owned()),
            risk_level: Some(RiskLevel::Medium),
            risk_state: Some(RiskState::AtRisk),
            risk_detail: Some(RiskDetail::None),
            risk_event_type: Some("anonymizedIPAddress".to_owned()),
            detected_date_time: Some(world.now()),
            user_display_name: user.display_name.clone(),
            ..RiskDetection::default()
        }])
        .await;
    world.put(&[record(world, user, sign_in)]).await;
}

fn record(world: &World, user: &User, id: &str) -> SignInRecord {
    let sign_in: SignIn = serde_json::from_value(json!({
        "id": id, "createdDateTime": world.now(), "userId": user.id, "riskState": "atRisk", "riskLevelAggregated": "medium",
        "riskLevelDuringSignIn": "medium", "appliedConditionalAccessPolicies": [],
    }))
    .unwrap();
    let applied = AppliedConditionalAccessPolicy { id: Some("policy".to_owned()), ..Default::default() };
    let address = "192.0.2.1".parse().unwrap();
    let facts = SignInFacts {
        at: world.now(),
        user: UserFacts::new(&user.id),
        application: riskgate_model::ApplicationFacts::new("a", ClientAppType::Browser),
        client: ClientFacts::default(),
        network: NetworkFacts::unknown(address),
        device: None,
        authentication: AuthenticationFacts::default(),
    };
    SignInRecord {
        sign_in: SignIn { applied_conditional_access_policies: vec![applied], ..sign_in },
        evidence: SignInEvidence {
            facts,
            risk_context: json!(null),
            assessment: json!({}),
            decision: json!({}),
            policy_version: "p".to_owned(),
            risk_config: json!({}),
            software: "test".to_owned(),
            given_device_cookie_id: None,
            is_learned: false,
        },
    }
}

#[tokio::test]
async fn an_administrator_dismisses_the_risk_of_a_user_as_often_as_he_likes() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    at_risk(&world, &user, "11111111-0000-4000-8000-000000000001").await;
    let token = world.admin_token().await;
    let body = json!({ "@odata.type": "#microsoft.graph.x", "userIds": [user.id.to_uppercase(), user.id] });
    for path in [format!("{RU}/dismiss"), format!("{RU}/microsoft.graph.dismiss")] {
        let reply = world.post(&path, &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.bytes.len()), (204, 0), "{}", reply.text());
    }
    let risky = world.get(&format!("{RU}/{}", user.id), &token).await;
    assert_eq!(
        (&risky.json["riskLevel"], &risky.json["riskState"], &risky.json["riskDetail"]),
        (&json!("none"), &json!("dismissed"), &json!("adminDismissedAllRiskForUser"))
    );
    let detection =
        world.get(&format!("/identityProtection/riskDetections/{}", "a".repeat(64)), &token).await;
    assert_eq!(
        (&detection.json["riskState"], &detection.json["riskLevel"]),
        (&json!("dismissed"), &json!("medium"))
    );
    let history = world.get(&format!("{RU}/{}/history", user.id), &token).await;
    let item = &history.json["value"][0];
    assert_eq!((&item["userId"], &item["initiatedBy"]), (&json!(user.id), &json!(world.admin.id)));
    assert_eq!(item["activity"]["detail"], "adminDismissedAllRiskForUser");
    let one = format!("{RU}/{}/history/{}", user.id, item["id"].as_str().unwrap());
    assert_eq!(world.get(&one, &token).await.status, 200);
    let other = format!("{RU}/{UNKNOWN}/history/{}", item["id"].as_str().unwrap());
    assert_eq!(world.get(&other, &token).await.status, 404, "the history of another user");
    assert_eq!(world.get(&format!("{RU}/{}/history/$count", user.id), &token).await.text(), "1");
    let audits = world
        .get("/auditLogs/directoryAudits?$filter=activityDisplayName%20eq%20'DismissUser'", &token)
        .await;
    assert_eq!(audits.ids().len(), 1, "a second dismissal changes nothing");
    assert_eq!(audits.json["value"][0]["initiatedBy"]["user"]["id"], world.admin.id.as_str());
}

#[tokio::test]
async fn one_unknown_user_among_others_changes_nothing() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    at_risk(&world, &user, "11111111-0000-4000-8000-000000000001").await;
    let token = world.admin_token().await;
    for action in ["dismiss", "confirmSafe", "confirmCompromised"] {
        let reply =
            world.post(&format!("{RU}/{action}"), &token, json!({ "userIds": [user.id, UNKNOWN] })).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (404, "ResourceNotFound"), "{action}");
    }
    let nul = world.post(&format!("{RU}/dismiss"), &token, json!({ "userIds": ["\0"] })).await;
    assert_eq!(nul.status, 404, "databases refuse NUL, so it never reaches one");
    let risky = world.get(&format!("{RU}/{}", user.id), &token).await;
    assert_eq!(risky.json["riskState"], "atRisk");
}

#[tokio::test]
async fn accounts_are_confirmed_compromised_and_safe() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let body = json!({ "userIds": [user.id] });
    assert_eq!(world.post(&format!("{RU}/confirmCompromised"), &token, body.clone()).await.status, 204);
    let risky = world.get(&format!("{RU}/{}", user.id), &token).await;
    assert_eq!(
        (&risky.json["riskLevel"], &risky.json["riskState"]),
        (&json!("high"), &json!("confirmedCompromised"))
    );
    assert_eq!(world.post(&format!("{RU}/confirmSafe"), &token, body).await.status, 204);
    let risky = world.get(&format!("{RU}/{}", user.id), &token).await;
    assert_eq!(
        (&risky.json["riskLevel"], &risky.json["riskState"]),
        (&json!("none"), &json!("confirmedSafe"))
    );
}

#[tokio::test]
async fn sign_ins_show_applied_policies_to_those_who_may_read_policies_and_evidence_to_nobody() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let id = "11111111-0000-4000-8000-000000000001";
    at_risk(&world, &user, id).await;
    let logs = world.app_token(&["AuditLog.Read.All"]).await;
    let both = world.app_token(&["AuditLog.Read.All", "Policy.Read.All"]).await;
    let reports = world
        .user(
            "reports",
            &[riskgate_directory::role("4a5d8f65-41da-4de4-8968-e035b65339cf").unwrap().template_id],
        )
        .await;
    let reports = world.user_token(&reports, &["AuditLog.Read.All", "Policy.Read.All"]).await;
    for (token, shown) in [(&logs, 0), (&both, 1), (&reports, 0)] {
        let list = world.get("/auditLogs/signIns", token).await;
        let one = world.get(&format!("/auditLogs/signIns/{id}"), token).await;
        assert_eq!(
            list.json["value"][0]["appliedConditionalAccessPolicies"].as_array().unwrap().len(),
            shown
        );
        assert_eq!(one.json["appliedConditionalAccessPolicies"].as_array().unwrap().len(), shown);
        assert!(!list.text().contains("evidence") && !one.text().contains("evidence"));
    }
}

#[tokio::test]
async fn sign_ins_are_confirmed_and_dismissed_with_the_permissions_of_each_kind() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let id = "11111111-0000-4000-8000-000000000001";
    at_risk(&world, &user, id).await;
    let path = "/auditLogs/signIns/confirmSafe";
    let body = json!({ "requestIds": [id] });
    let wrong = world.app_token(&["IdentityRiskyUser.ReadWrite.All"]).await;
    assert_eq!(world.post(path, &wrong, body.clone()).await.status, 403);
    let right = world.app_token(&["IdentityRiskEvent.ReadWrite.All"]).await;
    let reply = world.post(path, &right, body).await;
    assert_eq!(reply.status, 204, "{}", reply.text());
    let token = world.admin_token().await;
    let sign_in = world.get(&format!("/auditLogs/signIns/{id}"), &token).await;
    assert_eq!(
        (&sign_in.json["riskState"], &sign_in.json["riskLevelAggregated"]),
        (&json!("confirmedSafe"), &json!("none"))
    );
    let unknown = world.post(path, &right, json!({ "requestIds": [UNKNOWN] })).await;
    assert_eq!(unknown.status, 400);
    assert!(
        unknown.message().starts_with("These requestIds do not exist in your tenant or they are not risky")
    );
}

#[tokio::test]
async fn a_detection_is_explained_to_those_who_ask() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let (id, evidence) = ("b".repeat(64), json!({ "evidence": [{ "key": "egress", "value": "Tor exit" }] }));
    let detection = RiskDetection { id: id.clone(), user_id: Some(user.id), ..RiskDetection::default() };
    let episode = Some("e".to_owned());
    world.put(&[RiskDetectionRecord { detection, episode, evidence: evidence.clone() }]).await;
    let token = world.app_token(&["IdentityRiskEvent.Read.All"]).await;
    let path = format!("/identityProtection/riskDetections/{id}");
    assert!(!world.get(&path, &token).await.text().contains("riskgate"));
    let request = axum::http::Request::builder()
        .uri(format!("/v1.0{path}?$select=id"))
        .header("authorization", format!("Bearer {token}"))
        .header("prefer", "odata.include-annotations=\"riskgate.*\"");
    let reply = world.request(request.body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(
        (&reply.json["@riskgate.evidence"], &reply.json["@riskgate.episode"]),
        (&evidence, &json!("e"))
    );
}
