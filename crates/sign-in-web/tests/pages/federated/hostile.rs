use aws_lc_rs::rand::SystemRandom;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::StatusCode;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use riskgate_directory::Actor;
use riskgate_store::records::{IdentityProvider, Session};
use serde_json::{Value as Json, json};

use super::upstream::{Answer, CLIENT, SECRET, Upstream};
use super::visit::{begin, come_back, sign_in};
use crate::browser::Browser;
use crate::world::{MINUTE, World};

/// What a case changes of good claims.
type Change = Box<dyn FnOnce(&mut Json)>;

struct Scene {
    world: World,
    upstream: Upstream,
    provider: String,
}

impl Scene {
    /// Alice is linked to `sub-1`: whatever is believed signs her in.
    async fn new() -> Self {
        let (world, upstream) = (World::new().await, Upstream::start().await);
        let provider = upstream.register(&world, |_| {}).await;
        let alice = world.person("alice").await;
        let record = world.load::<IdentityProvider>(&provider).await.unwrap().provider;
        world.federation.link(&Actor::command_line(), &record, "sub-1", &alice).await.unwrap();
        Self { world, upstream, provider }
    }

    /// The error code a person gets for good claims, changed.
    async fn refused(&self, change: impl FnOnce(&mut Json)) -> String {
        let mut browser = Browser::new(&self.world);
        let page = sign_in(&mut browser, &self.world, &self.upstream, &self.provider, change).await;
        self.assert_nobody_is_in().await;
        page.refusal().1.to_owned()
    }

    /// The same for an answer of the token endpoint.
    async fn refused_answer(&self, answer: impl FnOnce(&Json) -> Answer) -> String {
        let mut browser = Browser::new(&self.world);
        let asked = begin(&mut browser, "/signin", &self.provider).await;
        let answer = answer(&asked.claims(&self.world, &self.upstream, "sub-1"));
        let page = come_back(&mut browser, &self.upstream, &asked, answer).await;
        self.assert_nobody_is_in().await;
        page.refusal().1.to_owned()
    }

    async fn assert_nobody_is_in(&self) {
        assert!(self.world.all::<Session>().await.is_empty());
    }

    async fn assert_alice_gets_in(&self) {
        let mut browser = Browser::new(&self.world);
        let page = sign_in(&mut browser, &self.world, &self.upstream, &self.provider, |_| {}).await;
        assert_eq!(page.location(), "/security-info");
    }
}

#[tokio::test]
async fn claims_that_are_not_right_are_refused_one_by_one() {
    let scene = Scene::new().await;
    let now = riskgate_core::Clock::now(&*scene.world.clock).as_seconds();
    let cases: Vec<(&str, Change)> = vec![
        ("another issuer", Box::new(|c| c["iss"] = json!("https://evil.example"))),
        ("no issuer", Box::new(|c| c["iss"] = Json::Null)),
        ("another audience", Box::new(|c| c["aud"] = json!("somebody"))),
        ("no audience", Box::new(|c| c["aud"] = json!([]))),
        ("several audiences without azp", Box::new(|c| c["aud"] = json!([CLIENT, "somebody"]))),
        ("another azp", Box::new(|c| c["azp"] = json!("somebody"))),
        ("another nonce", Box::new(|c| c["nonce"] = json!("of another sign-in"))),
        ("no nonce", Box::new(|c| c["nonce"] = Json::Null)),
        ("expired", Box::new(move |c| c["exp"] = json!(now - 60))),
        ("no expiry", Box::new(|c| c["exp"] = Json::Null)),
        ("expiry as text", Box::new(move |c| c["exp"] = json!((now + 300).to_string()))),
        ("expiry out of range", Box::new(|c| c["exp"] = json!(1e300))),
        ("from the future", Box::new(move |c| c["iat"] = json!(now + 61))),
        ("no time of issue", Box::new(|c| c["iat"] = Json::Null)),
        ("issued long ago", Box::new(move |c| c["iat"] = json!(now - 660))),
        ("not yet good", Box::new(move |c| c["nbf"] = json!(now + 61))),
        ("proof from the future", Box::new(move |c| c["auth_time"] = json!(now + 61))),
        ("no subject", Box::new(|c| c["sub"] = json!(""))),
        ("subject too long", Box::new(|c| c["sub"] = json!("s".repeat(256)))),
        ("subject no text", Box::new(|c| c["sub"] = json!(1))),
    ];
    for (name, change) in cases {
        assert_eq!(scene.refused(change).await, "50008", "{name}");
    }
    let mut browser = Browser::new(&scene.world);
    let within_skew = sign_in(&mut browser, &scene.world, &scene.upstream, &scene.provider, |claims| {
        claims["exp"] = json!(now - 59);
        claims["iat"] = json!(now + 60);
        claims["aud"] = json!([CLIENT, "somebody"]);
        claims["azp"] = json!(CLIENT);
    });
    assert_eq!(within_skew.await.location(), "/security-info");
}

#[tokio::test]
async fn signatures_by_nobody_by_the_secret_or_by_strangers_are_refused() {
    let scene = Scene::new().await;
    let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    let unsigned =
        |claims: &Json| Answer::Token(format!("{}.{}.", part(&json!({ "alg": "none" })), part(claims)));
    assert_eq!(scene.refused_answer(unsigned).await, "50008", "none");
    let by_secret = |claims: &Json| {
        let header = Header { kid: Some("one".to_owned()), ..Header::new(Algorithm::HS256) };
        let key = EncodingKey::from_secret(SECRET.as_bytes());
        Answer::Token(jsonwebtoken::encode(&header, claims, &key).unwrap())
    };
    assert_eq!(scene.refused_answer(by_secret).await, "50008", "the secret");
    let changed = |claims: &Json| {
        let token = scene.upstream.sign(claims);
        let mut parts: Vec<&str> = token.split('.').collect();
        let mut other = claims.clone();
        other["sub"] = json!("sub-2");
        let payload = part(&other);
        parts[1] = &payload;
        Answer::Token(parts.join("."))
    };
    assert_eq!(scene.refused_answer(changed).await, "50008", "changed");
    let strange = |claims: &Json| {
        let key = super::upstream::key("one");
        let header = Header { kid: Some("one".to_owned()), ..Header::new(Algorithm::ES256) };
        Answer::Token(jsonwebtoken::encode(&header, claims, &key.encoding).unwrap())
    };
    assert_eq!(scene.refused_answer(strange).await, "50008", "a key of the same name");
    let other_algorithm = |claims: &Json| {
        let rng = SystemRandom::new();
        let signing = &aws_lc_rs::signature::ECDSA_P384_SHA384_FIXED_SIGNING;
        let document = aws_lc_rs::signature::EcdsaKeyPair::generate_pkcs8(signing, &rng).unwrap();
        let header = Header { kid: Some("one".to_owned()), ..Header::new(Algorithm::ES384) };
        let key = EncodingKey::from_ec_der(document.as_ref());
        Answer::Token(jsonwebtoken::encode(&header, claims, &key).unwrap())
    };
    assert_eq!(scene.refused_answer(other_algorithm).await, "50008", "an algorithm that is not offered");
    scene.assert_alice_gets_in().await;
}

#[tokio::test]
async fn a_new_key_is_fetched_once_and_made_up_names_make_no_flood() {
    let scene = Scene::new().await;
    scene.assert_alice_gets_in().await;
    assert_eq!(scene.upstream.keys_fetched(), 1);
    scene.world.clock.advance(MINUTE);
    scene.upstream.rotate("two", true);
    scene.assert_alice_gets_in().await;
    assert_eq!(scene.upstream.keys_fetched(), 2);
    scene.upstream.rotate("made up", false);
    for _ in 0..5 {
        let mut browser = Browser::new(&scene.world);
        let page = sign_in(&mut browser, &scene.world, &scene.upstream, &scene.provider, |_| {}).await;
        assert_eq!(page.refusal().1, "50008");
    }
    assert_eq!(scene.upstream.keys_fetched(), 2, "they were fetched less than a minute ago");
}

#[tokio::test]
async fn an_answer_counts_once_in_the_browser_and_at_the_provider_it_was_asked_of() {
    let scene = Scene::new().await;
    let (world, upstream) = (&scene.world, &scene.upstream);
    let other = Upstream::start().await;
    let second = other.register(world, |provider| provider.domains = Vec::new()).await;
    let mut browser = Browser::new(world);
    let asked = begin(&mut browser, "/signin", &scene.provider).await;
    let state = asked.get("state").to_owned();
    let token = upstream.sign(&asked.claims(world, upstream, "sub-1"));
    let good = [("code", "code-1"), ("state", &*state), ("iss", &*upstream.issuer)];

    let mut thief = Browser::new(world);
    thief.get("/signin").await;
    assert_eq!(thief.get(&asked.back(&good)).await.refusal().1, "50008", "the browser of somebody else");
    let elsewhere = asked.back(&good).replace(&scene.provider, &second);
    assert_eq!(browser.get(&elsewhere).await.refusal().1, "50008", "the address of another provider");
    for wrong in [
        vec![("code", "code-1"), ("state", &*state), ("iss", &*other.issuer)],
        vec![("code", "code-1"), ("state", &*state)],
        vec![("code", "code-1"), ("state", "AAAA"), ("iss", &*upstream.issuer)],
        vec![("code", "code-1"), ("iss", &*upstream.issuer)],
        vec![("state", &*state), ("iss", &*upstream.issuer)],
    ] {
        assert_eq!(browser.get(&asked.back(&wrong)).await.refusal().1, "50008", "{wrong:?}");
    }
    scene.assert_nobody_is_in().await;

    let first = come_back(&mut browser, upstream, &asked, Answer::Token(token.clone())).await;
    assert_eq!(first.location(), "/security-info");
    browser.cookies.remove(crate::browser::SESSION);
    let again = come_back(&mut browser, upstream, &asked, Answer::Token(token.clone())).await;
    assert_eq!(again.refusal().1, "50008", "the provider would give a code twice");
    world.clock.advance(MINUTE * 15);
    let late = come_back(&mut browser, upstream, &asked, Answer::Token(token)).await;
    assert_eq!(late.refusal().1, "50008", "too late");
}

#[tokio::test]
async fn whoever_turns_back_or_is_refused_there_reads_so() {
    let scene = Scene::new().await;
    let mut browser = Browser::new(&scene.world);
    let asked = begin(&mut browser, "/signin", &scene.provider).await;
    let issuer = &*scene.upstream.issuer;
    for (error, title) in [
        ("access_denied", "You did not sign in"),
        ("login_required", "The identity provider did not sign you in"),
        ("<script>alert(1)</script>", "The identity provider did not sign you in"),
    ] {
        let page = browser
            .get(&asked.back(&[("error", error), ("state", asked.get("state")), ("iss", issuer)]))
            .await;
        assert_eq!((page.heading(), page.refusal().1), ((403, title), "50012"));
        assert!(!page.text.contains("script"), "what the provider says is not shown: {page:?}");
        assert!(page.text.contains("href=\"/signin?ctx="), "he can begin anew");
    }
    let refused =
        |_: &Json| Answer::Body(StatusCode::BAD_REQUEST, json!({ "error": "invalid_grant" }).to_string());
    assert_eq!(scene.refused_answer(refused).await, "50012");
}

#[tokio::test]
async fn oversized_slow_and_senseless_answers_end_in_time_and_space() {
    let scene = Scene::new().await;
    let body = |text: String| move |_: &Json| Answer::Body(StatusCode::OK, text);
    for (name, text, code) in [
        ("too large", format!("{{\"id_token\":\"{}\"}}", "A".repeat(300_000)), "50008"),
        ("no JSON", "<html>".to_owned(), "50008"),
        ("no token", "{}".to_owned(), "50008"),
        ("no JWT", "{\"id_token\":\"x\"}".to_owned(), "50008"),
        ("a token too long", format!("{{\"id_token\":\"{}\"}}", "A".repeat(70_000)), "50008"),
    ] {
        assert_eq!(scene.refused_answer(body(text)).await, code, "{name}");
    }
    let patience = std::time::Duration::from_secs(20);
    let refused = tokio::time::timeout(patience, scene.refused_answer(|_| Answer::Silence)).await;
    assert_eq!(refused.expect("it is given up in time"), "90033");
}

#[tokio::test]
async fn metadata_that_lies_redirects_or_leads_inside_is_not_followed() {
    for (name, value) in [
        ("issuer", json!("https://somebody.example")),
        ("token_endpoint", json!("http://169.254.169.254/latest/meta-data")),
        ("token_endpoint", json!("https://10.0.0.1/token")),
        ("jwks_uri", json!("file:///etc/passwd")),
        ("authorization_endpoint", json!("javascript:alert(1)")),
        ("authorization_endpoint", json!("https://user:password@fabrikam.com/")),
        ("id_token_signing_alg_values_supported", json!(["HS256", "none"])),
        ("jwks_uri", Json::Null),
    ] {
        let scene = Scene::new().await;
        scene.upstream.metadata(name, value);
        let mut browser = Browser::new(&scene.world);
        let page = begin_refused(&mut browser, &scene.provider).await;
        assert_eq!(page, "50008", "{name}");
    }
    let scene = Scene::new().await;
    scene.upstream.redirect();
    let mut browser = Browser::new(&scene.world);
    assert_eq!(begin_refused(&mut browser, &scene.provider).await, "50008");
}

async fn begin_refused(browser: &mut Browser<'_>, provider: &str) -> String {
    let page = browser.get("/signin").await;
    let ctx = page.field("ctx").unwrap();
    let page = browser.get(&format!("/signin/federated?provider={provider}&ctx={ctx}")).await;
    page.refusal().1.to_owned()
}
