use std::error::Error as _;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use reqwest::{Certificate, Client, RequestBuilder, Response, StatusCode, redirect};
use serde::de::DeserializeOwned;
use tokio::sync::Semaphore;
use url::{Host, Url};

use super::address::Allowed;
use crate::{FederationError, FederationSettings};

/// Largest answer that is read, in bytes: key sets with certificates are the largest honest ones.
const MAX_ANSWER: usize = 256 << 10;
/// Requests under way at once; a provider that is slow must not take all there is.
const MOST_AT_ONCE: usize = 64;

/// The way to providers.
#[derive(Debug)]
pub struct Network {
    /// Made when it is first needed: reading the certificate authorities of the system takes a while.
    client: OnceLock<Result<Client, String>>,
    authorities: Option<Vec<u8>>,
    allowed: Allowed,
    allow_plain_http: bool,
    timeout: Duration,
    under_way: Semaphore,
}

impl Network {
    pub(crate) fn new(settings: FederationSettings) -> Self {
        Self {
            client: OnceLock::new(),
            authorities: settings.authorities,
            allowed: Allowed::new(settings.private_networks),
            allow_plain_http: settings.allow_plain_http,
            timeout: settings.timeout,
            under_way: Semaphore::new(MOST_AT_ONCE),
        }
    }

    fn client(&self) -> Result<&Client, FederationError> {
        let client = self.client.get_or_init(|| self.new_client().map_err(explain));
        client.as_ref().map_err(|problem| FederationError::Internal(format!("no HTTP client: {problem}")))
    }

    fn new_client(&self) -> Result<Client, reqwest::Error> {
        if rustls::crypto::CryptoProvider::get_default().is_none() {
            // Fails only if another thread has just installed one, which serves as well.
            let _ = rustls::crypto::aws_lc_rs::default_provider().install_default();
        }
        let client = Client::builder()
            .user_agent(concat!("riskgate/", env!("CARGO_PKG_VERSION")))
            .redirect(redirect::Policy::none())
            .no_proxy()
            .timeout(self.timeout)
            .dns_resolver(Arc::new(self.allowed.clone()));
        match &self.authorities {
            Some(pem) => client.tls_certs_merge(Certificate::from_pem_bundle(pem)?).build(),
            None => client.build(),
        }
    }

    /// An address of a provider, if it is one that may be used: `https` without user, password and fragment.
    pub(crate) fn endpoint(&self, text: &str) -> Option<Url> {
        let url = Url::parse(text).ok().filter(|_| text.len() <= 2_048)?;
        let is_plain = url.scheme() == "http" && self.allow_plain_http && self.is_private_host(&url);
        let is_good = (url.scheme() == "https" || is_plain)
            && url.username().is_empty()
            && url.password().is_none()
            && url.fragment().is_none()
            && address_of(&url).is_none_or(|address| self.allowed.allows(address));
        is_good.then_some(url)
    }

    fn is_private_host(&self, url: &Url) -> bool {
        url.host_str() == Some("localhost")
            || address_of(url).is_some_and(|address| self.allowed.is_private(address))
    }

    /// A JSON document.
    ///
    /// # Errors
    /// [`FederationError::Unreachable`], [`FederationError::Garbage`].
    pub(crate) async fn get<T: DeserializeOwned>(&self, url: &Url) -> Result<T, FederationError> {
        let (status, body) = self.send(self.client()?.get(url.clone())).await?;
        if status != StatusCode::OK {
            return Err(FederationError::Garbage(format!("status {status}")));
        }
        parse(&body)
    }

    /// Sends a form, with client credentials as HTTP Basic if there are any; status and body of the answer.
    ///
    /// # Errors
    /// [`FederationError::Unreachable`], [`FederationError::Garbage`].
    pub(crate) async fn post(
        &self,
        url: &Url,
        form: &[(&str, &str)],
        basic: Option<(&str, &str)>,
    ) -> Result<(StatusCode, Vec<u8>), FederationError> {
        let mut request = self.client()?.post(url.clone()).form(form).header("accept", "application/json");
        if let Some((user, password)) = basic {
            request = request.basic_auth(user, Some(password));
        }
        self.send(request).await
    }

    async fn send(&self, request: RequestBuilder) -> Result<(StatusCode, Vec<u8>), FederationError> {
        let _permit = self
            .under_way
            .try_acquire()
            .map_err(|_| FederationError::Unreachable("too many requests are under way".to_owned()))?;
        let whole = async {
            let answer = request.send().await.map_err(unreachable)?;
            let status = answer.status();
            Ok((status, read(answer).await?))
        };
        // The client's own time limit counts each part; this one counts everything.
        tokio::time::timeout(self.timeout, whole)
            .await
            .unwrap_or_else(|_| Err(FederationError::Unreachable("it did not answer in time".to_owned())))
    }
}

fn address_of(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(address.into()),
        Host::Ipv6(address) => Some(address.into()),
    }
}

/// Reads a body piece by piece, so that neither a lying length nor a compressed bomb takes more than is allowed.
async fn read(mut answer: Response) -> Result<Vec<u8>, FederationError> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(unreachable)? {
        if bytes.len() + piece.len() > MAX_ANSWER {
            return Err(FederationError::Garbage(format!("more than {MAX_ANSWER} bytes")));
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// An answer as JSON.
pub(crate) fn parse<T: DeserializeOwned>(body: &[u8]) -> Result<T, FederationError> {
    serde_json::from_slice(body).map_err(|error| FederationError::Garbage(error.to_string()))
}

fn unreachable(error: reqwest::Error) -> FederationError {
    FederationError::Unreachable(explain(error))
}

/// The chain of causes in words, without the address, which may hold a code.
fn explain(error: reqwest::Error) -> String {
    let error = error.without_url();
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(inner) = cause {
        text.push_str(": ");
        text.push_str(&inner.to_string());
        cause = inner.source();
    }
    text.chars().take(400).collect()
}
