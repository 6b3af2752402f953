//! A tenant with an administrator, an application and nothing else.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, Response, StatusCode};
use http_body_util::BodyExt;
use riskgate_authentication::{
    Argon2Cost, BreachedCheck, PasswordHasher, PasswordRules, Passwords, Services, TemporaryAccessPasses,
};
use riskgate_core::{Clock, ManualClock, Rng, SystemRng, TenantId, Timestamp};
use riskgate_directory::{Actor, BootstrapRequest, Directory, NewApplication, NewUser, create_tenant};
use riskgate_federation::{Federation, FederationSettings};
use riskgate_graph_api::{GraphApi, RequestLimit, router};
use riskgate_http::{HttpContext, TrustedProxies, with_context};
use riskgate_keystore::MasterKey;
use riskgate_model::{AnonymizerKind, AuthenticationFacts, ServicePrincipal, User};
use riskgate_odata::Filter;
use riskgate_ports::{SourceState, Sources};
use riskgate_protection::Protection;
use riskgate_store::records::TokenGrant;
use riskgate_store::{Batch, Record, Store, StoreExt};
use riskgate_testkit::{KnownAddresses, KnownBreached};
use riskgate_tokens::{AppTokenRequest, RefreshLifetime, TokenService, UserTokenRequest};
use serde_json::Value as Json;
use tower::ServiceExt;

pub(crate) const BASE: &str = "https://localhost:8443";
/// The one password that is known from breaches.
pub(crate) const BREACHED: &str = "Breached-1234";
pub(crate) const GRAPH: &str = "https://graph.microsoft.com";
/// `appId` of Microsoft Graph.
pub(crate) const GRAPH_ID: &str = "00000003-0000-0000-c000-000000000000";
pub(crate) const UNKNOWN: &str = "5f0c6f1e-0000-4000-8000-00000badf00d";

pub(crate) struct World {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) tenant: TenantId,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) directory: Directory,
    pub(crate) tokens: Arc<TokenService>,
    pub(crate) protection: Arc<Protection>,
    pub(crate) admin: User,
    pub(crate) application: ServicePrincipal,
    /// Tells the server to stop.
    pub(crate) stop: tokio::sync::watch::Sender<bool>,
    router: Router,
}

/// What came back.
#[derive(Debug)]
pub(crate) struct Reply {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) bytes: Vec<u8>,
    pub(crate) json: Json,
}

impl Reply {
    pub(crate) fn code(&self) -> &str {
        self.json["error"]["code"].as_str().unwrap_or_default()
    }

    pub(crate) fn message(&self) -> &str {
        self.json["error"]["message"].as_str().unwrap_or_default()
    }

    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.bytes).unwrap()
    }

    pub(crate) fn ids(&self) -> Vec<&str> {
        self.json["value"].as_array().unwrap().iter().map(|item| item["id"].as_str().unwrap()).collect()
    }
}

/// An exit of the Tor network.
pub(crate) const TOR: &str = "192.0.2.66";

/// One source of threat data, whose refreshing fails.
struct OneSource;

#[async_trait::async_trait]
impl Sources for OneSource {
    fn sources(&self) -> Vec<SourceState> {
        vec![SourceState {
            name: "tor".to_owned(),
            kind: "tor",
            from: "built in".to_owned(),
            entries: Some(7),
            bad_lines: 1,
            as_of: Some(Timestamp::from_seconds(1_000)),
            age_seconds: Some(60),
            is_stale: true,
            is_expired: false,
            licence: "CC0".to_owned(),
            version: None,
            last_attempt: None,
            last_error: None,
        }]
    }

    async fn refresh(&self, name: &str) -> Option<SourceState> {
        let mut source = self.sources().into_iter().find(|source| source.name == name)?;
        source.last_error = Some("no answer".to_owned());
        Some(source)
    }
}

impl World {
    pub(crate) async fn new() -> Self {
        Self::with_limit(RequestLimit { burst: 1_000_000, period: Duration::from_secs(1) }).await
    }

    pub(crate) async fn with_limit(limit: RequestLimit) -> Self {
        Self::with(limit, None).await
    }

    /// One that reads insider risk from the extension attribute with this number.
    pub(crate) async fn with_insider_risk(attribute: u8) -> Self {
        let limit = RequestLimit { burst: 1_000_000, period: Duration::from_secs(1) };
        Self::with(limit, Some(attribute)).await
    }

    async fn with(limit: RequestLimit, insider_risk_attribute: Option<u8>) -> Self {
        let store = riskgate_store_sql::open("sqlite::memory:").await.unwrap();
        let clock = Arc::new(ManualClock::new("2026-11-23T10:00:00Z".parse().unwrap()));
        let rng: Arc<dyn Rng> = Arc::new(SystemRng);
        let request = BootstrapRequest {
            domain: "contoso.com".to_owned(),
            display_name: "Contoso".to_owned(),
            base_url: BASE.to_owned(),
            admin_upn: "admin@contoso.com".to_owned(),
            admin_password_hash: "$argon2id$".to_owned(),
            admin_must_change_password: false,
        };
        let begun = create_tenant(&store, &*clock, &*rng, &Actor::command_line(), &request).await.unwrap();
        let tenant = begun.tenant().id;
        let directory = Directory::new(store.clone(), clock.clone(), rng.clone(), tenant);
        let seal = Arc::new(MasterKey::ephemeral(rng.clone()));
        let tokens = Arc::new(TokenService::new(
            store.clone(),
            seal.clone(),
            clock.clone(),
            rng.clone(),
            tenant,
            BASE,
        ));
        tokens.ensure_signing_key().await.unwrap();
        let protection = Protection::new(
            store.clone(),
            directory.clone(),
            Arc::new(KnownAddresses(&[(TOR, AnonymizerKind::Tor)])),
            clock.clone(),
            rng.clone(),
            riskgate_risk::RiskConfig::default(),
        );
        let protection = Arc::new(protection.with_insider_risk_attribute(insider_risk_attribute));
        let new = NewApplication { display_name: "Tests".to_owned(), ..NewApplication::default() };
        let application = directory.create_application(&Actor::command_line(), &new).await.unwrap();
        let (stop, stopping) = tokio::sync::watch::channel(false);
        let hasher = PasswordHasher::new(Argon2Cost { memory_kib: 64, passes: 1 }, 2, rng.clone()).unwrap();
        let services =
            Services { store: store.clone(), seal, clock: clock.clone(), rng: rng.clone(), tenant };
        let settings = FederationSettings {
            base_url: BASE.to_owned(),
            private_networks: vec!["10.0.0.0/8".parse().unwrap()],
            allow_plain_http: false,
            authorities: None,
            timeout: Duration::from_secs(1),
        };
        let passes = TemporaryAccessPasses::new(services.clone(), &[12; 32]);
        let api = GraphApi {
            temporary_access_passes: passes,
            store: store.clone(),
            tenant,
            base_url: BASE.to_owned(),
            clock: clock.clone(),
            rng: rng.clone(),
            directory: directory.clone(),
            federation: Federation::new(services.clone(), directory.clone(), hasher.clone(), settings),
            own_passwords: Passwords::new(services.clone(), hasher.clone(), &[13; 32])
                .with_rules(PasswordRules::new(&["Contoso"], &[])),
            passwords: hasher,
            password_rules: PasswordRules::new(&["Contoso"], &[]),
            breached_passwords: Some(BreachedCheck {
                list: Arc::new(KnownBreached(&[BREACHED])),
                refuse_new: true,
                demand_change: true,
            }),
            password_reset_proofs: Some(1),
            protection: protection.clone(),
            sources: Arc::new(OneSource),
            stopping,
            tokens: tokens.clone(),
            limit,
        };
        let context = HttpContext {
            trusted_proxies: TrustedProxies::default(),
            clock: clock.clone(),
            rng: rng.clone(),
        };
        let router = router(api).layer(axum::middleware::from_fn_with_state(context, with_context));
        let admin = directory.user("admin@contoso.com").await.unwrap();
        clock.advance(Duration::from_secs(5));
        Self {
            store,
            tenant,
            clock,
            directory,
            tokens,
            protection,
            admin,
            application: application.service_principal,
            stop,
            router,
        }
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Makes a user `name@contoso.com` with the roles.
    pub(crate) async fn user(&self, name: &str, roles: &[&str]) -> User {
        let new = NewUser::new(&format!("{name}@contoso.com"), name, "$argon2id$".to_owned(), false);
        let user = self.directory.create_user(&Actor::command_line(), &new).await.unwrap();
        for role in roles {
            self.directory.add_role_assignment(&Actor::command_line(), &user.id, role, "/").await.unwrap();
        }
        self.clock.advance(Duration::from_secs(2));
        user
    }

    /// A token of the application with these application permissions.
    pub(crate) async fn app_token(&self, roles: &[&str]) -> String {
        let roles: Vec<String> = roles.iter().map(|role| (*role).to_owned()).collect();
        let request = AppTokenRequest {
            app_id: self.application.app_id.as_deref().unwrap(),
            service_principal_id: &self.application.id,
            audience: GRAPH,
            roles: &roles,
            claims: None,
            dpop_key: None,
        };
        self.tokens.issue_app_access_token(request).await.unwrap().token
    }

    /// A token for a user with these delegated permissions.
    pub(crate) async fn user_token(&self, user: &User, scopes: &[&str]) -> String {
        self.token_for(user, scopes, GRAPH).await
    }

    pub(crate) async fn token_for(&self, user: &User, scopes: &[&str], audience: &str) -> String {
        self.token_of(&self.grant(user, scopes), user, audience, None).await
    }

    /// A token of a client that handles claims challenges.
    pub(crate) async fn able_token(&self, user: &User, scopes: &[&str]) -> String {
        let mut grant = self.grant(user, scopes);
        grant.claims.client_capabilities = ["cp1".to_owned()].into();
        self.token_of(&grant, user, GRAPH, None).await
    }

    /// A token that is bound to a key.
    pub(crate) async fn bound_token(&self, user: &User, scopes: &[&str], thumbprint: &str) -> String {
        let grant = TokenGrant { dpop_key: Some(thumbprint.to_owned()), ..self.grant(user, scopes) };
        self.token_of(&grant, user, GRAPH, None).await
    }

    fn grant(&self, user: &User, scopes: &[&str]) -> TokenGrant {
        TokenGrant {
            client_id: self.application.app_id.clone().unwrap(),
            user_id: user.id.clone(),
            scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
            authentication: AuthenticationFacts::default(),
            session_id: "session".to_owned(),
            sign_in_id: "sign-in".to_owned(),
            nonce: None,
            granted_date_time: self.now(),
            claims: Default::default(),
            session: Default::default(),
            dpop_key: None,
        }
    }

    /// A token beside a refresh token of the same grant.
    pub(crate) async fn token_and_refresh(&self, user: &User, scopes: &[&str]) -> (String, String) {
        let (grant, family) = (self.grant(user, scopes), self.tokens.new_family_id());
        let token = self.token_of(&grant, user, GRAPH, Some(&family)).await;
        let issued = self.tokens.issue_refresh(grant, RefreshLifetime::Sliding, Some(family), None).await;
        (token, issued.unwrap())
    }

    async fn token_of(
        &self,
        grant: &TokenGrant,
        user: &User,
        audience: &str,
        family_id: Option<&str>,
    ) -> String {
        let request = UserTokenRequest {
            grant,
            family_id,
            user,
            audience,
            scopes: &grant.scopes,
            role_template_ids: &[],
            session: Default::default(),
        };
        self.tokens.issue_user_access_token(request).await.unwrap().token
    }

    /// A token of the administrator with every permission the tests need.
    pub(crate) async fn admin_token(&self) -> String {
        let scopes = [
            "IdentityRiskEvent.Read.All",
            "IdentityRiskyUser.ReadWrite.All",
            "Policy.Read.All",
            "Policy.ReadWrite.ConditionalAccess",
            "Policy.ReadWrite.AuthenticationMethod",
            "AuditLog.Read.All",
            "User.ReadWrite.All",
            "User-PasswordProfile.ReadWrite.All",
            "Group.ReadWrite.All",
            "RoleManagement.ReadWrite.Directory",
            "Application.Read.All",
            "Directory.Read.All",
            "UserAuthenticationMethod.ReadWrite.All",
            "User.Read",
        ];
        self.user_token(&self.admin, &scopes).await
    }

    pub(crate) async fn put<R: Record>(&self, records: &[R]) {
        let mut batch = Batch::new(self.tenant);
        for record in records {
            batch.insert(record).unwrap();
        }
        self.store.commit(batch).await.unwrap();
    }

    pub(crate) async fn all<R: Record>(&self) -> Vec<R> {
        let rows = self.store.find_all::<R>(self.tenant, Filter::Constant(true)).await.unwrap();
        rows.into_iter().map(|row| row.record).collect()
    }

    /// The answer as it begins, whose body may go on.
    pub(crate) async fn open(&self, request: Request<Body>) -> Response<Body> {
        self.router.clone().oneshot(request).await.unwrap()
    }

    /// Sends any request.
    pub(crate) async fn request(&self, request: Request<Body>) -> Reply {
        let response = self.open(request).await;
        let (parts, body) = response.into_parts();
        let bytes = body.collect().await.unwrap().to_bytes().to_vec();
        let json = serde_json::from_slice(&bytes).unwrap_or_default();
        Reply { status: parts.status, headers: parts.headers, bytes, json }
    }

    pub(crate) async fn send(&self, method: Method, path: &str, token: &str, body: Option<Json>) -> Reply {
        let path = path.strip_prefix(BASE).map_or_else(|| format!("/v1.0{path}"), str::to_owned);
        let mut request = Request::builder().method(method).uri(path);
        if !token.is_empty() {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        let body = match body {
            Some(body) => {
                request = request.header("content-type", "application/json");
                Body::from(body.to_string())
            }
            None => Body::empty(),
        };
        self.request(request.body(body).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str, token: &str) -> Reply {
        self.send(Method::GET, path, token, None).await
    }

    pub(crate) async fn post(&self, path: &str, token: &str, body: Json) -> Reply {
        self.send(Method::POST, path, token, Some(body)).await
    }

    pub(crate) async fn patch(&self, path: &str, token: &str, body: Json) -> Reply {
        self.send(Method::PATCH, path, token, Some(body)).await
    }

    pub(crate) async fn delete(&self, path: &str, token: &str) -> Reply {
        self.send(Method::DELETE, path, token, None).await
    }
}
