//! A served Riskgate as an OpenID client sees it that was written by somebody else (the `openidconnect` crate): discovery,
//! code with PKCE, verified ID token, userinfo, refresh, introspection, revocation, device code, logout.

use std::future::Future;
use std::pin::Pin;

use crate::html::Html;
use crate::support::{Installation, Server};
use openidconnect::core::{
    CoreAuthDisplay, CoreAuthenticationFlow, CoreClaimName, CoreClaimType, CoreClient, CoreClientAuthMethod,
    CoreDeviceAuthorizationResponse, CoreGrantType, CoreIdToken, CoreJsonWebKey,
    CoreJweContentEncryptionAlgorithm, CoreJweKeyManagementAlgorithm, CoreResponseMode, CoreResponseType,
    CoreSubjectIdentifierType, CoreTokenResponse, CoreUserInfoClaims,
};
use openidconnect::{
    AccessTokenHash, AdditionalProviderMetadata, AuthorizationCode, ClientId, ClientSecret, CsrfToken,
    DeviceAuthorizationUrl, EndSessionUrl, EndpointMaybeSet, EndpointSet, HttpRequest, HttpResponse,
    IntrospectionUrl, IssuerUrl, LogoutRequest, Nonce, OAuth2TokenResponse, PkceCodeChallenge,
    PostLogoutRedirectUrl, ProviderMetadata, RedirectUrl, RevocationUrl, Scope, TokenIntrospectionResponse,
    TokenResponse,
};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

const PASSWORD: &str = "Contoso-1234";
const CALLBACK: &str = "https://app.contoso.com/callback";
const SIGNED_OUT: &str = "https://app.contoso.com/signed-out";

/// What the provider offers beyond Discovery: RFC 8414 §2, RFC 8628 §4, RP-Initiated Logout §2.1.
#[derive(Debug, Clone, Serialize, Deserialize)]
struct Endpoints {
    introspection_endpoint: IntrospectionUrl,
    revocation_endpoint: RevocationUrl,
    device_authorization_endpoint: DeviceAuthorizationUrl,
    end_session_endpoint: EndSessionUrl,
}

impl AdditionalProviderMetadata for Endpoints {}

type Metadata = ProviderMetadata<
    Endpoints,
    CoreAuthDisplay,
    CoreClientAuthMethod,
    CoreClaimName,
    CoreClaimType,
    CoreGrantType,
    CoreJweContentEncryptionAlgorithm,
    CoreJweKeyManagementAlgorithm,
    CoreJsonWebKey,
    CoreResponseMode,
    CoreResponseType,
    CoreSubjectIdentifierType,
>;

type Client =
    CoreClient<EndpointSet, EndpointSet, EndpointSet, EndpointSet, EndpointMaybeSet, EndpointMaybeSet>;

/// An application, the person in front of it, and the server.
struct Setting {
    server: Server,
    /// The application's own connection.
    http: reqwest::Client,
    /// The person's browser, which goes nowhere but to the server.
    browser: reqwest::Client,
    client: Client,
    end_session: EndSessionUrl,
    _installation: Installation,
}

impl Setting {
    async fn new() -> Self {
        let installation = Installation::initialised();
        let app = installation.json(&[
            "app",
            "create",
            "--name",
            "Somebody else's client",
            "--redirect-uri",
            CALLBACK,
            "--redirect-uri",
            SIGNED_OUT,
        ]);
        let server = installation.serve(&["--dev"]);
        let authority = std::fs::read(server.welcome["caFile"].as_str().unwrap()).unwrap();
        let build = |redirects| {
            let trusted = reqwest::Certificate::from_pem_bundle(&authority).unwrap();
            let builder = reqwest::Client::builder().tls_certs_only(trusted).redirect(redirects).no_proxy();
            builder.cookie_store(true).build().unwrap()
        };
        let ours = |attempt: reqwest::redirect::Attempt<'_>| match attempt.url().host_str() {
            Some("app.contoso.com") => attempt.stop(),
            _ => attempt.follow(),
        };
        let http = build(reqwest::redirect::Policy::none());
        let browser = build(reqwest::redirect::Policy::custom(ours));
        let tenant = server.welcome["tenantId"].as_str().unwrap();
        let issuer = IssuerUrl::new(server.url(&format!("/{tenant}/v2.0"))).unwrap();
        let send = sender(&http);
        let metadata = Metadata::discover_async(issuer, &send).await.unwrap();
        let offered = metadata.additional_metadata().clone();
        let text = |value: &Json| value.as_str().unwrap().to_owned();
        let (id, secret) =
            (ClientId::new(text(&app["appId"])), ClientSecret::new(text(&app["clientSecret"])));
        let client = CoreClient::from_provider_metadata(metadata, id, Some(secret))
            .set_redirect_uri(RedirectUrl::new(CALLBACK.to_owned()).unwrap())
            .set_introspection_url(offered.introspection_endpoint)
            .set_revocation_url(offered.revocation_endpoint)
            .set_device_authorization_url(offered.device_authorization_endpoint);
        let end_session = offered.end_session_endpoint;
        Self { server, http, browser, client, end_session, _installation: installation }
    }

    /// What `path` of the server says, and where the browser ended up.
    async fn open(&self, url: &str) -> (String, Html) {
        let answer = self.browser.get(url).send().await.unwrap();
        let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        let end = location.unwrap_or_else(|| answer.url().to_string());
        (end, Html::parse(&answer.text().await.unwrap()))
    }

    /// Sends the form that has a field, with what is typed.
    async fn send(&self, page: &Html, field: &str, typed: &[(&str, &str)]) -> (String, Html) {
        let form = page.form_with(field).unwrap_or_else(|| panic!("no form with {field}: {}", page.heading));
        let press = |form: crate::html::Form, (name, value): &(&str, &str)| match form.has(name) {
            true => form,
            false => form.pressing(name, value),
        };
        let form = typed.iter().fold(form.clone(), press);
        let request = self.browser.post(self.server.url(&form.action)).form(&form.filled(typed));
        let answer = request.send().await.unwrap();
        let location = answer.headers().get("location").map(|value| value.to_str().unwrap().to_owned());
        let end = location.unwrap_or_else(|| answer.url().to_string());
        (end, Html::parse(&answer.text().await.unwrap()))
    }

    /// A person signs in to the application, which checks what it is told.
    async fn sign_in(&self) -> (CoreTokenResponse, CoreIdToken) {
        let (challenge, verifier) = PkceCodeChallenge::new_random_sha256();
        let (address, state, nonce) = self
            .client
            .authorize_url(
                CoreAuthenticationFlow::AuthorizationCode,
                CsrfToken::new_random,
                Nonce::new_random,
            )
            .add_scopes(["profile", "offline_access"].map(|scope| Scope::new(scope.to_owned())))
            .set_pkce_challenge(challenge)
            .url();
        let (_, page) = self.open(address.as_str()).await;
        let typed = [("username", "admin@contoso.com"), ("password", PASSWORD)];
        let (back, _) = self.send(&page, "password", &typed).await;
        let back = openidconnect::url::Url::parse(&back).unwrap();
        assert!(back.as_str().starts_with(CALLBACK), "{back}");
        let answered = |name: &str| {
            back.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned()).unwrap()
        };
        assert_eq!(answered("state"), *state.secret());
        let http = sender(&self.http);
        let request = self.client.exchange_code(AuthorizationCode::new(answered("code"))).unwrap();
        let tokens = request.set_pkce_verifier(verifier).request_async(&http).await.unwrap();
        let id_token = tokens.id_token().unwrap().clone();
        let keys = self.client.id_token_verifier();
        let claims = id_token.claims(&keys, &nonce).unwrap();
        let algorithm = id_token.signing_alg().unwrap();
        let hash = AccessTokenHash::from_token(
            tokens.access_token(),
            algorithm,
            id_token.signing_key(&keys).unwrap(),
        );
        assert_eq!(claims.access_token_hash(), Some(&hash.unwrap()));
        (tokens, id_token)
    }
}

type Sending = Pin<Box<dyn Future<Output = Result<HttpResponse, reqwest::Error>> + Send>>;

/// The application's connection as the library wants it.
fn sender(http: &reqwest::Client) -> impl Fn(HttpRequest) -> Sending + use<> {
    let http = http.clone();
    move |request| {
        let http = http.clone();
        Box::pin(async move {
            let answer = http.execute(request.try_into()?).await?;
            let mut response = openidconnect::http::Response::new(Vec::new());
            *response.status_mut() = answer.status();
            *response.headers_mut() = answer.headers().clone();
            *response.body_mut() = answer.bytes().await?.to_vec();
            Ok(response)
        })
    }
}

#[tokio::test]
async fn a_person_signs_in_is_told_about_and_signs_out() {
    let setting = Setting::new().await;
    let http = sender(&setting.http);
    let (tokens, id_token) = setting.sign_in().await;
    let verifier = setting.client.id_token_verifier();
    let subject = id_token.claims(&verifier, |_: Option<&Nonce>| Ok(())).unwrap().subject().clone();
    let request = setting.client.user_info(tokens.access_token().clone(), Some(subject)).unwrap();
    let info: CoreUserInfoClaims = request.request_async(&http).await.unwrap();
    assert_eq!(info.preferred_username().map(|name| name.as_str()), Some("admin@contoso.com"));

    let logout = LogoutRequest::from(setting.end_session.clone())
        .set_id_token_hint(&id_token)
        .set_post_logout_redirect_uri(PostLogoutRedirectUrl::new(SIGNED_OUT.to_owned()).unwrap())
        .set_state(CsrfToken::new("s-1".to_owned()));
    let (end, _) = setting.open(logout.http_get_url().as_str()).await;
    assert_eq!(end, format!("{SIGNED_OUT}?state=s-1"));
    let (address, ..) = setting
        .client
        .authorize_url(CoreAuthenticationFlow::AuthorizationCode, CsrfToken::new_random, Nonce::new_random)
        .add_prompt(openidconnect::core::CoreAuthPrompt::None)
        .url();
    let (end, _) = setting.open(address.as_str()).await;
    assert!(end.starts_with(CALLBACK) && end.contains("error=login_required"), "{end}");
}

#[tokio::test]
async fn tokens_are_refreshed_described_and_revoked() {
    let setting = Setting::new().await;
    let http = sender(&setting.http);
    let (first, _) = setting.sign_in().await;
    let refresh = first.refresh_token().unwrap();
    let next = setting.client.exchange_refresh_token(refresh).unwrap().request_async(&http).await.unwrap();
    let is_active = async |token: &openidconnect::AccessToken| {
        setting.client.introspect(token).request_async(&http).await.unwrap().active()
    };
    assert!(is_active(first.access_token()).await && is_active(next.access_token()).await);
    let revocation = next.refresh_token().unwrap().clone().into();
    setting.client.revoke_token(revocation).unwrap().request_async(&http).await.unwrap();
    assert!(!is_active(first.access_token()).await && !is_active(next.access_token()).await);
    let again = setting.client.exchange_refresh_token(next.refresh_token().unwrap()).unwrap();
    assert!(again.request_async(&http).await.is_err());
}

#[tokio::test]
async fn a_device_is_signed_in_from_a_browser() {
    let setting = Setting::new().await;
    let http = sender(&setting.http);
    let request = setting.client.exchange_device_code().add_scope(Scope::new("profile".to_owned()));
    let codes: CoreDeviceAuthorizationResponse = request.request_async(&http).await.unwrap();
    let (_, page) = setting.open(codes.verification_uri().as_str()).await;
    let (_, page) = setting.send(&page, "user_code", &[("user_code", codes.user_code().secret())]).await;
    let typed = [("username", "admin@contoso.com"), ("password", PASSWORD)];
    let (_, page) = setting.send(&page, "password", &typed).await;
    setting.send(&page, "flow", &[("decision", "accept")]).await;
    let request = setting.client.exchange_device_access_token(&codes).unwrap();
    let tokens: CoreTokenResponse =
        request.request_async(&http, |_| std::future::ready(()), None).await.unwrap();
    let info: CoreUserInfoClaims = {
        let request = setting.client.user_info(tokens.access_token().clone(), None).unwrap();
        request.request_async(&http).await.unwrap()
    };
    assert_eq!(info.preferred_username().map(|name| name.as_str()), Some("admin@contoso.com"));
}
