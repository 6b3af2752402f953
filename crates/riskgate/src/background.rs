//! What goes on while nobody asks for anything.

use std::sync::Arc;
use std::time::Duration;

use axum_server::tls_rustls::RustlsConfig;
use riskgate_core::Clock;
use riskgate_intel::Feeds;
use riskgate_oauth_api::{BackChannel, Receivers};
use riskgate_protection::{MIN_SIGN_INS, Protection};
use riskgate_store::{Store, Table, tables};
use riskgate_tokens::TokenService;
use tokio::task::JoinSet;

use crate::wiring::{Certificate, System};

const HOUR: Duration = Duration::from_secs(3_600);
const WATCH_EVERY: Duration = Duration::from_secs(15);
const PURGE_EVERY: Duration = Duration::from_secs(3 * 60);
/// Rows removed at once: few enough that nobody waits for the writer.
const PURGE_ROWS: u64 = 500;
/// Most rounds for one table, so that a large backlog is spread over time: 10,000 rows every three minutes.
const PURGE_ROUNDS: usize = 20;
/// An attack shows within a second on every node.
const FOLLOW_SIGN_INS_EVERY: Duration = Duration::from_millis(500);
const FOLLOW_HISTORIES_EVERY: Duration = Duration::from_secs(1);
/// Whoever signs out is signed out of his applications a moment later.
const TELL_SIGN_OUTS_EVERY: Duration = Duration::from_millis(500);
/// Pause before it is tried again.
const AFTER_A_FAILURE: Duration = Duration::from_secs(10);
/// The longest time without a look at what is due, and the shortest.
const FEEDS_WITHIN: (Duration, Duration) = (Duration::from_secs(60), HOUR);

/// Starts every task; they end when the result is dropped.
pub(crate) fn start(system: &System, tls: RustlsConfig, certificate: Certificate) -> JoinSet<()> {
    let mut tasks = JoinSet::new();
    let clock = system.foundation.clock.clone();
    tasks.spawn(update_feeds(system.feeds.clone(), clock.clone()));
    tasks.spawn(follow_sign_ins(system.protection.clone()));
    tasks.spawn(follow_histories(system.protection.clone()));
    tasks.spawn(follow_noise_budget(system.protection.clone()));
    tasks.spawn(tend_keys(system.tokens.clone()));
    tasks.spawn(purge(system.foundation.store.clone(), clock.clone()));
    tasks.spawn(age_out(system.protection.clone()));
    tasks.spawn(watch_activity(system.protection.clone()));
    tasks.spawn(watch_reads(system.protection.clone()));
    tasks.spawn(tell_sign_outs(back_channel(system)));
    tasks.spawn(renew_certificate(tls, certificate, clock));
    tasks
}

async fn update_feeds(feeds: Arc<Feeds>, clock: Arc<dyn Clock>) {
    let (shortest, longest) = FEEDS_WITHIN;
    while let Some(due) = feeds.next_due() {
        let now = clock.now();
        if due > now {
            tokio::time::sleep(due.since(now).clamp(shortest, longest)).await;
        }
        feeds.update_due().await;
        tokio::task::yield_now().await;
    }
}

async fn follow_sign_ins(protection: Arc<Protection>) {
    loop {
        if let Err(error) = protection.follow_sign_ins().await {
            tracing::warn!(%error, "sign-ins of other nodes are not counted for now");
            tokio::time::sleep(AFTER_A_FAILURE).await;
        }
        tokio::time::sleep(FOLLOW_SIGN_INS_EVERY).await;
    }
}

async fn follow_histories(protection: Arc<Protection>) {
    loop {
        if let Err(error) = protection.follow_histories().await {
            tracing::warn!(%error, "what sign-ins teach on other nodes is not known for now");
            tokio::time::sleep(AFTER_A_FAILURE).await;
        }
        tokio::time::sleep(FOLLOW_HISTORIES_EVERY).await;
    }
}

/// Thresholds follow what sign-ins look like; an hour is soon enough for what moves over weeks.
async fn follow_noise_budget(protection: Arc<Protection>) {
    loop {
        match protection.follow_noise_budget().await {
            Ok(Some(noise)) if noise.is_enough() => {
                let [low, medium, high] = [noise.budgeted.low, noise.budgeted.medium, noise.budgeted.high]
                    .map(|chosen| chosen.score);
                tracing::info!(
                    sign_ins = noise.sign_ins,
                    low,
                    medium,
                    high,
                    "thresholds follow the noise budget"
                );
            }
            Ok(Some(noise)) => tracing::info!(
                sign_ins = noise.sign_ins,
                needed = MIN_SIGN_INS,
                "the noise budget waits for more sign-ins; the configured thresholds are in force"
            ),
            Ok(None) => return,
            Err(error) => {
                tracing::warn!(%error, "the noise budget could not be followed; trying again in an hour")
            }
        }
        tokio::time::sleep(HOUR).await;
    }
}

async fn tend_keys(tokens: Arc<TokenService>) {
    loop {
        tokio::time::sleep(HOUR).await;
        if let Err(error) = tokens.ensure_signing_key().await {
            tracing::error!(%error, "the signing keys could not be looked after; trying again in an hour");
        }
    }
}

async fn purge(store: Arc<dyn Store>, clock: Arc<dyn Clock>) {
    let expiring: Vec<&'static Table> =
        tables::ALL.iter().copied().filter(|table| table.column("expiresDateTime").is_some()).collect();
    loop {
        tokio::time::sleep(PURGE_EVERY).await;
        for table in &expiring {
            if let Err(error) = purge_table(&*store, table, &*clock).await {
                tracing::warn!(table = table.name, %error, "expired rows stay for now");
            }
        }
    }
}

async fn purge_table(
    store: &dyn Store,
    table: &'static Table,
    clock: &dyn Clock,
) -> Result<(), riskgate_store::StoreError> {
    for _ in 0..PURGE_ROUNDS {
        if store.purge_expired(table, clock.now(), PURGE_ROWS).await? < PURGE_ROWS {
            break;
        }
    }
    Ok(())
}

fn back_channel(system: &System) -> Result<BackChannel, String> {
    Ok(BackChannel {
        store: system.foundation.store.clone(),
        tenant: system.tenant.id,
        directory: system.directory.clone(),
        tokens: system.tokens.clone(),
        clock: system.foundation.clock.clone(),
        receivers: Receivers::new(None)?,
    })
}

/// Tells applications that sessions have ended.
async fn tell_sign_outs(channel: Result<BackChannel, String>) {
    let channel = match channel {
        Ok(channel) => channel,
        Err(error) => return tracing::error!(%error, "applications are not told of sign-outs"),
    };
    loop {
        match channel.deliver_due().await {
            Ok(0) => tokio::time::sleep(TELL_SIGN_OUTS_EVERY).await,
            Ok(_) => tokio::task::yield_now().await,
            Err(error) => {
                tracing::warn!(%error, "applications are not told of sign-outs for now");
                tokio::time::sleep(AFTER_A_FAILURE).await;
            }
        }
    }
}

/// Looks at what people read of the directory.
async fn watch_reads(protection: Arc<Protection>) {
    loop {
        tokio::time::sleep(WATCH_EVERY).await;
        if let Err(error) = protection.watch_reads().await {
            tracing::warn!(%error, "what people read is not looked at for now");
        }
    }
}

/// Looks at what people and applications did in the directory.
async fn watch_activity(protection: Arc<Protection>) {
    loop {
        match protection.watch_activity().await {
            Ok(true) => tokio::task::yield_now().await,
            Ok(false) => tokio::time::sleep(WATCH_EVERY).await,
            Err(error) => {
                tracing::warn!(%error, "what people and applications did is not looked at for now");
                tokio::time::sleep(WATCH_EVERY).await;
            }
        }
    }
}

/// Closes low risk that came to nothing.
async fn age_out(protection: Arc<Protection>) {
    loop {
        tokio::time::sleep(HOUR).await;
        match protection.age_out_low_risk().await {
            Ok(true) => tracing::info!("more low risk has aged than is closed at once; the rest follows"),
            Ok(false) => {}
            Err(error) => tracing::warn!(%error, "low risk that has aged stays open for now"),
        }
    }
}

/// Takes up a certificate that the operator has replaced, and renews Riskgate's own before it expires.
async fn renew_certificate(tls: RustlsConfig, certificate: Certificate, clock: Arc<dyn Clock>) {
    // One that is kept in memory would be another one each time, which nobody trusts.
    while certificate.is_kept() {
        tokio::time::sleep(HOUR).await;
        let (certificate, now) = (certificate.clone(), clock.now());
        match tokio::task::spawn_blocking(move || certificate.load(now)).await {
            Ok(Ok(new)) => tls.reload_from_config(new.config),
            Ok(Err(error)) => {
                tracing::error!(%error, "the certificate could not be read again; the old one stays")
            }
            Err(error) => {
                tracing::error!(%error, "the certificate could not be read again; the old one stays")
            }
        }
    }
}
