use riskgate_directory::Actor;
use riskgate_model::{DirectoryAudit, User};
use riskgate_store::records::{ExternalIdentity, IdentityProvider, Session};
use serde_json::{Value as Json, json};

use super::upstream::Upstream;
use super::visit::sign_in;
use crate::browser::{Browser, Page};
use crate::world::{MINUTE, World};

async fn scene(creates: bool) -> (World, Upstream, String) {
    let (world, upstream) = (World::new().await, Upstream::start().await);
    let provider =
        upstream.register(&world, |provider| provider.is_user_creation_enabled = Some(creates)).await;
    (world, upstream, provider)
}

/// Somebody at fabrikam.com comes with this mail address.
async fn come(scene: &(World, Upstream, String), subject: &str, mail: &str, verified: Json) -> Page {
    let (world, upstream, provider) = scene;
    let mut browser = Browser::new(world);
    sign_in(&mut browser, world, upstream, provider, |claims| {
        claims["sub"] = json!(subject);
        claims["email"] = json!(mail);
        claims["email_verified"] = verified;
        claims["name"] = json!("Bob Fabrikam");
    })
    .await
}

async fn with_mail(world: &World, name: &str, mail: &str) -> User {
    let user = world.person(name).await;
    world.change(&user.id, |user: &mut User| user.mail = Some(mail.to_owned())).await;
    user
}

#[tokio::test]
async fn nobody_is_taken_over_by_an_address_that_is_unverified_or_not_the_providers_to_give() {
    let scene = scene(true).await;
    with_mail(&scene.0, "bob", "bob@fabrikam.com").await;
    for (verified, title) in [
        (json!(false), "Your mail address is not confirmed"),
        (json!(null), "Your mail address is not confirmed"),
        (json!("false"), "Your mail address is not confirmed"),
        (json!(1), "Your mail address is not confirmed"),
    ] {
        let page = come(&scene, "evil", "bob@fabrikam.com", verified).await;
        assert_eq!((page.heading(), page.refusal().1), ((403, title), "51004"));
    }
    for mail in ["admin@contoso.com", "bob@fabrikam.com.evil.example", "bob", "x@fabrikam.com@contoso.com"] {
        let page = come(&scene, "evil", mail, json!(true)).await;
        assert_eq!(page.heading(), (403, "You have no account here"), "{mail}");
    }
    assert!(scene.0.all::<ExternalIdentity>().await.is_empty());
    assert!(scene.0.all::<Session>().await.is_empty());
}

#[tokio::test]
async fn a_verified_address_links_once_and_the_subject_counts_from_then_on() {
    let scene = scene(false).await;
    let world = &scene.0;
    let bob = with_mail(world, "bob", "bob@fabrikam.com").await;
    let eve = with_mail(world, "eve", "eve@fabrikam.com").await;
    assert_eq!(come(&scene, "sub-bob", "Bob@Fabrikam.com", json!(true)).await.location(), "/security-info");
    assert_eq!(world.sign_ins(&bob).await.len(), 1);
    // The address moves on to somebody else: he who has it is not Bob.
    let page = come(&scene, "sub-other", "bob@fabrikam.com", json!(true)).await;
    assert_eq!(page.heading(), (403, "Your accounts cannot be linked"));
    // Bob has another address: he is still Bob, and nobody else.
    let page = come(&scene, "sub-bob", "eve@fabrikam.com", json!(true)).await;
    assert_eq!(page.location(), "/security-info");
    assert_eq!((world.sign_ins(&bob).await.len(), world.sign_ins(&eve).await.len()), (2, 0));
    let audits = world.all::<DirectoryAudit>().await;
    let linked = audits.iter().filter(|audit| audit.activity_display_name == "Link external identity");
    assert_eq!(linked.count(), 1);
    with_mail(world, "second", "shared@fabrikam.com").await;
    with_mail(world, "third", "shared@fabrikam.com").await;
    let page = come(&scene, "sub-shared", "shared@fabrikam.com", json!(true)).await;
    assert_eq!(page.heading(), (403, "Your accounts cannot be linked"));
}

#[tokio::test]
async fn unknown_people_are_refused_unless_they_may_be_created_and_then_only_once() {
    let refusing = scene(false).await;
    let page = come(&refusing, "sub-bob", "bob@fabrikam.com", json!(true)).await;
    assert_eq!(page.heading(), (403, "You have no account here"));
    let creating = scene(true).await;
    for _ in 0..2 {
        let page = come(&creating, "sub-bob", "bob@fabrikam.com", json!("true")).await;
        assert_eq!(page.location(), "/security-info", "{page:?}");
    }
    let people = creating.0.all::<User>().await;
    let made: Vec<&User> = people.iter().filter(|user| user.mail.is_some()).collect();
    assert_eq!(made.len(), 1);
    let bob = made[0];
    assert_eq!(bob.user_principal_name.as_deref(), Some("bob_fabrikam.com#EXT#@contoso.com"));
    assert_eq!(
        (bob.user_type.as_deref(), bob.display_name.as_deref()),
        (Some("Guest"), Some("Bob Fabrikam"))
    );
    let mut browser = Browser::new(&creating.0);
    let page = browser.get("/signin").await;
    let page = browser.first_factor(&page, "bob_fabrikam.com#EXT#@contoso.com", "").await;
    assert_eq!(page.problem(), Some("Enter your password."), "he has none that anybody knows");
}

#[tokio::test]
async fn disabled_deleted_and_revoked_people_do_not_get_in_by_the_provider() {
    let scene = scene(false).await;
    let (world, upstream, provider) = &scene;
    let bob = with_mail(world, "bob", "bob@fabrikam.com").await;
    assert_eq!(come(&scene, "sub-bob", "bob@fabrikam.com", json!(true)).await.location(), "/security-info");
    world.disable(&bob).await;
    let page = come(&scene, "sub-bob", "bob@fabrikam.com", json!(true)).await;
    assert_eq!(page.refusal().1, "50057");
    world.change(&bob.id, |user: &mut User| user.account_enabled = Some(true)).await;

    // His sign-ins are revoked: an old session at the provider is not enough, and he is sent to prove himself again.
    let before = riskgate_core::Clock::now(&*world.clock);
    world.clock.advance(MINUTE);
    let now = riskgate_core::Clock::now(&*world.clock);
    world.change(&bob.id, |user: &mut User| user.sign_in_sessions_valid_from_date_time = Some(now)).await;
    let mut browser = Browser::new(world);
    let again = sign_in(&mut browser, world, upstream, provider, |claims| {
        claims["sub"] = json!("sub-bob");
        claims["auth_time"] = json!(before.as_seconds());
    })
    .await;
    assert_eq!(again.parameter("prompt").as_deref(), Some("login"));

    let record = world.load::<IdentityProvider>(provider).await.unwrap().provider;
    world.federation.delete_provider(&Actor::command_line(), &record.id).await.unwrap();
    assert!(world.all::<ExternalIdentity>().await.is_empty(), "links end with the provider");
}
