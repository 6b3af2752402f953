//! The two listeners: TLS for everybody, plain for operations.

mod connection;
mod operations;
mod stop;

use std::net::{SocketAddr, TcpListener};
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use axum::Router;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::{self, Next};
use axum::response::{IntoResponse, Response};
use axum_server::Handle;
use axum_server::accept::NoDelayAcceptor;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use riskgate_store::Store;
use tokio::sync::watch::Sender;

use crate::config::Config;
use connection::Connections;

/// How long a client may take to send the head of a request, and a connection may stay idle.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long a request may take as a whole, with the sending of its body.
const REQUEST_TIMEOUT: Duration = Duration::from_secs(60);
/// Largest head of a request; sealed state in an address and cookies stay far below.
const MAX_HEAD_BYTES: usize = 64 * 1024;

/// Both listeners, bound before anything else happens, so that a port that is taken is known at once.
pub(crate) struct Listeners {
    tls: TcpListener,
    operations: TcpListener,
}

impl Listeners {
    /// Binds the addresses of the configuration.
    ///
    /// # Errors
    /// If one is taken or not allowed.
    pub(crate) fn bind(config: &Config) -> anyhow::Result<Self> {
        let bind = |address: SocketAddr, key: &str| {
            TcpListener::bind(address).with_context(|| {
                format!("{address} cannot be listened on; choose another address with {key}")
            })
        };
        Ok(Self {
            tls: bind(config.server.listen, "server.listen or --listen")?,
            operations: bind(config.server.operations_listen, "server.operations_listen")?,
        })
    }

    /// Address of the TLS listener, with the port that was chosen if none was asked for.
    ///
    /// # Errors
    /// If the system does not tell.
    pub(crate) fn tls_address(&self) -> std::io::Result<SocketAddr> {
        self.tls.local_addr()
    }

    /// Address of the operations listener.
    ///
    /// # Errors
    /// If the system does not tell.
    pub(crate) fn operations_address(&self) -> std::io::Result<SocketAddr> {
        self.operations.local_addr()
    }
}

/// Serves until the process is asked to stop, then says so with `stop` and finishes what is being answered.
///
/// # Errors
/// If a listener fails.
pub(crate) async fn run(
    listeners: Listeners,
    tls: RustlsConfig,
    router: Router,
    store: Arc<dyn Store>,
    stop: Sender<bool>,
) -> anyhow::Result<()> {
    let handle = Handle::new();
    let router = router.layer(middleware::from_fn(within_time));
    let acceptor = RustlsAcceptor::new(tls).acceptor(NoDelayAcceptor::new());
    let mut server =
        axum_server::from_tcp(listeners.tls)?.acceptor(acceptor).handle(handle.clone()).http1_only();
    server.http_builder().http1().header_read_timeout(HEAD_TIMEOUT).max_buf_size(MAX_HEAD_BYTES);
    let server = server
        .first_request_timeout(HEAD_TIMEOUT)
        .accept_error_handler(|peer, error| tracing::debug!(?peer, %error, "a connection was not accepted"));

    let mut plain = axum_server::from_tcp(listeners.operations)?.handle(handle.clone()).http1_only();
    plain.http_builder().http1().header_read_timeout(HEAD_TIMEOUT);
    let plain = plain.first_request_timeout(HEAD_TIMEOUT);

    let stop = tokio::spawn(stop::on_signal(handle, stop));
    let served = tokio::try_join!(
        server.serve(Connections::new(router)),
        plain.serve(Connections::new(operations::router(store))),
    );
    stop.abort();
    served.context("a listener failed")?;
    Ok(())
}

/// Ends requests whose body or answer takes too long.
async fn within_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(REQUEST_TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => {
            let close = [(header::CONNECTION, "close")];
            (StatusCode::REQUEST_TIMEOUT, close, "The request took too long.\n").into_response()
        }
    }
}
