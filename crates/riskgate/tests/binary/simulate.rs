//! `simulate signin` against a running server: every way a sign-in can end.

use crate::html::Html;
use crate::support::{Installation, Server, client};
use serde_json::{Value as Json, json};

const PASSWORD: &str = "Contoso-1234";
const USER: &str = "anna@contoso.com";

/// A server with a user who need not change the password.
fn start() -> (Installation, Server) {
    let installation = Installation::initialised();
    // The built-in list grows old and is forgotten in the end; this one is always of today.
    let list = installation.path("tor-exits.txt");
    std::fs::write(&list, "178.17.170.23\n").unwrap();
    installation.configure(&format!(
        "[[feeds]]\nname = 'tor-of-today'\nkind = 'tor'\nformat = 'tor-bulk-list'\nfile = '{}'\n",
        list.display()
    ));
    let create = ["user", "create", "--upn", USER, "--password-stdin", "--keep-password", "--output", "json"];
    installation.run_with(&create, PASSWORD).json();
    let server = installation.serve(&["--dev"]);
    (installation, server)
}

fn simulate(installation: &Installation, server: &Server, password: &str, more: &[&str]) -> Json {
    installation.run_with(&server.simulate(USER, more), password).json()
}

#[tokio::test]
async fn the_sign_in_is_recorded_as_it_was_simulated() {
    let (installation, server) = start();
    let permissions = ["--permission", "AuditLog.Read.All", "--permission", "IdentityRiskEvent.Read.All"];
    let app = installation.json(&[&["app", "create", "--name", "Test"], &permissions[..]].concat());
    let token = server.token(&app).await;
    let outcome = simulate(&installation, &server, PASSWORD, &["--from", "129.67.1.1"]);
    assert_eq!(
        outcome.as_object().unwrap().keys().collect::<Vec<_>>(),
        ["result", "errorCode", "requestId", "correlationId", "signInId", "challenges"]
    );
    assert_eq!((&outcome["result"], &outcome["errorCode"]), (&json!("granted"), &Json::Null));
    let id = outcome["signInId"].as_str().unwrap();
    let (status, sign_in) = server.graph(&token, &format!("/auditLogs/signIns/{id}")).await;
    assert_eq!(status, 200, "{sign_in}");
    assert_eq!((&sign_in["userPrincipalName"], &sign_in["ipAddress"]), (&json!(USER), &json!("129.67.1.1")));
    assert_eq!(sign_in["correlationId"], outcome["correlationId"]);

    let outcome = simulate(&installation, &server, PASSWORD, &["--from", "tor"]);
    let id = outcome["signInId"].as_str().unwrap();
    let filter = format!("/identityProtection/riskDetections?$filter=requestId eq '{id}'");
    let (status, found) = server.graph(&token, &filter).await;
    assert_eq!(
        (status, &found["value"][0]["riskEventType"]),
        (200, &json!("anonymizedIPAddress")),
        "{found}"
    );
}

#[test]
fn wrong_passwords_fail_and_lock_in_the_end() {
    let (installation, server) = start();
    let failed = simulate(&installation, &server, "Wrong-1234", &[]);
    assert_eq!((&failed["result"], &failed["errorCode"]), (&json!("failed"), &json!(50126)));
    let codes: Vec<_> = (0..12)
        .map(|attempt| {
            simulate(&installation, &server, &format!("Wrong-{attempt}"), &[])["errorCode"].clone()
        })
        .collect();
    assert_eq!(codes.last(), Some(&json!(50053)), "{codes:?}");
}

#[test]
fn an_application_gets_its_answer_and_a_wrong_one_an_error() {
    let (installation, server) = start();
    let create = [
        "app",
        "create",
        "--name",
        "Native",
        "--public",
        "--redirect-uri",
        "http://localhost",
        "--permission",
        "User.Read",
    ];
    let app = installation.json(&create);
    let app = app["appId"].as_str().unwrap();
    let granted = simulate(&installation, &server, PASSWORD, &["--app", app]);
    assert_eq!(granted["result"], "granted");
    let wrong = simulate(
        &installation,
        &server,
        PASSWORD,
        &["--app", app, "--redirect-uri", "http://localhost/other"],
    );
    assert_eq!((&wrong["result"], &wrong["errorCode"]), (&json!("failed"), &json!(50011)));
}

#[test]
fn a_server_that_is_not_there_is_an_error_of_the_command() {
    let (installation, server) = start();
    let arguments: Vec<String> = server.simulate(USER, &[]).into_iter().map(str::to_owned).collect();
    server.kill();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let finished = installation.run_with(&arguments, PASSWORD);
    assert!(finished.mistake().contains("does not answer; is the server running"), "{finished:?}");
}

#[tokio::test]
async fn a_policy_asks_for_a_code_and_who_has_none_is_blocked() {
    let (installation, server) = start();
    let from_tor =
        |more: &[&str]| simulate(&installation, &server, PASSWORD, &[&["--from", "tor"], more].concat());
    assert_eq!(from_tor(&[])["result"], "granted", "risk alone keeps nobody out");
    ask_for_mfa_at_risk(&installation, &server).await;
    let blocked = from_tor(&[]);
    assert_eq!((&blocked["result"], &blocked["errorCode"]), (&json!("blocked"), &json!(53004)));
    assert_eq!(blocked["requestId"], blocked["signInId"]);
    let secret = register(&server).await;
    let asked = from_tor(&[]);
    assert_eq!((&asked["result"], &asked["errorCode"]), (&json!("challenged"), &json!(50076)));
    assert_eq!(asked["challenges"], json!(["mfa"]));
    let passed = from_tor(&["--totp-secret", &secret]);
    assert_eq!((&passed["result"], &passed["challenges"]), (&json!("granted"), &json!(["mfa"])), "{passed}");
    assert_ne!(passed["requestId"], passed["signInId"], "the request with the code decided");
    let wrong = from_tor(&["--totp-secret", "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"]);
    assert_eq!((&wrong["result"], &wrong["errorCode"]), (&json!("failed"), &json!(500121)));
}

#[tokio::test]
async fn terms_of_use_are_asked_for_until_they_are_accepted() {
    let (installation, server) = start();
    ask_for_terms(&installation, &server).await;
    let asked = simulate(&installation, &server, PASSWORD, &[]);
    assert_eq!((&asked["result"], &asked["errorCode"]), (&json!("challenged"), &json!(50158)));
    assert_eq!(asked["challenges"], json!(["termsOfUse"]));
    let accepted = simulate(&installation, &server, PASSWORD, &["--accept-terms"]);
    assert_eq!((&accepted["result"], &accepted["errorCode"]), (&json!("granted"), &Json::Null), "{accepted}");
    assert_eq!(accepted["challenges"], json!(["termsOfUse"]));
    let later = simulate(&installation, &server, PASSWORD, &["--accept-terms"]);
    assert_eq!((&later["result"], &later["challenges"]), (&json!("granted"), &json!([])), "asked once");
}

#[tokio::test]
async fn a_temporary_password_is_replaced_by_the_one_of_the_second_line() {
    let (installation, server) = start();
    let create = ["user", "create", "--upn", "ben@contoso.com", "--password-stdin", "--output", "json"];
    installation.run_with(&create, PASSWORD).json();
    let sign_in = |input: &str, more: &[&str]| {
        installation.run_with(&server.simulate("ben@contoso.com", more), input).json()
    };
    let asked = sign_in(PASSWORD, &[]);
    assert_eq!((&asked["result"], &asked["errorCode"]), (&json!("challenged"), &json!(50055)));
    let new = ["--new-password-stdin"];
    let weak = sign_in(&format!("{PASSWORD}\nshort\n"), &new);
    assert_eq!((&weak["result"], &weak["errorCode"]), (&json!("failed"), &json!(50055)), "{weak}");
    let chosen = sign_in(&format!("{PASSWORD}\nFabrikam-4711\n"), &new);
    assert_eq!((&chosen["result"], &chosen["challenges"]), (&json!("granted"), &json!(["passwordChange"])));
    assert_eq!(sign_in("Fabrikam-4711", &[])["result"], "granted");
    let missing = installation.run_with(&server.simulate("ben@contoso.com", &new), "Fabrikam-4711\n");
    assert!(missing.mistake().contains("a password is expected on standard input"), "{missing:?}");
}

/// Terms that must be opened, and a policy that asks for them, through Graph.
async fn ask_for_terms(installation: &Installation, server: &Server) {
    let permissions = [
        "--permission",
        "Agreement.ReadWrite.All",
        "--permission",
        "Policy.Read.All",
        "--permission",
        "Policy.ReadWrite.ConditionalAccess",
        "--permission",
        "Application.Read.All",
    ];
    let app = installation.json(&[&["app", "create", "--name", "Terms"], &permissions[..]].concat());
    let token = server.token(&app).await;
    let create = async |path: &str, body: Json| -> Json {
        let request = server.client.post(server.url(path)).bearer_auth(&token).json(&body);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 201, "{path}");
        answer.json().await.unwrap()
    };
    let agreement = json!({
        "displayName": "All staff", "isViewingBeforeAcceptanceRequired": true,
        // A PDF as far as its beginning tells, in base64.
        "files": [{ "fileName": "TOU.pdf", "language": "en", "fileData": { "data": "JVBERi0xLjcgdGVybXM=" } }],
    });
    let agreement = create("/v1.0/identityGovernance/termsOfUse/agreements", agreement).await;
    let policy = json!({
        "displayName": "Terms of use",
        "state": "enabled",
        "conditions": {
            "applications": { "includeApplications": ["All"] },
            "users": { "includeUsers": ["All"] },
        },
        "grantControls": { "operator": "OR", "builtInControls": [], "termsOfUse": [agreement["id"]] },
    });
    create("/v1.0/identity/conditionalAccess/policies", policy).await;
}

/// The policy of the tutorial, through Graph.
async fn ask_for_mfa_at_risk(installation: &Installation, server: &Server) {
    let permissions = [
        "--permission",
        "Policy.Read.All",
        "--permission",
        "Policy.ReadWrite.ConditionalAccess",
        "--permission",
        "Application.Read.All",
    ];
    let app = installation.json(&[&["app", "create", "--name", "Policies"], &permissions[..]].concat());
    let policy = json!({
        "displayName": "Multifactor authentication at risk",
        "state": "enabled",
        "conditions": {
            "signInRiskLevels": ["high", "medium"],
            "applications": { "includeApplications": ["All"] },
            "users": { "includeUsers": ["All"] },
        },
        "grantControls": { "operator": "OR", "builtInControls": ["mfa"] },
    });
    let url = server.url("/v1.0/identity/conditionalAccess/policies");
    let token = server.token(&app).await;
    let answer = server.client.post(url).bearer_auth(token).json(&policy).send().await.unwrap();
    assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
}

#[tokio::test]
async fn an_authenticator_is_set_up_once_and_answers_from_its_file() {
    let (installation, server) = start();
    let file = installation.path("authenticator");
    let with = ["--authenticator", file.to_str().unwrap()];
    let first = simulate(&installation, &server, PASSWORD, &with);
    assert_eq!(first["result"], "granted", "{first}");
    let secret = std::fs::read_to_string(&file).unwrap();
    ask_for_mfa_at_risk(&installation, &server).await;
    let from_tor = [&with[..], &["--from", "tor"]].concat();
    let second = simulate(&installation, &server, PASSWORD, &from_tor);
    assert_eq!((&second["result"], &second["challenges"]), (&json!("granted"), &json!(["mfa"])), "{second}");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), secret, "it was set up before");
}

/// Registers an authenticator through the pages. That uses this step's code up, so `simulate` needs the next one.
async fn register(server: &Server) -> String {
    let ca = std::fs::read(server.welcome["caFile"].as_str().unwrap()).unwrap();
    let browser = client(&ca);
    let page = Html::parse(&text(browser.get(server.url("/security-info/totp"))).await);
    let form = page.form_with("password").unwrap();
    let fields = form.filled(&[("username", USER), ("password", PASSWORD)]);
    let page = Html::parse(&text(browser.post(server.url(&form.action)).form(&fields)).await);
    let secret = page.text_of("totp-secret").unwrap().replace(' ', "");
    let form = page.form_with("pending").unwrap();
    let totp = totp_rs::Builder::new()
        .with_secret(totp_rs::Secret::try_from_base32(&secret).unwrap())
        .build_noncompliant();
    let now = riskgate_core::Clock::now(&riskgate_core::SystemClock).as_seconds();
    let code = totp.generate(u64::try_from(now).unwrap()).to_string();
    let answer =
        browser.post(server.url(&form.action)).form(&form.filled(&[("code", &code)])).send().await.unwrap();
    let query = answer.url().query().map(str::to_owned);
    assert_eq!(query.as_deref(), Some("done=added"), "{}", answer.text().await.unwrap());
    secret
}

async fn text(request: reqwest::RequestBuilder) -> String {
    request.send().await.unwrap().text().await.unwrap()
}
