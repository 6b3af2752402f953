//! A real HTTP server on this machine that can be told to misbehave, and feeds that are fetched from it.

use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use axum::body::{Body, Bytes};
use axum::extract::State;
use axum::http::{HeaderMap, Response, StatusCode, header};
use riskgate_core::ManualClock;
use riskgate_intel::{FeedFormat, FeedKind, FeedSettings, Feeds, Outcome, Warning};
use riskgate_model::AnonymizerKind;
use riskgate_ports::Intel;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

use super::{at, url_feed};

pub(crate) const NOW: &str = "2026-11-23T10:00:00Z";

/// What the server says next, and what it was asked.
#[derive(Clone, Default)]
pub(crate) struct Script {
    answer: Arc<Mutex<Answer>>,
    pub(crate) conditional: Arc<AtomicUsize>,
}

#[derive(Clone, Default)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: String,
    pub(crate) etag: Option<&'static str>,
    pub(crate) last_modified: Option<&'static str>,
    pub(crate) location: Option<String>,
}

impl Script {
    pub(crate) fn say(&self, answer: Answer) {
        *self.answer.lock().unwrap() = answer;
    }
}

pub(crate) fn list(body: impl Into<String>) -> Answer {
    Answer { status: 200, body: body.into(), ..Answer::default() }
}

async fn serve(State(script): State<Script>, headers: HeaderMap) -> Response<Body> {
    let answer = script.answer.lock().unwrap().clone();
    let sent = headers.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    if sent.is_some() || headers.contains_key(header::IF_MODIFIED_SINCE) {
        script.conditional.fetch_add(1, Ordering::SeqCst);
    }
    let is_current = answer.etag.is_some() && sent == answer.etag;
    let status =
        if is_current { StatusCode::NOT_MODIFIED } else { StatusCode::from_u16(answer.status).unwrap() };
    let mut response = Response::builder().status(status);
    for (name, value) in [(header::ETAG, answer.etag), (header::LAST_MODIFIED, answer.last_modified)] {
        if let Some(value) = value {
            response = response.header(name, value);
        }
    }
    if let Some(location) = &answer.location {
        response = response.header(header::LOCATION, location);
    }
    let body = if is_current { String::new() } else { answer.body };
    response.body(Body::from(Bytes::from(body))).unwrap()
}

pub(crate) async fn start() -> (Script, String) {
    let script = Script::default();
    let app = axum::Router::new().fallback(serve).with_state(script.clone());
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await.unwrap() });
    (script, format!("http://{address}/list"))
}

/// A server that sends these bytes and hangs up.
pub(crate) async fn start_raw(answer: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request).await;
            let _ = stream.write_all(answer.as_bytes()).await;
        }
    });
    address
}

pub(crate) fn vpn(url: &str, cache: Option<&Path>, clock: &Arc<ManualClock>) -> (Feeds, Vec<Warning>) {
    load(url, FeedKind::Vpn, FeedFormat::CidrList, cache, clock)
}

pub(crate) fn load(
    url: &str,
    kind: FeedKind,
    format: FeedFormat,
    cache: Option<&Path>,
    clock: &Arc<ManualClock>,
) -> (Feeds, Vec<Warning>) {
    let settings = FeedSettings {
        built_in: false,
        feeds: vec![url_feed("list", kind, format, url)],
        cache_dir: cache.map(Path::to_owned),
    };
    Feeds::load(settings, Arc::clone(clock) as Arc<dyn riskgate_core::Clock>)
}

pub(crate) fn kind(feeds: &Feeds, address: &str) -> Option<AnonymizerKind> {
    feeds.network(address.parse().unwrap(), at(NOW)).anonymizer
}

pub(crate) async fn update(feeds: &Feeds) -> Outcome {
    let mut reports = feeds.update(None).await;
    assert_eq!(reports.len(), 1);
    reports.remove(0).outcome
}

pub(crate) async fn failure(feeds: &Feeds) -> String {
    match update(feeds).await {
        Outcome::Failed { error } => error,
        other => panic!("{other:?}"),
    }
}
