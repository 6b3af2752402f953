//! `temporaryAccessPassMethods`: made by administrators, shown once.

use riskgate_directory::{AUTHENTICATION_ADMINISTRATOR, GLOBAL_READER};
use riskgate_model::{DirectoryAudit, User};
use riskgate_store::records::AuthenticationMethod;
use serde_json::{Value as Json, json};

use crate::world::{BASE, World};

async fn admin_token(world: &World) -> String {
    let scopes = ["UserAuthenticationMethod.ReadWrite.All", "Policy.ReadWrite.AuthenticationMethod"];
    world.user_token(&world.admin, &scopes).await
}

fn at(user: &User) -> String {
    format!("/users/{}/authentication/temporaryAccessPassMethods", user.id)
}

async fn configure(world: &World, token: &str, change: Json) {
    let path = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/TemporaryAccessPass";
    let reply = world.patch(path, token, change).await;
    assert_eq!(reply.status, 204, "{}", reply.text());
}

#[tokio::test]
async fn it_is_shown_once_and_a_new_one_takes_its_place() {
    let world = World::new().await;
    let token = admin_token(&world).await;
    let ada = world.user("ada", &[]).await;
    let refused = world.post(&at(&ada), &token, json!({})).await;
    assert_eq!((refused.status.as_u16(), refused.code()), (400, "BadRequest"), "not enabled");
    configure(&world, &token, json!({ "state": "enabled", "defaultLength": 12 })).await;
    let made = world.post(&at(&ada), &token, json!({})).await;
    assert_eq!(made.status, 201, "{}", made.text());
    assert_eq!(
        made.json["@odata.context"],
        format!("{BASE}/v1.0/$metadata#users/authentication/temporaryAccessPassMethods/$entity")
    );
    let pass = made.json["temporaryAccessPass"].as_str().unwrap();
    assert_eq!(pass.len(), 12);
    let now = serde_json::to_value(world.now()).unwrap();
    assert_eq!((&made.json["startDateTime"], &made.json["lifetimeInMinutes"]), (&now, &json!(60)));
    assert_eq!(made.json["methodUsabilityReason"], "EnabledByPolicy");
    let id = made.json["id"].as_str().unwrap();
    let got = world.get(&format!("{}/{id}", at(&ada)), &token).await.json;
    assert_eq!((&got["temporaryAccessPass"], &got["isUsable"]), (&Json::Null, &json!(true)));
    let rows = serde_json::to_string(&world.all::<AuthenticationMethod>().await).unwrap();
    assert!(!rows.contains(pass), "the pass itself is nowhere");
    let again =
        json!({ "isUsableOnce": true, "lifetimeInMinutes": 480, "startDateTime": "2030-01-01T00:00:00Z" });
    let refused = world.post(&at(&ada), &token, again).await;
    assert!(refused.message().contains("startDateTime"), "{}", refused.text());
    let again = json!({ "isUsableOnce": true, "lifetimeInMinutes": 480 });
    let second = world.post(&at(&ada), &token, again).await;
    assert_eq!(second.status, 201);
    assert_ne!(second.json["temporaryAccessPass"].as_str().unwrap(), pass);
    let list = world.get(&at(&ada), &token).await;
    assert_eq!(list.ids().len(), 1);
    let all = world.get(&at(&ada).replace("temporaryAccessPassMethods", "methods"), &token).await;
    assert!(
        all.text().contains("#microsoft.graph.temporaryAccessPassAuthenticationMethod"),
        "{}",
        all.text()
    );
    let id = list.ids()[0].to_owned();
    assert_eq!(world.delete(&format!("{}/{id}", at(&ada)), &token).await.status, 204);
    assert!(world.get(&at(&ada), &token).await.ids().is_empty());
    let audits: Vec<DirectoryAudit> = world.all().await;
    let count = |activity: &str| audits.iter().filter(|a| a.activity_display_name == activity).count();
    assert_eq!((count("Admin registered security info"), count("Admin deleted security info")), (2, 1));
    assert!(!serde_json::to_string(&audits).unwrap().contains(pass), "not in the audit log either");
}

#[tokio::test]
async fn it_says_why_it_cannot_be_used() {
    let world = World::new().await;
    let token = admin_token(&world).await;
    let ada = world.user("ada", &[]).await;
    configure(&world, &token, json!({ "state": "enabled" })).await;
    let reason = async || {
        let token = admin_token(&world).await;
        let list = world.get(&at(&ada), &token).await;
        let one = &list.json["value"][0];
        (one["isUsable"] == json!(true), one["methodUsabilityReason"].as_str().unwrap().to_owned())
    };
    let later = world.now() + std::time::Duration::from_secs(3_600);
    let asked = json!({ "startDateTime": later, "isUsableOnce": true });
    assert_eq!(world.post(&at(&ada), &token, asked).await.status, 201);
    assert_eq!(reason().await, (false, "NotYetValid".to_owned()));
    world.clock.advance(std::time::Duration::from_secs(3_600));
    assert_eq!(reason().await, (true, "EnabledByPolicy".to_owned()));
    world.clock.advance(std::time::Duration::from_secs(3_600));
    assert_eq!(reason().await, (false, "Expired".to_owned()));
    let token = admin_token(&world).await;
    configure(&world, &token, json!({ "state": "disabled" })).await;
    assert_eq!(reason().await, (false, "DisabledByPolicy".to_owned()));
}

#[tokio::test]
async fn nothing_is_made_outside_the_policy_or_by_who_may_not() {
    let world = World::new().await;
    let token = admin_token(&world).await;
    let ada = world.user("ada", &[]).await;
    configure(&world, &token, json!({ "state": "enabled", "isUsableOnce": true })).await;
    for (body, text) in [
        (json!({ "lifetimeInMinutes": 59 }), "from 60 to 480"),
        (json!({ "lifetimeInMinutes": 481 }), "from 60 to 480"),
        (json!({ "isUsableOnce": false }), "usable once"),
        (json!({ "startDateTime": "2020-01-01T00:00:00Z" }), "in the past"),
        (json!({ "temporaryAccessPass": "my-own-pass" }), "read-only"),
        (json!({ "isUsable": true }), "read-only"),
        (json!({ "lifetimeInMinutes": "60" }), "/lifetimeInMinutes"),
        (json!({ "noSuch": 1 }), "noSuch"),
    ] {
        let reply = world.post(&at(&ada), &token, body.clone()).await;
        assert_eq!((reply.status.as_u16(), reply.code()), (400, "BadRequest"), "{body}");
        assert!(reply.message().contains(text), "{body}: {}", reply.message());
    }
    assert_eq!(world.post(&at(&world.admin), &token, json!({})).await.status, 403, "for oneself");
    let scopes = ["UserAuthenticationMethod.ReadWrite.All"];
    let helper = world.user("helper", &[AUTHENTICATION_ADMINISTRATOR]).await;
    let helper = world.user_token(&helper, &scopes).await;
    assert_eq!(
        world.post(&at(&world.admin), &helper, json!({})).await.status,
        403,
        "for somebody with more power"
    );
    assert_eq!(world.post(&at(&ada), &helper, json!({})).await.status, 201);
    let reader = world.user("reader", &[GLOBAL_READER]).await;
    let reader = world.user_token(&reader, &scopes).await;
    assert_eq!(world.post(&at(&ada), &reader, json!({})).await.status, 403);
    assert_eq!(world.get(&at(&ada), &reader).await.ids().len(), 1);
    let own = world.user_token(&ada, &["UserAuthenticationMethod.ReadWrite"]).await;
    assert_eq!(world.post(&at(&ada), &own, json!({})).await.status, 403);
    assert_eq!(world.get("/me/authentication/temporaryAccessPassMethods", &own).await.ids().len(), 1);
}
