//! Questions about policies that Graph has no answer to: what is probably not meant, and what recorded sign-ins would have
//! come to.

use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind, ClientAppType, MethodUse, User};
use riskgate_protection::{Attempt, SignInApplication, SignInKind, SignInResource};
use serde_json::{Value as Json, json};

use crate::world::{GRAPH_ID, TOR, World};

const LINT: &str = "/riskgate/lintPolicies";
const IMPACT: &str = "/riskgate/evaluateImpact";
const POLICIES: &str = "/identity/conditionalAccess/policies";

fn policy(user: &str, control: &str) -> Json {
    json!({
        "displayName": "Tried", "state": "disabled",
        "conditions": { "applications": { "includeApplications": ["All"] }, "users": { "includeUsers": [user] } },
        "grantControls": { "operator": "OR", "builtInControls": [control] },
    })
}

async fn sign_in(world: &World, user: &User, id: &str, address: &str) {
    let at = world.now();
    let attempt = Attempt {
        request_id: id.to_owned(),
        correlation_id: id.to_owned(),
        kind: SignInKind::Interactive,
        user: user.clone(),
        application: SignInApplication {
            client_app_id: GRAPH_ID.to_owned(),
            client_display_name: Some("Tests".to_owned()),
            resources: vec![SignInResource { app_id: GRAPH_ID.to_owned(), display_name: None }],
            client_app_type: ClientAppType::Browser,
            user_action: None,
            authentication_contexts: Default::default(),
        },
        address: address.parse().unwrap(),
        user_agent: None,
        device_cookie_id: None,
        authentication: AuthenticationFacts {
            methods: vec![MethodUse { method: AuthenticationMethodKind::Password, at }],
            ..AuthenticationFacts::default()
        },
        password_tag: None,
        session: None,
    };
    world.protection.judge(&attempt).await.unwrap();
    world.clock.advance(std::time::Duration::from_secs(1));
}

#[tokio::test]
async fn findings_are_those_of_the_stored_policies_and_of_one_that_is_not_stored() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let found = world.post(LINT, &token, json!({})).await;
    assert_eq!((found.status.as_u16(), &found.json), (200, &json!({ "value": [] })));
    let mut both = policy("All", "mfa");
    both["state"] = json!("enabled");
    both["conditions"]["signInRiskLevels"] = json!(["high"]);
    both["conditions"]["userRiskLevels"] = json!(["high"]);
    let found = world.post(LINT, &token, json!({ "policies": [both] })).await;
    let rules: Vec<&str> =
        found.json["value"].as_array().unwrap().iter().map(|f| f["rule"].as_str().unwrap()).collect();
    assert!(rules.contains(&"combined-risks"), "{rules:?}");
    assert!(found.json["value"][0]["policyName"].is_string());
    assert_eq!(world.post(POLICIES, &token, both.clone()).await.status, 201);
    let stored = world.post(LINT, &token, json!({})).await;
    assert_eq!(stored.json["value"].as_array().unwrap().len(), rules.len(), "{}", stored.text());
}

#[tokio::test]
async fn a_question_that_makes_no_sense_is_refused_and_the_property_is_named() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let mut wrong = policy("All", "mfa");
    wrong["conditions"]["users"]["includeUsers"] = json!(["00000000-0000-4000-8000-00000badf00d"]);
    for path in [LINT, IMPACT] {
        let refused = world.post(path, &token, json!({ "policies": [wrong] })).await;
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert_eq!(refused.json["error"]["target"], "conditions/users", "{path}");
        for body in [json!({ "policies": 1 }), json!({ "policies": [1] }), json!({ "other": 1 })] {
            assert_eq!(world.post(path, &token, body.clone()).await.status, 400, "{path} {body}");
        }
    }
    let tried = policy("All", "mfa");
    for body in [
        json!({}),
        json!({ "policies": [] }),
        json!({ "policies": [tried], "days": 0 }),
        json!({ "policies": [tried], "days": 91 }),
        json!({ "policies": [tried], "days": "7" }),
        json!({ "policies": [tried], "skipToken": "x" }),
        json!({ "policies": [tried], "skipToken": 7 }),
        json!({ "policies": [tried], "other": 7 }),
    ] {
        assert_eq!(world.post(IMPACT, &token, body.clone()).await.status, 400, "{body}");
    }
}

#[tokio::test]
async fn a_reader_of_the_log_who_may_not_read_policies_is_not_told_their_impact() {
    let world = World::new().await;
    // Reports Reader.
    let reader = world.user("reader", &["4a5d8f65-41da-4de4-8968-e035b65339cf"]).await;
    let token = world.user_token(&reader, &["AuditLog.Read.All", "Policy.Read.All"]).await;
    let refused = world.post(IMPACT, &token, json!({ "policies": [policy("All", "mfa")] })).await;
    assert_eq!(refused.status, 403, "{}", refused.text());
}

#[tokio::test]
async fn recorded_sign_ins_are_decided_again_with_the_policy_in_force() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let (megan, adele) = (world.user("megan", &[]).await, world.user("adele", &[]).await);
    sign_in(&world, &megan, "s-1", "198.51.100.1").await;
    sign_in(&world, &adele, "s-2", "198.51.100.2").await;
    sign_in(&world, &megan, "s-3", TOR).await;
    let counts = |reply: &crate::world::Reply| {
        ["signIn", "examined", "blocked", "challenged", "sessionLimited", "satisfied", "notApplied"]
            .map(|name| reply.json[format!("{name}Count")].as_u64().unwrap())
    };
    let blocked = world.post(IMPACT, &token, json!({ "policies": [policy(&megan.id, "block")] })).await;
    assert_eq!(counts(&blocked), [3, 3, 2, 0, 0, 0, 1], "{}", blocked.text());
    assert!(blocked.json.get("skipToken").is_none());
    assert_eq!(blocked.json["users"][0]["userId"], json!(megan.id));
    assert_eq!(blocked.json["users"][0]["blockedCount"], 2);
    assert_eq!(blocked.json["examples"][0]["id"], "s-3", "newest first");
    let asked = world.post(IMPACT, &token, json!({ "policies": [policy("All", "mfa")] })).await;
    // Nobody registers his first method from where he is at risk.
    assert_eq!(counts(&asked), [3, 3, 1, 2, 0, 0, 0], "{}", asked.text());
    let mut risky = policy("All", "block");
    risky["conditions"]["signInRiskLevels"] = json!(["medium", "high", "low"]);
    let risky = world.post(IMPACT, &token, json!({ "policies": [risky] })).await;
    assert_eq!(counts(&risky), [3, 3, 1, 0, 0, 0, 2], "{}", risky.text());
    let mut session = policy("All", "mfa");
    session["grantControls"] = Json::Null;
    session["sessionControls"] = json!({ "persistentBrowser": { "mode": "never", "isEnabled": true } });
    let limited = world.post(IMPACT, &token, json!({ "policies": [session] })).await;
    assert_eq!(counts(&limited), [3, 3, 0, 0, 3, 0, 0], "{}", limited.text());
}

#[tokio::test]
async fn what_an_enabled_policy_does_already_is_not_counted_again() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let megan = world.user("megan", &[]).await;
    sign_in(&world, &megan, "s-1", "198.51.100.1").await;
    let mut enabled = policy(&megan.id, "block");
    enabled["state"] = json!("enabled");
    let made = world.post(POLICIES, &token, enabled.clone()).await;
    assert_eq!(made.status, 201, "{}", made.text());
    let again = world.post(IMPACT, &token, json!({ "policies": [policy(&megan.id, "mfa")] })).await;
    assert_eq!((&again.json["blockedCount"], &again.json["satisfiedCount"]), (&json!(0), &json!(1)));
    // The policy itself, edited, stands for the stored one.
    let mut edited = enabled;
    edited["id"] = made.json["id"].clone();
    let own = world.post(IMPACT, &token, json!({ "policies": [edited] })).await;
    assert_eq!(own.json["blockedCount"], 1, "{}", own.text());
}

#[tokio::test]
async fn many_sign_ins_are_decided_in_parts_each_once() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let megan = world.user("megan", &[]).await;
    let many = riskgate_protection::IMPACT_PAGE + 3;
    for number in 0..many {
        sign_in(&world, &megan, &format!("s-{number}"), "198.51.100.1").await;
    }
    let mut body = json!({ "policies": [policy("All", "mfa")], "days": 1 });
    let first = world.post(IMPACT, &token, body.clone()).await;
    assert_eq!(first.json["signInCount"], many);
    assert_eq!(first.json["examinedCount"], riskgate_protection::IMPACT_PAGE);
    assert_eq!(first.json["examples"].as_array().unwrap().len(), 10);
    // What comes in meanwhile is none of this question.
    sign_in(&world, &megan, "later", "198.51.100.1").await;
    body["skipToken"] = first.json["skipToken"].clone();
    let second = world.post(IMPACT, &token, body).await;
    assert_eq!(second.json["examinedCount"], 3, "{}", second.text());
    assert_eq!(second.json["sinceDateTime"], first.json["sinceDateTime"]);
    assert!(second.json.get("skipToken").is_none() && second.json.get("signInCount").is_none());
}
