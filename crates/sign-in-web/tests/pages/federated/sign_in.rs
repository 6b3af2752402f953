use riskgate_model::{AuthenticationMethodKind, OidcIdentityProvider};
use riskgate_store::records::{IdentityProvider, Session, UsedAssertion};
use serde_json::json;

use super::upstream::{Answer, CLIENT, SECRET, Upstream};
use super::visit::{Asked, begin, come_back, sign_in};
use crate::browser::{BROWSER, Browser};
use crate::world::{BASE_URL, World};

async fn world() -> (World, Upstream, String) {
    let (world, upstream) = (World::new().await, Upstream::start().await);
    let provider = upstream.register(&world, |_| {}).await;
    (world, upstream, provider)
}

#[tokio::test]
async fn a_person_linked_by_an_administrator_signs_in_and_the_log_shows_how() {
    let (world, upstream, provider) = world().await;
    let alice = world.person("alice").await;
    let record = world.load::<IdentityProvider>(&provider).await.unwrap().provider;
    let actor = riskgate_directory::Actor::command_line();
    world.federation.link(&actor, &record, "sub-1", &alice).await.unwrap();
    let mut browser = Browser::new(&world);
    let answer = sign_in(&mut browser, &world, &upstream, &provider, |claims| {
        claims["amr"] = json!(["pwd", "mfa"]);
        claims["acr"] = json!("2");
    })
    .await;
    assert_eq!(answer.location(), "/security-info");
    let sign_ins = world.sign_ins(&alice).await;
    assert_eq!(sign_ins.len(), 1);
    assert_eq!(sign_ins[0].sign_in.status.as_ref().unwrap().error_code, Some(0));
    let authentication = &sign_ins[0].evidence.facts.authentication;
    let methods: Vec<_> = authentication.methods.iter().map(|used| used.method).collect();
    assert_eq!(
        methods,
        [AuthenticationMethodKind::FederatedSingleFactor],
        "the provider is not trusted with more"
    );
    let facts = authentication.federation.as_ref().unwrap();
    assert_eq!((facts.provider_id.as_str(), facts.issuer.as_str()), (provider.as_str(), &*upstream.issuer));
    assert_eq!(
        (facts.amr.as_slice(), facts.acr.as_deref()),
        (&["pwd".to_owned(), "mfa".to_owned()][..], Some("2"))
    );
    assert_eq!((facts.key_id.as_deref(), facts.algorithm.as_str()), (Some("one"), "ES256"));
    let sessions = world.all::<Session>().await;
    assert_eq!(sessions.len(), 1);
    assert_eq!(sessions[0].authentication.federation.as_ref(), Some(facts));
    assert_eq!(browser.get("/security-info").await.status, 200);
}

#[tokio::test]
async fn the_request_has_pkce_state_and_nonce_and_leaves_nothing_in_the_store() {
    let (world, _upstream, provider) = world().await;
    let before = world.rows().await;
    let mut browser = Browser::new(&world);
    let (first, second) =
        (begin(&mut browser, "/signin", &provider).await, begin(&mut browser, "/signin", &provider).await);
    for (name, value) in [
        ("tenant", "1"),
        ("response_type", "code"),
        ("response_mode", "query"),
        ("client_id", CLIENT),
        ("scope", "openid profile email"),
        ("code_challenge_method", "S256"),
    ] {
        assert_eq!(first.get(name), value, "{name}");
    }
    assert_eq!(first.get("redirect_uri"), format!("{BASE_URL}/signin/federated/{provider}"));
    for secret in ["state", "nonce", "code_challenge"] {
        assert!(first.get(secret).len() >= 43 && first.get(secret) != second.get(secret), "{secret}");
    }
    assert_eq!(world.rows().await, before);
    assert!(world.all::<UsedAssertion>().await.is_empty());
    let record = serde_json::to_string(&world.load::<IdentityProvider>(&provider).await.unwrap()).unwrap();
    assert!(!record.contains(SECRET), "the secret is sealed: {record}");
}

#[tokio::test]
async fn names_of_the_domain_go_there_without_a_password_and_others_do_not() {
    let (world, upstream, _) = world().await;
    world.person("alice").await;
    let mut browser = Browser::new(&world);
    let page = browser.get("/signin").await;
    for (name, password) in [("Bob@Fabrikam.COM", ""), ("bob@fabrikam.com", "whatever he typed")] {
        let leaving = browser.first_factor(&page, name, password).await;
        assert_eq!(leaving.status, 200);
        let refresh =
            leaving.header("refresh").strip_prefix("0;url=").unwrap_or_else(|| panic!("{leaving:?}"));
        assert!(refresh.starts_with(&format!("{}/authorize?tenant=1&", upstream.issuer)), "{refresh}");
        assert_eq!(Asked::of(refresh).get("login_hint"), name);
        let shown = leaving.text.replace("&#38;", "&").replace("&amp;", "&");
        assert!(
            shown.contains(&format!("href=\"{refresh}\"")),
            "without the header there is a link: {shown}"
        );
    }
    let problem = browser.first_factor(&page, "alice@contoso.com", "").await;
    assert_eq!(problem.problem(), Some("Enter your password."));
    let answer = browser.sign_in("/signin", "alice").await;
    assert_eq!(answer.location(), "/security-info");
}

#[tokio::test]
async fn a_hint_of_the_application_leads_there_at_once_and_fresh_demands_are_passed_on() {
    let (world, upstream, provider) = world().await;
    let mut request = world.request("openid").await;
    request.login_hint = Some("bob@fabrikam.com".to_owned());
    let mut browser = Browser::new(&world);
    let leaving = browser.get(&world.sign_in_path(&request)).await;
    let asked = Asked::of(leaving.header("refresh"));
    assert_eq!((asked.get("login_hint"), asked.get("prompt")), ("bob@fabrikam.com", ""));
    request.login_hint = None;
    request.prompt = vec!["login".to_owned()];
    let asked = begin(&mut browser, &world.sign_in_path(&request), &provider).await;
    assert_eq!((asked.get("prompt"), asked.get("max_age")), ("login", "0"));
    // The provider let him in by an old session all the same, or does not say.
    for change in [json!(0), json!(null)] {
        let asked = begin(&mut browser, &world.sign_in_path(&request), &provider).await;
        let mut claims = asked.claims(&world, &upstream, "sub-1");
        claims["auth_time"] = change;
        let answer = come_back(&mut browser, &upstream, &asked, Answer::Token(upstream.sign(&claims))).await;
        assert_eq!(answer.refusal().1, "50008");
    }
    request.prompt = vec!["none".to_owned()];
    let silent = browser.get(&world.sign_in_path(&request)).await;
    assert_eq!(silent.parameter("error").as_deref(), Some("login_required"));
}

#[tokio::test]
async fn an_application_gets_its_code_after_the_way_through_the_provider() {
    let (world, upstream, _) = world().await;
    let other = Upstream::start().await;
    let provider = other
        .register(&world, |provider| {
            provider.domains = vec!["contoso.com".to_owned()];
            provider.is_user_creation_enabled = Some(true);
        })
        .await;
    drop(upstream);
    let request = world.request("openid").await;
    let mut browser = Browser::new(&world);
    let asked = begin(&mut browser, &world.sign_in_path(&request), &provider).await;
    let mut claims = asked.claims(&world, &other, "sub-1");
    claims["email"] = json!("carol@contoso.com");
    claims["email_verified"] = json!(true);
    let answer = come_back(&mut browser, &other, &asked, Answer::Token(other.sign(&claims))).await;
    assert_eq!(answer.parameter("state").as_deref(), Some("st/1 &2"), "{answer:?}");
    assert!(answer.parameter("code").is_some());
}

#[tokio::test]
async fn a_provider_that_is_switched_off_is_neither_offered_nor_believed() {
    let (world, upstream, provider) = world().await;
    let mut browser = Browser::new(&world);
    let asked = begin(&mut browser, "/signin", &provider).await;
    world
        .change(&provider, |record: &mut IdentityProvider| {
            record.provider = OidcIdentityProvider { is_enabled: Some(false), ..record.provider.clone() };
        })
        .await;
    let page = browser.get("/signin").await;
    assert!(!page.text.contains("Fabrikam"));
    let token = upstream.sign(&asked.claims(&world, &upstream, "sub-1"));
    let answer = come_back(&mut browser, &upstream, &asked, Answer::Token(token)).await;
    assert_eq!(answer.refusal().1, "50107");
    assert!(browser.cookies.contains_key(BROWSER));
}
