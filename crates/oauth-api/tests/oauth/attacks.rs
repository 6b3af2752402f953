//! Attacks on the protocol endpoints (RFC 9700 §4). Each would succeed without the defence it is about.

use crate::common::{Answer, CHALLENGE, NATIVE, SPA, VERIFIER, WEB, World, app_id, claims, encoded};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{Request, StatusCode, header};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use riskgate_directory::{CreatedApplication, Platform};
use serde_json::{Value as Json, json};

const SCOPES: &str = "openid offline_access User.Read";
const WITH_QUERY: &str = "https://app.contoso.com/cb?tenant=contoso";

struct Setting {
    world: World,
    app: CreatedApplication,
}

impl Setting {
    async fn new() -> Self {
        let world = World::new().await;
        let uris = [
            (Platform::Web, WEB),
            (Platform::Web, WITH_QUERY),
            (Platform::Spa, SPA),
            (Platform::PublicClient, NATIVE),
        ];
        let app = world.application(&["User.Read"], &uris).await;
        Self { world, app }
    }

    async fn authorize(&self, changes: &[(&str, &str)]) -> Answer {
        let mut query = vec![
            ("client_id", app_id(&self.app)),
            ("redirect_uri", WEB),
            ("response_type", "code"),
            ("scope", "openid User.Read"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for change in changes {
            query.retain(|(name, _)| name != &change.0);
            query.push(*change);
        }
        query.retain(|(_, value)| !value.is_empty());
        self.world.get(&format!("/common/oauth2/v2.0/authorize?{}", encoded(&query))).await
    }

    async fn user_info(&self, token: &str) -> StatusCode {
        let request = Request::get("/oidc/userinfo").header(header::AUTHORIZATION, format!("Bearer {token}"));
        self.world.send(request.body(axum::body::Body::empty()).unwrap()).await.status
    }

    async fn tokens(&self) -> Json {
        let user = self.world.user().await;
        self.world.tokens_of(self.world.grant(app_id(&self.app), &user, SCOPES), NATIVE, &[]).await
    }
}

#[tokio::test]
async fn attack_rfc9700_4_1_no_redirect_address_but_a_registered_one_gets_anything() {
    let setting = Setting::new().await;
    for evil in [
        "https://app.contoso.com/cb/../evil",
        "https://app.contoso.com/cb/%2e%2e/evil",
        "https://app.contoso.com/cb%2f..%2fevil",
        "https://app.contoso.com/cb;evil",
        "https://app.contoso.com/cb/",
        "https://app.contoso.com/cb?x=1",
        "https://app.contoso.com/cb?tenant=contoso&x=1",
        "https://app.contoso.com/cb?tenant=CONTOSO",
        "https://app.contoso.com/cb#",
        "https://app.contoso.com/cb#code=x",
        "https://app.contoso.com/CB",
        "https://APP.contoso.com/cb",
        "HTTPS://app.contoso.com/cb",
        "https://app.contoso.com:443/cb",
        "https://app.contoso.com:8443/cb",
        "https://app.contoso.com./cb",
        "https://user@app.contoso.com/cb",
        "https://app.contoso.com@evil.example/cb",
        "https://app.contoso.com%40evil.example/cb",
        "https://evil.example/https://app.contoso.com/cb",
        "https://app.contoso.com.evil.example/cb",
        "https://app.contoso.com\\.evil.example/cb",
        "https://app.contoso.com\\@evil.example/cb",
        "https:/\\app.contoso.com/cb",
        "https://аpp.contoso.com/cb",
        "http://app.contoso.com/cb",
        "//app.contoso.com/cb",
        "https://app.contoso.com/cb\r\nLocation: https://evil.example",
        "https://app.contoso.com/cb\t",
        " https://app.contoso.com/cb",
        "javascript:alert(1)",
        "data:text/html,x",
        "http://localhost.evil.example",
        "http://localhost@evil.example",
        "http://localhost:80@evil.example/",
        "http://127.0.0.1",
        "https://localhost",
    ] {
        for mode in ["query", "fragment", "form_post"] {
            let answer = setting.authorize(&[("redirect_uri", evil), ("response_mode", mode)]).await;
            assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{evil}");
            assert!(answer.text.contains("AADSTS50011"), "{evil} {answer:?}");
            assert_eq!(answer.header("location"), "", "{evil}");
            assert!(!answer.text.contains("href=\"https://evil"), "{evil}");
        }
    }
    for good in [WEB, WITH_QUERY, SPA, NATIVE, "http://localhost:53721"] {
        let answer = setting.authorize(&[("redirect_uri", good)]).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{good}");
    }
}

#[tokio::test]
async fn attack_rfc9700_4_11_errors_are_no_open_redirector() {
    let setting = Setting::new().await;
    for parameters in [
        [("redirect_uri", "https://evil.example/"), ("response_type", "nonsense")],
        [("redirect_uri", "https://evil.example/"), ("scope", "a\"b")],
        [("redirect_uri", "https://evil.example/"), ("prompt", "none")],
        [("redirect_uri", "https://evil.example/"), ("request", "eyJ")],
    ] {
        let answer = setting.authorize(&parameters).await;
        assert_eq!((answer.status, answer.header("location")), (StatusCode::BAD_REQUEST, ""));
    }
    let unknown = [("client_id", "00000000-0000-4000-8000-000000000000"), ("response_type", "nonsense")];
    let answer = setting.authorize(&unknown).await;
    assert_eq!((answer.status, answer.header("location")), (StatusCode::BAD_REQUEST, ""));
}

#[tokio::test]
async fn attack_rfc9207_2_errors_say_which_server_answers() {
    let setting = Setting::new().await;
    let issuer = encoded(&[("iss", setting.world.tokens.issuer())]).replace("%2D", "-").replace("%2E", ".");
    for mode in ["query", "fragment", "form_post"] {
        let changes = [("scope", "openid Nothing.Read"), ("response_mode", mode)];
        let answer = setting.authorize(&changes).await;
        match mode {
            "form_post" => {
                let field = format!("name=\"iss\" value=\"{}\"", setting.world.tokens.issuer());
                assert!(answer.text.contains(&field), "{answer:?}");
            }
            _ => assert!(answer.header("location").contains(&issuer), "{issuer} {answer:?}"),
        }
    }
}

#[tokio::test]
async fn attack_rfc9700_4_4_a_code_of_another_client_is_worth_nothing() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let thief = world.application(&["User.Read"], &[(Platform::PublicClient, NATIVE)]).await;
    let user = world.user().await;
    let code = world.code(world.grant(app_id(&setting.app), &user, SCOPES), NATIVE).await;
    let form = |client| {
        [
            ("grant_type", "authorization_code"),
            ("client_id", client),
            ("code", &*code),
            ("redirect_uri", NATIVE),
            ("code_verifier", VERIFIER),
        ]
    };
    let answer = world.token(&form(app_id(&thief))).await;
    assert_eq!(answer.refusal(), (400, "invalid_grant".to_owned(), 70_000));
    assert_eq!(world.token(&form(app_id(&setting.app))).await.status, StatusCode::OK);
}

#[tokio::test]
async fn attack_rfc9700_4_8_pkce_cannot_be_left_out_or_made_plain() {
    let setting = Setting::new().await;
    for (changes, code) in [
        (vec![("code_challenge_method", "plain")], "AADSTS501491"),
        (vec![("code_challenge_method", "")], "AADSTS501491"),
        (vec![("code_challenge_method", "s256")], "AADSTS501491"),
        (vec![("code_challenge", "")], "AADSTS900144"),
        (
            vec![("redirect_uri", NATIVE), ("code_challenge", ""), ("code_challenge_method", "")],
            "AADSTS9002325",
        ),
        (vec![("redirect_uri", SPA), ("code_challenge", ""), ("code_challenge_method", "")], "AADSTS9002325"),
    ] {
        let answer = setting.authorize(&changes).await;
        assert!(answer.header("location").contains(code), "{changes:?} {answer:?}");
        assert!(!answer.header("location").contains("/signin"), "{changes:?}");
    }
}

fn forged(header: &Json, payload: &Json, signature: &str) -> String {
    let part = |json: &Json| URL_SAFE_NO_PAD.encode(json.to_string());
    format!("{}.{}.{signature}", part(header), part(payload))
}

#[tokio::test]
async fn attack_rfc8725_2_1_the_header_chooses_no_algorithm() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let tokens = setting.tokens().await;
    let good = tokens["access_token"].as_str().unwrap();
    let payload = claims(&tokens["access_token"]);
    let signature = good.rsplit('.').next().unwrap();
    let keys = world.get(&format!("/{}/discovery/v2.0/keys", world.tenant)).await.json();
    let key = &keys["keys"][0];
    let kid = key["kid"].as_str().unwrap();
    let mut attempts = Vec::new();
    for alg in ["none", "None", "NONE", "nOnE", "RS384", "RS512", "PS256", "ES256", "EdDSA", ""] {
        let header = json!({ "typ": "JWT", "alg": alg, "kid": kid });
        attempts.push(forged(&header, &payload, ""));
        attempts.push(forged(&header, &payload, signature));
    }
    // HS256 with everything an attacker knows of the public key as the secret.
    let modulus = URL_SAFE_NO_PAD.decode(key["n"].as_str().unwrap()).unwrap();
    let certificate = key["x5c"][0].as_str().unwrap_or_default().as_bytes().to_vec();
    for secret in [
        modulus,
        key["n"].as_str().unwrap().as_bytes().to_vec(),
        key.to_string().into_bytes(),
        certificate,
        Vec::new(),
    ] {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::HS256) };
        attempts.push(jsonwebtoken::encode(&header, &payload, &EncodingKey::from_secret(&secret)).unwrap());
    }
    for token in attempts {
        assert_eq!(setting.user_info(&token).await, StatusCode::UNAUTHORIZED, "{token:.80}");
        let hint = world.tokens.read_id_token_hint(&token).await.unwrap();
        assert_eq!(hint, None, "{token:.80}");
    }
    assert_eq!(setting.user_info(good).await, StatusCode::OK);
}

#[tokio::test]
async fn attack_rfc8725_3_10_a_key_identifier_is_a_name_and_nothing_else() {
    let setting = Setting::new().await;
    let tokens = setting.tokens().await;
    let payload = claims(&tokens["access_token"]);
    let own = rcgen::KeyPair::generate_for(&rcgen::PKCS_RSA_SHA256).unwrap();
    let signer = EncodingKey::from_rsa_pem(own.serialize_pem().as_bytes()).unwrap();
    for kid in [
        "../../../../dev/null",
        "/etc/passwd",
        "' OR 1=1 --",
        "x' UNION SELECT 'k",
        "https://evil.example/jwks",
        "",
        "%00",
        &"k".repeat(4_096),
    ] {
        let header = Header { kid: Some(kid.to_owned()), ..Header::new(Algorithm::RS256) };
        let token = jsonwebtoken::encode(&header, &payload, &signer).unwrap();
        assert_eq!(setting.user_info(&token).await, StatusCode::UNAUTHORIZED, "{kid:.40}");
    }
    // Keys that the token brings along are not looked at.
    for name in ["jku", "x5u", "jwk", "x5c"] {
        let header =
            json!({ "typ": "JWT", "alg": "RS256", "kid": "mine", name: "https://evil.example/jwks" });
        let token = forged(&header, &payload, "AAAA");
        assert_eq!(setting.user_info(&token).await, StatusCode::UNAUTHORIZED, "{name}");
    }
}

#[tokio::test]
async fn attack_rfc8725_2_8_no_token_is_taken_for_another() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let tokens = setting.tokens().await;
    let text = |name: &str| tokens[name].as_str().unwrap();
    let (id, access, refresh) = (text("id_token"), text("access_token"), text("refresh_token"));
    assert_eq!(setting.user_info(id).await, StatusCode::UNAUTHORIZED);
    assert_eq!(setting.user_info(refresh).await, StatusCode::UNAUTHORIZED);
    for wrong in [id, access] {
        let form =
            [("grant_type", "refresh_token"), ("client_id", app_id(&setting.app)), ("refresh_token", wrong)];
        assert_eq!(world.token(&form).await.status, StatusCode::BAD_REQUEST);
        let form = [
            ("grant_type", "client_credentials"),
            ("client_id", app_id(&setting.app)),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", wrong),
            ("scope", "https://graph.microsoft.com/.default"),
        ];
        assert_eq!(world.token(&form).await.status, StatusCode::UNAUTHORIZED);
    }
}

#[tokio::test]
async fn attack_no_answer_takes_a_header_from_a_request() {
    let setting = Setting::new().await;
    let split = "x\r\nSet-Cookie: evil=1\r\n\r\n<script>";
    for changes in [
        [("state", split), ("scope", "a\"b")],
        [("client-request-id", split), ("scope", "a\"b")],
        [("scope", split), ("state", "s")],
        [("prompt", split), ("state", "s")],
        [("response_type", split), ("state", "s")],
        [("login_hint", split), ("state", "s")],
        [("ui_locales", split), ("state", "s")],
    ] {
        let answer = setting.authorize(&changes).await;
        assert_eq!(answer.headers.get("set-cookie"), None, "{changes:?}");
        for (name, value) in &answer.headers {
            assert!(!value.as_bytes().contains(&b'\n'), "{name} {changes:?}");
            assert!(!value.as_bytes().contains(&b'\r'), "{name} {changes:?}");
        }
        assert!(!answer.text.contains("<script>"), "{changes:?}");
    }
}

#[tokio::test]
async fn attack_rfc9700_4_16_no_page_of_the_endpoints_can_be_framed() {
    let setting = Setting::new().await;
    for answer in [
        setting.authorize(&[("redirect_uri", "https://evil.example/")]).await,
        setting.authorize(&[]).await,
        setting.authorize(&[("response_mode", "form_post"), ("scope", "a\"b")]).await,
        setting.world.get("/fabrikam.com/oauth2/v2.0/logout").await,
    ] {
        let policy = answer.header("content-security-policy");
        assert!(policy.contains("frame-ancestors 'none'"), "{answer:?}");
        assert_eq!(answer.header("x-frame-options"), "DENY", "{answer:?}");
    }
}

#[tokio::test]
async fn attack_rfc9700_4_12_redirects_do_not_carry_a_form_along() {
    let setting = Setting::new().await;
    let form = [
        ("client_id", app_id(&setting.app)),
        ("redirect_uri", WEB),
        ("response_type", "code"),
        ("scope", "openid"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    let answer = setting.world.post("/common/oauth2/v2.0/authorize", &form).await;
    assert_eq!(answer.status, StatusCode::FOUND, "never 307, which would send the form again");
}

#[tokio::test]
async fn attack_rfc6749_10_12_cookies_open_no_endpoint_that_other_origins_may_read() {
    let setting = Setting::new().await;
    let world = &setting.world;
    for path in ["token", "par", "revoke", "introspect", "devicecode"] {
        let request = Request::post(format!("/{}/oauth2/v2.0/{path}", world.tenant))
            .header(header::ORIGIN, "https://evil.example")
            .header(header::COOKIE, "__Host-riskgate-session=x")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = world.send(request.body(axum::body::Body::from("client_id=x")).unwrap()).await;
        assert_eq!(answer.header("access-control-allow-credentials"), "", "{path}");
        assert!(answer.status.is_client_error(), "{path}");
    }
    let answer = setting.authorize(&[]).await;
    assert_eq!(answer.header("access-control-allow-origin"), "");
}

#[tokio::test]
async fn rfc8707_2_a_resource_that_is_not_that_of_the_scope_is_refused() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let api = world.application(&[], &[]).await;
    let at_api = format!("api://{}", app_id(&api));
    for (resource, is_good) in [
        ("https://graph.microsoft.com", true),
        ("https://graph.microsoft.com/", true),
        (&*at_api, false),
        ("https://api.fabrikam.com", false),
        ("graph", false),
        ("https://graph.microsoft.com/#x", false),
    ] {
        let answer = setting.authorize(&[("resource", resource)]).await;
        let location = answer.header("location");
        assert_eq!(location.starts_with("/signin?"), is_good, "{resource} {answer:?}");
        assert_eq!(location.contains("error=invalid_target"), !is_good, "{resource} {answer:?}");
    }
    let user = world.user().await;
    for (resource, status) in [("https://graph.microsoft.com", 200), (&*at_api, 400)] {
        let code = world.code(world.grant(app_id(&setting.app), &user, SCOPES), NATIVE).await;
        let form = [
            ("grant_type", "authorization_code"),
            ("client_id", app_id(&setting.app)),
            ("code", &*code),
            ("redirect_uri", NATIVE),
            ("code_verifier", VERIFIER),
            ("resource", resource),
        ];
        let answer = world.token(&form).await;
        assert_eq!(answer.status.as_u16(), status, "{answer:?}");
        assert!(status == 200 || answer.json()["error"] == "invalid_target");
    }
}

#[tokio::test]
async fn rfc9470_4_known_acr_values_are_asked_for_and_unknown_ones_are_a_wish() {
    use riskgate_store::records::SignInTarget;
    let setting = Setting::new().await;
    for (acr_values, expected) in [
        ("urn:riskgate:aal2", vec!["urn:riskgate:aal2"]),
        ("1 urn:riskgate:aal2", vec!["urn:riskgate:aal2"]),
        ("urn:riskgate:aal1", vec![]),
        ("urn:riskgate:aal2 urn:riskgate:aal1", vec![]),
        ("1 2", vec![]),
    ] {
        let answer = setting.authorize(&[("acr_values", acr_values)]).await;
        let opened = setting.world.opened(answer.header("location"), "/signin", SignInTarget::PURPOSE);
        let Ok(SignInTarget::Application(request)) = opened else { panic!("{opened:?}") };
        assert!(request.claims.acr_values.iter().eq(expected.iter().copied()), "{acr_values} {request:?}");
    }
}

#[tokio::test]
async fn attack_rfc9700_4_14_a_stolen_refresh_token_of_a_server_is_worth_nothing_without_its_proof() {
    let setting = Setting::new().await;
    let stolen = setting.tokens().await["refresh_token"].as_str().unwrap().to_owned();
    let form =
        [("grant_type", "refresh_token"), ("client_id", app_id(&setting.app)), ("refresh_token", &stolen)];
    let answer = setting.world.token(&form).await;
    assert_eq!(answer.refusal(), (401, "invalid_client".to_owned(), 7_000_218));
}
