use std::path::Path;
use std::sync::Arc;

use rustls::ServerConfig;
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};

use super::TlsError;

/// What a TLS listener needs.
#[derive(Debug, Clone)]
pub struct ServerTls {
    /// Configuration of the listener.
    pub config: Arc<ServerConfig>,
    /// Certificate of the development authority in PEM, for clients to trust; `None` with an operator's certificate.
    pub authority_pem: Option<String>,
}

/// Loads a certificate (followed by its intermediates) and its private key, both in PEM.
///
/// # Errors
/// [`TlsError`] if a file cannot be read or holds something else, or if the key is not the certificate's.
pub fn from_files(certificate: &Path, key: &Path) -> Result<ServerTls, TlsError> {
    let read =
        |path: &Path| std::fs::read(path).map_err(|source| TlsError::File { path: path.to_owned(), source });
    let (chain_pem, key_pem) = (read(certificate)?, read(key)?);
    let chain = certificates(&chain_pem)
        .ok_or_else(|| TlsError::Pem { path: certificate.to_owned(), expected: "certificate" })?;
    let key = private_key(&key_pem)
        .ok_or_else(|| TlsError::Pem { path: key.to_owned(), expected: "private key" })?;
    let config = server_config(chain, key)
        .map_err(|source| TlsError::Unusable { certificate: certificate.to_owned(), source })?;
    Ok(ServerTls { config, authority_pem: None })
}

/// The certificates of a PEM text, unless there are none or one is broken.
pub(super) fn certificates(pem: &[u8]) -> Option<Vec<CertificateDer<'static>>> {
    let chain: Vec<_> = CertificateDer::pem_slice_iter(pem).collect::<Result<_, _>>().ok()?;
    (!chain.is_empty()).then_some(chain)
}

/// The first private key of a PEM text.
pub(super) fn private_key(pem: &[u8]) -> Option<PrivateKeyDer<'static>> {
    PrivateKeyDer::from_pem_slice(pem).ok()
}

/// Fails also if the key is not the first certificate's.
pub(super) fn server_config(
    chain: Vec<CertificateDer<'static>>,
    key: PrivateKeyDer<'static>,
) -> Result<Arc<ServerConfig>, rustls::Error> {
    let mut config = ServerConfig::builder_with_provider(provider())
        .with_safe_default_protocol_versions()?
        .with_no_client_auth()
        .with_single_cert(chain, key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(Arc::new(config))
}

pub(super) fn provider() -> Arc<CryptoProvider> {
    Arc::new(rustls::crypto::aws_lc_rs::default_provider())
}
