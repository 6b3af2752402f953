//! What an application is told about who is there.

use riskgate_model::{Group, User};
use riskgate_store::records::GroupMembership;

use crate::browser::{Browser, Page, ask};
use crate::world::{WIKI, World};

const PAGE: &str = "https://wiki.contoso.com/page";
const ALL: [&str; 8] = [
    "remote-user",
    "remote-name",
    "remote-email",
    "remote-groups",
    "remote-groups-overage",
    "x-riskgate-user",
    "x-riskgate-object-id",
    "x-riskgate-session-id",
];

async fn in_groups(world: &World, user: &User, numbers: std::ops::Range<usize>) {
    for number in numbers {
        let id = format!("00000000-0000-4000-8000-{number:012}");
        let group =
            Group { id: id.clone(), display_name: Some("Domain Admins".to_owned()), ..Group::default() };
        world.insert(&group).await;
        world.insert(&GroupMembership::new(&id, &user.id, "user")).await;
    }
}

async fn with_groups(world: &World, browser: &Browser<'_>, app_id: &str) -> Page {
    let request = http::Request::get(format!("/forward-auth?app={app_id}&proxy=nginx&groups=true"))
        .header("x-original-method", "GET")
        .header("x-original-url", PAGE)
        .header(
            "cookie",
            format!("__Host-riskgate-app={}", browser.cookie(WIKI, "__Host-riskgate-app").unwrap()),
        )
        .body(axum::body::Body::empty());
    ask(world, "127.0.0.1:4000", request.unwrap()).await
}

#[tokio::test]
async fn every_header_is_always_there_and_empty_if_there_is_nothing_to_say() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    world
        .change::<User>(&ada.id, |user| {
            user.display_name = Some("Zoë\r\nRemote-User: admin".to_owned());
            user.mail = None;
        })
        .await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    let answer = browser.get(PAGE).await;
    for name in ALL {
        assert_eq!(answer.headers.get_all(name).iter().count(), 1, "{name}");
    }
    assert_eq!(answer.header("remote-name"), "Zo%C3%AB%0D%0ARemote-User: admin");
    assert_eq!((answer.header("remote-email"), answer.header("remote-groups")), ("", ""));
    assert_eq!(answer.header("x-riskgate-user"), "ada@contoso.com");
    assert!(riskgate_core::is_guid(answer.header("x-riskgate-session-id")));
    assert!(answer.text.is_empty());
}

#[tokio::test]
async fn groups_are_named_on_request_by_identifier_and_not_by_halves() {
    let world = World::new().await;
    let ada = world.person("ada").await;
    let app_id = world.application("Wiki", &[WIKI]).await;
    let mut browser = Browser::signed_in(&world, &app_id, PAGE, "ada").await;
    in_groups(&world, &ada, 0..2).await;
    assert_eq!(browser.get(PAGE).await.header("remote-groups"), "", "nobody asked");
    let answer = with_groups(&world, &browser, &app_id).await;
    let expected = "00000000-0000-4000-8000-000000000000,00000000-0000-4000-8000-000000000001";
    assert_eq!((answer.header("remote-groups"), answer.header("remote-groups-overage")), (expected, ""));
    in_groups(&world, &ada, 2..51).await;
    let answer = with_groups(&world, &browser, &app_id).await;
    assert_eq!((answer.header("remote-groups"), answer.header("remote-groups-overage")), ("", "true"));
}
