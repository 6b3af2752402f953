use std::net::{IpAddr, SocketAddr};

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::{ConnectInfo, Request, State};
use axum::middleware::Next;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::HeaderMap;

use crate::TrustedProxies;

/// The header a proxy passes a client's certificate on in (RFC 9440 §2.2).
const CLIENT_CERT: &str = "client-cert";
/// Longest such header that is read; certificates of devices are far smaller.
const LONGEST: usize = 16 * 1024;

/// A certificate whose key the client proved to hold when the connection was made. The listener, or
/// [`client_certificate_of_proxy`], puts it into the extensions of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClientCertificate {
    thumbprint: String,
}

impl ClientCertificate {
    /// Of a certificate in DER.
    pub fn of_der(certificate: &[u8]) -> Self {
        let thumbprint = digest(&SHA256, certificate);
        Self { thumbprint: thumbprint.as_ref().iter().map(|byte| format!("{byte:02x}")).collect() }
    }

    /// SHA-256 of the certificate, hexadecimal.
    pub fn thumbprint(&self) -> &str {
        &self.thumbprint
    }
}

/// Middleware: takes the certificate from the header of a trusted proxy, which must remove the header from what clients
/// send. From anybody else the header says nothing.
pub async fn client_certificate_of_proxy(
    State(proxies): State<TrustedProxies>,
    mut request: Request,
    next: Next,
) -> Response {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    let certificate = peer.and_then(|peer| passed_on(&proxies, peer, request.headers()));
    if let Some(certificate) = certificate {
        request.extensions_mut().insert(certificate);
    }
    next.run(request).await
}

/// What the header says, if the peer is a trusted proxy.
fn passed_on(proxies: &TrustedProxies, peer: IpAddr, headers: &HeaderMap) -> Option<ClientCertificate> {
    if proxies.contains(peer) { certificate_of(headers) } else { None }
}

/// A byte sequence between colons (RFC 8941 §3.3.5). When the header comes twice, neither is trusted.
fn certificate_of(headers: &HeaderMap) -> Option<ClientCertificate> {
    let mut values = headers.get_all(CLIENT_CERT).iter();
    let value = values.next().filter(|value| value.len() <= LONGEST)?.to_str().ok()?;
    if values.next().is_some() {
        return None;
    }
    let encoded = value.trim().strip_prefix(':')?.strip_suffix(':')?;
    let der = STANDARD.decode(encoded).ok().filter(|der| !der.is_empty())?;
    Some(ClientCertificate::of_der(&der))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_certificate_is_read_from_the_header_as_the_standard_writes_it() {
        let read = |lines: &[&str]| {
            let mut headers = HeaderMap::new();
            for line in lines {
                headers.append(CLIENT_CERT, line.parse().unwrap());
            }
            certificate_of(&headers)
        };
        assert_eq!(read(&[":YWJj:"]), Some(ClientCertificate::of_der(b"abc")));
        assert_eq!(
            read(&[":YWJj:"]).unwrap().thumbprint(),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        let long = format!(":{}:", "A".repeat(LONGEST));
        for wrong in
            [&[][..], &["YWJj"], &["::"], &[":"], &[":YWJj"], &[":Y!:"], &[":YWJj:", ":YWJj:"], &[&long]]
        {
            assert_eq!(read(wrong), None, "{wrong:?}");
        }
    }

    #[test]
    fn only_trusted_proxies_are_believed() {
        let proxies = TrustedProxies::new(vec!["10.0.0.0/8".parse().unwrap()]);
        let headers = HeaderMap::from_iter([(CLIENT_CERT.parse().unwrap(), ":YWJj:".parse().unwrap())]);
        for (peer, expected) in [("10.1.2.3", true), ("11.0.0.1", false), ("::1", false)] {
            assert_eq!(passed_on(&proxies, peer.parse().unwrap(), &headers).is_some(), expected, "{peer}");
        }
    }
}
