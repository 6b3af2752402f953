//! Where threat data come from, and having it fetched again.

use serde_json::json;

use crate::world::World;

#[tokio::test]
async fn sources_are_shown_and_refreshed() {
    let world = World::new().await;
    let token = world.user_token(&world.admin, &["IdentityRiskEvent.ReadWrite.All"]).await;
    let shown = world.get("/riskgate/feeds", &token).await;
    assert_eq!(shown.status, 200, "{}", shown.text());
    let feed = &shown.json["value"][0];
    assert_eq!(
        (&feed["id"], &feed["entryCount"], &feed["licence"]),
        (&json!("tor"), &json!(7), &json!("CC0"))
    );
    assert_eq!(feed["asOfDateTime"], "1970-01-01T00:16:40Z");
    let refreshed = world.post("/riskgate/feeds/tor/refresh", &token, json!({})).await;
    assert_eq!((refreshed.status.as_u16(), &refreshed.json["lastError"]), (200, &json!("no answer")));
    let unknown = world.post("/riskgate/feeds/other/refresh", &token, json!({})).await;
    assert_eq!(unknown.status, 404, "{}", unknown.text());
}
