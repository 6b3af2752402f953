//! The running server: what it needs to start, what it serves, and that it forgets nothing it acknowledged.

use crate::support::Installation;
use serde_json::{Value as Json, json};

#[tokio::test]
async fn ephemeral_serves_discovery_at_once_and_leaves_nothing_behind() {
    let installation = Installation::new();
    let server = installation.serve(&["--ephemeral"]);
    let ready = server.client.get(server.operations("/readyz")).send().await.unwrap();
    assert_eq!(ready.status(), 200);
    assert_eq!(server.client.get(server.operations("/healthz")).send().await.unwrap().status(), 200);
    let discovery =
        server.client.get(server.url("/common/v2.0/.well-known/openid-configuration")).send().await;
    assert_eq!(discovery.unwrap().status(), 200);
    let tenant = server.welcome["tenantId"].as_str().unwrap().to_owned();
    let path = format!("/{tenant}/v2.0/.well-known/openid-configuration");
    let discovery: Json = server.client.get(server.url(&path)).send().await.unwrap().json().await.unwrap();
    assert_eq!(discovery["issuer"], format!("{}/{tenant}/v2.0", server.base_url()));
    let keys = server.client.get(discovery["jwks_uri"].as_str().unwrap()).send().await.unwrap();
    assert!(!keys.json::<Json>().await.unwrap()["keys"].as_array().unwrap().is_empty());
    let ca_file = server.welcome["caFile"].as_str().unwrap().to_owned();
    assert_eq!(server.terminate(), Some(0));
    assert!(!std::path::Path::new(&ca_file).exists() && !installation.data().exists());
}

#[tokio::test]
async fn an_empty_directory_is_initialised_and_the_password_works_once_until_it_is_changed() {
    let installation = Installation::new();
    let server = installation.serve(&[]);
    assert_eq!(server.welcome["domain"], "contoso.com");
    let name = server.welcome["adminUserPrincipalName"].as_str().unwrap();
    let password = server.welcome["adminPassword"].as_str().unwrap();
    let outcome = installation.run_with(&server.simulate(name, &[]), password).json();
    assert_eq!(
        (&outcome["result"], &outcome["challenges"]),
        (&json!("challenged"), &json!(["passwordChange"]))
    );
    let tenant = server.welcome["tenantId"].clone();
    assert_eq!(server.terminate(), Some(0));
    let server = installation.serve(&[]);
    assert_eq!(server.welcome["tenantId"], tenant);
    assert_eq!(server.welcome["adminPassword"], Json::Null, "it is shown once");
}

#[tokio::test]
async fn pages_are_where_they_should_be_and_nothing_is_elsewhere() {
    let installation = Installation::new();
    let server = installation.serve(&["--ephemeral"]);
    for (path, status) in
        [("/", 200), ("/security-info", 200), ("/nothing", 404), ("/v1.0/users", 401), ("/healthz", 404)]
    {
        let answer = server.client.get(server.url(path)).send().await.unwrap();
        assert_eq!(answer.status().as_u16(), status, "{path}");
        assert!(answer.headers().contains_key("request-id"), "{path}");
    }
    let plain = server.client.get(server.operations("/security-info")).send().await.unwrap();
    assert_eq!(plain.status(), 404, "the operations listener serves nothing else");
}

#[tokio::test]
async fn the_console_is_an_application_of_every_tenant_and_the_pages_are_there() {
    // Made before there was a server that could register it.
    let installation = Installation::initialised();
    let app = installation.json(&["app", "create", "--name", "Test", "--permission", "Application.Read.All"]);
    for _ in 0..2 {
        let server = installation.serve(&[]);
        let token = server.token(&app).await;
        let (status, found) =
            server.graph(&token, "/applications?$filter=displayName eq 'Riskgate Console'").await;
        assert_eq!(status, 200, "{found}");
        let found = found["value"].as_array().unwrap();
        assert_eq!(found.len(), 1, "once, however often the server starts");
        assert_eq!(found[0]["spa"]["redirectUris"], json!([server.url("/admin/")]));
        let (_, found) =
            server.graph(&token, "/applications?$filter=displayName eq 'Riskgate Explorer'").await;
        assert_eq!(found["value"].as_array().unwrap().len(), 1, "{found}");
        assert_eq!(found["value"][0]["spa"]["redirectUris"], json!([server.url("/explorer/")]));
        // Whether the console was built or not, a page says so, and nothing of it is inline.
        let answer = server.client.get(server.url("/admin/sign-ins/1")).send().await.unwrap();
        assert!([200, 404].contains(&answer.status().as_u16()));
        assert!(!answer.headers()["content-security-policy"].to_str().unwrap().contains("unsafe"));
        assert!(answer.text().await.unwrap().starts_with("<!"));
        assert_eq!(server.terminate(), Some(0));
    }
}

#[test]
fn a_port_that_is_taken_is_named_and_nothing_is_made() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let installation = Installation::new();
    let finished = installation.run(&["serve", "--listen", &address]);
    let mistake = finished.mistake();
    assert!(mistake.contains(&address) && mistake.contains("--listen"), "{mistake}");
    assert!(!installation.data().exists());
}

#[tokio::test]
async fn what_was_acknowledged_survives_being_killed() {
    let installation = Installation::initialised();
    let app = installation.json(&["app", "create", "--name", "Test", "--permission", "User.ReadWrite.All"]);
    let mut server = installation.serve(&[]);
    let mut created = Vec::new();
    for round in 0..3 {
        let token = server.token(&app).await;
        for number in 0..5 {
            let name = format!("user{round}-{number}@contoso.com");
            let body = json!({
                "accountEnabled": true,
                "displayName": "A user",
                "mailNickname": format!("user{round}-{number}"),
                "userPrincipalName": name,
                "passwordProfile": { "password": "Contoso-1234", "forceChangePasswordNextSignIn": false },
            });
            let answer = server
                .client
                .post(server.url("/v1.0/users"))
                .bearer_auth(&token)
                .json(&body)
                .send()
                .await
                .unwrap();
            assert_eq!(answer.status(), 201, "{}", answer.text().await.unwrap());
            let user: Json = answer.json().await.unwrap();
            created.push((user["id"].as_str().unwrap().to_owned(), name));
        }
        server.kill();
        server = installation.serve(&[]);
        let token = server.token(&app).await;
        for (id, name) in &created {
            let (status, user) = server.graph(&token, &format!("/users/{id}")).await;
            assert_eq!((status, &user["userPrincipalName"]), (200, &json!(name)));
        }
    }
}

#[tokio::test]
async fn commands_work_while_the_server_runs_and_what_they_change_counts_at_once() {
    let installation = Installation::initialised();
    let app = installation.json(&["app", "create", "--name", "Test", "--permission", "User.Read.All"]);
    let server = installation.serve(&[]);
    let token = server.token(&app).await;
    let user = installation.json(&["user", "create", "--upn", "anna@contoso.com"]);
    let (status, found) = server.graph(&token, "/users/anna@contoso.com").await;
    assert_eq!((status, &found["id"]), (200, &user["id"]));
    let second = installation.json(&["app", "create", "--name", "Second", "--permission", "User.Read.All"]);
    assert!(!server.token(&second).await.is_empty());
}
