//! Authorization requests: what goes to the sign-in page, what goes back to the application, what is shown.

use std::time::Duration;

use crate::common::{CHALLENGE, NATIVE, SPA, WEB, World, app_id, encoded};
use axum::body::Body;
use http::{Request, StatusCode};
use riskgate_authentication::SealedFormError;
use riskgate_directory::Platform;
use riskgate_store::records::{AuthorizationRequest, RequestedClaims, SignInTarget};

const PUBLIC: [(Platform, &str); 3] =
    [(Platform::Web, WEB), (Platform::Spa, SPA), (Platform::PublicClient, NATIVE)];

/// A good request, with these parameters set, or left out if they are empty.
fn request<'a>(app: &'a str, changes: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let mut parameters = vec![
        ("client_id", app),
        ("redirect_uri", NATIVE),
        ("response_type", "code"),
        ("scope", "openid User.Read"),
        ("state", "s t/+&=ü"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    for change in changes {
        parameters.retain(|(name, _)| name != &change.0);
        parameters.push(*change);
    }
    parameters.retain(|(_, value)| !value.is_empty());
    parameters
}

fn path(parameters: &[(&str, &str)]) -> String {
    format!("/common/oauth2/v2.0/authorize?{}", encoded(parameters))
}

#[tokio::test]
async fn rfc6749_4_1_1_a_good_request_goes_sealed_to_the_sign_in_page() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &PUBLIC).await;
    let correlation = "0f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e11";
    let parameters = request(
        app_id(&app),
        &[
            ("redirect_uri", "http://localhost:53721/"),
            ("response_mode", "form_post"),
            ("nonce", "n-1"),
            ("prompt", "select_account consent"),
            ("login_hint", "ada@contoso.com"),
            ("max_age", "0"),
            ("client-request-id", correlation),
            ("client_info", "1"),
            (
                "claims",
                r#"{"access_token":{"acrs":{"essential":true,"value":"c7"},"xms_cc":{"values":["CP1"]}}}"#,
            ),
            ("x-client-SKU", "MSAL.Python"),
        ],
    );
    let expected = AuthorizationRequest {
        client_id: app_id(&app).to_owned(),
        redirect_uri: "http://localhost:53721/".to_owned(),
        response_mode: "form_post".to_owned(),
        scopes: vec!["openid".to_owned(), "User.Read".to_owned()],
        state: Some("s t/+&=ü".to_owned()),
        nonce: Some("n-1".to_owned()),
        code_challenge: Some(CHALLENGE.to_owned()),
        prompt: vec!["select_account".to_owned(), "consent".to_owned()],
        login_hint: Some("ada@contoso.com".to_owned()),
        max_age: Some(0),
        correlation_id: correlation.to_owned(),
        claims: RequestedClaims {
            access_token_contexts: ["c7".to_owned()].into(),
            client_capabilities: ["cp1".to_owned()].into(),
            ..RequestedClaims::default()
        },
        dpop_key: None,
    };
    for answer in [
        world.get(&path(&parameters)).await,
        world.post("/contoso.com/oauth2/v2.0/authorize", &parameters).await,
    ] {
        assert_eq!(answer.status, StatusCode::FOUND, "{answer:?}");
        assert_eq!(answer.header("client-request-id"), correlation);
        assert_eq!(answer.header("cache-control"), "no-store");
        let opened = world.opened(answer.header("location"), "/signin", SignInTarget::PURPOSE);
        assert_eq!(opened, Ok(SignInTarget::Application(Box::new(expected.clone()))));
    }
    let answer = world.get(&path(&parameters)).await;
    world.clock.advance(Duration::from_secs(3601));
    let late = world.opened::<SignInTarget>(answer.header("location"), "/signin", SignInTarget::PURPOSE);
    assert_eq!(late, Err(SealedFormError::Expired));
}

/// OpenID Connect Core §3.1.2.1: a wish, so what is no language is left out and nothing is refused.
#[tokio::test]
async fn oidc_core_3_1_2_1_the_languages_an_application_asks_for_go_to_the_page() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &PUBLIC).await;
    for (ui_locales, expected) in [
        ("de", "&ui_locales=de"),
        ("fr-CA fr de", "&ui_locales=fr-CA+fr+de"),
        ("de\r\nSet-Cookie:x", ""),
        ("a b c d e f", "&ui_locales=a+b+c+d+e"),
        ("&prompt=none", ""),
        ("  ", ""),
    ] {
        let answer = world.get(&path(&request(app_id(&app), &[("ui_locales", ui_locales)]))).await;
        let location = answer.header("location");
        let (_, rest) = location.split_once("?ctx=").unwrap();
        assert_eq!(rest.find('&').map_or("", |at| &rest[at..]), expected, "{ui_locales}");
    }
}

#[tokio::test]
async fn rfc9700_2_1_1_a_web_application_with_a_secret_may_do_without_pkce() {
    let world = World::new().await;
    let app = world.application(&[], &PUBLIC).await;
    let none = [("redirect_uri", WEB), ("code_challenge", ""), ("code_challenge_method", "")];
    let answer = world.get(&path(&request(app_id(&app), &none))).await;
    assert!(answer.header("location").starts_with("/signin?ctx="), "{answer:?}");
}

#[tokio::test]
async fn rfc6749_4_1_2_1_errors_go_back_to_the_application_with_state_and_number() {
    let world = World::new().await;
    let app = world.application(&["User.Read"], &PUBLIC).await;
    let long = "n".repeat(1025);
    for (changes, error, code) in [
        (&[("response_type", "")][..], "invalid_request", "AADSTS900144"),
        (&[("response_type", "token")], "unsupported_response_type", "AADSTS700054"),
        (&[("response_type", "id_token")], "unsupported_response_type", "AADSTS700054"),
        (&[("response_type", "code id_token")], "unsupported_response_type", "AADSTS700054"),
        (&[("response_mode", "web_message")], "invalid_request", "AADSTS90023"),
        (&[("claims", "{\"access_token\":")], "invalid_request", "AADSTS90023"),
        (&[("claims", r#"{"access_token":{"acrs":{"value":"c100"}}}"#)], "invalid_request", "AADSTS90023"),
        (&[("scope", "")], "invalid_request", "AADSTS900144"),
        (&[("scope", " ")], "invalid_request", "AADSTS900144"),
        (&[("scope", "Mail.Read")], "invalid_scope", "AADSTS650053"),
        (&[("scope", ".default User.Read")], "invalid_scope", "AADSTS70011"),
        (&[("scope", "https://api.fabrikam.com/Read")], "invalid_resource", "AADSTS500011"),
        (&[("code_challenge", ""), ("code_challenge_method", "")], "invalid_request", "AADSTS9002325"),
        (&[("code_challenge", "")], "invalid_request", "AADSTS900144"),
        (&[("code_challenge_method", "plain")], "invalid_request", "AADSTS501491"),
        (&[("code_challenge_method", "")], "invalid_request", "AADSTS501491"),
        (&[("code_challenge", "short")], "invalid_request", "AADSTS501491"),
        (&[("prompt", "none login")], "invalid_request", "AADSTS90023"),
        (&[("prompt", "admin_consent")], "invalid_request", "AADSTS90023"),
        (&[("max_age", "-1")], "invalid_request", "AADSTS90023"),
        (&[("max_age", "+1")], "invalid_request", "AADSTS90023"),
        (&[("max_age", "99999999999999999999")], "invalid_request", "AADSTS90023"),
        (&[("nonce", &*long)], "invalid_request", "AADSTS90015"),
        (&[("request", "eyJ")], "request_not_supported", "AADSTS90023"),
        (&[("request_uri", "https://x.example")], "request_uri_not_supported", "AADSTS90023"),
        (&[("registration", "{}")], "registration_not_supported", "AADSTS90023"),
    ] {
        let mode = ("response_mode", "fragment");
        let changes: Vec<_> = [mode].iter().chain(changes).copied().collect();
        let answer = world.get(&path(&request(app_id(&app), &changes))).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{changes:?} {answer:?}");
        let location = answer.header("location");
        assert!(location.starts_with("http://localhost"), "{location}");
        assert!(
            location.contains(&format!("error={error}&error_description={code}%3A")),
            "{changes:?} {location}"
        );
        assert!(location.contains("&state=s%20t%2F%2B%26%3D%C3%BC&iss=https%3A%2F%2F"), "{location}");
    }
}

#[tokio::test]
async fn oidc_core_3_1_2_6_an_error_takes_the_response_mode() {
    let world = World::new().await;
    let app = world.application(&[], &PUBLIC).await;
    for (changes, start) in [
        (&[("scope", "")][..], "http://localhost?error="),
        (&[("scope", ""), ("response_mode", "query")], "http://localhost?error="),
        (&[("scope", ""), ("response_mode", "fragment")], "http://localhost#error="),
        (&[("response_type", "id_token")], "http://localhost#error="),
    ] {
        let answer = world.get(&path(&request(app_id(&app), changes))).await;
        assert!(answer.header("location").starts_with(start), "{changes:?} {answer:?}");
    }
    let form =
        world.get(&path(&request(app_id(&app), &[("scope", ""), ("response_mode", "form_post")]))).await;
    assert_eq!(form.status, StatusCode::OK);
    assert!(
        form.text.contains("action=\"http://localhost\"") && form.text.contains("name=\"error\""),
        "{form:?}"
    );
    assert!(form.text.contains("name=\"state\" value=\"s t/+&amp;=ü\""), "{form:?}");
}

#[tokio::test]
async fn rfc6749_4_1_2_1_without_an_address_to_trust_the_person_sees_a_page() {
    let world = World::new().await;
    let app = world.application(&[], &PUBLIC).await;
    let long = "s".repeat(4097);
    for (changes, code) in [
        (("client_id", ""), "AADSTS900144"),
        (("client_id", "nonsense"), "AADSTS700016"),
        (("client_id", "7f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e11"), "AADSTS700016"),
        (("redirect_uri", ""), "AADSTS900144"),
        (("redirect_uri", "https://evil.example/cb"), "AADSTS50011"),
        (("redirect_uri", "https://app.contoso.com/cb/"), "AADSTS50011"),
        (("redirect_uri", "http://localhost.evil.example"), "AADSTS50011"),
        (("redirect_uri", "javascript:alert(1)"), "AADSTS50011"),
        (("state", &*long), "AADSTS90015"),
    ] {
        let answer = world.get(&path(&request(app_id(&app), &[changes]))).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{changes:?}");
        assert!(answer.header("content-type").starts_with("text/plain"));
        assert!(answer.header("content-security-policy").contains("default-src 'none'"));
        assert_eq!(answer.header("location"), "");
        assert!(answer.text.contains(code), "{changes:?} {answer:?}");
    }
    let other = world.get("/fabrikam.com/oauth2/v2.0/authorize").await;
    assert!(other.status == StatusCode::BAD_REQUEST && other.text.contains("AADSTS90002"), "{other:?}");
}

#[tokio::test]
async fn rfc6749_4_1_2_1_a_disabled_application_is_refused_on_a_page() {
    let world = World::new().await;
    let app = world.application(&[], &PUBLIC).await;
    crate::common::disable(&world, &app).await;
    let answer = world.get(&path(&request(app_id(&app), &[]))).await;
    assert_eq!(answer.status, StatusCode::BAD_REQUEST);
    assert!(answer.text.contains("AADSTS7000112"), "{answer:?}");
}

#[tokio::test]
async fn rfc6749_3_1_a_parameter_that_comes_twice_is_refused_and_decides_nothing() {
    let world = World::new().await;
    let app = world.application(&[], &PUBLIC).await;
    let good = request(app_id(&app), &[]);
    for name in ["client_id", "redirect_uri", "response_mode", "state"] {
        let twice = format!("{}&{name}=x&{name}=y", path(&good));
        let answer = world.get(&twice).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{name}");
        assert!(answer.text.contains("AADSTS9000411"), "{answer:?}");
    }
    for name in ["scope", "code_challenge", "nonce", "unknown"] {
        let answer = world.get(&format!("{}&{name}=x&{name}=y", path(&good))).await;
        assert!(
            answer.header("location").starts_with("http://localhost?error=invalid_request"),
            "{answer:?}"
        );
        assert!(answer.header("location").contains("AADSTS9000411"), "{answer:?}");
    }
}

#[tokio::test]
async fn rfc6749_3_1_hostile_requests_are_refused() {
    let world = World::new().await;
    let path = "/common/oauth2/v2.0/authorize";
    let not_utf8 = world.get(&format!("{path}?client_id=%FF")).await;
    assert!(
        not_utf8.status == StatusCode::BAD_REQUEST && not_utf8.text.contains("AADSTS90013"),
        "{not_utf8:?}"
    );
    let app = world.application(&[], &PUBLIC).await;
    let escaped = "\u{1}".repeat(4096);
    let swollen = world.get(&self::path(&request(app_id(&app), &[("state", &escaped)]))).await;
    assert!(swollen.header("location").starts_with("http://localhost?error=invalid_request"), "{swollen:?}");
    let long = world.get(&format!("{path}?state={}", "x".repeat(33_000))).await;
    assert_eq!(long.status, StatusCode::URI_TOO_LONG);
    let post = |kind: &str, body: String| {
        Request::post(path).header("content-type", kind).body(Body::from(body)).unwrap()
    };
    let large = world.send(post("application/x-www-form-urlencoded", "x".repeat(70_000))).await;
    assert_eq!(large.status, StatusCode::PAYLOAD_TOO_LARGE);
    let json = world.send(post("application/json", "{}".to_owned())).await;
    assert_eq!(json.status, StatusCode::BAD_REQUEST);
}
