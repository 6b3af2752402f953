//! `emailMethods`: the address codes are mailed to.

use riskgate_directory::AUTHENTICATION_ADMINISTRATOR;
use riskgate_model::{DirectoryAudit, User};
use serde_json::{Value as Json, json};

use crate::world::{UNKNOWN, World};

const ID: &str = "3ddfcfc8-9383-446f-83cc-3ab9be4be18f";

fn at(user: &User) -> String {
    format!("/users/{}/authentication/emailMethods", user.id)
}

fn address(text: &str) -> Json {
    json!({ "emailAddress": text })
}

#[tokio::test]
async fn an_address_is_registered_changed_and_removed() {
    let world = World::new().await;
    let token = world.user_token(&world.admin, &["UserAuthenticationMethod.ReadWrite.All"]).await;
    let ada = world.user("ada", &[]).await;
    assert!(world.get(&at(&ada), &token).await.ids().is_empty());
    let made = world.post(&at(&ada), &token, address("ada@example.org")).await;
    assert_eq!((made.status.as_u16(), &made.json["id"]), (201, &json!(ID)), "{}", made.text());
    let again = world.post(&at(&ada), &token, address("ada@example.net")).await;
    assert_eq!(again.status, 400, "there is one already");
    let one = format!("{}/{ID}", at(&ada));
    assert_eq!(world.patch(&one, &token, address("ada@example.net")).await.status, 204);
    assert_eq!(world.get(&one, &token).await.json["emailAddress"], "ada@example.net");
    let all = world.get(&at(&ada).replace("emailMethods", "methods"), &token).await;
    assert!(all.text().contains("#microsoft.graph.emailAuthenticationMethod"), "{}", all.text());
    assert_eq!(
        world
            .delete(&at(&ada).replace("emailMethods", &format!("emailMethods/{UNKNOWN}")), &token)
            .await
            .status,
        404
    );
    assert_eq!(world.delete(&one, &token).await.status, 204);
    assert_eq!(world.get(&one, &token).await.status, 404);
    assert_eq!(world.patch(&one, &token, address("ada@example.net")).await.status, 404);
    let audits: Vec<DirectoryAudit> = world.all().await;
    let mut activities: Vec<_> = audits.iter().map(|audit| audit.activity_display_name.as_str()).collect();
    activities.retain(|activity| activity.contains("security info"));
    activities.sort_unstable();
    assert_eq!(
        activities,
        ["Admin deleted security info", "Admin registered security info", "Admin updated security info"]
    );
}

#[tokio::test]
async fn what_is_no_address_not_permitted_or_not_allowed_is_refused() {
    let world = World::new().await;
    let scopes = ["UserAuthenticationMethod.ReadWrite.All", "Policy.ReadWrite.AuthenticationMethod"];
    let token = world.user_token(&world.admin, &scopes).await;
    let ada = world.user("ada", &[]).await;
    let long = format!("{}@example.org", "a".repeat(250));
    for body in [
        address(""),
        address("ada"),
        address("a da@example.org"),
        address("ada@x\r\nBcc: eve@example.org"),
        address(&long),
        json!({}),
        json!({ "emailAddress": 1 }),
        json!({ "emailAddress": "ada@example.org", "id": ID }),
        json!({ "emailAddress": "ada@example.org", "noSuch": 1 }),
    ] {
        let refused = world.post(&at(&ada), &token, body.clone()).await;
        assert_eq!((refused.status.as_u16(), refused.code()), (400, "BadRequest"), "{body}");
    }
    let helper = world.user("helper", &[AUTHENTICATION_ADMINISTRATOR]).await;
    let helper = world.user_token(&helper, &scopes).await;
    assert_eq!(world.post(&at(&world.admin), &helper, address("a@example.org")).await.status, 403);
    let own = world.user_token(&ada, &["UserAuthenticationMethod.ReadWrite"]).await;
    assert_eq!(world.post(&at(&ada), &own, address("a@example.org")).await.status, 403);
    let policy = "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/Email";
    assert_eq!(world.patch(policy, &token, json!({ "state": "disabled" })).await.status, 204);
    let refused = world.post(&at(&ada), &token, address("ada@example.org")).await;
    assert!(refused.message().contains("policy"), "{}", refused.text());
}
