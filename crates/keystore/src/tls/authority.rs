use std::net::IpAddr;
use std::time::Duration;

use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair,
    KeyUsagePurpose, PublicKeyData, date_time_ymd,
};
use riskgate_core::Timestamp;

use super::TlsError;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long the authority is good. After that the operator deletes its files and hands out the new one.
const AUTHORITY_LIFETIME: Duration = DAY.saturating_mul(3650);
/// Below the 398 days that browsers accept at most.
const SERVER_LIFETIME: Duration = DAY.saturating_mul(390);
/// Certificates begin a little early, for clients whose clock is behind.
const EARLY: Duration = Duration::from_secs(60 * 60);

/// A certificate authority for one installation.
pub(super) struct Authority {
    issuer: Issuer<'static, KeyPair>,
}

/// A certificate and its private key, in PEM.
pub(super) struct Issued {
    pub(super) certificate: String,
    pub(super) key: String,
}

impl Authority {
    /// A new authority, with its certificate and key for keeping.
    pub(super) fn generate(now: Timestamp) -> Result<(Self, Issued), TlsError> {
        let key = KeyPair::generate()?;
        let mut params = params(&key);
        set_validity(&mut params, now - EARLY, now + AUTHORITY_LIFETIME);
        let issued = Issued { certificate: params.self_signed(&key)?.pem(), key: key.serialize_pem() };
        Ok((Self { issuer: Issuer::new(params, key) }, issued))
    }

    /// The authority of a kept key. Name and key identifier follow from the key, so its certificate need not be read.
    pub(super) fn from_key(pem: &str) -> Result<Self, TlsError> {
        let key = KeyPair::from_pem(pem)?;
        Ok(Self { issuer: Issuer::new(params(&key), key) })
    }

    /// A server certificate for `names`.
    pub(super) fn issue(&self, names: &[String], now: Timestamp) -> Result<Issued, TlsError> {
        let key = KeyPair::generate()?;
        let mut params = CertificateParams::new(names.to_vec())?;
        params.distinguished_name.push(DnType::CommonName, "Riskgate development server");
        params.key_usages = vec![KeyUsagePurpose::DigitalSignature];
        params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ServerAuth];
        params.use_authority_key_identifier_extension = true;
        set_validity(&mut params, now - EARLY, now + SERVER_LIFETIME);
        let certificate = params.signed_by(&key, &self.issuer)?.pem();
        Ok(Issued { certificate, key: key.serialize_pem() })
    }
}

/// The name tells installations apart: a client that trusts two of them finds the right one by it.
fn params(key: &KeyPair) -> CertificateParams {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &key.subject_public_key_info());
    let suffix: String = digest.as_ref().iter().take(4).map(|byte| format!("{byte:02x}")).collect();
    let mut params = CertificateParams::default();
    params.distinguished_name = rcgen::DistinguishedName::new();
    params.distinguished_name.push(DnType::CommonName, format!("Riskgate development CA {suffix}"));
    params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0));
    params.key_usages = vec![KeyUsagePurpose::KeyCertSign, KeyUsagePurpose::CrlSign];
    params
}

/// The names a server certificate of `host` is made for: the host, and this machine by its usual names.
pub(super) fn names(host: &str) -> Result<Vec<String>, TlsError> {
    let bare = host.trim_start_matches('[').trim_end_matches(']').to_ascii_lowercase();
    let is_name = !bare.is_empty()
        && bare.len() <= 253
        && bare.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_'));
    if !is_name && bare.parse::<IpAddr>().is_err() {
        return Err(TlsError::Host(host.to_owned()));
    }
    let mut names = vec![bare];
    for name in ["localhost", "127.0.0.1", "::1"] {
        if !names.iter().any(|known| known == name) {
            names.push(name.to_owned());
        }
    }
    Ok(names)
}

/// Makes a certificate good from `from` until `until`.
fn set_validity(params: &mut CertificateParams, from: Timestamp, until: Timestamp) {
    // The year 2200 keeps the sums far from where dates end.
    let since_1970 =
        |at: Timestamp| Duration::from_secs(u64::try_from(at.as_seconds()).unwrap_or(0).min(7_258_118_400));
    params.not_before = date_time_ymd(1970, 1, 1) + since_1970(from);
    params.not_after = date_time_ymd(1970, 1, 1) + since_1970(until);
}
