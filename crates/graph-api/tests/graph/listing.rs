//! Lists: paging, order, filter, count, selection, context.

use riskgate_core::Timestamp;
use riskgate_model::{RiskDetail, RiskDetection, RiskLevel, RiskState, RiskyUser, TokenIssuerType};
use serde_json::json;

use crate::world::{BASE, World};

const RD: &str = "/identityProtection/riskDetections";

async fn detections(world: &World, count: i64) {
    let start: Timestamp = "2026-11-01T00:00:00Z".parse().unwrap();
    let all: Vec<RiskDetection> = (0..count)
        .map(|i| RiskDetection {
            id: format!("{i:064x}"),
            // Three share each moment, so that pages have to break within equals.
            detected_date_time: Some(Timestamp::from_seconds(start.as_seconds() + i / 3)),
            risk_level: Some(if i % 2 == 0 { RiskLevel::High } else { RiskLevel::Low }),
            risk_state: Some(RiskState::AtRisk),
            risk_detail: Some(if i == 0 { RiskDetail::AdminConfirmedAccountSafe } else { RiskDetail::None }),
            risk_event_type: Some("anonymizedIPAddress".to_owned()),
            risk_type: Some("anonymizedIPAddress".to_owned()),
            token_issuer_type: Some(TokenIssuerType::AzureAD),
            user_display_name: Some(format!("MyTestUser{}", i % 5)),
            ..RiskDetection::default()
        })
        .collect();
    world.put(&all).await;
}

/// Follows links to the end.
async fn follow(world: &World, path: &str, token: &str) -> (Vec<String>, Vec<usize>) {
    let (mut ids, mut sizes, mut next) = (Vec::new(), Vec::new(), path.to_owned());
    loop {
        let reply = world.get(&next, token).await;
        assert_eq!(reply.status, 200, "{next}: {}", reply.text());
        sizes.push(reply.ids().len());
        ids.extend(reply.ids().into_iter().map(str::to_owned));
        assert!(sizes.len() < 100);
        match reply.json["@odata.nextLink"].as_str() {
            Some(link) => link.clone_into(&mut next),
            None => return (ids, sizes),
        }
    }
}

#[tokio::test]
async fn pages_follow_one_another_newest_first_without_gap_or_repeat() {
    let world = World::new().await;
    detections(&world, 47).await;
    let token = world.app_token(&["IdentityRiskEvent.Read.All"]).await;
    let (ids, sizes) = follow(&world, RD, &token).await;
    assert_eq!(sizes, [20, 20, 7], "twenty is the documented default");
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    sorted.dedup();
    assert_eq!(sorted.len(), 47);
    let all = world.get(&format!("{RD}?$top=500"), &token).await;
    assert_eq!(all.ids(), ids);
    let times: Vec<&str> = all.json["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|d| d["detectedDateTime"].as_str().unwrap())
        .collect();
    assert!(times.windows(2).all(|pair| pair[0] >= pair[1]));
    let (filtered, sizes) =
        follow(&world, &format!("{RD}?%24top=3&%24filter=riskLevel%20eq%20%27high%27"), &token).await;
    assert_eq!((filtered.len(), sizes.into_iter().max()), (24, Some(3)));
    let (ordered, _) = follow(&world, &format!("{RD}?$orderby=userDisplayName%20desc&$top=7"), &token).await;
    assert_eq!(ordered.len(), 47);
}

#[tokio::test]
async fn a_link_is_absolute_and_holds_the_options_as_they_were_written() {
    let world = World::new().await;
    detections(&world, 5).await;
    let token = world.app_token(&["IdentityRiskEvent.Read.All"]).await;
    let query = "%24top=2&%24filter=riskState%20eq%20%27atRisk%27&$select=id,riskLevel&$count=true";
    let first = world.get(&format!("/{RD}?{query}"), &token).await;
    let link = first.json["@odata.nextLink"].as_str().unwrap();
    assert!(link.starts_with(&format!("{BASE}/v1.0{RD}?{query}&$skiptoken=")), "{link}");
    assert_eq!(first.json["@odata.count"], 5);
    let second = world.get(link, &token).await;
    assert!(second.json.get("@odata.count").is_none(), "the count stands on the first page");
    let link = second.json["@odata.nextLink"].as_str().unwrap();
    assert_eq!(link.matches("skiptoken").count(), 1, "{link}");
    let reordered = link.replace("%24top=2", "%24top=2&$orderby=riskLevel,riskState");
    let refused = world.get(&reordered, &token).await;
    assert_eq!(refused.status, 400, "a token of another order names no place");
}

#[tokio::test]
async fn selection_shows_what_was_asked_for_and_context_says_so() {
    let world = World::new().await;
    detections(&world, 1).await;
    let token = world.app_token(&["IdentityRiskEvent.Read.All"]).await;
    let reply = world.get(&format!("{RD}?$select=riskLevel,RiskEventType"), &token).await;
    assert!(reply.text().starts_with("{\"@odata.context\":"), "the context comes first");
    assert_eq!(
        reply.json["@odata.context"],
        format!("{BASE}/v1.0/$metadata#identityProtection/riskDetections(riskLevel,riskEventType)")
    );
    let id = format!("{:064x}", 0);
    assert_eq!(
        reply.json["value"][0],
        json!({ "id": id, "riskEventType": "anonymizedIPAddress", "riskLevel": "high" })
    );
    let one = world.get(&format!("{RD}('{id}')?$select=riskState"), &token).await;
    assert_eq!(
        one.json["@odata.context"],
        format!("{BASE}/v1.0/$metadata#identityProtection/riskDetections(riskState)/$entity")
    );
    let whole = world.get(&format!("{RD}/{id}"), &token).await;
    assert_eq!(whole.json["riskType"], whole.json["riskEventType"]);
    assert_eq!(whole.json["correlationId"], json!(null));
}

#[tokio::test]
async fn counts_are_plain_numbers() {
    let world = World::new().await;
    detections(&world, 9).await;
    let token = world.app_token(&["IdentityRiskEvent.Read.All"]).await;
    let reply = world.get(&format!("{RD}/$count"), &token).await;
    assert_eq!((reply.status.as_u16(), reply.text()), (200, "9"));
    assert!(reply.headers["content-type"].to_str().unwrap().starts_with("text/plain"));
    let reply = world.get(&format!("{RD}/$count?$filter=riskLevel%20eq%20'low'"), &token).await;
    assert_eq!(reply.text(), "4");
}

#[tokio::test]
async fn late_members_of_enumerations_are_shown_to_those_who_ask() {
    let world = World::new().await;
    detections(&world, 1).await;
    let token = world.app_token(&["IdentityRiskEvent.Read.All"]).await;
    let plain = world.get(RD, &token).await;
    assert_eq!(plain.json["value"][0]["riskDetail"], "unknownFutureValue");
    assert!(plain.headers.get("preference-applied").is_none());
    let request = axum::http::Request::get(format!("/v1.0{RD}"))
        .header("authorization", format!("Bearer {token}"))
        .header("Prefer", "include-unknown-enum-members")
        .body(axum::body::Body::empty())
        .unwrap();
    let asked = world.request(request).await;
    assert_eq!(asked.json["value"][0]["riskDetail"], "adminConfirmedAccountSafe");
}

#[tokio::test]
async fn small_sets_answer_the_same_options() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let path = "/roleManagement/directory/roleDefinitions";
    let all = world.get(path, &token).await;
    let names: Vec<&str> = all.json["value"]
        .as_array()
        .unwrap()
        .iter()
        .map(|role| role["displayName"].as_str().unwrap())
        .collect();
    assert!(names.windows(2).all(|pair| pair[0].to_lowercase() <= pair[1].to_lowercase()), "{names:?}");
    let (ids, sizes) = follow(&world, &format!("{path}?$top=4&$orderby=displayName%20desc"), &token).await;
    assert_eq!(ids.len(), names.len());
    assert!(sizes.iter().all(|size| *size <= 4));
    let mut backwards = all.ids();
    backwards.reverse();
    assert_eq!(ids, backwards);
    let found = world
        .get(
            &format!("{path}?$filter=startswith(displayName,'security')&$count=true&$select=displayName"),
            &token,
        )
        .await;
    assert_eq!(found.json["@odata.count"], 3);
    assert_eq!(found.json["value"][0].as_object().unwrap().len(), 2);
    let count = world.get(&format!("{path}/$count"), &token).await;
    assert_eq!(count.text(), names.len().to_string());
    let skipped = world.get(&format!("{path}?$skip=2&$top=3"), &token).await;
    assert_eq!(skipped.ids(), all.ids()[2..5]);
    let next = skipped.json["@odata.nextLink"].as_str().unwrap();
    assert_eq!(
        world.get(next, &token).await.ids(),
        all.ids()[5..8],
        "what was passed over is not passed over again"
    );
}

#[tokio::test]
async fn stored_sets_pass_over_once() {
    let world = World::new().await;
    let users: Vec<RiskyUser> = (0..6)
        .map(|i| RiskyUser { id: format!("00000000-0000-4000-8000-00000000000{i}"), ..RiskyUser::default() })
        .collect();
    world.put(&users).await;
    let token = world.app_token(&["IdentityRiskyUser.Read.All"]).await;
    let (ids, sizes) = follow(&world, "/identityProtection/riskyUsers?$skip=1&$top=2", &token).await;
    assert_eq!((ids.len(), sizes), (5, vec![2, 2, 1]));
}
