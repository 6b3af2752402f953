//! Pushed authorization requests (RFC 9126).

use std::time::Duration;

use crate::common::{Answer, CHALLENGE, NATIVE, WEB, World, app_id, encoded};
use http::StatusCode;
use riskgate_directory::{CreatedApplication, Platform};
use riskgate_store::records::{AuthorizationRequest, SignInTarget};

struct Setting {
    world: World,
    app: CreatedApplication,
    secret: String,
}

impl Setting {
    async fn new() -> Self {
        let world = World::new().await;
        let uris = [(Platform::Web, WEB), (Platform::PublicClient, NATIVE)];
        let app = world.application(&["User.Read"], &uris).await;
        let secret = world.secret(app_id(&app)).await;
        Self { world, app, secret }
    }

    /// Pushes a good request with these changes; what is empty is left out.
    async fn push(&self, changes: &[(&str, &str)]) -> Answer {
        let mut form = vec![
            ("client_id", app_id(&self.app)),
            ("client_secret", &*self.secret),
            ("redirect_uri", WEB),
            ("response_type", "code"),
            ("scope", "openid User.Read"),
            ("state", "s-1"),
            ("nonce", "n-1"),
            ("code_challenge", CHALLENGE),
            ("code_challenge_method", "S256"),
        ];
        for change in changes {
            form.retain(|(name, _)| name != &change.0);
            form.push(*change);
        }
        form.retain(|(_, value)| !value.is_empty());
        self.world.endpoint("par", &form).await
    }

    async fn reference(&self) -> String {
        let answer = self.push(&[]).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{answer:?}");
        answer.json()["request_uri"].as_str().unwrap().to_owned()
    }

    /// The browser brings the reference.
    async fn bring(&self, client: &str, reference: &str, extra: &[(&str, &str)]) -> Answer {
        let mut query = vec![("client_id", client), ("request_uri", reference)];
        query.extend(extra);
        self.world.get(&format!("/common/oauth2/v2.0/authorize?{}", encoded(&query))).await
    }

    fn opened(&self, answer: &Answer) -> AuthorizationRequest {
        assert_eq!(answer.status, StatusCode::FOUND, "{answer:?}");
        match self.world.opened(answer.header("location"), "/signin", SignInTarget::PURPOSE) {
            Ok(SignInTarget::Application(request)) => *request,
            other => panic!("{other:?}"),
        }
    }
}

fn is_refused_on_a_page(answer: &Answer) {
    assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{answer:?}");
    assert!(answer.header("content-type").starts_with("text/plain"), "{answer:?}");
    assert!(answer.text.contains("AADSTS90023"), "{answer:?}");
}

#[tokio::test]
async fn rfc9126_2_2_a_reference_is_given_that_lives_for_a_short_time() {
    let setting = Setting::new().await;
    let answer = setting.push(&[]).await;
    assert_eq!(answer.status, StatusCode::CREATED);
    assert_eq!(answer.header("cache-control"), "no-store");
    let body = answer.json();
    assert_eq!(body["expires_in"], 90);
    let reference = body["request_uri"].as_str().unwrap();
    let random = reference.strip_prefix("urn:ietf:params:oauth:request_uri:").unwrap();
    assert_eq!(random.len(), 43, "256 bits");
    assert_ne!(reference, setting.reference().await);
}

#[tokio::test]
async fn rfc9126_4_the_browser_brings_the_reference_and_gets_what_was_pushed() {
    let setting = Setting::new().await;
    let reference = setting.reference().await;
    let answer = setting.bring(app_id(&setting.app), &reference, &[]).await;
    let request = setting.opened(&answer);
    assert_eq!((&*request.redirect_uri, request.state.as_deref()), (WEB, Some("s-1")));
    assert_eq!((request.nonce.as_deref(), request.code_challenge.as_deref()), (Some("n-1"), Some(CHALLENGE)));
    assert_eq!(request.scopes, ["openid", "User.Read"]);
}

#[tokio::test]
async fn rfc9126_4_what_the_browser_brings_beside_the_reference_counts_for_nothing() {
    let setting = Setting::new().await;
    let reference = setting.reference().await;
    let extra = [("redirect_uri", NATIVE), ("scope", "openid Group.Read.All"), ("state", "evil")];
    let request = setting.opened(&setting.bring(app_id(&setting.app), &reference, &extra).await);
    assert_eq!((&*request.redirect_uri, request.state.as_deref()), (WEB, Some("s-1")));
    assert_eq!(request.scopes, ["openid", "User.Read"]);
}

#[tokio::test]
async fn rfc9126_7_3_a_reference_is_good_once() {
    let setting = Setting::new().await;
    let reference = setting.reference().await;
    setting.opened(&setting.bring(app_id(&setting.app), &reference, &[]).await);
    is_refused_on_a_page(&setting.bring(app_id(&setting.app), &reference, &[]).await);
}

#[tokio::test]
async fn rfc9126_2_2_a_reference_expires() {
    let setting = Setting::new().await;
    let (one, other) = (setting.reference().await, setting.reference().await);
    setting.world.clock.advance(Duration::from_secs(89));
    setting.opened(&setting.bring(app_id(&setting.app), &one, &[]).await);
    setting.world.clock.advance(Duration::from_secs(1));
    is_refused_on_a_page(&setting.bring(app_id(&setting.app), &other, &[]).await);
}

#[tokio::test]
async fn rfc9126_2_2_a_reference_is_for_the_client_that_pushed_it() {
    let setting = Setting::new().await;
    let other = setting.world.application(&["User.Read"], &[(Platform::Web, WEB)]).await;
    let reference = setting.reference().await;
    is_refused_on_a_page(&setting.bring(app_id(&other), &reference, &[]).await);
    setting.opened(&setting.bring(app_id(&setting.app), &reference, &[]).await);
}

#[tokio::test]
async fn rfc9126_7_1_references_cannot_be_guessed_or_made_up() {
    let setting = Setting::new().await;
    for reference in [
        "urn:ietf:params:oauth:request_uri:",
        "urn:ietf:params:oauth:request_uri:x",
        "urn:ietf:params:oauth:request_uri:../x",
    ] {
        is_refused_on_a_page(&setting.bring(app_id(&setting.app), reference, &[]).await);
    }
}

#[tokio::test]
async fn rfc9126_2_1_a_pushed_request_has_no_request_uri() {
    let setting = Setting::new().await;
    let reference = setting.reference().await;
    let answer = setting.push(&[("request_uri", &reference)]).await;
    assert_eq!(answer.refusal(), (400, "invalid_request".to_owned(), 90_023));
}

#[tokio::test]
async fn rfc9126_2_3_what_authorize_would_refuse_is_refused_in_json() {
    let setting = Setting::new().await;
    for (name, value, error, code) in [
        ("redirect_uri", "https://evil.example/cb", "invalid_request", 50_011),
        ("redirect_uri", "", "invalid_request", 900_144),
        ("response_type", "token", "unsupported_response_type", 700_054),
        ("response_type", "", "invalid_request", 900_144),
        ("response_mode", "cookie", "invalid_request", 90_023),
        ("scope", "openid Nothing.Read", "invalid_scope", 650_053),
        ("code_challenge_method", "plain", "invalid_request", 501_491),
        ("prompt", "none login", "invalid_request", 90_023),
        ("max_age", "-1", "invalid_request", 90_023),
        ("request", "eyJ", "request_not_supported", 90_023),
        ("client_id", "nobody", "unauthorized_client", 700_016),
    ] {
        let answer = setting.push(&[(name, value)]).await;
        assert_eq!(answer.refusal(), (400, error.to_owned(), code), "{name}={value}");
    }
}

#[tokio::test]
async fn rfc9126_2_a_confidential_client_proves_itself() {
    let setting = Setting::new().await;
    let answer = setting.push(&[("client_secret", "")]).await;
    assert_eq!(answer.refusal(), (401, "invalid_client".to_owned(), 7_000_218));
    let answer = setting.push(&[("client_secret", "wrong")]).await;
    assert_eq!(answer.refusal(), (401, "invalid_client".to_owned(), 7_000_215));
}

#[tokio::test]
async fn rfc9126_2_a_public_client_needs_pkce_and_pushes_no_more_than_ten_at_once() {
    let setting = Setting::new().await;
    let public = [("client_secret", ""), ("redirect_uri", NATIVE)];
    let mut without = public.to_vec();
    without.extend([("code_challenge", ""), ("code_challenge_method", "")]);
    assert_eq!(setting.push(&without).await.refusal(), (400, "invalid_request".to_owned(), 9_002_325));
    for _ in 0..10 {
        assert_eq!(setting.push(&public).await.status, StatusCode::CREATED);
    }
    let answer = setting.push(&public).await;
    assert_eq!(answer.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(setting.push(&[]).await.status, StatusCode::CREATED, "who proves himself is not held up");
}

#[tokio::test]
async fn rfc9126_4_an_application_that_was_disabled_meanwhile_gets_nobody_signed_in() {
    let setting = Setting::new().await;
    let reference = setting.reference().await;
    crate::common::disable(&setting.world, &setting.app).await;
    let answer = setting.bring(app_id(&setting.app), &reference, &[]).await;
    assert!(answer.status == StatusCode::BAD_REQUEST && answer.text.contains("AADSTS7000112"), "{answer:?}");
}

#[tokio::test]
async fn rfc9101_5_request_objects_and_strange_references_are_refused() {
    let setting = Setting::new().await;
    for (name, value, error) in [
        ("request", "eyJ", "request_not_supported"),
        ("request_uri", "https://app.contoso.com/request.jwt", "request_uri_not_supported"),
        ("request_uri", "http://169.254.169.254/latest/meta-data", "request_uri_not_supported"),
        ("registration", "{}", "registration_not_supported"),
    ] {
        let query = [
            ("client_id", app_id(&setting.app)),
            ("redirect_uri", WEB),
            ("response_type", "code"),
            ("scope", "openid"),
            (name, value),
        ];
        let answer = setting.world.get(&format!("/common/oauth2/v2.0/authorize?{}", encoded(&query))).await;
        assert!(answer.header("location").contains(&format!("error={error}")), "{answer:?}");
    }
}
