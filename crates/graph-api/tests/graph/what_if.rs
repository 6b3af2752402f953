//! What If, and the explanation of a decision.

use axum::body::Body;
use axum::http::Request;
use riskgate_model::User;
use serde_json::{Value as Json, json};

use crate::world::{Reply, UNKNOWN, World};

const EVALUATE: &str = "/identity/conditionalAccess/evaluate";
const POLICIES: &str = "/identity/conditionalAccess/policies";
const GRAPH: &str = "00000003-0000-0000-c000-000000000000";

fn question(user: &User, conditions: Json) -> Json {
    json!({
        "signInIdentity": { "@odata.type": "#microsoft.graph.userSignIn", "userId": user.id },
        "signInContext": { "@odata.type": "#microsoft.graph.applicationContext", "includeApplications": [GRAPH] },
        "signInConditions": conditions,
    })
}

fn policy(name: &str, user: &str, conditions: Json) -> Json {
    let mut body = json!({
        "displayName": name, "state": "enabled",
        "conditions": { "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": [user] } },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] },
    });
    for (name, value) in conditions.as_object().unwrap() {
        body["conditions"][name] = value.clone();
    }
    body
}

async fn annotated(world: &World, token: &str, body: Json) -> Reply {
    let request = Request::post(format!("/v1.0{EVALUATE}"))
        .header("authorization", format!("Bearer {token}"))
        .header("content-type", "application/json")
        .header("prefer", "odata.include-annotations=\"riskgate.*\"");
    world.request(request.body(Body::from(body.to_string())).unwrap()).await
}

/// Name, whether it applies, first reason, of every result.
fn results(reply: &Reply) -> Vec<(&str, bool, &str)> {
    let results = reply.json["value"].as_array().unwrap_or_else(|| panic!("{}", reply.text())).iter();
    let mut results: Vec<_> = results
        .map(|result| {
            let applies = result["policyApplies"].as_bool().unwrap();
            (result["displayName"].as_str().unwrap(), applies, result["analysisReasons"].as_str().unwrap())
        })
        .collect();
    results.sort_unstable();
    results
}

#[tokio::test]
async fn every_stored_policy_is_answered_with_its_first_reason() {
    let world = World::new().await;
    let (user, other) = (world.user("megan", &[]).await, world.user("adele", &[]).await);
    let token = world.admin_token().await;
    let mut disabled = policy("disabled", &user.id, json!({}));
    disabled["state"] = json!("disabled");
    let mut report_only = policy("report only", &user.id, json!({}));
    report_only["state"] = json!("enabledForReportingButNotEnforced");
    for body in [
        policy("applies", &user.id, json!({})),
        policy("other user", &other.id, json!({ "signInRiskLevels": ["high"] })),
        policy("risk", &user.id, json!({ "signInRiskLevels": ["high"] })),
        policy("native", &user.id, json!({ "clientAppTypes": ["mobileAppsAndDesktopClients"] })),
        policy("platform", &user.id, json!({ "platforms": { "includePlatforms": ["android"] } })),
        disabled,
        report_only,
    ] {
        let made = world.post(POLICIES, &token, body).await;
        assert_eq!(made.status, 201, "{}", made.text());
    }
    let asked = question(&user, json!({ "devicePlatform": "windows" }));
    let reply = world.post(EVALUATE, &token, asked.clone()).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    assert!(reply.text().contains("$metadata#Collection(microsoft.graph.whatIfAnalysisResult)"));
    assert!(!reply.text().contains("@riskgate"));
    let expected = [
        ("applies", true, "notSet"),
        ("disabled", false, "policyNotEnabled"),
        ("native", false, "clientApps"),
        ("other user", false, "users"),
        ("platform", false, "devicePlatform"),
        ("report only", true, "notSet"),
        ("risk", false, "signInRisk"),
    ];
    assert_eq!(results(&reply), expected);
    let mut only = asked;
    only["appliedPoliciesOnly"] = json!(true);
    let reply = world.post(EVALUATE, &token, only).await;
    assert_eq!(results(&reply), [("applies", true, "notSet"), ("report only", true, "notSet")]);
}

#[tokio::test]
async fn with_annotations_every_reason_the_decision_and_the_way_out_are_told() {
    let world = World::new().await;
    let (user, other) = (world.user("megan", &[]).await, world.user("adele", &[]).await);
    let token = world.admin_token().await;
    let elsewhere = policy("elsewhere", &other.id, json!({ "signInRiskLevels": ["high"] }));
    world.post(POLICIES, &token, elsewhere).await;
    let mut block = policy("block", &user.id, json!({ "signInRiskLevels": ["high", "medium"] }));
    block["grantControls"]["builtInControls"] = json!(["block"]);
    world.post(POLICIES, &token, block).await;
    let reply = annotated(&world, &token, question(&user, json!({ "signInRiskLevel": "medium" }))).await;
    assert_eq!(reply.status, 200, "{}", reply.text());
    let decision = &reply.json["@riskgate.decision"];
    assert_eq!((&decision["result"], &decision["errorCode"]), (&json!("blocked"), &json!(53_003)));
    assert_eq!(decision["smallestChanges"], json!([[{ "change": "signInRisk", "level": "low" }]]));
    let of = |name: &str| {
        let all = reply.json["value"].as_array().unwrap().iter();
        all.clone().find(|result| result["displayName"] == name).unwrap().clone()
    };
    assert_eq!(of("elsewhere")["@riskgate.analysisReasons"], json!(["users", "signInRisk"]));
    assert_eq!(of("elsewhere")["analysisReasons"], "users");
    assert_eq!(of("block")["@riskgate.result"], "failure");
    assert_eq!(of("block")["@riskgate.conditionsSatisfied"], json!(["application", "users", "signInRisk"]));
}

#[tokio::test]
async fn policies_as_they_might_be_are_decided_with_and_not_stored() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let stored = world.post(POLICIES, &token, policy("stored", &user.id, json!({}))).await;
    let mut changed = policy("stored", &user.id, json!({ "userRiskLevels": ["high"] }));
    changed["id"] = stored.json["id"].clone();
    let mut asked = question(&user, json!({}));
    asked["@riskgate.policies"] = json!([changed, policy("new", &user.id, json!({}))]);
    let reply = world.post(EVALUATE, &token, asked.clone()).await;
    assert_eq!(results(&reply), [("new", true, "notSet"), ("stored", false, "userRisk")]);
    assert_eq!(world.get(POLICIES, &token).await.ids().len(), 1);
    for (policies, start) in [
        (json!([{ "displayName": "half" }]), "1007"),
        (json!([policy("nobody", UNKNOWN, json!({}))]), "User with id"),
        (json!("all"), "'@riskgate.policies' must be a list"),
        (json!(vec![1; 196]), "'@riskgate.policies' must be a list of at most"),
    ] {
        asked["@riskgate.policies"] = policies;
        let reply = world.post(EVALUATE, &token, asked.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"));
        assert!(reply.message().starts_with(start), "{}", reply.message());
    }
}

#[tokio::test]
async fn actions_contexts_and_workloads_have_their_own_policies() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let target = |applications: Json| json!({ "applications": applications });
    let action = json!({ "includeUserActions": ["urn:user:registersecurityinfo"] });
    let context = json!({ "includeAuthenticationContextClassReferences": ["c1"] });
    let everything = policy("everything", &user.id, json!({}));
    let by_action = policy("action", &user.id, target(action));
    let by_context = policy("context", &user.id, target(context));
    for body in [everything, by_action, by_context] {
        assert_eq!(world.post(POLICIES, &token, body).await.status, 201);
    }
    let mut asked = question(&user, json!({}));
    asked["signInContext"] = json!({ "@odata.type": "#microsoft.graph.userActionContext",
        "userAction": "registerSecurityInformation" });
    let reply = world.post(EVALUATE, &token, asked.clone()).await;
    let expected =
        [("action", true, "notSet"), ("context", false, "userActions"), ("everything", true, "notSet")];
    assert_eq!(results(&reply), expected);
    asked["signInContext"] =
        json!({ "@odata.type": "#microsoft.graph.authContext", "authenticationContextValue": "C1" });
    let reply = world.post(EVALUATE, &token, asked.clone()).await;
    assert_eq!(results(&reply)[1], ("context", true, "notSet"));
    let principals = world.get("/servicePrincipals?$select=id", &token).await;
    let principal = principals.ids().first().copied().unwrap().to_owned();
    asked["signInIdentity"] = json!({ "@odata.type": "#microsoft.graph.servicePrincipalSignIn",
        "servicePrincipalId": principal });
    let reply = world.post(EVALUATE, &token, asked).await;
    assert!(
        results(&reply).iter().all(|(_, applies, reason)| !applies && *reason == "users"),
        "{}",
        reply.text()
    );
}

#[tokio::test]
async fn questions_that_cannot_be_are_refused_with_what_is_wrong() {
    let world = World::new().await;
    let user = world.user("megan", &[]).await;
    let token = world.admin_token().await;
    let with = |pointer: &str, value: Json| {
        let mut body = question(&user, json!({}));
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        body.pointer_mut(parent).unwrap()[name] = value;
        body
    };
    for (body, part) in [
        (json!({}), "'signInIdentity' is required"),
        (with("/signInContext", Json::Null), "'signInContext' is required"),
        (with("/signInConditions", json!("all")), "'signInConditions' must be an object"),
        (with("/appliedPoliciesOnly", json!("yes")), "'appliedPoliciesOnly' must be"),
        (with("/somethingElse", json!(1)), "'somethingElse' is no parameter"),
        (
            with("/signInIdentity/@odata.type", json!("#microsoft.graph.user")),
            "'signInIdentity' is not valid",
        ),
        (with("/signInIdentity/userId", json!(UNKNOWN)), "User with id"),
        (with("/signInIdentity/userId", Json::Null), "'signInIdentity/userId' is required"),
        (with("/signInContext/includeApplications", json!([UNKNOWN])), "ServicePrincipal with appId"),
        (with("/signInContext/includeApplications", json!([])), "'signInContext/includeApplications' must"),
        (with("/signInConditions/ipAddress", json!("300.1.1.1")), "'signInConditions/ipAddress' must"),
        (with("/signInConditions/country", json!("Norway")), "'signInConditions/country' must"),
        (with("/signInConditions/signInRiskLevel", json!("extreme")), "'signInConditions' is not valid"),
        (
            with("/signInConditions/deviceInfo", json!({ "isCompliant": "yes" })),
            "'signInConditions' is not valid",
        ),
    ] {
        let reply = world.post(EVALUATE, &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body} {}", reply.text());
        assert!(reply.message().starts_with(part), "{body}: {}", reply.message());
    }
}
