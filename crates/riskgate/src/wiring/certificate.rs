use std::path::PathBuf;

use riskgate_core::Timestamp;
use riskgate_keystore::tls::{self, ServerTls, TlsError};
use url::{Host, Url};

use super::Place;
use crate::config::{Config, DeviceCertificates};

/// How the server proves itself, and whether clients are asked to.
#[derive(Debug, Clone)]
pub(crate) struct Certificate {
    source: Source,
    asks_clients: bool,
}

/// Where the server's certificate comes from.
#[derive(Debug, Clone)]
enum Source {
    /// Files of the operator: PEM chain and PEM key.
    Files(PathBuf, PathBuf),
    /// Riskgate's own authority in a folder, for a host.
    Development(PathBuf, String),
    /// Riskgate's own authority for the life of the process, for a host.
    Memory(String),
}

impl Certificate {
    /// What the configuration says.
    pub(crate) fn new(config: &Config, place: &Place) -> Self {
        let asks_clients = config.devices.certificates == DeviceCertificates::Listener;
        Self { source: Source::new(config, place), asks_clients }
    }

    /// Makes or reads it. Blocks.
    ///
    /// # Errors
    /// [`TlsError`].
    pub(crate) fn load(&self, now: Timestamp) -> Result<ServerTls, TlsError> {
        let tls = self.source.load(now)?;
        if self.asks_clients { tls.asking_for_client_certificates() } else { Ok(tls) }
    }

    /// Whether loading it again gives the same, or one that the same clients trust.
    pub(crate) fn is_kept(&self) -> bool {
        !matches!(self.source, Source::Memory(_))
    }
}

impl Source {
    fn new(config: &Config, place: &Place) -> Self {
        if let (Some(certificate), Some(key)) =
            (&config.server.certificate_file, &config.server.private_key_file)
        {
            return Self::Files(certificate.clone(), key.clone());
        }
        let host = host(&config.base_url());
        match place {
            Place::Directory(directory) => Self::Development(directory.tls(), host),
            Place::Memory => Self::Memory(host),
        }
    }

    fn load(&self, now: Timestamp) -> Result<ServerTls, TlsError> {
        match self {
            Self::Files(certificate, key) => tls::from_files(certificate, key),
            Self::Development(directory, host) => tls::development(directory, host, now),
            Self::Memory(host) => tls::in_memory(host, now),
        }
    }
}

/// Host name or address of the base URL, without the brackets of IPv6.
fn host(base_url: &str) -> String {
    let url = Url::parse(base_url).ok();
    match url.as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name.to_owned(),
        Some(Host::Ipv4(address)) => address.to_string(),
        Some(Host::Ipv6(address)) => address.to_string(),
        None => "localhost".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_host_of_a_base_url() {
        for (base_url, expected) in [
            ("https://id.contoso.com", "id.contoso.com"),
            ("https://[::1]:8443", "::1"),
            ("https://10.0.0.1:1", "10.0.0.1"),
        ] {
            assert_eq!(host(base_url), expected);
        }
    }
}
