use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{self, Next};
use axum::response::Response;
use axum_server::tls::TlsInfo;
use riskgate_http::{ClientCertificate, TrustedProxies, client_certificate_of_proxy};

use crate::config::{Config, DeviceCertificates};

/// The router, with the certificates of clients where handlers look for them.
pub(super) fn with_client_certificates(router: Router, config: &Config) -> Router {
    match config.devices.certificates {
        DeviceCertificates::None => router,
        DeviceCertificates::Listener => router.layer(middleware::from_fn(of_connection)),
        DeviceCertificates::Proxy => {
            let proxies = TrustedProxies::new(config.network.trusted_proxies.clone());
            router.layer(middleware::from_fn_with_state(proxies, client_certificate_of_proxy))
        }
    }
}

/// The first certificate of the handshake is the client's own.
async fn of_connection(mut request: Request, next: Next) -> Response {
    let connection = request.extensions().get::<Arc<TlsInfo>>();
    let certificate = connection.and_then(|connection| connection.peer_certificates.first());
    if let Some(certificate) = certificate.map(|der| ClientCertificate::of_der(der)) {
        request.extensions_mut().insert(certificate);
    }
    next.run(request).await
}
