//! Browsers that are signed in to applications behind forward authentication.

use std::net::{IpAddr, Ipv4Addr};
use std::time::Duration;

use riskgate_authentication::ApplicationSessions;
use riskgate_core::Clock;
use riskgate_model::User;
use riskgate_store::records::{ApplicationSession, TokenGrant};

use crate::common::{HOUR, MINUTE, SESSION, World};

const FROM: IpAddr = IpAddr::V4(Ipv4Addr::new(198, 51, 100, 7));
const WIKI: &str = "a1b2c3d4-0000-4000-8000-000000000001";
const ORIGIN: &str = "https://wiki.contoso.com";

struct Signed {
    sessions: ApplicationSessions,
    browser: String,
    grant: TokenGrant,
    token: String,
}

impl Signed {
    /// Somebody signs in to Riskgate and, a minute later, to an application.
    async fn in_to_wiki(world: &World, user: &User) -> Self {
        let facts = world.password_now();
        let (browser, session) = world.sessions.create(&user.id, &facts, FROM, None, None).await.unwrap();
        world.clock.advance(MINUTE);
        let grant = TokenGrant {
            client_id: WIKI.to_owned(),
            user_id: user.id.clone(),
            scopes: vec!["openid".to_owned()],
            authentication: facts,
            session_id: session.session_id,
            sign_in_id: "s".to_owned(),
            nonce: None,
            granted_date_time: world.clock.now(),
            claims: Default::default(),
            session: Default::default(),
            dpop_key: None,
        };
        let sessions = ApplicationSessions::new(world.services.clone());
        let token = sessions.create(grant.clone(), ORIGIN, None).await.unwrap().unwrap();
        Self { sessions, browser, grant, token }
    }

    async fn is_good(&self) -> bool {
        self.sessions.load(&self.token, WIKI, ORIGIN).await.unwrap().is_some()
    }
}

#[tokio::test]
async fn a_session_is_good_for_one_application_on_one_origin() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let signed = Signed::in_to_wiki(&world, &anna).await;
    let load = async |token: &str, app: &str, origin: &str| {
        signed.sessions.load(token, app, origin).await.unwrap().map(|found| found.user.id)
    };
    assert_eq!(load(&signed.token, &WIKI.to_uppercase(), ORIGIN).await, Some(anna.id.clone()));
    for (app, origin) in [
        ("a1b2c3d4-0000-4000-8000-000000000002", ORIGIN),
        (WIKI, "https://wiki.contoso.com:8443"),
        (WIKI, "http://wiki.contoso.com"),
        (WIKI, ""),
    ] {
        assert_eq!(load(&signed.token, app, origin).await, None, "{app} {origin}");
    }
    for token in ["", "x", &signed.browser, &"A".repeat(43)] {
        assert_eq!(load(token, WIKI, ORIGIN).await, None, "{token}");
    }
}

#[tokio::test]
async fn only_the_digest_of_the_token_is_kept() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let signed = Signed::in_to_wiki(&world, &anna).await;
    let found = signed.sessions.load(&signed.token, WIKI, ORIGIN).await.unwrap().unwrap();
    let stored = world.load::<ApplicationSession>(&found.session.id).await.unwrap().record;
    assert!(!serde_json::to_string(&stored).unwrap().contains(&signed.token));
}

#[tokio::test]
async fn it_ends_with_the_session_it_came_from() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let signed = Signed::in_to_wiki(&world, &anna).await;
    // More is proven in the same browser: the session goes on under another token.
    let facts = world.password_now();
    let replaces = Some(signed.browser.as_str());
    let (browser, _) = world.sessions.create(&anna.id, &facts, FROM, None, replaces).await.unwrap();
    assert!(signed.is_good().await);
    world.sessions.end(&browser).await.unwrap();
    assert!(!signed.is_good().await, "signed out");

    let signed = Signed::in_to_wiki(&world, &anna).await;
    world.clock.advance(SESSION - MINUTE - Duration::from_secs(1));
    assert!(signed.is_good().await);
    world.clock.advance(Duration::from_secs(1));
    assert!(!signed.is_good().await, "expired");
}

#[tokio::test]
async fn revocation_and_disabling_end_it_at_once() {
    let world = World::new().await;
    let (anna, ben) = (world.person("anna").await, world.person("ben").await);
    let (hers, his) = (Signed::in_to_wiki(&world, &anna).await, Signed::in_to_wiki(&world, &ben).await);
    world.clock.advance(HOUR);
    let now = world.clock.now();
    world.change::<User>(&anna.id, |user| user.sign_in_sessions_valid_from_date_time = Some(now)).await;
    assert!(!hers.is_good().await && his.is_good().await);
    world.change::<User>(&ben.id, |user| user.account_enabled = Some(false)).await;
    assert!(!his.is_good().await);
    let grant = hers.grant.clone();
    assert_eq!(hers.sessions.create(grant, ORIGIN, None).await.unwrap(), None, "nor does a new one begin");
}

#[tokio::test]
async fn a_new_session_takes_the_place_of_the_old_one_and_ends_alone() {
    let world = World::new().await;
    let anna = world.person("anna").await;
    let signed = Signed::in_to_wiki(&world, &anna).await;
    let replaces = Some(signed.token.as_str());
    let new = signed.sessions.create(signed.grant.clone(), ORIGIN, replaces).await.unwrap().unwrap();
    assert!(!signed.is_good().await);
    assert!(signed.sessions.load(&new, WIKI, ORIGIN).await.unwrap().is_some());
    signed.sessions.end(&new).await.unwrap();
    signed.sessions.end(&new).await.unwrap();
    assert!(signed.sessions.load(&new, WIKI, ORIGIN).await.unwrap().is_none());
    assert!(world.sessions.load(&signed.browser).await.unwrap().is_some(), "still signed in to Riskgate");
}
