//! The cookie by which a browser is known again.

use riskgate_store::records::SignInRecord;

use crate::browser::Browser;
use crate::world::World;

const FAMILIAR: &str = "__Host-riskgate-familiar";

/// Identifiers the sign-ins brought, oldest first.
async fn brought(world: &World) -> Vec<Option<String>> {
    let mut records = world.all::<SignInRecord>().await;
    records.sort_by_key(|record| record.sign_in.created_date_time);
    let interactive = records.into_iter().filter(|record| record.sign_in.is_interactive == Some(true));
    interactive.map(|record| record.evidence.facts.client.device_cookie_id).collect()
}

async fn sign_in_again(world: &World, browser: &mut Browser<'_>, name: &str) {
    world.clock.advance(crate::world::MINUTE);
    browser.cookies.retain(|name, _| name == FAMILIAR);
    let answer = browser.sign_in("/signin", name).await;
    assert_eq!(answer.location(), "/security-info", "{answer:?}");
}

#[tokio::test]
async fn whoever_gets_in_is_given_it_for_long_and_brings_it_again() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    assert!(!browser.cookies.contains_key(FAMILIAR));
    let refused = browser.first_factor(&page, "ada@contoso.com", "wrong").await;
    assert!(refused.status.is_success() && !browser.cookies.contains_key(FAMILIAR));
    let answer = browser.sign_in("/signin", "ada").await;
    let cookies = answer.cookies();
    let cookie = cookies.iter().find(|cookie| cookie.starts_with(FAMILIAR)).unwrap();
    assert!(cookie.ends_with("; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=34560000"), "{cookie}");
    sign_in_again(&world, &mut browser, "ada").await;
    sign_in_again(&world, &mut browser, "ada").await;
    let brought: Vec<_> = brought(&world).await.into_iter().skip(1).collect();
    assert_eq!(brought[0], None);
    assert!(brought[1].is_some() && brought[1] == brought[2], "{brought:?}");
}

#[tokio::test]
async fn two_people_may_use_one_browser_and_each_browser_has_its_own() {
    let world = World::new().await;
    world.person("ada").await;
    world.person("ben").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    sign_in_again(&world, &mut browser, "ben").await;
    let mut other = Browser::signed_in(&world, "ada").await;
    sign_in_again(&world, &mut other, "ada").await;
    let brought: Vec<_> = brought(&world).await.into_iter().flatten().collect();
    assert_eq!(brought.len(), 2);
    assert_ne!(brought[0], brought[1]);
}

#[tokio::test]
async fn one_that_is_not_ours_counts_for_nothing() {
    let world = World::new().await;
    world.person("ada").await;
    let mut browser = Browser::signed_in(&world, "ada").await;
    let genuine = browser.cookies[FAMILIAR].clone();
    let session = browser.cookies[crate::browser::BROWSER].clone();
    for forged in ["00112233445566778899aabbccddeeff".to_owned(), session, format!("{genuine}A")] {
        browser.cookies.insert(FAMILIAR.to_owned(), forged);
        sign_in_again(&world, &mut browser, "ada").await;
        assert_ne!(browser.cookies[FAMILIAR], genuine, "it is given a new one");
    }
    assert!(brought(&world).await.iter().all(Option::is_none));
}
