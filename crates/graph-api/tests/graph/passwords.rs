//! Passwords that administrators reset and people change through Graph.

use std::time::Duration;

use axum::http::Method;
use riskgate_directory::{AUTHENTICATION_ADMINISTRATOR, GLOBAL_READER};
use riskgate_model::{DirectoryAudit, User};
use riskgate_store::records::UserCredential;
use serde_json::json;

use crate::world::{UNKNOWN, World};

const PASSWORD_ID: &str = "28c10230-6103-485e-b985-444c60001490";
const OWN: [&str; 1] = ["User-PasswordProfile.ReadWrite.All"];

fn reset(user: &User) -> String {
    format!("/users/{}/authentication/methods/{PASSWORD_ID}/resetPassword", user.id)
}

async fn credential(world: &World, user: &User) -> UserCredential {
    let all: Vec<UserCredential> = world.all().await;
    all.into_iter().find(|credential| credential.id == user.id).unwrap()
}

async fn token(world: &World) -> String {
    world.user_token(&world.admin, &["UserAuthenticationMethod.ReadWrite.All"]).await
}

#[tokio::test]
async fn a_generated_password_is_in_the_answer_works_and_must_be_changed() {
    let world = World::new().await;
    let (token, ada) = (token(&world).await, world.user("ada", &[]).await);
    let done = world.send(Method::POST, &reset(&ada), &token, None).await;
    assert_eq!(done.status, 202, "{}", done.text());
    let password = done.json["newPassword"].as_str().unwrap().to_owned();
    assert_eq!(password.len(), 16);
    assert!(credential(&world, &ada).await.must_change);
    let location = done.headers["location"].to_str().unwrap();
    let (_, path) = location.split_once("/v1.0").unwrap();
    let operation = world.get(path, &token).await;
    assert_eq!(operation.json["status"], "succeeded", "{}", operation.text());
    let other = world.user("bob", &[]).await;
    let elsewhere = path.replace(&ada.id, &other.id);
    assert_eq!(world.get(&elsewhere, &token).await.status, 404, "it belongs to one user");
    let again = world.send(Method::POST, &reset(&ada), &token, None).await;
    assert_ne!(again.json["newPassword"].as_str().unwrap(), password);
    // What was generated is a password. Tokens from before it was set are good no longer.
    world.clock.advance(Duration::from_secs(1));
    let own = world.user_token(&ada, &OWN).await;
    let change = json!({ "currentPassword": again.json["newPassword"], "newPassword": "Fabrikam-4711-x" });
    assert_eq!(world.post("/me/changePassword", &own, change).await.status, 204);
    let audits: Vec<DirectoryAudit> = world.all().await;
    let count = |activity: &str| audits.iter().filter(|a| a.activity_display_name == activity).count();
    assert_eq!((count("Reset user password"), count("Change user password")), (2, 1));
    assert!(!serde_json::to_string(&audits).unwrap().contains(&password));
}

#[tokio::test]
async fn one_that_is_given_keeps_the_rules_and_is_not_repeated() {
    let world = World::new().await;
    let (token, ada) = (token(&world).await, world.user("ada", &[]).await);
    let before = credential(&world, &ada).await;
    for body in [
        json!({ "newPassword": "short" }),
        json!({ "newPassword": "" }),
        json!({ "newPassword": 1 }),
        json!({ "password": "x" }),
    ] {
        let refused = world.post(&reset(&ada), &token, body.clone()).await;
        assert_eq!(refused.status, 400, "{body}: {}", refused.text());
    }
    assert_eq!(credential(&world, &ada).await, before);
    let done = world.post(&reset(&ada), &token, json!({ "newPassword": "Fabrikam-4711-x" })).await;
    assert_eq!((done.status.as_u16(), &done.json), (202, &json!({})));
    let unknown = reset(&ada).replace(PASSWORD_ID, UNKNOWN);
    assert_eq!(world.post(&unknown, &token, json!({})).await.status, 404);
}

#[tokio::test]
async fn nobody_resets_more_than_he_may() {
    let world = World::new().await;
    let (token, ada) = (token(&world).await, world.user("ada", &[]).await);
    assert_eq!(world.post(&reset(&world.admin), &token, json!({})).await.status, 400, "the own one");
    let scopes = ["UserAuthenticationMethod.ReadWrite.All"];
    for (name, role, target, status) in [
        ("bob", AUTHENTICATION_ADMINISTRATOR, &ada, 202),
        ("carol", AUTHENTICATION_ADMINISTRATOR, &world.admin, 403),
        ("dave", GLOBAL_READER, &ada, 403),
    ] {
        let who = world.user(name, &[role]).await;
        let token = world.user_token(&who, &scopes).await;
        assert_eq!(world.post(&reset(target), &token, json!({})).await.status.as_u16(), status, "{name}");
    }
    let application = world.app_token(&scopes).await;
    assert_eq!(world.post(&reset(&ada), &application, json!({})).await.status, 403, "delegated only");
}

#[tokio::test]
async fn people_change_their_own_password_and_guessing_locks() {
    let world = World::new().await;
    let (token, ada) = (token(&world).await, world.user("ada", &[]).await);
    let set = world.post(&reset(&ada), &token, json!({ "newPassword": "Fabrikam-4711-x" })).await;
    assert_eq!(set.status, 202);
    world.clock.advance(Duration::from_secs(1));
    let own = world.user_token(&ada, &OWN).await;
    let change = |current: &str, new: &str| json!({ "currentPassword": current, "newPassword": new });
    let path = "/me/changePassword";
    for (body, text) in [
        (change("wrong", "Tailspin-4712-y"), "The current password is not right."),
        (change("Fabrikam-4711-x", "short"), ""),
        (change("Fabrikam-4711-x", "Fabrikam-4711-x"), "another one"),
        (json!({ "newPassword": "Tailspin-4712-y" }), "currentPassword"),
    ] {
        let refused = world.post(path, &own, body).await;
        assert_eq!(refused.status, 400, "{}", refused.text());
        assert!(refused.message().contains(text), "{text}: {}", refused.message());
    }
    let other = format!("/users/{}/changePassword", world.admin.id);
    let body = change("Fabrikam-4711-x", "Tailspin-4712-y");
    assert_eq!(world.post(&other, &own, body.clone()).await.status, 403);
    let admin = world.user_token(&world.admin, &OWN).await;
    let hers = format!("/users/{}/changePassword", ada.id);
    assert_eq!(world.post(&hers, &admin, body.clone()).await.status, 403, "administrators reset instead");
    let application = world.app_token(&OWN).await;
    assert_eq!(world.post(&hers, &application, body.clone()).await.status, 403);
    for number in 0..10 {
        world.post(path, &own, change(&format!("guess-{number}"), "Tailspin-4712-y")).await;
    }
    let locked = world.post(path, &own, body.clone()).await;
    assert!(locked.message().starts_with("There were too many wrong passwords."), "{}", locked.text());
    world.clock.advance(Duration::from_secs(60));
    assert_eq!(world.post(path, &own, body).await.status, 204);
    assert!(!credential(&world, &ada).await.must_change);
}
