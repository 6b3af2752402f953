//! Terms of use, their files, and who accepted them.

use axum::body::Body;
use axum::http::Request;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_directory::Actor;
use riskgate_model::{Agreement, AgreementAcceptance, DirectoryAudit};
use riskgate_store::records::AgreementFileRecord;
use serde_json::{Value as Json, json};

use crate::world::{BASE, UNKNOWN, World};

const AGREEMENTS: &str = "/identityGovernance/termsOfUse/agreements";

fn file(language: &str) -> Json {
    json!({
        "fileName": "TOU.pdf", "displayName": format!("House rules ({language})"), "language": language,
        "fileData": { "data": STANDARD.encode(format!("%PDF-1.7 {language}")) },
    })
}

fn body(files: &[Json]) -> Json {
    json!({
        "@odata.type": "#microsoft.graph.agreement",
        "displayName": "All staff", "isViewingBeforeAcceptanceRequired": true, "files": files,
    })
}

/// A token for terms of use and policies.
async fn administrator(world: &World) -> String {
    let scopes = [
        "Agreement.ReadWrite.All",
        "AgreementAcceptance.Read.All",
        "Policy.Read.All",
        "Policy.ReadWrite.ConditionalAccess",
    ];
    world.user_token(&world.admin, &scopes).await
}

async fn created(world: &World, token: &str) -> String {
    let reply = world.post(AGREEMENTS, token, body(&[file("de"), file("en")])).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    reply.json["id"].as_str().unwrap().to_owned()
}

#[tokio::test]
async fn an_agreement_is_created_read_changed_and_deleted() {
    let world = World::new().await;
    let token = administrator(&world).await;
    let id = created(&world, &token).await;
    let path = format!("{AGREEMENTS}/{id}");
    let shown = json!({
        "@odata.context": format!("{BASE}/v1.0/$metadata#identityGovernance/termsOfUse/agreements/$entity"),
        "id": id, "displayName": "All staff", "isPerDeviceAcceptanceRequired": false,
        "isViewingBeforeAcceptanceRequired": true, "termsExpiration": null, "userReacceptRequiredFrequency": null,
    });
    assert_eq!(world.get(&path, &token).await.json, shown);
    assert_eq!(world.get(&format!("/agreements/{}", id.to_uppercase()), &token).await.json["id"], id);
    assert_eq!(world.get("/agreements?$filter=displayName%20eq%20'All%20staff'", &token).await.ids(), [&id]);
    let change = json!({ "displayName": "Everybody", "isViewingBeforeAcceptanceRequired": false });
    assert_eq!(world.patch(&path, &token, change).await.status, 204);
    let changed = world.get(&path, &token).await.json;
    assert_eq!(changed["displayName"], "Everybody");
    assert_eq!(changed["isViewingBeforeAcceptanceRequired"], false);
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.get(&path, &token).await.status, 404);
    assert!(world.all::<Agreement>().await.is_empty() && world.all::<AgreementFileRecord>().await.is_empty());
    let audits = world.all::<DirectoryAudit>().await;
    for activity in ["Create Terms Of Use", "Edit Terms Of Use", "Delete Terms Of Use"] {
        let entries = audits.iter().filter(|entry| entry.activity_display_name == activity);
        assert_eq!(entries.count(), 1, "{activity}");
    }
}

#[tokio::test]
async fn files_come_in_either_place_and_are_read_by_language_with_content_one_at_a_time() {
    let world = World::new().await;
    let token = administrator(&world).await;
    let mut french = file("fr-FR");
    french["isDefault"] = json!(true);
    let new = json!({ "displayName": "X", "file": { "localizations": [file("en"), french] } });
    let reply = world.post("/agreements", &token, new).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    let id = reply.json["id"].as_str().unwrap().to_owned();
    let files = world.get(&format!("/agreements/{id}/files"), &token).await.json;
    let files = files["value"].as_array().unwrap();
    let mut languages: Vec<_> =
        files.iter().map(|f| (f["language"].as_str().unwrap(), f["isDefault"] == true)).collect();
    languages.sort_unstable();
    assert_eq!(languages, [("en", false), ("fr-FR", true)]);
    for file in files {
        assert_eq!(file["fileData"], Json::Null, "no content in lists");
        assert_eq!(file["@odata.type"], "#microsoft.graph.agreementFileLocalization");
        assert_eq!(file["createdDateTime"], json!(world.now()));
        let one =
            world.get(&format!("/agreements/{id}/files/{}", file["id"].as_str().unwrap()), &token).await;
        let content = STANDARD.decode(one.json["fileData"]["data"].as_str().unwrap()).unwrap();
        assert_eq!(content, format!("%PDF-1.7 {}", file["language"].as_str().unwrap()).into_bytes());
    }
    let preferred = async |languages: &str| {
        let request = Request::get(format!("/v1.0/agreements/{id}/file"))
            .header("authorization", format!("Bearer {token}"))
            .header("accept-language", languages);
        world.request(request.body(Body::empty()).unwrap()).await.json["language"].clone()
    };
    assert_eq!(preferred("en-GB, fr;q=0.5").await, "en");
    assert_eq!(preferred("ja").await, "fr-FR");
    let localizations = world.get(&format!("/agreements/{id}/file/localizations"), &token).await;
    assert_eq!(localizations.ids().len(), 2);
}

#[tokio::test]
async fn what_is_no_pdf_or_not_enforced_is_refused_and_nothing_is_kept() {
    let world = World::new().await;
    let token = administrator(&world).await;
    let with = |change: &dyn Fn(&mut Json)| {
        let mut new = body(&[file("en")]);
        change(&mut new);
        new
    };
    let data = |text: &str| json!({ "data": STANDARD.encode(text) });
    let cases: Vec<(Json, &str)> = vec![
        (with(&|new| new["displayName"] = Json::Null), "displayName"),
        (with(&|new| new["displayName"] = json!("x".repeat(257))), "displayName"),
        (with(&|new| new["files"] = json!([])), "file/localizations"),
        (with(&|new| new["files"] = json!({})), "'files' must be a collection"),
        (with(&|new| new["files"] = json!(["x"])), "'files' must be a collection"),
        (with(&|new| new["files"] = json!([file("en"), file("EN")])), "one file for each language"),
        (with(&|new| new["files"][0]["fileData"] = Json::Null), "PDF"),
        (with(&|new| new["files"][0]["fileData"] = data("Hello world")), "PDF"),
        (with(&|new| new["files"][0]["fileData"] = data("<html>%PDF-1.7</html>")), "PDF"),
        (with(&|new| new["files"][0]["fileData"] = json!({ "data": "%PDF" })), "base64"),
        (with(&|new| new["files"][0]["fileName"] = json!("")), "fileName"),
        (with(&|new| new["files"][0]["fileName"] = json!("a\nb")), "fileName"),
        (with(&|new| new["files"][0]["language"] = json!("en_US!")), "language"),
        (with(&|new| new["files"][0]["more"] = json!(1)), "more"),
        (with(&|new| new["isPerDeviceAcceptanceRequired"] = json!(true)), "isPerDeviceAcceptanceRequired"),
        (with(&|new| new["userReacceptRequiredFrequency"] = json!("PT1M")), "P90D"),
        (with(&|new| new["userReacceptRequiredFrequency"] = json!("P4000D")), "P90D"),
        (with(&|new| new["termsExpiration"] = json!({ "frequency": "P30D" })), "startDateTime"),
        (with(&|new| new["termsExpiration"] = json!({ "startDateTime": "soon" })), "startDateTime"),
    ];
    for (new, expected) in cases {
        let reply = world.post(AGREEMENTS, &token, new.clone()).await;
        assert_eq!(reply.status, 400, "{new}: {}", reply.text());
        assert!(reply.message().contains(expected), "{expected}: {}", reply.message());
    }
    assert!(world.all::<Agreement>().await.is_empty() && world.all::<AgreementFileRecord>().await.is_empty());
    let id = created(&world, &token).await;
    for name in ["termsExpiration", "userReacceptRequiredFrequency", "files", "id"] {
        let reply = world.patch(&format!("{AGREEMENTS}/{id}"), &token, json!({ name: null })).await;
        assert_eq!((reply.status.as_u16(), reply.message().contains(name)), (400, true), "{name}");
    }
    let empty = world.patch(&format!("{AGREEMENTS}/{id}"), &token, json!({ "displayName": " " })).await;
    assert_eq!(empty.status, 400);
}

#[tokio::test]
async fn a_tenant_has_at_most_forty() {
    let world = World::new().await;
    let token = administrator(&world).await;
    for _ in 0..40 {
        created(&world, &token).await;
    }
    let reply = world.post(AGREEMENTS, &token, body(&[file("en")])).await;
    assert_eq!((reply.status.as_u16(), reply.message().contains("at most 40")), (400, true));
    assert_eq!(world.all::<Agreement>().await.len(), 40);
}

#[tokio::test]
async fn answers_are_listed_by_agreement_and_by_user() {
    let world = World::new().await;
    let token = administrator(&world).await;
    let id = created(&world, &token).await;
    let (megan, adele) = (world.user("megan", &[]).await, world.user("adele", &[]).await);
    let actor = Actor::user(&megan.id, "megan@contoso.com");
    for (user, accepts) in [(&megan, false), (&megan, true), (&adele, false)] {
        world.directory.answer_agreement(&actor, user, &id, "file", accepts).await.unwrap();
    }
    let of_agreement = world.get(&format!("{AGREEMENTS}/{id}/acceptances"), &token).await;
    assert_eq!(of_agreement.ids().len(), 2, "the last answer of each: {}", of_agreement.text());
    let filter = format!("{AGREEMENTS}/{id}/acceptances?$filter=state%20eq%20'declined'");
    assert_eq!(world.get(&filter, &token).await.ids(), [format!("{id}_{}", adele.id)]);
    // She sees her own, and nobody else's.
    let own = world.user_token(&megan, &["AgreementAcceptance.Read"]).await;
    let mine = world.get("/me/agreementAcceptances", &own).await;
    assert_eq!(mine.ids(), [format!("{id}_{}", megan.id)]);
    assert_eq!(mine.json["value"][0]["state"], "accepted");
    assert_eq!(mine.json["value"][0]["userPrincipalName"], json!(megan.user_principal_name));
    assert_eq!(world.get(&format!("/users/{}/agreementAcceptances", adele.id), &own).await.status, 403);
    assert_eq!(world.get(&format!("{AGREEMENTS}/{id}/acceptances"), &own).await.status, 403);
    assert_eq!(world.all::<AgreementAcceptance>().await.len(), 2);
}

#[tokio::test]
async fn a_policy_asks_for_agreements_that_exist_and_keeps_them_from_being_deleted() {
    let world = World::new().await;
    let token = administrator(&world).await;
    let user = world.user("megan", &[]).await;
    let policy = |id: &str| {
        json!({
            "displayName": "Terms", "state": "enabled",
            "conditions": {
                "applications": { "includeApplications": ["All"] },
                "users": { "includeUsers": [user.id] },
            },
            "grantControls": { "operator": "OR", "builtInControls": [], "termsOfUse": [id] },
        })
    };
    const POLICIES: &str = "/identity/conditionalAccess/policies";
    assert_eq!(world.post(POLICIES, &token, policy(UNKNOWN)).await.status, 400);
    let id = created(&world, &token).await;
    let reply = world.post(POLICIES, &token, policy(&id.to_uppercase())).await;
    assert_eq!(reply.status, 201, "{}", reply.text());
    let refused = world.delete(&format!("{AGREEMENTS}/{id}"), &token).await;
    assert_eq!(refused.status, 400, "{}", refused.text());
    assert!(refused.message().contains(reply.json["id"].as_str().unwrap()), "{}", refused.message());
    let path = format!("{POLICIES}/{}", reply.json["id"].as_str().unwrap());
    assert_eq!(world.delete(&path, &token).await.status, 204);
    assert_eq!(world.delete(&format!("{AGREEMENTS}/{id}"), &token).await.status, 204);
}
