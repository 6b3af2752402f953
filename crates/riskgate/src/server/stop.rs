use std::net::SocketAddr;
use std::time::Duration;

use axum_server::Handle;
use tokio::sync::watch::Sender;

/// How long answers that are under way may take when the process is asked to stop.
const GRACE: Duration = Duration::from_secs(10);

/// Stops the listeners and what says with `stop` that it goes on for long at the first signal, and at the second one whatever
/// is still being answered.
pub(super) async fn on_signal(handle: Handle<SocketAddr>, stop: Sender<bool>) {
    signal().await;
    tracing::info!("stopping");
    stop.send_replace(true);
    handle.graceful_shutdown(Some(GRACE));
    signal().await;
    handle.shutdown();
}

/// Waits for SIGTERM or SIGINT.
#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    let Ok(mut terminate) = signal(SignalKind::terminate()) else { return interrupt().await };
    tokio::select! {
        _ = terminate.recv() => {}
        () = interrupt() => {}
    }
}

#[cfg(not(unix))]
async fn signal() {
    interrupt().await;
}

/// Waits for Ctrl-C; for ever if the system cannot tell, rather than stopping at once.
async fn interrupt() {
    if tokio::signal::ctrl_c().await.is_err() {
        std::future::pending::<()>().await;
    }
}
