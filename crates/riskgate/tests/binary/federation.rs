//! Two servers: people of one sign in to the other through it, by TLS, discovery, code and ID token as they are.

use crate::html::Html;
use crate::support::{Installation, Server, client};
use serde_json::{Value as Json, json};

const PASSWORD: &str = "Contoso-1234";

/// An organization with somebody in it, who is to come in at the other.
fn upstream() -> (Installation, Server, Json) {
    let installation = Installation::new();
    let init = ["init", "--domain", "fabrikam.com", "--admin-password-stdin", "--output", "json"];
    installation.run_with(&init, PASSWORD).json();
    let user = create_user(&installation, "anna@fabrikam.com");
    let server = installation.serve(&["--dev"]);
    (installation, server, user)
}

fn create_user(installation: &Installation, name: &str) -> Json {
    let create = ["user", "create", "--upn", name, "--password-stdin", "--keep-password", "--output", "json"];
    installation.run_with(&create, PASSWORD).json()
}

async fn post(server: &Server, token: &str, path: &str, body: &Json) -> Json {
    let request = server.client.post(server.url(&format!("/v1.0{path}"))).bearer_auth(token).json(body);
    let answer = request.send().await.unwrap();
    let status = answer.status();
    let body: Json = answer.json().await.unwrap();
    assert_eq!(status, 201, "{body}");
    body
}

#[tokio::test]
async fn a_person_of_one_server_signs_in_to_another_through_it() {
    let (far, upstream, anna) = upstream();
    let near = Installation::initialised();
    let authorities = upstream.welcome["caFile"].as_str().unwrap();
    near.configure(&format!("[federation]\nauthorities_file = '{authorities}'\n"));
    let guest = create_user(&near, "anna.guest@contoso.com");
    let permissions = ["--permission", "IdentityProvider.ReadWrite.All", "--permission", "AuditLog.Read.All"];
    let app = near.json(&[&["app", "create", "--name", "Setup"], &permissions[..]].concat());
    let server = near.serve(&["--dev"]);
    let token = server.token(&app).await;

    // The provider is registered first, so that its redirect address is known; then the client there.
    let tenant = upstream.welcome["tenantId"].as_str().unwrap();
    let provider = json!({
        "@odata.type": "#microsoft.graph.oidcIdentityProvider", "displayName": "Fabrikam", "clientId": "not yet",
        "issuer": upstream.url(&format!("/{tenant}/v2.0")), "domains": ["fabrikam.com"],
    });
    let provider = post(&server, &token, "/identity/identityProviders", &provider).await;
    let id = provider["id"].as_str().unwrap();
    let redirect = server.url(&format!("/signin/federated/{id}"));
    let there = far.json(&["app", "create", "--name", "Contoso", "--redirect-uri", &redirect]);
    let change = json!({
        "clientId": there["appId"],
        "clientAuthentication": {
            "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication", "clientSecret": there["clientSecret"],
        },
    });
    let path = server.url(&format!("/v1.0/identity/identityProviders/{id}"));
    let changed = server.client.patch(path).bearer_auth(&token).json(&change).send().await.unwrap();
    assert_eq!(changed.status(), 204);
    let link = json!({ "userId": guest["id"], "subject": anna["id"] });
    post(&server, &token, &format!("/riskgate/identityProviders/{id}/links"), &link).await;

    let authorities: Vec<u8> = [&upstream, &server]
        .into_iter()
        .flat_map(|server| std::fs::read(server.welcome["caFile"].as_str().unwrap()).unwrap())
        .collect();
    let browser = client(&authorities);
    let page = browser.get(server.url("/signin")).send().await.unwrap().text().await.unwrap();
    let (_, rest) = page.split_once("href=\"/signin/federated").unwrap_or_else(|| panic!("{page}"));
    let link = rest.split('"').next().unwrap().replace("&amp;", "&");
    let there = browser.get(server.url(&format!("/signin/federated{link}"))).send().await.unwrap();
    assert!(there.url().as_str().starts_with(&upstream.url("/signin?")), "{}", there.url());
    let page = Html::parse(&there.text().await.unwrap());
    let form = page.form_with("password").unwrap();
    let filled = form.filled(&[("username", "anna@fabrikam.com"), ("password", PASSWORD)]);
    let back = browser.post(upstream.url("/signin")).form(&filled).send().await.unwrap();
    let (url, text) = (back.url().clone(), back.text().await.unwrap());
    assert_eq!(url.as_str(), server.url("/security-info"), "{text}");
    assert!(text.contains("anna.guest@contoso.com"), "{text}");

    let user = guest["id"].as_str().unwrap();
    let filter = format!("/auditLogs/signIns?$filter=userId eq '{user}'");
    let (status, sign_ins) = server.graph(&token, &filter).await;
    assert_eq!((status, sign_ins["value"].as_array().unwrap().len()), (200, 1), "{sign_ins}");
    assert_eq!(sign_ins["value"][0]["status"]["errorCode"], 0);
}
