//! Upstream identity providers and whom they know.

use riskgate_model::DirectoryAudit;
use riskgate_store::records::IdentityProvider;
use serde_json::{Value as Json, json};

use crate::world::{BASE, World};

const PROVIDERS: &str = "/identity/identityProviders";
const SECRET: &str = "a secret nobody sees again";

fn body() -> Json {
    json!({
        "@odata.type": "#microsoft.graph.oidcIdentityProvider",
        "displayName": "Fabrikam",
        "issuer": "https://login.fabrikam.com/tenant/",
        "clientId": "riskgate",
        "clientAuthentication": {
            "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication", "clientSecret": SECRET,
        },
        "inboundClaimMapping": { "email": "upn" },
        "domains": ["Fabrikam.com", "fabrikam.com"],
    })
}

fn body_with(change: Json) -> Json {
    let mut body = body();
    body.as_object_mut().unwrap().extend(change.as_object().unwrap().clone());
    body
}

async fn administrator(world: &World) -> String {
    world.user_token(&world.admin, &["IdentityProvider.ReadWrite.All"]).await
}

#[tokio::test]
async fn a_provider_is_registered_read_changed_and_deleted_and_its_secret_is_never_seen() {
    let world = World::new().await;
    let token = administrator(&world).await;
    let reply = world.post(PROVIDERS, &token, body()).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    let id = reply.json["id"].as_str().unwrap().to_owned();
    let path = format!("{PROVIDERS}/{id}");
    let shown = json!({
        "@odata.context": format!("{BASE}/v1.0/$metadata#identity/identityProviders/$entity"),
        "@odata.type": "#microsoft.graph.oidcIdentityProvider",
        "id": id, "displayName": "Fabrikam", "issuer": "https://login.fabrikam.com/tenant/", "clientId": "riskgate",
        "clientAuthentication": null, "responseType": "code", "scope": "openid profile email",
        "wellKnownEndpoint": "https://login.fabrikam.com/tenant/.well-known/openid-configuration",
        "inboundClaimMapping": {
            "email": "upn", "email_verified": null, "family_name": null, "given_name": null, "name": null, "sub": null,
        },
        "domains": ["fabrikam.com"], "federatedIdpMfaBehavior": "rejectMfaByFederatedIdp", "isEnabled": true,
        "isUserCreationEnabled": false, "multiFactorAcrValues": [],
    });
    assert_eq!(world.get(&path, &token).await.json, shown);
    let list = world.get(PROVIDERS, &token).await;
    assert_eq!(list.ids(), [&id]);
    assert_eq!(world.get(&format!("{PROVIDERS}/$count"), &token).await.text(), "1");
    let stored = &world.all::<IdentityProvider>().await[0];
    assert!(stored.sealed_secret.is_some());

    let change =
        json!({ "federatedIdpMfaBehavior": "enforceMfaByFederatedIdp", "clientAuthentication": null });
    assert_eq!(world.patch(&path, &token, change).await.status, 204);
    let changed = &world.all::<IdentityProvider>().await[0];
    assert_eq!(changed.sealed_secret, stored.sealed_secret, "no new secret was sent");
    let change = json!({ "clientAuthentication": { "clientSecret": "another" }, "isEnabled": false });
    assert_eq!(world.patch(&path, &token, change).await.status, 204);
    assert_ne!(world.all::<IdentityProvider>().await[0].sealed_secret, stored.sealed_secret);
    assert_eq!(world.get(&path, &token).await.json["federatedIdpMfaBehavior"], "enforceMfaByFederatedIdp");
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.get(&path, &token).await.status, 404);

    let audits = world.all::<DirectoryAudit>().await;
    let text = serde_json::to_string(&audits).unwrap();
    assert!(!text.contains(SECRET) && !text.contains("another"), "{text}");
    for (activity, count) in
        [("Create identity provider", 1), ("Update identity provider", 2), ("Delete identity provider", 1)]
    {
        let entries = audits.iter().filter(|entry| entry.activity_display_name == activity);
        assert_eq!(entries.count(), count, "{activity}");
    }
}

#[tokio::test]
async fn what_cannot_work_or_is_not_safe_is_refused_with_its_place() {
    let world = World::new().await;
    let token = administrator(&world).await;
    for (change, part) in [
        (json!({ "@odata.type": "#microsoft.graph.socialIdentityProvider" }), "@odata.type"),
        (json!({ "displayName": "" }), "displayName"),
        (json!({ "clientId": null }), "clientId"),
        (json!({ "issuer": "http://login.fabrikam.com" }), "issuer"),
        (json!({ "issuer": "https://127.0.0.1/" }), "issuer"),
        (json!({ "issuer": "https://login.fabrikam.com/?tenant=1" }), "issuer"),
        (json!({ "wellKnownEndpoint": "https://169.254.169.254/latest" }), "wellKnownEndpoint"),
        (json!({ "wellKnownEndpoint": "https://user:password@fabrikam.com/" }), "wellKnownEndpoint"),
        (json!({ "responseType": "id_token" }), "responseType"),
        (json!({ "scope": "profile" }), "openid"),
        (json!({ "domains": ["no domain"] }), "domains"),
        (json!({ "domains": ["contoso.com"] }), "No Global Administrator"),
        (json!({ "federatedIdpMfaBehavior": "believeEverything" }), "federatedIdpMfaBehavior"),
        (json!({ "multiFactorAcrValues": ["two words"] }), "multiFactorAcrValues"),
        (json!({ "inboundClaimMapping": { "sub": "email" } }), "sub"),
        (json!({ "clientAuthentication": { "clientSecret": "" } }), "clientSecret"),
        (json!({ "clientAuthentication": { "certificate": {} } }), "certificate"),
        (json!({ "unknown": 1 }), "unknown"),
    ] {
        let reply = world.post(PROVIDERS, &token, body_with(change.clone())).await;
        assert_eq!(reply.status, 400, "{change}: {}", reply.text());
        assert!(reply.message().contains(part), "{change}: {}", reply.message());
    }
    assert!(world.all::<IdentityProvider>().await.is_empty());
    let inside = body_with(json!({ "issuer": "https://10.1.2.3", "domains": [] }));
    assert_eq!(world.post(PROVIDERS, &token, inside).await.status, 201, "the operator named that network");
    assert_eq!(world.post(PROVIDERS, &token, body()).await.status, 201);
    let twice = world.post(PROVIDERS, &token, body_with(json!({ "domains": [] }))).await;
    assert!(twice.status == 400 && twice.message().contains("issuer"), "{}", twice.text());
    let taken = body_with(json!({ "issuer": "https://other.example" }));
    let taken = world.post(PROVIDERS, &token, taken).await;
    assert!(taken.status == 400 && taken.message().contains("fabrikam.com"), "{}", taken.text());
    let reader = world.user_token(&world.admin, &["IdentityProvider.Read.All"]).await;
    assert_eq!(world.get(PROVIDERS, &reader).await.ids().len(), 2);
    assert_eq!(world.post(PROVIDERS, &reader, body()).await.status, 403);
}

#[tokio::test]
async fn an_administrator_decides_whose_external_account_it_is() {
    let world = World::new().await;
    let token = administrator(&world).await;
    let id = world.post(PROVIDERS, &token, body()).await.json["id"].as_str().unwrap().to_owned();
    let links = format!("/riskgate/identityProviders/{id}/links");
    let link = json!({ "userId": world.admin.id, "subject": "sub-1" });
    let made = world.post(&links, &token, link.clone()).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!((&made.json["userId"], &made.json["subject"]), (&json!(world.admin.id), &json!("sub-1")));
    assert_eq!(world.post(&links, &token, link).await.status, 400, "it is linked already");
    let second = json!({ "userId": world.admin.id, "subject": "sub-2" });
    assert_eq!(world.post(&links, &token, second).await.status, 400, "he has one there");
    for wrong in [json!({ "userId": world.admin.id, "subject": "" }), json!({ "userId": world.admin.id })] {
        assert_eq!(world.post(&links, &token, wrong).await.status, 400);
    }
    let nobody = json!({ "userId": crate::world::UNKNOWN, "subject": "sub-3" });
    assert_eq!(world.post(&links, &token, nobody).await.status, 404);
    let list = world.get(&links, &token).await.json;
    assert_eq!(list["value"].as_array().unwrap().len(), 1);
    let path = format!("{links}/{}", list["value"][0]["id"].as_str().unwrap());
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.delete(&path, &token).await.status, 404);
}
