use std::collections::HashMap;
use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{Query, State};
use axum::response::{IntoResponse, Redirect};
use axum::routing::post;
use http::{HeaderMap, StatusCode, Uri};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

/// What a push service got.
#[derive(Debug, Clone)]
pub struct Received {
    /// The address it came to.
    pub path: String,
    /// What was sent.
    pub body: Vec<u8>,
    headers: HeaderMap,
}

impl Received {
    /// A header; empty if it was not sent.
    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A push service on a port of this machine.
pub struct PushService {
    address: SocketAddr,
    received: UnboundedReceiver<Received>,
}

impl PushService {
    /// One that answers everything with `status`.
    pub async fn start(status: StatusCode) -> Self {
        let (sender, received) = unbounded_channel();
        let keep =
            async move |State(all): State<UnboundedSender<Received>>, uri: Uri, headers, body: Bytes| {
                all.send(Received { path: uri.path().to_owned(), body: body.to_vec(), headers }).unwrap();
                status
            };
        let router = Router::new()
            .route("/redirect", post(redirect))
            .route("/flood", post(|| async { (StatusCode::CREATED, vec![b'x'; 1 << 20]) }))
            .route("/silence", post(std::future::pending::<StatusCode>))
            .fallback(keep)
            .with_state(sender);
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { address, received }
    }

    /// An address there.
    pub fn address(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    /// Its port.
    pub fn port(&self) -> u16 {
        self.address.port()
    }

    /// The next message, once it is there.
    pub async fn next(&mut self) -> Received {
        self.received.recv().await.unwrap()
    }

    /// Whether nothing has come.
    pub fn is_idle(&self) -> bool {
        self.received.is_empty()
    }
}

async fn redirect(Query(asked): Query<HashMap<String, String>>) -> impl IntoResponse {
    Redirect::temporary(&asked["to"])
}
