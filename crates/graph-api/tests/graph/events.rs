//! The stream of events: who is told what, when it begins and when it ends.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, Response};
use http_body_util::BodyExt;
use riskgate_model::RiskyUser;
use riskgate_store::{Batch, StoreExt};
use serde_json::{Value as Json, json};

use crate::world::World;

const EVENTS: &str = "/v1.0/riskgate/events";
/// Longer than anything here takes; a test that waits this long has failed.
const TOO_LONG: Duration = Duration::from_secs(30);

async fn open(world: &World, token: &str) -> Response<Body> {
    let request = Request::get(EVENTS).header("authorization", format!("Bearer {token}"));
    world.open(request.body(Body::empty()).unwrap()).await
}

/// The next event that is no heartbeat: its name and data; `None` at the end.
async fn next(stream: &mut Response<Body>) -> Option<(String, Json)> {
    loop {
        let frame =
            tokio::time::timeout(TOO_LONG, stream.body_mut().frame()).await.expect("an event in time")?;
        let text = String::from_utf8(frame.unwrap().into_data().unwrap().to_vec()).unwrap();
        let of = |name: &str| text.lines().find_map(|line| line.strip_prefix(name)).map(str::trim);
        if let Some(event) = of("event:") {
            return Some((event.to_owned(), serde_json::from_str(of("data:").unwrap()).unwrap()));
        }
        assert_eq!(text, ":\n\n");
    }
}

async fn ready(world: &World, token: &str) -> Response<Body> {
    let mut stream = open(world, token).await;
    assert_eq!(stream.status(), 200);
    assert_eq!(stream.headers()["content-type"], "text/event-stream");
    assert_eq!(next(&mut stream).await, Some(("ready".to_owned(), json!({}))));
    stream
}

async fn audited(world: &World) {
    world.user(&format!("user-{}", world.now().as_micros()), &[]).await;
}

#[tokio::test]
async fn who_may_read_a_set_is_told_that_it_changed_and_others_are_not() {
    let world = World::new().await;
    let auditor = world.user_token(&world.admin, &["AuditLog.Read.All"]).await;
    let risk = world.user_token(&world.admin, &["IdentityRiskyUser.Read.All"]).await;
    let (mut auditor, mut risk) = (ready(&world, &auditor).await, ready(&world, &risk).await);
    audited(&world).await;
    let told = next(&mut auditor).await.unwrap();
    assert_eq!(told, ("changed".to_owned(), json!({ "sets": ["auditLogs/directoryAudits"] })));
    let row: RiskyUser = serde_json::from_value(json!({
        "id": world.admin.id, "isDeleted": false, "isProcessing": false, "riskLevel": "low", "riskState": "atRisk",
        "riskDetail": "none", "riskLastUpdatedDateTime": world.now(),
    }))
    .unwrap();
    let mut batch = Batch::new(world.tenant);
    batch.insert(&row).unwrap();
    world.store.commit(batch).await.unwrap();
    let told = next(&mut risk).await.unwrap();
    assert_eq!(
        told.1,
        json!({ "sets": ["identityProtection/riskyUsers"] }),
        "and nothing of the audit log before"
    );
}

#[tokio::test]
async fn a_changed_policy_or_location_is_one_event_for_those_who_may_read_policies() {
    let world = World::new().await;
    let token = world.admin_token().await;
    let reader = world.user_token(&world.admin, &["Policy.Read.All"]).await;
    let mut stream = ready(&world, &reader).await;
    let location = json!({
        "@odata.type": "#microsoft.graph.countryNamedLocation", "displayName": "Home",
        "countriesAndRegions": ["DE"], "includeUnknownCountriesAndRegions": false,
    });
    assert_eq!(world.post("/identity/conditionalAccess/namedLocations", &token, location).await.status, 201);
    assert_eq!(next(&mut stream).await.unwrap().1, json!({ "sets": ["identity/conditionalAccess"] }));
}

#[tokio::test]
async fn without_a_set_to_tell_of_there_is_no_stream() {
    let world = World::new().await;
    let token = world.user_token(&world.admin, &["User.Read"]).await;
    assert_eq!(open(&world, &token).await.status(), 403);
    let member = world.user("megan", &[]).await;
    let token = world.user_token(&member, &["AuditLog.Read.All", "Policy.Read.All"]).await;
    assert_eq!(open(&world, &token).await.status(), 403);
    let batch = json!({ "requests": [{ "id": "1", "method": "GET", "url": "/riskgate/events" }] });
    let token = world.admin_token().await;
    let reply = world.post("/$batch", &token, batch).await;
    assert_eq!(reply.json["responses"][0]["status"], 400, "{}", reply.text());
}

#[tokio::test]
async fn the_end_of_the_token_is_the_end_of_the_stream() {
    let world = World::new().await;
    let token = world.user_token(&world.admin, &["AuditLog.Read.All"]).await;
    let mut stream = ready(&world, &token).await;
    world.clock.advance(Duration::from_secs(86_400));
    audited(&world).await;
    assert_eq!(next(&mut stream).await, Some(("end".to_owned(), json!({ "reason": "tokenEnded" }))));
    assert_eq!(next(&mut stream).await, None);
}

#[tokio::test]
async fn a_role_that_was_taken_ends_what_is_told() {
    let world = World::new().await;
    let actor = riskgate_directory::Actor::command_line();
    let reader = world.user("reader", &[]).await;
    // Security Reader.
    let role = "5d6b6bb7-de71-4623-b4af-96380a352509";
    let given = world.directory.add_role_assignment(&actor, &reader.id, role, "/").await.unwrap();
    let permissions = ["AuditLog.Read.All", "IdentityRiskyUser.Read.All"];
    let token = world.user_token(&reader, &permissions).await;
    let mut stream = ready(&world, &token).await;
    world.directory.remove_role_assignment(&actor, &given.id).await.unwrap();
    audited(&world).await;
    // Nothing but heartbeats may come from here on; the account's end shows that the stream still lives.
    let mut stored =
        world.store.load::<riskgate_model::User>(world.tenant, &reader.id).await.unwrap().unwrap();
    stored.record.account_enabled = Some(false);
    let mut batch = Batch::new(world.tenant);
    batch.update(&stored).unwrap();
    world.store.commit(batch).await.unwrap();
    assert_eq!(next(&mut stream).await.unwrap().0, "end");
}

#[tokio::test]
async fn nobody_takes_all_streams_and_a_seat_that_is_left_is_free_again() {
    let world = World::new().await;
    let token = world.user_token(&world.admin, &["AuditLog.Read.All"]).await;
    let mut streams = Vec::new();
    for _ in 0..10 {
        streams.push(ready(&world, &token).await);
    }
    let refused = open(&world, &token).await;
    assert_eq!(refused.status(), 429);
    assert!(refused.headers().contains_key("retry-after"));
    let mut last = streams.pop().unwrap();
    drop(streams);
    // What is sent after they went tells the server that they did.
    audited(&world).await;
    assert_eq!(next(&mut last).await.unwrap().0, "changed");
    let again = async {
        while open(&world, &token).await.status() == 429 {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(TOO_LONG, again).await.expect("the seats are free again");
}

#[tokio::test]
async fn a_server_that_stops_ends_its_streams() {
    let world = World::new().await;
    let token = world.user_token(&world.admin, &["AuditLog.Read.All"]).await;
    let mut stream = ready(&world, &token).await;
    world.stop.send_replace(true);
    assert_eq!(next(&mut stream).await, None);
}
