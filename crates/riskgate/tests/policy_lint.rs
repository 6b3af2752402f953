//! `riskgate policy lint` beside a running server, on policies that were written through Microsoft Graph.

mod support;

use serde_json::{Value as Json, json};
use support::{Finished, Installation, Server};

async fn create(server: &Server, token: &str, policy: Json) -> String {
    let url = server.url("/v1.0/identity/conditionalAccess/policies");
    let answer = server.client.post(url).bearer_auth(token).json(&policy).send().await.unwrap();
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
    let permission =
        ["--permission", "Policy.Read.All", "--permission", "Policy.ReadWrite.ConditionalAccess"];
    let app = installation.json(&[&["app", "create", "--name", "Policies"], &permission[..]].concat());
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

    let mut passkeys = policy(json!({"includeUsers": [emergency]}), &["high"]);
    passkeys["displayName"] = json!("Passkeys");
    passkeys["grantControls"] = json!({"operator": "OR",
        "authenticationStrength": {"id": "00000000-0000-0000-0000-000000000004"}});
    let passkeys = create(&server, &token, passkeys).await;
    let unpassable = ("unpassable-control".to_owned(), passkeys.clone());
    let (code, found) = lint();
    assert_eq!((code, found.len()), (Some(3), 3));
    assert!(found.contains(&unpassable), "{found:?}");
    let url = server.url(&format!("/v1.0/identity/conditionalAccess/policies/{passkeys}"));
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
