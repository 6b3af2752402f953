use std::sync::Arc;

use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{WebPkiSupportedAlgorithms, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls::{DigitallySignedStruct, DistinguishedName, Error, ServerConfig, SignatureScheme};

use super::server::provider;
use super::{ServerTls, TlsError};

impl ServerTls {
    /// The same, and clients are asked for a certificate, which they need not have. That a client holds the key of its
    /// certificate is proven by the handshake; who issued the certificate and for how long is not looked at, because what
    /// it means is only what somebody registered for exactly this certificate.
    ///
    /// # Errors
    /// [`TlsError::ClientCertificates`].
    pub fn asking_for_client_certificates(self) -> Result<Self, TlsError> {
        let provider = provider();
        let verifier = AnyCertificate { algorithms: provider.signature_verification_algorithms };
        let mut config = ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .map_err(TlsError::ClientCertificates)?
            .with_client_cert_verifier(Arc::new(verifier))
            .with_cert_resolver(self.config.cert_resolver.clone());
        config.alpn_protocols.clone_from(&self.config.alpn_protocols);
        Ok(Self { config: Arc::new(config), ..self })
    }
}

/// Believes that whoever signs the handshake with a certificate's key has that certificate, and nothing else.
#[derive(Debug)]
struct AnyCertificate {
    algorithms: WebPkiSupportedAlgorithms,
}

impl ClientCertVerifier for AnyCertificate {
    fn client_auth_mandatory(&self) -> bool {
        false
    }

    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        &[]
    }

    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        Ok(ClientCertVerified::assertion())
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls12_signature(message, certificate, signed, &self.algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        verify_tls13_signature(message, certificate, signed, &self.algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.algorithms.supported_schemes()
    }
}
