//! Signing out on the wish of an application (OpenID Connect RP-Initiated Logout); the page is tested with the others people
//! see.

use crate::common::{Answer, NATIVE, WEB, World, app_id, encoded};
use http::StatusCode;
use riskgate_directory::{CreatedApplication, Platform};
use riskgate_store::records::SignOutTarget;

const PAGE: &str = "/signin/logout";
/// `sid` of the tokens.
const SESSION: &str = "8b1a2c34-1111-4222-8333-444455556666";

struct Setting {
    world: World,
    app: CreatedApplication,
    hint: String,
    access_token: String,
}

impl Setting {
    async fn new() -> Self {
        let world = World::new().await;
        let uris = [(Platform::PublicClient, NATIVE), (Platform::Web, WEB)];
        let app = world.application(&["User.Read"], &uris).await;
        let user = world.user().await;
        let tokens = world.tokens_of(world.grant(app_id(&app), &user, "openid User.Read"), NATIVE, &[]).await;
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        let (hint, access_token) = (text("id_token"), text("access_token"));
        Self { world, app, hint, access_token }
    }

    /// What both methods answer, which is the same.
    async fn ask(&self, form: &[(&str, &str)]) -> Answer {
        let path = format!("/{}/oauth2/v2.0/logout", self.world.tenant);
        let got = self.world.get(&format!("{path}?{}", encoded(form))).await;
        let posted = self.world.post(&path, form).await;
        assert_eq!(got.status, posted.status);
        assert_eq!(self.read(&got), self.read(&posted));
        got
    }

    /// What the page is asked to do; nothing if it is asked nothing.
    fn read(&self, answer: &Answer) -> Option<SignOutTarget> {
        if answer.status != StatusCode::FOUND || answer.header("location") == PAGE {
            return None;
        }
        Some(self.world.opened(answer.header("location"), PAGE, SignOutTarget::PURPOSE).unwrap())
    }

    async fn target(&self, form: &[(&str, &str)]) -> Option<SignOutTarget> {
        let answer = self.ask(form).await;
        assert_eq!(answer.status, StatusCode::FOUND, "{answer:?}");
        self.read(&answer)
    }
}

fn target(return_to: Option<&str>, session_id: Option<&str>) -> Option<SignOutTarget> {
    let text = |text: &str| text.to_owned();
    Some(SignOutTarget { return_to: return_to.map(text), session_id: session_id.map(text) })
}

#[tokio::test]
async fn oidc_rp_initiated_2_an_id_token_names_application_and_session_also_after_it_expired() {
    let setting = Setting::new().await;
    let (hint, back) = (("id_token_hint", &*setting.hint), ("post_logout_redirect_uri", WEB));
    assert_eq!(setting.target(&[hint, back]).await, target(Some(WEB), Some(SESSION)));
    setting.world.clock.advance(std::time::Duration::from_secs(86_400));
    assert_eq!(setting.target(&[hint, back]).await, target(Some(WEB), Some(SESSION)));
    assert_eq!(setting.target(&[hint]).await, target(None, Some(SESSION)));
    let both = [hint, back, ("client_id", app_id(&setting.app))];
    assert_eq!(setting.target(&both).await, target(Some(WEB), Some(SESSION)));
}

#[tokio::test]
async fn oidc_rp_initiated_2_without_a_hint_no_session_is_named_so_the_person_is_asked() {
    let setting = Setting::new().await;
    let back = ("post_logout_redirect_uri", WEB);
    let client = ("client_id", app_id(&setting.app));
    assert_eq!(setting.target(&[client, back]).await, target(Some(WEB), None));
    let hinted = [client, back, ("logout_hint", "ada@contoso.com"), ("ui_locales", "de")];
    assert_eq!(setting.target(&hinted).await, target(Some(WEB), None));
    assert_eq!(setting.target(&[("logout_hint", "ada@contoso.com")]).await, None);
    assert_eq!(setting.target(&[]).await, None);
    assert_eq!(setting.target(&[back]).await, None, "nobody says whose address it is");
}

#[tokio::test]
async fn oidc_rp_initiated_3_state_comes_back_byte_for_byte() {
    let setting = Setting::new().await;
    let form =
        [("id_token_hint", &*setting.hint), ("post_logout_redirect_uri", WEB), ("state", "a b&c\r\nx")];
    let expected = format!("{WEB}?state=a%20b%26c%0D%0Ax");
    assert_eq!(setting.target(&form).await, target(Some(&expected), Some(SESSION)));
}

#[tokio::test]
async fn oidc_rp_initiated_3_only_exactly_a_registered_address_is_returned_to() {
    let setting = Setting::new().await;
    for other in [
        "https://evil.example/",
        "https://app.contoso.com/cb/",
        "https://app.contoso.com/CB",
        "https://app.contoso.com/cb?x=1",
        "https://app.contoso.com/cb#x",
        "https://app.contoso.com/cb/../evil",
        "https://app.contoso.com:443/cb",
        "https://APP.contoso.com/cb",
        "https://app.contoso.com@evil.example/cb",
        "https://app.contoso.com.evil.example/cb",
        "http://app.contoso.com/cb",
        "//app.contoso.com/cb",
        "/cb",
        "http://localhost:4",
        "javascript:alert(1)",
    ] {
        let form = [("id_token_hint", &*setting.hint), ("post_logout_redirect_uri", other)];
        assert_eq!(setting.target(&form).await, target(None, Some(SESSION)), "{other}");
    }
}

#[tokio::test]
async fn oidc_rp_initiated_4_a_hint_that_does_not_hold_counts_for_nothing() {
    let setting = Setting::new().await;
    let world = &setting.world;
    let other = world.application(&[], &[(Platform::Web, "https://other.contoso.com/")]).await;
    let back = ("post_logout_redirect_uri", WEB);
    let changed = format!("{}x", setting.hint);
    for form in [
        vec![("id_token_hint", &*changed), back],
        vec![("id_token_hint", &*setting.access_token), back],
        vec![("id_token_hint", "nonsense"), ("client_id", app_id(&setting.app)), back],
        vec![("id_token_hint", &*setting.hint), ("client_id", app_id(&other)), back],
        vec![("client_id", "nonsense"), back],
    ] {
        assert_eq!(setting.target(&form).await, None, "{form:?}");
    }
    assert_eq!(setting.target(&[("client_id", app_id(&other)), back]).await, None);
    crate::common::disable(world, &setting.app).await;
    assert_eq!(setting.target(&[("id_token_hint", &*setting.hint), back]).await, None);
}

#[tokio::test]
async fn oidc_rp_initiated_6_a_parameter_that_comes_twice_is_refused() {
    let setting = Setting::new().await;
    let answer = setting.ask(&[("state", "a"), ("state", "b")]).await;
    assert!(answer.status == StatusCode::BAD_REQUEST && answer.text.contains("AADSTS9000411"), "{answer:?}");
}
