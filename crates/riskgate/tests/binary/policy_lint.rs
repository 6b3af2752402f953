//! `riskgate policy lint` beside a running server, on policies that were written through Microsoft Graph.

use crate::support::{Finished, Installation, Server};
use serde_json::{Value as Json, json};

async fn create(server: &Server, token: &str, policy: Json) -> String {
    post(server, token, "/v1.0/identity/conditionalAccess/policies", policy).await
}

/// Creates something; its identifier.
async fn post(server: &Server, token: &str, path: &str, body: Json) -> String {
    let answer = server.client.post(server.url(path)).bearer_auth(token).json(&body).send().await.unwrap();
    let status = answer.status();
    let created: Json = answer.json().await.unwrap();
    assert_eq!(status, 201, "{created}");
    created["id"].as_str().unwrap().to_owned()
}

fn policy(users: Json, levels: &[&str]) -> Json {
    json!({
        "displayName": format!("MFA at {}", levels.join(", ")), "state": "enabled",
        "conditions": {"users": users, "applications": {"includeApplications": ["All"]}, "signInRiskLevels": levels},
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]},
    })
}

/// Exit code, and rule and policy of each finding.
fn findings(finished: &Finished) -> (Option<i32>, Vec<(String, String)>) {
    let printed: Json =
        serde_json::from_str(&finished.stdout).unwrap_or_else(|error| panic!("{error}: {finished:?}"));
    let text = |finding: &Json, name: &str| finding[name].as_str().unwrap().to_owned();
    let all = printed["findings"].as_array().unwrap();
    (finished.code, all.iter().map(|finding| (text(finding, "rule"), text(finding, "policyId"))).collect())
}

#[tokio::test]
async fn mistakes_are_named_and_errors_change_the_exit_code() {
    let installation = Installation::initialised();
    let lint = || findings(&installation.run(&["policy", "lint", "--output", "json"]));
    assert_eq!(lint(), (Some(0), vec![]));
    let mut create_app = vec!["app", "create", "--name", "Policies"];
    for permission in
        ["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess", "Policy.ReadWrite.AuthenticationMethod"]
    {
        create_app.extend(["--permission", permission]);
    }
    let app = installation.json(&create_app);
    let made = ["user", "create", "--upn", "break-glass@contoso.com", "--role", "Global Administrator"];
    let emergency = installation.json(&made)["id"].as_str().unwrap().to_owned();
    let server = installation.serve(&[]);
    let token = server.token(&app).await;

    let everyone = create(&server, &token, policy(json!({"includeUsers": ["All"]}), &["high"])).await;
    let missing = |id: &str| ("missing-emergency-account".to_owned(), id.to_owned());
    assert_eq!(lint(), (Some(0), vec![missing(&everyone)]));

    let users = json!({"includeUsers": ["All"], "excludeUsers": [emergency]});
    let low = create(&server, &token, policy(users, &["low"])).await;
    assert_eq!(lint(), (Some(3), vec![("skipped-level".to_owned(), low), missing(&everyone)]));

    // No combination of this strength can be registered here.
    let strength = json!({"displayName": "Windows", "allowedCombinations": ["windowsHelloForBusiness"]});
    let strength = post(&server, &token, "/v1.0/policies/authenticationStrengthPolicies", strength).await;
    let mut hello = policy(json!({"includeUsers": [emergency]}), &["high"]);
    hello["grantControls"] = json!({"operator": "OR", "authenticationStrength": {"id": strength}});
    let hello = create(&server, &token, hello).await;
    let unpassable = ("unpassable-control".to_owned(), hello.clone());
    let (code, found) = lint();
    assert_eq!((code, found.len()), (Some(3), 3));
    assert!(found.contains(&unpassable), "{found:?}");
    let url = server.url(&format!("/v1.0/identity/conditionalAccess/policies/{hello}"));
    assert_eq!(server.client.delete(url).bearer_auth(&token).send().await.unwrap().status(), 204);

    let told = installation.run(&["policy", "lint"]);
    assert_eq!(told.code, Some(3));
    assert!(told.stdout.starts_with("error: MFA at low ("), "{told:?}");
    assert!(told.stdout.contains("Other policies exclude break-glass@contoso.com."), "{told:?}");
    assert!(told.stdout.ends_with("Errors: 1, warnings: 1, information: 0.\n"), "{told:?}");
}

#[test]
fn there_must_be_a_tenant() {
    let finished = Installation::new().run(&["policy", "lint"]);
    assert!(finished.mistake().contains("riskgate init --data-dir"), "{finished:?}");
}
