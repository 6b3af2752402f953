use std::time::Duration;

use axum::body::Body;
use axum::http::StatusCode;
use bytes::Bytes;
use http_body_util::channel::{Channel, Sender};
use riskgate_http::RequestContext;
use serde_json::json;
use tokio::sync::watch::Receiver;
use tokio::time::timeout;

use super::seats::Seat;
use super::topics::{Digests, TOPICS};
use super::watch::Seen;
use crate::authenticate::authenticate_again;
use crate::call::Call;
use crate::caller::Caller;
use crate::error::GraphError;

/// How long a stream is silent at most: proxies take a longer silence for the end. Who asks is looked at again as often.
const HEARTBEAT: Duration = Duration::from_secs(15);
/// Events that wait for a client that does not read; then it is waited for.
const WAITING: usize = 4;
/// Milliseconds after which a client that lost its stream comes again.
const RETRY: &str = "retry: 3000\n";

/// The body of a stream, written until the client goes, the token ends or the server stops.
pub(super) fn start(call: Call, seat: Seat) -> Body {
    let seen = call.service.events.watch.subscribe(&call.service);
    let stopping = call.service.api.stopping.clone();
    let (sender, body) = Channel::new(WAITING);
    tokio::spawn(async move {
        let stream = Stream { call, seen, sender };
        tokio::select! {
            _ = stream.run() => {}
            () = stopped(stopping) => {}
        }
        drop(seat);
    });
    Body::new(body)
}

/// Comes back when the server is to stop.
async fn stopped(mut stopping: Receiver<bool>) {
    if stopping.wait_for(|is_stopping| *is_stopping).await.is_err() {
        // Nobody can say so any more.
        std::future::pending::<()>().await;
    }
}

struct Stream {
    call: Call,
    seen: Receiver<Seen>,
    sender: Sender<Bytes>,
}

impl Stream {
    /// `None` at the end.
    async fn run(mut self) -> Option<()> {
        self.seen.changed().await.ok()?;
        let mut told = self.seen.borrow_and_update().digests;
        // Whoever reads Graph after this event is told of everything that comes later.
        let mut text = format!("{RETRY}event: ready\ndata: {{}}\n\n");
        loop {
            self.sender.send_data(Bytes::from(text)).await.ok()?;
            let later = self.seen.wait_for(|seen| seen.digests != told);
            let now = match timeout(HEARTBEAT, later).await {
                Ok(seen) => seen.ok()?.digests,
                Err(_) => told,
            };
            text = match self.caller().await {
                Ok(caller) => changes(&caller, &told, &now),
                Err(error) => {
                    self.sender.send_data(Bytes::from(end(&error))).await.ok()?;
                    return None;
                }
            };
            told = now;
        }
    }

    /// Who asks, as it is now.
    async fn caller(&self) -> Result<Caller, GraphError> {
        let api = &self.call.service.api;
        let context = RequestContext { at: api.clock.now(), ..self.call.context.clone() };
        authenticate_again(api, &self.call.headers, &context).await
    }
}

/// The sets that changed and that the caller may read; a comment if there are none.
fn changes(caller: &Caller, before: &Digests, now: &Digests) -> String {
    let changed = TOPICS.iter().zip(before.iter().zip(now)).filter(|(_, (before, now))| before != now);
    let sets: Vec<&str> = changed
        .map(|(topic, _)| topic)
        .filter(|topic| topic.is_open_to(caller))
        .map(|topic| topic.set)
        .collect();
    match sets.is_empty() {
        true => ":\n\n".to_owned(),
        false => format!("event: changed\ndata: {}\n\n", json!({ "sets": sets })),
    }
}

fn end(error: &GraphError) -> String {
    let reason = if error.status == StatusCode::UNAUTHORIZED { "tokenEnded" } else { "unavailable" };
    format!("event: end\ndata: {}\n\n", json!({ "reason": reason }))
}
