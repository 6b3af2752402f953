use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;
use riskgate_store::Store;

/// A store that takes longer than this to answer is not ready.
const PATIENCE: Duration = Duration::from_secs(2);

/// What those who run the server ask: is the process alive, and can it do its work.
pub(super) fn router(store: Arc<dyn Store>) -> Router {
    Router::new().route("/healthz", get(|| async { "ok\n" })).route("/readyz", get(ready)).with_state(store)
}

async fn ready(State(store): State<Arc<dyn Store>>) -> (StatusCode, &'static str) {
    match tokio::time::timeout(PATIENCE, store.ping()).await {
        Ok(Ok(())) => (StatusCode::OK, "ready\n"),
        outcome => {
            tracing::warn!(?outcome, "not ready: the store does not answer");
            (StatusCode::SERVICE_UNAVAILABLE, "the store does not answer\n")
        }
    }
}
