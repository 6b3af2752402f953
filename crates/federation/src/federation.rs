use std::sync::Arc;
use std::time::Duration;

use ipnet::IpNet;
use riskgate_authentication::{PasswordHasher, SealedForms, Services};
use riskgate_directory::Directory;

use crate::http::{Cache, Network};

/// What the operator says about upstream providers.
#[derive(Debug, Clone)]
pub struct FederationSettings {
    /// What browsers see, without a slash at the end.
    pub base_url: String,
    /// Networks besides the public ones that providers may be in.
    pub private_networks: Vec<IpNet>,
    /// Whether a provider in one of them may be spoken to without TLS; for development alone.
    pub allow_plain_http: bool,
    /// Certificate authorities to trust besides those of the system, PEM.
    pub authorities: Option<Vec<u8>>,
    /// How long one answer is waited for.
    pub timeout: Duration,
}

/// Sign-in through upstream providers. Cheap to clone.
#[derive(Clone)]
pub struct Federation {
    pub(crate) services: Services,
    pub(crate) sealed: SealedForms,
    pub(crate) directory: Directory,
    pub(crate) hasher: PasswordHasher,
    pub(crate) base_url: Arc<str>,
    pub(crate) network: Arc<Network>,
    pub(crate) cache: Arc<Cache>,
}

impl Federation {
    /// Federation over a store.
    pub fn new(
        services: Services,
        directory: Directory,
        hasher: PasswordHasher,
        settings: FederationSettings,
    ) -> Self {
        let base_url = settings.base_url.as_str().into();
        let network = Arc::new(Network::new(settings));
        let sealed = SealedForms::new(services.clock.clone(), services.seal.clone());
        let cache = Arc::new(Cache::new(services.clock.clone()));
        Self { services, sealed, directory, hasher, base_url, network, cache }
    }

    /// The address a provider sends people back to; each provider has its own (RFC 9700 §4.4.2).
    pub fn redirect_uri(&self, provider_id: &str) -> String {
        format!("{}/signin/federated/{provider_id}", self.base_url)
    }
}
