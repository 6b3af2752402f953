use std::sync::Arc;
use std::time::Duration;

use riskgate_core::Timestamp;
use rustls::RootCertStore;
use rustls::client::WebPkiServerVerifier;
use rustls::client::danger::ServerCertVerifier;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};

use super::server::provider;

/// Whether a client that trusts `authority` would accept `chain` under every one of `names` at the moment `at`.
///
/// Asking the verifier that clients use answers everything at once: expiry, names, and who signed.
pub(super) fn is_accepted(
    authority: &CertificateDer<'_>,
    chain: &[CertificateDer<'_>],
    names: &[String],
    at: Timestamp,
) -> bool {
    let Some((server, intermediates)) = chain.split_first() else { return false };
    let mut roots = RootCertStore::empty();
    if roots.add(authority.clone().into_owned()).is_err() {
        return false;
    }
    let Ok(verifier) = WebPkiServerVerifier::builder_with_provider(Arc::new(roots), provider()).build()
    else {
        return false;
    };
    let at = UnixTime::since_unix_epoch(Duration::from_secs(u64::try_from(at.as_seconds()).unwrap_or(0)));
    names.iter().all(|name| {
        ServerName::try_from(name.as_str())
            .is_ok_and(|name| verifier.verify_server_cert(server, intermediates, &name, &[], at).is_ok())
    })
}
