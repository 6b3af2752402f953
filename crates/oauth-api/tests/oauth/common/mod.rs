//! The endpoints on a store in memory, with a clock that stands still until it is told.

mod policies;

pub(crate) use policies::{policy, policy_for, policy_with};

use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::ConnectInfo;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use http::{HeaderMap, Request, StatusCode, header};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use riskgate_authentication::{Forms, SealedFormError, Services};
use riskgate_core::{Clock, ManualClock, SystemRng, TenantId, Timestamp};
use riskgate_directory::{
    Actor, BootstrapRequest, CreatedApplication, Directory, NewApplication, NewUser, Platform, create_tenant,
};
use riskgate_http::{HttpContext, TrustedProxies};
use riskgate_keystore::MasterKey;
use riskgate_model::{
    AuthenticationFacts, AuthenticationMethodKind, ClientFacts, MethodUse, NetworkFacts, ServicePrincipal,
    User,
};
use riskgate_oauth_api::{OAuthApi, router};
use riskgate_ports::Intel;
use riskgate_protection::Protection;
use riskgate_risk::RiskConfig;
use riskgate_store::records::{AuthenticationMethod, TokenGrant};
use riskgate_store::{Batch, Store, StoreExt};
use riskgate_tokens::TokenService;
use serde::de::DeserializeOwned;
use serde_json::Value as Json;
use tower::ServiceExt;

pub(crate) const BASE_URL: &str = "https://login.contoso.com:8443";
pub(crate) const DOMAIN: &str = "contoso.com";
pub(crate) const WEB: &str = "https://app.contoso.com/cb";
pub(crate) const SPA: &str = "https://spa.contoso.com/";
pub(crate) const NATIVE: &str = "http://localhost";
pub(crate) const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
/// The challenge of [`VERIFIER`] (RFC 7636, Appendix B).
pub(crate) const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// Knows nothing about any address.
struct NoIntel;

impl Intel for NoIntel {
    fn network(&self, address: IpAddr, _: Timestamp) -> NetworkFacts {
        NetworkFacts::unknown(address)
    }

    fn client(&self, user_agent: Option<&str>) -> ClientFacts {
        ClientFacts { user_agent: user_agent.map(str::to_owned), ..ClientFacts::default() }
    }
}

pub(crate) struct World {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) tenant: TenantId,
    pub(crate) directory: Directory,
    pub(crate) tokens: Arc<TokenService>,
    pub(crate) protection: Arc<Protection>,
    seal: Arc<MasterKey>,
    forms: Forms,
    router: Router,
}

/// An answer, read.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) text: String,
}

impl Answer {
    pub(crate) fn json(&self) -> Json {
        assert!(self.header("content-type").starts_with("application/json"), "{self:?}");
        serde_json::from_str(&self.text).unwrap()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers.get(name).map(|value| value.to_str().unwrap()).unwrap_or_default()
    }

    /// Status, `error` and the only error code.
    pub(crate) fn refusal(&self) -> (u16, String, u64) {
        let body = self.json();
        assert_eq!(body["error_codes"].as_array().map(Vec::len), Some(1), "{body}");
        let error = body["error"].as_str().unwrap_or_else(|| panic!("{body}")).to_owned();
        (self.status.as_u16(), error, body["error_codes"][0].as_u64().unwrap())
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::at("sqlite::memory:").await
    }

    /// A new tenant on the store at this address.
    pub(crate) async fn at(store: &str) -> Self {
        let rng = Arc::new(SystemRng);
        let store = riskgate_store_sql::open(store).await.unwrap();
        let clock = Arc::new(ManualClock::new("2026-11-23T09:00:00Z".parse().unwrap()));
        let request = BootstrapRequest {
            domain: DOMAIN.to_owned(),
            display_name: "Contoso".to_owned(),
            base_url: BASE_URL.to_owned(),
            admin_upn: format!("admin@{DOMAIN}"),
            admin_password_hash: "$argon2id$none".to_owned(),
            admin_must_change_password: false,
        };
        let actor = Actor::command_line();
        let tenant = create_tenant(&store, &*clock, &*rng, &actor, &request).await.unwrap().tenant().id;
        clock.advance(Duration::from_secs(3600));
        Self::on(store, clock, tenant, Arc::new(MasterKey::ephemeral(rng)))
    }

    /// Another node on the same store.
    pub(crate) fn node(&self) -> Self {
        Self::on(self.store.clone(), self.clock.clone(), self.tenant, self.seal.clone())
    }

    fn on(store: Arc<dyn Store>, clock: Arc<ManualClock>, tenant: TenantId, key: Arc<MasterKey>) -> Self {
        let rng = Arc::new(SystemRng);
        let directory = Directory::new(store.clone(), clock.clone(), rng.clone(), tenant);
        let services = Services {
            store: store.clone(),
            seal: key.clone(),
            clock: clock.clone(),
            rng: rng.clone(),
            tenant,
        };
        let forms = Forms::new(services, &[7; 32]);
        let time = clock.clone();
        let tokens = TokenService::new(store.clone(), key.clone(), time, rng.clone(), tenant, BASE_URL);
        let tokens = Arc::new(tokens);
        let protection = Arc::new(Protection::new(
            store.clone(),
            directory.clone(),
            Arc::new(NoIntel),
            clock.clone(),
            rng.clone(),
            RiskConfig::default(),
        ));
        let api = OAuthApi {
            store: store.clone(),
            tenant,
            base_url: BASE_URL.to_owned(),
            directory: directory.clone(),
            tokens: tokens.clone(),
            protection: protection.clone(),
            forms: forms.clone(),
        };
        let context = HttpContext { trusted_proxies: TrustedProxies::default(), clock: clock.clone(), rng };
        let with_context = axum::middleware::from_fn_with_state(context, riskgate_http::with_context);
        let router = router(api).layer(with_context);
        Self { store, clock, tenant, directory, tokens, protection, seal: key, forms, router }
    }

    pub(crate) async fn send(&self, mut request: Request<Body>) -> Answer {
        let peer: SocketAddr = "203.0.113.9:4000".parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        let response = self.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let bytes = to_bytes(body, 1 << 20).await.unwrap();
        let text = String::from_utf8(bytes.to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, text }
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, form: &[(&str, &str)]) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(request.body(Body::from(encoded(form))).unwrap()).await
    }

    pub(crate) fn token_path(&self) -> String {
        format!("/{}/oauth2/v2.0/token", self.tenant)
    }

    /// A token request.
    pub(crate) async fn token(&self, form: &[(&str, &str)]) -> Answer {
        self.post(&self.token_path(), form).await
    }

    /// What was sealed into the address of a page, the way the page opens it.
    pub(crate) fn opened<T: DeserializeOwned>(
        &self,
        location: &str,
        page: &str,
        purpose: &str,
    ) -> Result<T, SealedFormError> {
        let sealed = location.strip_prefix(page).and_then(|rest| rest.strip_prefix("?ctx=")).unwrap();
        self.forms.sealed().open(purpose, sealed)
    }

    /// An application with these permissions, application and delegated.
    pub(crate) async fn application(
        &self,
        permissions: &[&str],
        uris: &[(Platform, &str)],
    ) -> CreatedApplication {
        self.new_application(permissions, uris, false).await
    }

    /// A program on a device, which has neither a redirect address nor a secret.
    pub(crate) async fn device_application(&self, permissions: &[&str]) -> CreatedApplication {
        self.new_application(permissions, &[], true).await
    }

    async fn new_application(
        &self,
        permissions: &[&str],
        uris: &[(Platform, &str)],
        public: bool,
    ) -> CreatedApplication {
        let names = |wanted: fn(&&riskgate_directory::Permission) -> bool| {
            let known = permissions.iter().map(|name| riskgate_directory::permission(name).unwrap());
            known.filter(wanted).map(|known| known.name.to_owned()).collect()
        };
        let new = NewApplication {
            display_name: "Test application".to_owned(),
            application_permissions: names(|known| known.application_id.is_some()),
            delegated_permissions: names(|known| known.delegated_id.is_some()),
            redirect_uris: uris.iter().map(|(platform, uri)| (*platform, (*uri).to_owned())).collect(),
            logout_url: None,
            public,
            credential: None,
        };
        self.directory.create_application(&Actor::command_line(), &new).await.unwrap()
    }

    /// A new secret of an application.
    pub(crate) async fn secret(&self, app_id: &str) -> String {
        let secret = self.tokens.new_client_secret(app_id, None, Duration::from_secs(86_400)).unwrap();
        let actor = Actor::command_line();
        self.directory.add_client_credential(&actor, app_id, &secret.credential, None).await.unwrap();
        secret.secret
    }

    pub(crate) async fn user(&self) -> User {
        let mut new = NewUser::new("ada@contoso.com", "Ada Lovelace", "$argon2id$none".to_owned(), false);
        for (name, value) in [("givenName", "Ada"), ("surname", "Lovelace"), ("mail", "ada@mail.contoso.com")]
        {
            new.properties.insert(name.to_owned(), value.into());
        }
        let user = self.directory.create_user(&Actor::command_line(), &new).await.unwrap();
        self.clock.advance(Duration::from_secs(60));
        user
    }

    pub(crate) fn grant(&self, client_id: &str, user: &User, scopes: &str) -> TokenGrant {
        let now = self.clock.now();
        let password = MethodUse { method: AuthenticationMethodKind::Password, at: now };
        TokenGrant {
            client_id: client_id.to_owned(),
            user_id: user.id.clone(),
            scopes: scopes.split(' ').map(str::to_owned).collect(),
            authentication: AuthenticationFacts { methods: vec![password], ..Default::default() },
            session_id: "8b1a2c34-1111-4222-8333-444455556666".to_owned(),
            sign_in_id: "9c1a2c34-1111-4222-8333-444455556666".to_owned(),
            nonce: Some("n-1".to_owned()),
            granted_date_time: now,
            claims: Default::default(),
            session: Default::default(),
            dpop_key: None,
        }
    }

    /// What an endpoint beside the token endpoint answers.
    pub(crate) async fn endpoint(&self, name: &str, form: &[(&str, &str)]) -> Answer {
        self.post(&format!("/{}/oauth2/v2.0/{name}", self.tenant), form).await
    }

    /// The tokens of a grant, from a code redeemed at `redirect_uri`.
    pub(crate) async fn tokens_of(
        &self,
        grant: TokenGrant,
        redirect_uri: &str,
        extra: &[(&str, &str)],
    ) -> Json {
        let app = grant.client_id.clone();
        let code = self.code(grant, redirect_uri).await;
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("client_id", &*app),
            ("code", &*code),
            ("redirect_uri", redirect_uri),
            ("code_verifier", VERIFIER),
        ];
        form.extend(extra);
        let answer = self.token(&form).await;
        assert_eq!(answer.status, StatusCode::OK, "{answer:?}");
        answer.json()
    }

    /// A code for [`VERIFIER`].
    pub(crate) async fn code(&self, grant: TokenGrant, redirect_uri: &str) -> String {
        self.tokens.issue_code(grant, redirect_uri, Some(CHALLENGE)).await.unwrap()
    }
}

pub(crate) fn encoded(form: &[(&str, &str)]) -> String {
    let escape = |text| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
    let pairs: Vec<String> =
        form.iter().map(|(name, value)| format!("{}={}", escape(name), escape(value))).collect();
    pairs.join("&")
}

/// The claims of a token, its signature unseen.
pub(crate) fn claims(token: &Json) -> Json {
    let payload = token.as_str().unwrap().split('.').nth(1).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(payload).unwrap()).unwrap()
}

/// `app_id` of an application.
pub(crate) fn app_id(created: &CreatedApplication) -> &str {
    created.application.app_id.as_deref().unwrap()
}

/// Disables an application in the tenant.
pub(crate) async fn disable(world: &World, created: &CreatedApplication) {
    let id = &created.service_principal.id;
    let mut found = world.store.load::<ServicePrincipal>(world.tenant, id).await.unwrap().unwrap();
    found.record.account_enabled = Some(false);
    let mut batch = Batch::new(world.tenant);
    batch.update(&found).unwrap();
    world.store.commit(batch).await.unwrap();
}

/// Registers a second factor, so that the user can be asked for it.
pub(crate) async fn register_oath(world: &World, user: &User) {
    let method = AuthenticationMethod {
        id: "3c1a2c34-1111-4222-8333-444455556666".to_owned(),
        user_id: user.id.clone(),
        kind: AuthenticationMethodKind::SoftwareOath,
        sealed_secret: String::new(),
        created_date_time: world.clock.now(),
        last_used_step: None,
        display_name: None,
        passkey: None,
        phone: None,
        temporary_access_pass: None,
    };
    let mut batch = Batch::new(world.tenant);
    batch.insert(&method).unwrap();
    world.store.commit(batch).await.unwrap();
}
