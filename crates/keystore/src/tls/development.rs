use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use riskgate_core::Timestamp;

use super::TlsError;
use super::authority::{Authority, Issued, names};
use super::check::is_accepted;
use super::server::{ServerTls, certificates, private_key, server_config};
use crate::file::{self, Readers};

/// A certificate with less time left than this is renewed.
const RENEW_BEFORE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// The certificate of a development installation, kept in `directory` as `ca.pem`, `ca.key`, `server.pem` and
/// `server.key` (keys readable by their owner only).
///
/// The authority is made once. The server certificate is for `host` (of the base URL), `localhost`, `127.0.0.1` and
/// `::1`, and is made anew when it has less than 30 days left, does not cover one of them, or does not work.
///
/// # Errors
/// [`TlsError`] if a file cannot be read or written, half of the authority is missing, or `host` is no host.
pub fn development(directory: &Path, host: &str, now: Timestamp) -> Result<ServerTls, TlsError> {
    let names = names(host)?;
    fs::create_dir_all(directory).map_err(|source| TlsError::File { path: directory.to_owned(), source })?;
    let files = Files::of(directory);
    let authority_pem = files.ensure_authority(now)?;
    if let Some(tls) = files.load(&authority_pem, &names, now + RENEW_BEFORE)? {
        return Ok(tls);
    }
    let key = read(&files.authority_key)?
        .ok_or_else(|| TlsError::AuthorityIncomplete { missing: files.authority_key.clone() })?;
    let issued = Authority::from_key(&key)?.issue(&names, now)?;
    write(&files.server_key, &issued.key, Readers::Owner)?;
    write(&files.server, &issued.certificate, Readers::Everybody)?;
    assemble(&issued, authority_pem, &files.server)
}

/// The same without files: a new authority and certificate for the life of the process.
///
/// # Errors
/// [`TlsError`] if `host` is no host.
pub fn in_memory(host: &str, now: Timestamp) -> Result<ServerTls, TlsError> {
    let names = names(host)?;
    let (authority, own) = Authority::generate(now)?;
    let issued = authority.issue(&names, now)?;
    assemble(&issued, own.certificate, Path::new("in memory"))
}

fn assemble(issued: &Issued, authority_pem: String, path: &Path) -> Result<ServerTls, TlsError> {
    let pem = |expected| TlsError::Pem { path: path.to_owned(), expected };
    let chain = certificates(issued.certificate.as_bytes()).ok_or_else(|| pem("certificate"))?;
    let key = private_key(issued.key.as_bytes()).ok_or_else(|| pem("private key"))?;
    let config = server_config(chain, key)
        .map_err(|source| TlsError::Unusable { certificate: path.to_owned(), source })?;
    Ok(ServerTls { config, authority_pem: Some(authority_pem) })
}

struct Files {
    authority: PathBuf,
    authority_key: PathBuf,
    server: PathBuf,
    server_key: PathBuf,
}

impl Files {
    fn of(directory: &Path) -> Self {
        Self {
            authority: directory.join("ca.pem"),
            authority_key: directory.join("ca.key"),
            server: directory.join("server.pem"),
            server_key: directory.join("server.key"),
        }
    }

    /// The authority's certificate, made if there is none. A missing key is noticed when it is needed: an operator may
    /// keep it elsewhere between renewals.
    fn ensure_authority(&self, now: Timestamp) -> Result<String, TlsError> {
        if let Some(pem) = read(&self.authority)? {
            return Ok(pem);
        }
        if self.authority_key.exists() {
            return Err(TlsError::AuthorityIncomplete { missing: self.authority.clone() });
        }
        let (_, issued) = Authority::generate(now)?;
        write(&self.authority_key, &issued.key, Readers::Owner)?;
        write(&self.authority, &issued.certificate, Readers::Everybody)?;
        Ok(issued.certificate)
    }

    /// The kept certificate, if clients accept it for all `names` until `until`.
    fn load(
        &self,
        authority_pem: &str,
        names: &[String],
        until: Timestamp,
    ) -> Result<Option<ServerTls>, TlsError> {
        let authority = certificates(authority_pem.as_bytes())
            .ok_or_else(|| TlsError::Pem { path: self.authority.clone(), expected: "certificate" })?;
        let (Some(chain), Some(key)) = (read(&self.server)?, read(&self.server_key)?) else {
            return Ok(None);
        };
        let (Some(chain), Some(key)) = (certificates(chain.as_bytes()), private_key(key.as_bytes())) else {
            return Ok(None);
        };
        if !authority.iter().any(|authority| is_accepted(authority, &chain, names, until)) {
            return Ok(None);
        }
        let config = server_config(chain, key).ok();
        Ok(config.map(|config| ServerTls { config, authority_pem: Some(authority_pem.to_owned()) }))
    }
}

fn read(path: &Path) -> Result<Option<String>, TlsError> {
    match fs::read_to_string(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(TlsError::File { path: path.to_owned(), source }),
    }
}

fn write(path: &Path, text: &str, readers: Readers) -> Result<(), TlsError> {
    file::replace(path, text.as_bytes(), readers)
        .map_err(|source| TlsError::File { path: path.to_owned(), source })
}
