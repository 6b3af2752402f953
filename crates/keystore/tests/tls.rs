//! Certificates as a client sees them, over a TLS connection in memory.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use riskgate_core::{Clock, SystemClock, Timestamp};
use riskgate_keystore::tls::{self, ServerTls, TlsError};
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::sign::{CertifiedKey, SingleCertAndKey};
use rustls::{ClientConfig, ClientConnection, RootCertStore, ServerConnection};

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

fn now() -> Timestamp {
    SystemClock.now()
}

/// Shakes hands as a client that trusts `authority` and asks for `name`; gives the protocol agreed on.
fn connect(server: &ServerTls, authority: &str, name: &str) -> Result<Option<Vec<u8>>, rustls::Error> {
    let (client, _) = connect_as(server, authority, name, None)?;
    Ok(client.alpn_protocol().map(<[u8]>::to_vec))
}

/// The same with a certificate of the client; gives both ends.
fn connect_as(
    server: &ServerTls,
    authority: &str,
    name: &str,
    own: Option<(CertificateDer<'static>, PrivateKeyDer<'static>)>,
) -> Result<(ClientConnection, ServerConnection), rustls::Error> {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(authority.as_bytes()).unwrap())?;
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots);
    let mut config = match own {
        Some((certificate, key)) => {
            let key = rustls::crypto::aws_lc_rs::sign::any_supported_type(&key)?;
            let own = CertifiedKey::new(vec![certificate], key);
            config.with_client_cert_resolver(Arc::new(SingleCertAndKey::from(own)))
        }
        None => config.with_no_client_auth(),
    };
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    let name = ServerName::try_from(name.to_owned()).unwrap();
    let mut client = ClientConnection::new(Arc::new(config), name)?;
    let mut server = ServerConnection::new(Arc::clone(&server.config))?;
    while client.is_handshaking() || server.is_handshaking() {
        let mut bytes = Vec::new();
        client.write_tls(&mut bytes).unwrap();
        server.read_tls(&mut bytes.as_slice()).unwrap();
        server.process_new_packets()?;
        let mut bytes = Vec::new();
        server.write_tls(&mut bytes).unwrap();
        client.read_tls(&mut bytes.as_slice()).unwrap();
        client.process_new_packets()?;
    }
    Ok((client, server))
}

/// A certificate nobody issued but itself, and its key.
fn self_signed() -> (CertificateDer<'static>, PrivateKeyDer<'static>) {
    let made = rcgen::generate_simple_self_signed(vec!["device".to_owned()]).unwrap();
    let key = PrivateKeyDer::from_pem_slice(made.signing_key.serialize_pem().as_bytes()).unwrap();
    (made.cert.der().clone(), key)
}

#[test]
fn a_client_that_is_asked_proves_its_certificate_or_has_none() {
    let plain = tls::in_memory("localhost", now()).unwrap();
    let authority = plain.authority_pem.clone().unwrap();
    let (certificate, key) = self_signed();
    let peer = |server: &ServerTls, own| {
        let (_, server) = connect_as(server, &authority, "localhost", own)?;
        Ok::<_, rustls::Error>(server.peer_certificates().map(<[CertificateDer<'_>]>::to_vec))
    };
    let own = || Some((certificate.clone(), key.clone_key()));
    assert_eq!(peer(&plain, own()), Ok(None), "it was not asked");
    let asking = plain.clone().asking_for_client_certificates().unwrap();
    assert_eq!(peer(&asking, None), Ok(None));
    assert_eq!(peer(&asking, own()), Ok(Some(vec![certificate.clone()])));
    let (_, other_key) = self_signed();
    assert!(
        peer(&asking, Some((certificate.clone(), other_key))).is_err(),
        "a certificate alone is no proof"
    );
}

fn development(directory: &Path, host: &str, at: Timestamp) -> ServerTls {
    tls::development(directory, host, at).unwrap()
}

#[test]
fn a_client_that_trusts_the_authority_connects_under_every_name() {
    let directory = tempfile::tempdir().unwrap();
    let server = development(directory.path(), "login.contoso.com", now());
    let authority = fs::read_to_string(directory.path().join("ca.pem")).unwrap();
    assert_eq!(server.authority_pem.as_deref(), Some(authority.as_str()));
    for name in ["login.contoso.com", "localhost", "127.0.0.1", "::1"] {
        assert_eq!(connect(&server, &authority, name).unwrap().as_deref(), Some(&b"http/1.1"[..]), "{name}");
    }
    assert!(connect(&server, &authority, "other.contoso.com").is_err());
    let stranger = tls::in_memory("localhost", now()).unwrap();
    assert!(connect(&stranger, &authority, "localhost").is_err());
}

#[test]
fn a_good_certificate_is_kept_and_an_old_one_renewed_by_the_same_authority() {
    let directory = tempfile::tempdir().unwrap();
    let read = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
    let start = now() - 330 * DAY;
    development(directory.path(), "localhost", start);
    let (authority, first) = (read("ca.pem"), read("server.pem"));
    development(directory.path(), "localhost", start + 359 * DAY);
    assert_eq!(read("server.pem"), first, "31 days are left");
    let renewed = development(directory.path(), "localhost", start + 361 * DAY);
    assert_ne!(read("server.pem"), first, "29 days are left");
    assert_eq!(read("ca.pem"), authority);
    let too_early = connect(&renewed, &authority, "localhost");
    assert!(too_early.is_err(), "it begins a month from now");
    let renewed_again = development(directory.path(), "localhost", now());
    assert!(connect(&renewed_again, &authority, "localhost").is_ok());
}

#[test]
fn another_host_or_damaged_files_make_a_new_certificate() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    development(directory.path(), "localhost", now());
    let authority = fs::read_to_string(path("ca.pem")).unwrap();
    let moved = development(directory.path(), "192.0.2.7", now());
    assert!(connect(&moved, &authority, "192.0.2.7").is_ok());
    for damage in ["server.pem", "server.key"] {
        fs::write(path(damage), "nothing").unwrap();
        let repaired = development(directory.path(), "192.0.2.7", now());
        assert!(connect(&repaired, &authority, "192.0.2.7").is_ok(), "{damage}");
    }
    let other = tempfile::tempdir().unwrap();
    development(other.path(), "192.0.2.7", now());
    fs::copy(other.path().join("server.key"), path("server.key")).unwrap();
    let repaired = development(directory.path(), "192.0.2.7", now());
    assert!(connect(&repaired, &authority, "192.0.2.7").is_ok(), "a key of another certificate");
}

#[test]
fn half_an_authority_is_never_replaced_silently() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    development(directory.path(), "localhost", now());
    fs::rename(path("ca.key"), path("elsewhere")).unwrap();
    development(directory.path(), "localhost", now());
    let error = tls::development(directory.path(), "new.contoso.com", now()).unwrap_err();
    assert!(error.to_string().contains("ca.key is missing"), "{error}");
    fs::rename(path("elsewhere"), path("ca.key")).unwrap();
    fs::remove_file(path("ca.pem")).unwrap();
    let error = tls::development(directory.path(), "localhost", now()).unwrap_err();
    assert!(error.to_string().contains("ca.pem is missing"), "{error}");
}

#[test]
fn an_operators_certificate_is_served_and_a_wrong_key_refused() {
    let directory = tempfile::tempdir().unwrap();
    let path = |name: &str| directory.path().join(name);
    let made = development(directory.path(), "localhost", now());
    let server = tls::from_files(&path("server.pem"), &path("server.key")).unwrap();
    assert!(server.authority_pem.is_none());
    assert!(connect(&server, &made.authority_pem.unwrap(), "localhost").is_ok());
    let wrong = tls::from_files(&path("server.pem"), &path("ca.key"));
    assert!(matches!(wrong, Err(TlsError::Unusable { .. })), "{wrong:?}");
    let swapped = tls::from_files(&path("server.key"), &path("server.pem"));
    assert!(matches!(swapped, Err(TlsError::Pem { expected: "certificate", .. })), "{swapped:?}");
    assert!(matches!(tls::from_files(&path("none"), &path("none")), Err(TlsError::File { .. })));
}

#[test]
fn hosts_that_cannot_stand_in_a_certificate_are_refused() {
    for host in ["", "a b", "ex\u{e4}mple", "https://localhost", "*"] {
        assert!(matches!(tls::in_memory(host, now()), Err(TlsError::Host(_))), "{host}");
    }
    let server = tls::in_memory("[2001:db8::7]", now()).unwrap();
    let authority = server.authority_pem.clone().unwrap();
    assert!(connect(&server, &authority, "2001:db8::7").is_ok());
}

#[cfg(unix)]
#[test]
fn private_keys_are_readable_by_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let directory = tempfile::tempdir().unwrap();
    development(directory.path(), "localhost", now());
    let mode = |name: &str| fs::metadata(directory.path().join(name)).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode("ca.key"), mode("server.key")), (0o600, 0o600));
    assert_eq!((mode("ca.pem"), mode("server.pem")), (0o644, 0o644));
}
