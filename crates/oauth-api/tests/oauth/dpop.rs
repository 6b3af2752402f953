//! Demonstrating proof of possession (RFC 9449) at the token endpoint and at userinfo.

use std::time::Duration;

use crate::common::{Answer, BASE_URL, CHALLENGE, NATIVE, VERIFIER, WEB, World, app_id, claims, encoded};
use axum::body::Body;
use http::{Request, header};
use riskgate_core::Clock;
use riskgate_directory::{CreatedApplication, Platform};
use riskgate_model::User;
use riskgate_odata::Filter;
use riskgate_store::records::{SignInTarget, TokenGrant};
use riskgate_store::tables;
use riskgate_testkit::dpop::{ProofKey, hash};
use serde_json::{Value as Json, json};

const SCOPES: &str = "openid profile offline_access User.Read";

struct Setting {
    world: World,
    app: CreatedApplication,
    user: User,
    key: ProofKey,
}

impl Setting {
    async fn new() -> Self {
        let world = World::new().await;
        let app = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
        let user = world.user().await;
        Self { world, app, user, key: ProofKey::generate() }
    }

    fn now(&self) -> i64 {
        self.world.clock.now().as_seconds()
    }

    fn token_url(&self) -> String {
        format!("{BASE_URL}{}", self.world.token_path())
    }

    /// The claims of a good proof for the token endpoint.
    fn proof(&self) -> Json {
        ProofKey::claims("POST", &self.token_url(), self.now())
    }

    async fn post(&self, path: &str, form: &[(&str, &str)], proofs: &[&str]) -> Answer {
        let mut request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        for proof in proofs {
            request = request.header("DPoP", *proof);
        }
        self.world.send(request.body(Body::from(encoded(form))).unwrap()).await
    }

    async fn redeem(&self, grant: TokenGrant, proofs: &[&str]) -> Answer {
        let code = self.world.code(grant, NATIVE).await;
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", app_id(&self.app)),
            ("code", &*code),
            ("redirect_uri", NATIVE),
            ("code_verifier", VERIFIER),
        ];
        self.post(&self.world.token_path(), &form, proofs).await
    }

    fn grant(&self) -> TokenGrant {
        self.world.grant(app_id(&self.app), &self.user, SCOPES)
    }

    /// Tokens bound to the key.
    async fn bound(&self) -> Json {
        let answer = self.redeem(self.grant(), &[&self.key.sign(&self.proof())]).await;
        assert_eq!(answer.status, 200, "{answer:?}");
        answer.json()
    }

    async fn refresh(&self, tokens: &Json, proofs: &[&str]) -> Answer {
        let token = tokens["refresh_token"].as_str().unwrap();
        let form =
            [("grant_type", "refresh_token"), ("client_id", app_id(&self.app)), ("refresh_token", token)];
        self.post(&self.world.token_path(), &form, proofs).await
    }

    async fn user_info(&self, scheme: &str, token: &Json, proofs: &[&str]) -> Answer {
        let value = format!("{scheme} {}", token.as_str().unwrap());
        let mut request = Request::get("/oidc/userinfo").header(header::AUTHORIZATION, value);
        for proof in proofs {
            request = request.header("DPoP", *proof);
        }
        self.world.send(request.body(Body::empty()).unwrap()).await
    }

    /// The claims of a good proof for userinfo.
    fn proof_of(&self, token: &Json) -> Json {
        let mut claims = ProofKey::claims("GET", &format!("{BASE_URL}/oidc/userinfo"), self.now());
        claims["ath"] = json!(hash(token.as_str().unwrap()));
        claims
    }
}

fn refused(answer: &Answer) {
    assert_eq!(answer.refusal(), (400, "invalid_dpop_proof".to_owned(), 50_027));
}

#[tokio::test]
async fn rfc9449_5_a_token_is_bound_to_the_key_that_was_proven() {
    let setting = Setting::new().await;
    let tokens = setting.bound().await;
    assert_eq!(tokens["token_type"], "DPoP");
    assert_eq!(claims(&tokens["access_token"])["cnf"], json!({ "jkt": setting.key.thumbprint() }));
}

#[tokio::test]
async fn rfc9449_5_without_a_proof_tokens_are_bearer_tokens() {
    let setting = Setting::new().await;
    let tokens = setting.redeem(setting.grant(), &[]).await.json();
    assert_eq!(tokens["token_type"], "Bearer");
    assert_eq!(claims(&tokens["access_token"]).get("cnf"), None);
}

#[tokio::test]
async fn rfc9449_4_3_every_claim_of_a_proof_is_checked() {
    let setting = Setting::new().await;
    let (url, now) = (setting.token_url(), setting.now());
    for (name, value) in [
        ("htm", json!("GET")),
        ("htm", json!("post")),
        ("htu", json!(format!("{url}/x"))),
        ("htu", json!("https://evil.example/token")),
        ("htu", json!(url.replace("https", "http"))),
        ("iat", json!(now - 120)),
        ("iat", json!(now + 121)),
        ("iat", json!("now")),
        ("jti", json!("")),
        ("jti", json!("x".repeat(257))),
        ("jti", Json::Null),
        ("htm", Json::Null),
        ("htu", Json::Null),
        ("iat", Json::Null),
    ] {
        let mut proof = setting.proof();
        proof[name] = value.clone();
        refused(&setting.redeem(setting.grant(), &[&setting.key.sign(&proof)]).await);
    }
    for (name, value) in
        [("iat", json!(now - 119)), ("iat", json!(now + 119)), ("htu", json!(format!("{url}?a=b")))]
    {
        let mut proof = setting.proof();
        proof[name] = value.clone();
        let answer = setting.redeem(setting.grant(), &[&setting.key.sign(&proof)]).await;
        assert_eq!(answer.status, 200, "{name} {value}");
    }
}

#[tokio::test]
async fn rfc9449_4_3_every_header_parameter_of_a_proof_is_checked() {
    let setting = Setting::new().await;
    let (key, other) = (&setting.key, ProofKey::generate());
    let good = json!({ "typ": "dpop+jwt", "alg": "ES256", "jwk": key.jwk() });
    for (name, value) in [
        ("typ", json!("JWT")),
        ("typ", Json::Null),
        ("alg", json!("none")),
        ("alg", json!("HS256")),
        ("alg", json!("RS256")),
        ("alg", json!("ES384")),
        ("jwk", Json::Null),
        ("jwk", other.jwk()),
        ("jwk", json!({ "kty": "oct", "k": "c2VjcmV0" })),
        ("crit", json!(["exp"])),
    ] {
        let mut header = good.clone();
        header[name] = value.clone();
        let proof = key.sign_with(&header, &setting.proof());
        refused(&setting.redeem(setting.grant(), &[&proof]).await);
    }
    let mut private = good.clone();
    private["jwk"]["d"] = json!("AAAA");
    refused(&setting.redeem(setting.grant(), &[&key.sign_with(&private, &setting.proof())]).await);
}

#[tokio::test]
async fn rfc9449_4_3_garbage_and_two_proofs_are_refused() {
    let setting = Setting::new().await;
    let (one, other) = (setting.key.sign(&setting.proof()), setting.key.sign(&setting.proof()));
    let long = "x".repeat(20_000);
    let changed = format!("{one}A");
    for proofs in [&["nonsense"][..], &[""], &["a.b.c"], &[&long], &[&changed], &[&one, &other]] {
        refused(&setting.redeem(setting.grant(), proofs).await);
    }
}

#[tokio::test]
async fn rfc9449_11_1_a_proof_is_good_once() {
    let setting = Setting::new().await;
    let proof = setting.key.sign(&setting.proof());
    assert_eq!(setting.redeem(setting.grant(), &[&proof]).await.status, 200);
    refused(&setting.redeem(setting.grant(), &[&proof]).await);
    setting.world.clock.advance(Duration::from_secs(119));
    refused(&setting.redeem(setting.grant(), &[&proof]).await);
}

#[tokio::test]
async fn rfc9449_11_1_a_proof_used_on_one_node_is_refused_by_another() {
    let setting = Setting::new().await;
    let tokens = setting.bound().await;
    let node = Setting {
        world: setting.world.node(),
        app: setting.app.clone(),
        user: setting.user.clone(),
        key: ProofKey::generate(),
    };
    let proof = setting.key.sign(&setting.proof());
    assert_eq!(setting.redeem(setting.grant(), &[&proof]).await.status, 200);
    refused(&node.redeem(node.grant(), &[&proof]).await);
    let token = &tokens["access_token"];
    let proof = setting.key.sign(&setting.proof_of(token));
    assert_eq!(node.user_info("DPoP", token, &[&proof]).await.status, 200);
    assert_eq!(setting.user_info("DPoP", token, &[&proof]).await.status, 401);
}

#[tokio::test]
async fn rfc9449_11_1_somebody_without_a_grant_writes_no_proof_down() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let kept =
        async || world.store.count(world.tenant, &tables::USED_ASSERTIONS, &Filter::Constant(true)).await;
    let path = world.token_path();
    let app = app_id(&setting.app);
    for form in [
        vec![("grant_type", "refresh_token"), ("client_id", app), ("refresh_token", "guessed")],
        vec![
            ("grant_type", "authorization_code"),
            ("client_id", app),
            ("code", "guessed"),
            ("redirect_uri", NATIVE),
        ],
        vec![("grant_type", "client_credentials"), ("client_id", app), ("client_secret", "guessed")],
        vec![("grant_type", "device_code"), ("client_id", app), ("device_code", "guessed")],
    ] {
        let answer = setting.post(&path, &form, &[&setting.key.sign(&setting.proof())]).await;
        assert!(answer.status.is_client_error(), "{answer:?}");
    }
    let tokens = setting.bound().await;
    assert_eq!(kept().await, Ok(1));
    // Whoever stole the token has not its key.
    let thief = ProofKey::generate();
    let proof = thief.sign(&setting.proof_of(&tokens["access_token"]));
    assert_eq!(setting.user_info("DPoP", &tokens["access_token"], &[&proof]).await.status, 401);
    assert_eq!(kept().await, Ok(1));
}

#[tokio::test]
async fn rfc9449_5_a_refresh_token_of_a_public_client_needs_its_key() {
    let setting = Setting::new().await;
    let tokens = setting.bound().await;
    let thief = ProofKey::generate();
    refused(&setting.refresh(&tokens, &[]).await);
    refused(&setting.refresh(&tokens, &[&thief.sign(&setting.proof())]).await);
    let next = setting.refresh(&tokens, &[&setting.key.sign(&setting.proof())]).await;
    assert_eq!(next.status, 200, "a refusal uses nothing up: {next:?}");
    let next = next.json();
    assert_eq!(
        (&next["token_type"], &claims(&next["access_token"])["cnf"]["jkt"]),
        (&json!("DPoP"), &json!(setting.key.thumbprint()))
    );
    refused(&setting.refresh(&next, &[]).await);
}

#[tokio::test]
async fn rfc9449_5_a_refresh_token_of_a_confidential_client_needs_its_proof_and_no_key() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let web = world.application(&["User.Read"], &[(Platform::Web, WEB)]).await;
    let secret = world.secret(app_id(&web)).await;
    let code = world.code(world.grant(app_id(&web), &setting.user, SCOPES), WEB).await;
    let client = [("client_id", app_id(&web)), ("client_secret", &*secret)];
    let mut form = vec![
        ("grant_type", "authorization_code"),
        ("code", &*code),
        ("redirect_uri", WEB),
        ("code_verifier", VERIFIER),
    ];
    form.extend(client);
    let tokens =
        setting.post(&world.token_path(), &form, &[&setting.key.sign(&setting.proof())]).await.json();
    assert_eq!(tokens["token_type"], "DPoP");
    let mut form =
        vec![("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    form.extend(client);
    let other = ProofKey::generate();
    let next = setting.post(&world.token_path(), &form, &[&other.sign(&setting.proof())]).await.json();
    assert_eq!(claims(&next["access_token"])["cnf"]["jkt"], other.thumbprint());
}

#[tokio::test]
async fn rfc9449_6_tokens_of_applications_themselves_are_bound_too() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let app = world.application(&["User.Read.All"], &[]).await;
    let secret = world.secret(app_id(&app)).await;
    let form = [
        ("grant_type", "client_credentials"),
        ("client_id", app_id(&app)),
        ("client_secret", &*secret),
        ("scope", "https://graph.microsoft.com/.default"),
    ];
    let proof = setting.key.sign(&setting.proof());
    let tokens = setting.post(&world.token_path(), &form, &[&proof]).await.json();
    assert_eq!(tokens["token_type"], "DPoP");
    assert_eq!(claims(&tokens["access_token"])["cnf"]["jkt"], setting.key.thumbprint());
    let token = tokens["access_token"].as_str().unwrap();
    let form = [("client_id", app_id(&app)), ("client_secret", &*secret), ("token", token)];
    let told = world.endpoint("introspect", &form).await.json();
    assert_eq!(
        (&told["token_type"], &told["cnf"]["jkt"]),
        (&json!("DPoP"), &json!(setting.key.thumbprint()))
    );
}

#[tokio::test]
async fn rfc9449_7_1_a_bound_token_is_taken_with_a_proof_of_its_key() {
    let setting = Setting::new().await;
    let token = setting.bound().await["access_token"].clone();
    let proof = setting.key.sign(&setting.proof_of(&token));
    let answer = setting.user_info("DPoP", &token, &[&proof]).await;
    assert_eq!((answer.status.as_u16(), &answer.json()["sub"]), (200, &json!(setting.user.id)));
    let again = setting.user_info("DPoP", &token, &[&proof]).await;
    assert_eq!(again.status, 401, "the proof was used");
}

#[tokio::test]
async fn rfc9449_7_2_a_bound_token_is_no_bearer_token() {
    let setting = Setting::new().await;
    let token = setting.bound().await["access_token"].clone();
    let answer = setting.user_info("Bearer", &token, &[]).await;
    assert_eq!(answer.status, 401);
    let proof = setting.key.sign(&setting.proof_of(&token));
    let answer = setting.user_info("Bearer", &token, &[&proof]).await;
    assert_eq!(answer.status, 401, "also with a proof beside it");
    let challenge = answer.header("www-authenticate");
    assert_eq!(challenge, "DPoP error=\"invalid_token\", algs=\"ES256 RS256 PS256\"");
}

#[tokio::test]
async fn rfc9449_7_1_a_bearer_token_gains_nothing_by_a_proof() {
    let setting = Setting::new().await;
    let token = setting.redeem(setting.grant(), &[]).await.json()["access_token"].clone();
    let proof = setting.key.sign(&setting.proof_of(&token));
    assert_eq!(setting.user_info("DPoP", &token, &[&proof]).await.status, 401);
    assert_eq!(setting.user_info("Bearer", &token, &[]).await.status, 200);
}

#[tokio::test]
async fn rfc9449_7_1_the_proof_is_for_this_token_this_request_and_by_its_key() {
    let setting = Setting::new().await;
    let (token, other) =
        (setting.bound().await["access_token"].clone(), setting.bound().await["access_token"].clone());
    let thief = ProofKey::generate();
    let change = |name: &str, value: Json| {
        let mut claims = setting.proof_of(&token);
        claims[name] = value;
        setting.key.sign(&claims)
    };
    for proof in [
        thief.sign(&setting.proof_of(&token)),
        setting.key.sign(&setting.proof_of(&other)),
        change("ath", Json::Null),
        change("ath", json!("x")),
        change("htm", json!("POST")),
        change("htu", json!(format!("{BASE_URL}/v1.0/me"))),
    ] {
        assert_eq!(setting.user_info("DPoP", &token, &[&proof]).await.status, 401);
    }
    assert_eq!(setting.user_info("DPoP", &token, &[]).await.status, 401, "none at all");
}

#[tokio::test]
async fn rfc9449_10_a_code_is_bound_to_dpop_jkt() {
    let setting = Setting::new().await;
    let (world, key) = (&setting.world, setting.key.thumbprint());
    let parameters = [
        ("client_id", app_id(&setting.app)),
        ("redirect_uri", NATIVE),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
        ("dpop_jkt", &key),
    ];
    let answer = world.get(&format!("/common/oauth2/v2.0/authorize?{}", encoded(&parameters))).await;
    let opened = world.opened(answer.header("location"), "/signin", SignInTarget::PURPOSE).unwrap();
    let SignInTarget::Application(request) = opened else { panic!("{opened:?}") };
    assert_eq!(request.dpop_key, Some(key.clone()));

    let grant = || TokenGrant { dpop_key: Some(key.clone()), ..setting.grant() };
    refused(&setting.redeem(grant(), &[]).await);
    refused(&setting.redeem(grant(), &[&ProofKey::generate().sign(&setting.proof())]).await);
    let answer = setting.redeem(grant(), &[&setting.key.sign(&setting.proof())]).await;
    assert_eq!(answer.status, 200, "{answer:?}");
}

#[tokio::test]
async fn rfc9449_10_a_malformed_dpop_jkt_is_refused() {
    let setting = Setting::new().await;
    for key in ["short", &"ü".repeat(22), &"A".repeat(44)] {
        let parameters = [
            ("client_id", app_id(&setting.app)),
            ("redirect_uri", NATIVE),
            ("response_type", "code"),
            ("scope", "openid"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
            ("dpop_jkt", key),
        ];
        let answer =
            setting.world.get(&format!("/common/oauth2/v2.0/authorize?{}", encoded(&parameters))).await;
        assert!(answer.header("location").contains("error=invalid_request"), "{answer:?}");
    }
}

#[tokio::test]
async fn rfc9449_10_1_a_pushed_proof_binds_the_code() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let path = format!("/{}/oauth2/v2.0/par", world.tenant);
    let (client, key) = (app_id(&setting.app), setting.key.thumbprint());
    let mut form = vec![
        ("client_id", client),
        ("redirect_uri", NATIVE),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let proof = || {
        let url = format!("{BASE_URL}{path}");
        setting.key.sign(&ProofKey::claims("POST", &url, setting.now()))
    };
    let pushed = setting.post(&path, &form, &[&proof()]).await;
    assert_eq!(pushed.status, 201, "{pushed:?}");
    let reference = pushed.json()["request_uri"].as_str().unwrap().to_owned();
    let query = encoded(&[("client_id", client), ("request_uri", &reference)]);
    let answer = world.get(&format!("/common/oauth2/v2.0/authorize?{query}")).await;
    let opened = world.opened(answer.header("location"), "/signin", SignInTarget::PURPOSE).unwrap();
    let SignInTarget::Application(request) = opened else { panic!("{opened:?}") };
    assert_eq!(request.dpop_key, Some(key.clone()));
    form.push(("dpop_jkt", &key));
    assert_eq!(setting.post(&path, &form, &[&proof()]).await.status, 201);
    let other = ProofKey::generate().thumbprint();
    form.pop();
    form.push(("dpop_jkt", &other));
    refused(&setting.post(&path, &form, &[&proof()]).await);
}
