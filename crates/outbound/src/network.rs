use std::error::Error as _;
use std::net::IpAddr;
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use ipnet::IpNet;
use reqwest::{Certificate, Client, RequestBuilder, Response, StatusCode, redirect};
use tokio::sync::Semaphore;
use url::{Host, Url};

use crate::address::Allowed;

/// Largest answer that is read, in bytes: key sets with certificates are the largest honest ones.
pub const MAX_ANSWER: usize = 256 << 10;
/// Requests under way at once; a server that is slow must not take all there is.
const MOST_AT_ONCE: usize = 64;
/// Longest address, in bytes.
const LONGEST_ADDRESS: usize = 2_048;

/// What the operator allows.
#[derive(Debug, Clone)]
pub struct OutboundSettings {
    /// Networks besides the public ones that may be spoken to.
    pub private_networks: Vec<IpNet>,
    /// Whether a server in one of them may be spoken to without TLS; for development alone.
    pub allow_plain_http: bool,
    /// Certificate authorities to trust besides those of the system, PEM.
    pub authorities: Option<Vec<u8>>,
    /// How long one answer is waited for.
    pub timeout: Duration,
}

/// The way out.
#[derive(Debug)]
pub struct Outbound {
    /// Made when it is first needed: reading the certificate authorities of the system takes a while.
    client: OnceLock<Result<Client, String>>,
    authorities: Option<Vec<u8>>,
    allowed: Allowed,
    allow_plain_http: bool,
    timeout: Duration,
    under_way: Semaphore,
}

/// Why there is no answer.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum OutboundError {
    /// It cannot be reached, may not be, or does not answer in time.
    #[error("{0}")]
    Unreachable(String),
    /// The answer is larger than [`MAX_ANSWER`].
    #[error("more than {MAX_ANSWER} bytes")]
    TooLarge,
    /// The client cannot be made: the certificate authorities cannot be read.
    #[error("no HTTP client: {0}")]
    Client(String),
}

impl Outbound {
    /// A way out within these bounds.
    pub fn new(settings: OutboundSettings) -> Self {
        Self {
            client: OnceLock::new(),
            authorities: settings.authorities,
            allowed: Allowed::new(settings.private_networks),
            allow_plain_http: settings.allow_plain_http,
            timeout: settings.timeout,
            under_way: Semaphore::new(MOST_AT_ONCE),
        }
    }

    /// An address, if it is one that may be used: `https` without user, password and fragment, not of a network that may
    /// not be spoken to.
    pub fn endpoint(&self, text: &str) -> Option<Url> {
        let url = Url::parse(text).ok().filter(|_| text.len() <= LONGEST_ADDRESS)?;
        let is_plain = url.scheme() == "http" && self.allow_plain_http && self.is_private_host(&url);
        let is_good = (url.scheme() == "https" || is_plain)
            && url.username().is_empty()
            && url.password().is_none()
            && url.fragment().is_none()
            && address_of(&url).is_none_or(|address| self.allowed.allows(address));
        is_good.then_some(url)
    }

    /// Sends what `build` makes; status and body of the answer.
    ///
    /// # Errors
    /// [`OutboundError`].
    pub async fn send(
        &self,
        build: impl FnOnce(&Client) -> RequestBuilder,
    ) -> Result<(StatusCode, Vec<u8>), OutboundError> {
        let request = build(self.client()?);
        let _permit = self
            .under_way
            .try_acquire()
            .map_err(|_| OutboundError::Unreachable("too many requests are under way".to_owned()))?;
        let whole = async {
            let answer = request.send().await.map_err(unreachable)?;
            let status = answer.status();
            Ok((status, read(answer).await?))
        };
        // The client's own time limit counts each part; this one counts everything.
        tokio::time::timeout(self.timeout, whole)
            .await
            .unwrap_or_else(|_| Err(OutboundError::Unreachable("it did not answer in time".to_owned())))
    }

    fn client(&self) -> Result<&Client, OutboundError> {
        let client = self.client.get_or_init(|| self.new_client().map_err(explain));
        client.as_ref().map_err(|problem| OutboundError::Client(problem.clone()))
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

    fn is_private_host(&self, url: &Url) -> bool {
        url.host_str() == Some("localhost")
            || address_of(url).is_some_and(|address| self.allowed.is_private(address))
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
async fn read(mut answer: Response) -> Result<Vec<u8>, OutboundError> {
    let mut bytes = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(unreachable)? {
        if bytes.len() + piece.len() > MAX_ANSWER {
            return Err(OutboundError::TooLarge);
        }
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

fn unreachable(error: reqwest::Error) -> OutboundError {
    OutboundError::Unreachable(explain(error))
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

#[cfg(test)]
mod tests {
    use super::*;

    fn outbound(private_networks: &[&str], allow_plain_http: bool) -> Outbound {
        let private_networks = private_networks.iter().map(|network| network.parse().unwrap()).collect();
        let timeout = Duration::from_secs(5);
        Outbound::new(OutboundSettings { private_networks, allow_plain_http, authorities: None, timeout })
    }

    #[test]
    fn only_https_to_public_places_is_an_endpoint() {
        let strict = outbound(&[], false);
        assert!(strict.endpoint("https://push.example.net/send/abc?x=1").is_some());
        for bad in [
            "http://push.example.net/send",
            "https://127.0.0.1/",
            "https://[::1]:8443/",
            "https://169.254.169.254/latest/meta-data",
            "https://user@push.example.net/",
            "https://push.example.net/#here",
            "file:///etc/passwd",
            "no address",
        ] {
            assert!(strict.endpoint(bad).is_none(), "{bad}");
        }
        assert!(
            strict.endpoint(&format!("https://push.example.net/{}", "a".repeat(LONGEST_ADDRESS))).is_none()
        );
        let development = outbound(&["127.0.0.0/8"], true);
        assert!(development.endpoint("http://127.0.0.1:9/").is_some());
        assert!(development.endpoint("http://push.example.net/").is_none());
    }

    #[tokio::test]
    async fn a_name_that_leads_to_a_private_address_is_not_connected_to() {
        let strict = outbound(&[], false);
        let url = strict.endpoint("https://localhost:9/").unwrap();
        let refused = strict.send(|client| client.get(url)).await.unwrap_err();
        assert!(refused.to_string().contains("no address that may be spoken to"), "{refused}");
    }
}
