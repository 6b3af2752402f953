use aws_lc_rs::signature::{ParsedPublicKey, RSA_PKCS1_2048_8192_SHA256};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use riskgate_model::KeyCredential;
use riskgate_store::records::{ClientCredential, ClientCredentialKind};

use crate::TokenService;
use crate::der::{Certificate, RsaPublicKey};
use crate::digest::{base64url, sha1, sha256};

const BEGIN: &str = "-----BEGIN CERTIFICATE-----";
const END: &str = "-----END CERTIFICATE-----";
const LONGEST_PEM: usize = 64 * 1024;

/// A new certificate of a client. The caller stores both.
#[derive(Debug, Clone)]
pub struct NewCertificate {
    /// For the table of credentials.
    pub credential: ClientCredential,
    /// For `keyCredentials` of the application; the certificate itself (`key`) is left out, as Graph leaves it out.
    pub key_credential: KeyCredential,
}

/// Why a certificate cannot prove a client.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CertificateError {
    /// There is no certificate in the text.
    #[error("no '{BEGIN}' block that holds an X.509 certificate was found")]
    Malformed,
    /// Assertions are signed with RS256 or PS256 only.
    #[error("the certificate's key is not an RSA key; only RSA keys can sign client assertions")]
    NotRsa,
    /// RFC 7518 §3.3.
    #[error("the certificate's RSA key must have 2048 to 8192 bits")]
    KeySize,
    /// Its time is over.
    #[error("the certificate has expired")]
    Expired,
}

impl TokenService {
    /// Makes the first certificate of a PEM text a credential of an application, good as long as the certificate is.
    /// Nothing is stored yet.
    ///
    /// Who issued the certificate does not matter, as in Entra: registering it is what makes it trusted.
    ///
    /// # Errors
    /// [`CertificateError`].
    pub fn new_certificate_credential(
        &self,
        app_id: &str,
        display_name: Option<&str>,
        pem: &str,
    ) -> Result<NewCertificate, CertificateError> {
        let der = der_of_pem(pem).ok_or(CertificateError::Malformed)?;
        let certificate = Certificate::read(&der).ok_or(CertificateError::Malformed)?;
        let key =
            RsaPublicKey::read_public_key_info(certificate.public_key).ok_or(CertificateError::NotRsa)?;
        if !(2048..=8192).contains(&key.bits()) {
            return Err(CertificateError::KeySize);
        }
        ParsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA256, certificate.public_key)
            .map_err(|_| CertificateError::NotRsa)?;
        if certificate.not_after <= self.clock.now() {
            return Err(CertificateError::Expired);
        }
        let (id, thumbprint) = (self.rng.guid(), sha1(&der));
        let key_credential = KeyCredential {
            custom_key_identifier: Some(STANDARD.encode(&thumbprint)),
            display_name: display_name.map(str::to_owned),
            end_date_time: Some(certificate.not_after),
            key_id: Some(id.clone()),
            start_date_time: Some(certificate.not_before),
            type_: Some("AsymmetricX509Cert".to_owned()),
            usage: Some("Verify".to_owned()),
            ..KeyCredential::default()
        };
        let credential = ClientCredential {
            id,
            app_id: app_id.to_owned(),
            kind: ClientCredentialKind::Certificate {
                pem: pem_of_der(&der),
                thumbprint_sha1: base64url(&thumbprint),
                thumbprint_sha256: base64url(&sha256(&der)),
            },
            start_date_time: certificate.not_before,
            end_date_time: certificate.not_after,
        };
        Ok(NewCertificate { credential, key_credential })
    }
}

/// `SubjectPublicKeyInfo` of the first certificate of a PEM text.
pub(crate) fn public_key_of_pem(pem: &str) -> Option<Vec<u8>> {
    let der = der_of_pem(pem)?;
    Some(Certificate::read(&der)?.public_key.to_vec())
}

/// The first certificate of a text that may hold others, a private key, and words around them.
fn der_of_pem(pem: &str) -> Option<Vec<u8>> {
    if pem.len() > LONGEST_PEM {
        return None;
    }
    let (_, after) = pem.split_once(BEGIN)?;
    let (body, _) = after.split_once(END)?;
    let body: String = body.chars().filter(|letter| !letter.is_ascii_whitespace()).collect();
    STANDARD.decode(body).ok()
}

/// PEM with lines of 64 characters (RFC 7468 §2).
fn pem_of_der(der: &[u8]) -> String {
    let encoded = STANDARD.encode(der);
    let mut pem = format!("{BEGIN}\n");
    let mut rest = encoded.as_str();
    while !rest.is_empty() {
        let (line, after) = rest.split_at(rest.len().min(64));
        pem.push_str(line);
        pem.push('\n');
        rest = after;
    }
    pem.push_str(END);
    pem.push('\n');
    pem
}
