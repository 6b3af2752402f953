use std::sync::{Arc, OnceLock};
use std::time::Duration;

use riskgate_authentication::Forms;
use riskgate_core::TenantId;
use riskgate_directory::Directory;
use riskgate_protection::Protection;
use riskgate_store::Store;
use riskgate_tokens::TokenService;
use serde::Serialize;

use crate::clients::Clients;
use crate::error::OAuthError;
use crate::origin::Origin;
use crate::resource::Resource;
use crate::throttle::ClientBuckets;

/// How long a person may take on the page.
const VALID_FOR: Duration = Duration::from_secs(60 * 60);

/// What the OAuth and OpenID Connect endpoints work with.
#[derive(Clone)]
pub struct OAuthApi {
    /// Where everything is kept.
    pub store: Arc<dyn Store>,
    /// Whose.
    pub tenant: TenantId,
    /// What clients see, without a slash at the end: issuer and every endpoint begin with it.
    pub base_url: String,
    /// Applications, people, consent.
    pub directory: Directory,
    /// Tokens, codes, client authentication.
    pub tokens: Arc<TokenService>,
    /// Judges refreshes.
    pub protection: Arc<Protection>,
    /// Seals what the browser takes along to the sign-in pages.
    pub forms: Forms,
}

/// [`OAuthApi`] and what the endpoints keep in memory.
pub(crate) struct App {
    pub(crate) api: OAuthApi,
    /// The base URL taken apart.
    pub(crate) origin: Origin,
    /// Clients as they were read.
    pub(crate) clients: Clients,
    /// Failed client authentications.
    pub(crate) failures: ClientBuckets,
    /// Tokens of applications themselves that Conditional Access refused, as far as they are recorded.
    pub(crate) workload_refusals: ClientBuckets,
    /// Requests for device codes.
    pub(crate) device_requests: ClientBuckets,
    /// Requests pushed by public clients.
    pub(crate) pushed_requests: ClientBuckets,
    /// Microsoft Graph, once it was looked up.
    pub(crate) graph: OnceLock<Resource>,
}

impl App {
    pub(crate) fn new(api: OAuthApi) -> Self {
        Self {
            origin: Origin::of(&api.base_url),
            clients: Clients::default(),
            failures: ClientBuckets::default(),
            workload_refusals: ClientBuckets::default(),
            device_requests: ClientBuckets::default(),
            pushed_requests: ClientBuckets::default(),
            graph: OnceLock::new(),
            api,
        }
    }

    /// The address of a page of ours that is handed `value`, which it opens with the same purpose within an hour.
    ///
    /// # Errors
    /// `invalid_request` if the address would be too long to travel.
    pub(crate) fn page<T: Serialize>(
        &self,
        path: &str,
        purpose: &str,
        value: &T,
    ) -> Result<String, OAuthError> {
        let message = "The parameters of the request are together too long.";
        let too_long = |_| OAuthError::invalid_request(90_015, message);
        let sealed = self.api.forms.sealed().seal(purpose, value, VALID_FOR).map_err(too_long)?;
        Ok(format!("{path}?ctx={sealed}"))
    }

    /// An address below `{base_url}/{tenant}`.
    pub(crate) fn tenant_url(&self, path: &str) -> String {
        format!("{}/{}{path}", self.api.base_url, self.api.tenant)
    }
}
