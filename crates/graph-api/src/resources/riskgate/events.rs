//! `GET /riskgate/events`: which sets changed, told while it happens (server-sent events, HTML Living Standard §9.2).
//!
//! An event says that a set changed, never how: whoever is told asks Graph, which knows what he may see. Only sets he may read
//! are named. Once a second a node that has streams looks at what is newest in the store, so that it tells of what other
//! nodes did, too. Who asks is looked at again before each event, and every quarter of a minute: a token that ended, was
//! revoked or lost its role ends the stream, or what it tells.

mod seats;
mod stream;
mod topics;
mod watch;

use std::sync::Arc;

use axum::http::StatusCode;

use crate::answer::{Answer, Content};
use crate::call::Call;
use crate::error::GraphError;
use crate::route::Outcome;
use seats::Seats;
use watch::Watch;

/// Streams of this node, and what is watched for them.
#[derive(Default)]
pub(crate) struct Events {
    seats: Arc<Seats>,
    watch: Watch,
}

/// Opens a stream.
pub(super) async fn open(call: Call) -> Outcome {
    let caller = call.caller()?;
    if !topics::TOPICS.iter().any(|topic| topic.is_open_to(caller)) {
        return Err(call.area.missing_permission());
    }
    let owner = caller.user_id().unwrap_or(&caller.app_id);
    let seat = call.service.events.seats.take(owner).ok_or_else(|| GraphError::throttled(30))?;
    Ok(Answer {
        status: StatusCode::OK,
        headers: Vec::new(),
        content: Content::Events(stream::start(call, seat)),
    })
}
