//! A token service on a store in memory, with a clock that stands still.

use std::sync::Arc;
use std::time::Duration;

use riskgate_core::{Clock, ManualClock, SystemRng, TenantId};
use riskgate_keystore::MasterKey;
use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind, MethodUse, User};
use riskgate_store::Store;
use riskgate_store::records::TokenGrant;
use riskgate_tokens::TokenService;

pub(crate) const BASE_URL: &str = "https://login.contoso.com:8443";
pub(crate) const CLIENT: &str = "7f3c0d7a-66b6-4e0c-9a37-2c1f5b0d9e11";
pub(crate) const GRAPH: &str = "https://graph.microsoft.com";
pub(crate) const DAY: Duration = Duration::from_secs(24 * 60 * 60);

pub(crate) struct World {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) seal: Arc<MasterKey>,
    pub(crate) clock: Arc<ManualClock>,
    pub(crate) tenant: TenantId,
    pub(crate) tokens: Arc<TokenService>,
}

impl World {
    pub(crate) async fn new() -> Self {
        let store = riskgate_store_sql::open("sqlite::memory:").await.unwrap();
        let seal = Arc::new(MasterKey::ephemeral(Arc::new(SystemRng)));
        let clock = Arc::new(ManualClock::new("2026-11-23T10:00:00Z".parse().unwrap()));
        let tenant = "6d3f2a54-4c0a-4f43-9d9f-0f2d43c0a001".parse().unwrap();
        let tokens = Arc::new(service(&store, &seal, &clock, tenant));
        Self { store, seal, clock, tenant, tokens }
    }

    /// Another node on the same store.
    pub(crate) fn node(&self) -> TokenService {
        service(&self.store, &self.seal, &self.clock, self.tenant)
    }

    pub(crate) fn grant(&self) -> TokenGrant {
        let now = self.clock.now();
        let used = |method| MethodUse { method, at: now };
        TokenGrant {
            client_id: CLIENT.to_owned(),
            user_id: user().id,
            scopes: ["openid", "profile", "offline_access", "User.Read"].map(str::to_owned).to_vec(),
            authentication: AuthenticationFacts {
                methods: vec![used(AuthenticationMethodKind::Password)],
                ..Default::default()
            },
            session_id: "8b1a2c34-1111-4222-8333-444455556666".to_owned(),
            sign_in_id: "9c1a2c34-1111-4222-8333-444455556666".to_owned(),
            nonce: Some("n-0S6_WzA2Mj".to_owned()),
            granted_date_time: now,
            claims: Default::default(),
            session: Default::default(),
            dpop_key: None,
        }
    }
}

fn service(
    store: &Arc<dyn Store>,
    seal: &Arc<MasterKey>,
    clock: &Arc<ManualClock>,
    tenant: TenantId,
) -> TokenService {
    let (seal, clock) = (Arc::clone(seal), Arc::clone(clock));
    TokenService::new(Arc::clone(store), seal, clock, Arc::new(SystemRng), tenant, BASE_URL)
}

pub(crate) fn user() -> User {
    User {
        id: "1c9f0b9e-7b1f-4f6b-8d52-0a5f4b1e2d33".to_owned(),
        display_name: Some("Ada Lovelace".to_owned()),
        user_principal_name: Some("ada@contoso.com".to_owned()),
        mail: Some("ada.lovelace@contoso.com".to_owned()),
        ..User::default()
    }
}
