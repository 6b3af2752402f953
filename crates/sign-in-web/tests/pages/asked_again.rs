//! A control that was passed is not asked for twice in one sign-in.

use riskgate_store::records::Interaction;
use serde_json::json;

use crate::browser::{Browser, SESSION};
use crate::world::{PASSWORD, World};

#[tokio::test]
async fn what_was_just_passed_ends_the_sign_in_when_it_is_asked_for_again() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world.register(&ada).await;
    world.require("mfa").await;
    let mut browser = Browser::new(&world);
    let page = browser.sign_in("/signin", "ada").await;
    assert_eq!(page.heading(), (200, "Enter your code"));
    // As if a policy asked for a code that the code just passed does not satisfy: the sign-in has passed one, proves
    // none, and something else is decided again.
    let [waiting] = world.all::<Interaction>().await.try_into().unwrap();
    world
        .change(&waiting.id, |interaction: &mut Interaction| {
            interaction.waits_for = json!("signInAgain");
            interaction.passed = vec![json!("mfa")];
        })
        .await;
    let (flow, token) = (page.field("flow").unwrap(), browser.token("sign-in-again"));
    let form = [("flow", flow.as_str()), ("anti_forgery", token.as_str()), ("password", PASSWORD)];
    let answer = browser.post("/signin/again", &form).await;
    let (status, code, id) = answer.refusal();
    assert_eq!((status, code), (403, "50131"));
    assert!(answer.text.contains("That is not your mistake"));
    assert_eq!(world.logged_code(&id).await, Some(50_131));
    assert!(world.all::<Interaction>().await.is_empty(), "nothing waits any longer");
    assert!(!browser.cookies.contains_key(SESSION));
}
