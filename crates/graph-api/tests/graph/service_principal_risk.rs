//! Service principals at risk and what administrators do about them.

use axum::http::{Method, Request};
use riskgate_model::ServicePrincipal;
use serde_json::{Value as Json, json};

use crate::world::{Reply, UNKNOWN, World};

const RSP: &str = "/identityProtection/riskyServicePrincipals";
const DETECTIONS: &str = "/identityProtection/servicePrincipalRiskDetections";

async fn token(world: &World) -> String {
    world.app_token(&["IdentityRiskyServicePrincipal.ReadWrite.All", "IdentityRiskEvent.Read.All"]).await
}

fn ids(principal: &ServicePrincipal) -> Json {
    json!({ "servicePrincipalIds": [principal.id.to_uppercase(), principal.id] })
}

async fn get_with(world: &World, path: &str, token: &str, prefer: &str) -> Reply {
    let request = Request::builder()
        .method(Method::GET)
        .uri(format!("/v1.0{path}"))
        .header("authorization", format!("Bearer {token}"))
        .header("prefer", prefer);
    world.request(request.body(axum::body::Body::empty()).unwrap()).await
}

#[tokio::test]
async fn an_application_is_confirmed_compromised_and_dismissed() {
    let world = World::new().await;
    let token = token(&world).await;
    let principal = &world.application;
    for _ in 0..2 {
        let reply = world.post(&format!("{RSP}/confirmCompromised"), &token, ids(principal)).await;
        assert_eq!((reply.status.as_u16(), reply.bytes.len()), (204, 0), "{}", reply.text());
    }
    let one = format!("{RSP}/{}", principal.id);
    let reply = get_with(&world, &one, &token, "include-unknown-enum-members").await;
    let expected = json!({
        "@odata.context": reply.json["@odata.context"], "id": principal.id, "appId": principal.app_id,
        "displayName": "Tests", "isEnabled": true, "isProcessing": false, "servicePrincipalType": "Application",
        "riskDetail": "adminConfirmedServicePrincipalCompromised", "riskLevel": "high",
        "riskState": "confirmedCompromised", "riskLastUpdatedDateTime": "2026-11-23T10:00:05Z",
    });
    assert_eq!(reply.json, expected);
    let masked = world.get(&one, &token).await;
    assert_eq!(masked.json["riskDetail"], "unknownFutureValue", "a member that came later");

    let filter = format!("{DETECTIONS}?$filter=servicePrincipalId%20eq%20'{}'", principal.id);
    let list = get_with(&world, &filter, &token, "include-unknown-enum-members").await;
    let [detection] = list.json["value"].as_array().unwrap().as_slice() else { panic!("{}", list.text()) };
    assert_eq!(detection["riskEventType"], "adminConfirmedServicePrincipalCompromised");
    assert_eq!((&detection["activity"], &detection["keyIds"]), (&json!("servicePrincipal"), &json!([])));
    assert_eq!(detection["servicePrincipalDisplayName"], "Tests");
    let same = format!("{DETECTIONS}/{}", detection["id"].as_str().unwrap());
    assert_eq!(
        get_with(&world, &same, &token, "include-unknown-enum-members").await.json["id"],
        detection["id"]
    );

    for _ in 0..2 {
        let body = ids(principal);
        assert_eq!(world.post(&format!("{RSP}/microsoft.graph.dismiss"), &token, body).await.status, 204);
    }
    let reply = get_with(&world, &one, &token, "include-unknown-enum-members").await;
    assert_eq!(
        (&reply.json["riskLevel"], &reply.json["riskState"], &reply.json["riskDetail"]),
        (&json!("none"), &json!("dismissed"), &json!("adminDismissedAllRiskForServicePrincipal"))
    );
    assert_eq!(world.get(&format!("{one}/history/$count"), &token).await.text(), "2");
    assert_eq!(world.get(&format!("{RSP}/$count?$filter=riskLevel%20eq%20'none'"), &token).await.text(), "1");
}

#[tokio::test]
async fn history_says_who_and_how_it_came_about_to_those_who_ask() {
    let world = World::new().await;
    let token = token(&world).await;
    let principal = &world.application;
    for action in ["confirmCompromised", "dismiss", "confirmCompromised"] {
        world.clock.advance(std::time::Duration::from_secs(1));
        assert_eq!(world.post(&format!("{RSP}/{action}"), &token, ids(principal)).await.status, 204);
    }
    let history = format!("{RSP}/{}/history", principal.id);
    let list = world.get(&history, &token).await;
    let items = list.json["value"].as_array().unwrap();
    assert_eq!(items.len(), 3);
    assert!(items.iter().all(|item| item["initiatedBy"] == principal.id.as_str()));
    assert!(!list.text().contains("riskgate"), "annotations are for those who ask");
    let mut episodes = Vec::new();
    for id in list.ids() {
        let item = format!("{history}/{id}");
        let item = get_with(&world, &item, &token, "odata.include-annotations=\"riskgate.*\"").await;
        let said = &item.json["@riskgate.transition"];
        episodes.push(said["episode"].as_str().unwrap().to_owned());
        assert_eq!(said["detections"].as_array().unwrap().len(), 1, "{said}");
    }
    assert_eq!(episodes[1], episodes[2], "dismissing ends the episode it is about");
    assert_ne!(episodes[0], episodes[1], "new risk is a new episode");
    let other = world.get(&format!("{RSP}/{UNKNOWN}/history/{}", list.ids()[0]), &token).await;
    assert_eq!(other.status, 404, "the history of another one");
}

#[tokio::test]
async fn one_unknown_application_among_others_changes_nothing() {
    let world = World::new().await;
    let token = token(&world).await;
    let body = json!({ "servicePrincipalIds": [world.application.id, UNKNOWN] });
    for action in ["dismiss", "confirmCompromised"] {
        let reply = world.post(&format!("{RSP}/{action}"), &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (404, "ResourceNotFound"), "{action}");
    }
    assert!(world.get(RSP, &token).await.ids().is_empty());
    for wrong in [json!({}), json!({ "servicePrincipalIds": [] }), json!({ "userIds": [UNKNOWN] })] {
        assert_eq!(world.post(&format!("{RSP}/dismiss"), &token, wrong).await.status, 400);
    }
    let safe = world.post(&format!("{RSP}/confirmSafe"), &token, body).await;
    assert_eq!(safe.status, 405, "Graph has no such action for service principals");
}
