//! A password spray against the running server: who got in before it showed is raised behind it, who comes later in it.

use std::time::Duration;

use crate::support::{Installation, Server};
use serde_json::{Value as Json, json};

const PASSWORD: &str = "Contoso-1234";
const ATTACKER: &str = "198.51.100.77";

fn sign_in(installation: &Installation, server: &Server, user: &str, password: &str) -> Json {
    let arguments = server.simulate(user, &["--from", ATTACKER]);
    let finished = installation.run_with(&arguments, password);
    finished.json()
}

/// What Graph shows of the spray on a sign-in.
async fn found(server: &Server, token: &str, sign_in_id: &str) -> Vec<Json> {
    let filter = format!(
        "/identityProtection/riskDetections?$filter=requestId eq '{sign_in_id}' and riskEventType eq 'passwordSpray'"
    );
    let (status, found) = server.graph(token, &filter).await;
    assert_eq!(status, 200, "{found}");
    found["value"].as_array().unwrap().clone()
}

/// The same as soon as there is something. Graph limits how often it is asked.
async fn raised(server: &Server, token: &str, sign_in_id: &str) -> Vec<Json> {
    let mut pause = tokio::time::interval(Duration::from_millis(100));
    loop {
        pause.tick().await;
        let found = found(server, token, sign_in_id).await;
        if !found.is_empty() {
            return found;
        }
    }
}

#[tokio::test]
async fn an_earlier_success_is_raised_and_a_later_one_is_caught_at_once() {
    let installation = Installation::initialised();
    for user in ["anna@contoso.com", "ben@contoso.com"] {
        let create =
            ["user", "create", "--upn", user, "--password-stdin", "--keep-password", "--output", "json"];
        installation.run_with(&create, PASSWORD).json();
    }
    let permissions =
        ["--permission", "IdentityRiskEvent.Read.All", "--permission", "IdentityRiskyUser.Read.All"];
    let app = installation.json(&[&["app", "create", "--name", "Test"], &permissions[..]].concat());
    let server = installation.serve(&["--dev"]);
    let token = server.token(&app).await;

    let early = sign_in(&installation, &server, "anna@contoso.com", PASSWORD);
    assert_eq!(early["result"], "granted");
    let early = early["signInId"].as_str().unwrap();
    assert!(found(&server, &token, early).await.is_empty());
    for n in 0..20 {
        let failed = sign_in(&installation, &server, &format!("user{n}@contoso.com"), "Spring2026!");
        assert_eq!(failed["errorCode"], 50_126, "{failed}");
    }
    let raised = tokio::time::timeout(Duration::from_secs(30), raised(&server, &token, early)).await;
    let raised = raised.expect("an earlier success is raised behind the spray");
    assert_eq!(raised.len(), 1);
    assert_eq!(
        (&raised[0]["detectionTimingType"], &raised[0]["riskLevel"]),
        (&json!("nearRealtime"), &json!("high"))
    );
    let user = raised[0]["userId"].as_str().unwrap();
    let (_, risky) = server.graph(&token, &format!("/identityProtection/riskyUsers/{user}")).await;
    assert_eq!((&risky["riskLevel"], &risky["riskState"]), (&json!("high"), &json!("atRisk")));

    let late = sign_in(&installation, &server, "ben@contoso.com", PASSWORD);
    let caught = found(&server, &token, late["signInId"].as_str().unwrap()).await;
    assert_eq!(caught[0]["detectionTimingType"], "realtime");
    assert_eq!(found(&server, &token, early).await.len(), 1, "once");
}

#[tokio::test]
async fn a_restart_forgets_neither_passwords_nor_names_that_do_not_exist() {
    let installation = Installation::initialised();
    let create = [
        "user",
        "create",
        "--upn",
        "ben@contoso.com",
        "--password-stdin",
        "--keep-password",
        "--output",
        "json",
    ];
    installation.run_with(&create, PASSWORD).json();
    let app =
        installation.json(&["app", "create", "--name", "Test", "--permission", "IdentityRiskEvent.Read.All"]);
    let server = installation.serve(&["--dev"]);
    let from = |server: &Server, user: &str, address: &str, password: &str| {
        let arguments = server.simulate(user, &["--from", address]);
        installation.run_with(&arguments, password).json()
    };
    for n in 1..=8 {
        let user = format!("user{n}@contoso.com");
        let failed = from(&server, &user, &format!("198.51.{n}.7"), PASSWORD);
        assert_eq!(failed["errorCode"], 50_126, "{failed}");
    }
    // Killed: nothing is written at the end that was not written before.
    drop(server);
    let server = installation.serve(&["--dev"]);
    let token = server.token(&app).await;
    let mut pause = tokio::time::interval(Duration::from_millis(200));
    let caught = async {
        // The log is read behind the start.
        loop {
            pause.tick().await;
            let late = from(&server, "ben@contoso.com", "203.0.113.50", PASSWORD);
            let caught = found(&server, &token, late["signInId"].as_str().unwrap()).await;
            if let [caught] = &*caught {
                return caught.clone();
            }
        }
    };
    let caught = tokio::time::timeout(Duration::from_secs(60), caught).await.expect("the password is known");
    assert_eq!(caught["detectionTimingType"], "realtime");
}
