//! Telling applications that a session has ended (OpenID Connect Back-Channel Logout).
//!
//! Whatever ends a session writes a notice for each application in the same batch; [`BackChannel::deliver_due`] sends what
//! is due. An application names its address as `logoutUrl`. What cannot be delivered is tried again, at longer and longer
//! intervals, and given up after five attempts or an hour.

mod receiver;

use std::sync::Arc;
use std::time::Duration;

use riskgate_core::{Clock, TenantId, Timestamp};
use riskgate_directory::Directory;
use riskgate_odata::{Comparison, Filter};
use riskgate_store::records::LogoutNotice;
use riskgate_store::{AsConflict, Batch, Direction, Query, Store, StoreError, StoreExt, Versioned};
use riskgate_tokens::{LogoutTokenRequest, TokenService};
use tokio::task::JoinSet;

pub use receiver::Receivers;

/// Notices taken up in one round, and so most requests at the same time.
const ROUND: u64 = 16;
/// How long to wait after each attempt that failed; there is one attempt more than there are waits.
const WAITS: [Duration; 4] = [
    Duration::from_secs(5),
    Duration::from_secs(30),
    Duration::from_secs(2 * 60),
    Duration::from_secs(10 * 60),
];
/// A notice that is being sent is left alone for this long, also by other nodes: longer than any attempt takes.
const LEASE: Duration = Duration::from_secs(30);

/// Sends logout tokens.
#[derive(Clone)]
pub struct BackChannel {
    /// Where notices are kept.
    pub store: Arc<dyn Store>,
    /// Whose.
    pub tenant: TenantId,
    /// Applications and their addresses.
    pub directory: Directory,
    /// Signs logout tokens.
    pub tokens: Arc<TokenService>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// How applications are reached.
    pub receivers: Receivers,
}

impl BackChannel {
    /// Sends the notices that are due, at most 16 of them, all at the same time, and says how many those were.
    ///
    /// # Errors
    /// [`StoreError`]; what was not delivered stays due.
    pub async fn deliver_due(&self) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let filter = Filter::compare("dueDateTime", Comparison::LessOrEqual, now);
        let query = Query::filtered(filter, ROUND).ordered("dueDateTime", Direction::Ascending);
        let due = self.store.find::<LogoutNotice>(self.tenant, &query).await?.items;
        let count = due.len();
        let mut sending = JoinSet::new();
        for notice in due {
            let channel = self.clone();
            sending.spawn(async move { channel.handle(notice, now).await });
        }
        while let Some(handled) = sending.join_next().await {
            handled.unwrap_or(Ok(()))?;
        }
        Ok(count)
    }

    async fn handle(&self, mut notice: Versioned<LogoutNotice>, now: Timestamp) -> Result<(), StoreError> {
        if notice.record.expires_date_time <= now {
            return self.remove(&notice.record.id).await;
        }
        notice.record.attempts = notice.record.attempts.saturating_add(1);
        notice.record.due_date_time = now + LEASE;
        let mut batch = Batch::new(self.tenant);
        batch.update(&notice)?;
        match self.store.commit(batch).await {
            Ok(()) => {}
            // Another node sends it.
            Err(error) if error.is_conflict() => return Ok(()),
            Err(error) => return Err(error),
        }
        let record = &notice.record;
        let wait = WAITS.get(usize::try_from(record.attempts).unwrap_or(usize::MAX).saturating_sub(1));
        match (self.send(record).await, wait) {
            (Ok(()), _) => self.remove(&record.id).await,
            (Err(reason), Some(wait)) => {
                tracing::info!(
                    client = record.client_id,
                    reason,
                    "a sign-out could not be told; trying again"
                );
                self.postpone(&record.id, *wait).await
            }
            (Err(reason), None) => {
                tracing::warn!(client = record.client_id, reason, "a sign-out could not be told; giving up");
                self.remove(&record.id).await
            }
        }
    }

    /// Sends a notice. One for an application that is gone, disabled or has no address is delivered by doing nothing.
    async fn send(&self, notice: &LogoutNotice) -> Result<(), String> {
        let text = |error: &dyn std::error::Error| error.to_string();
        let directory = &self.directory;
        let application =
            directory.find_application(&notice.client_id).await.map_err(|error| text(&error))?;
        let principal =
            directory.find_service_principal_of(&notice.client_id).await.map_err(|error| text(&error))?;
        let is_enabled = principal.is_some_and(|principal| principal.account_enabled != Some(false));
        let web = application.filter(|_| is_enabled).and_then(|application| application.web);
        let Some(address) = web.and_then(|web| web.logout_url) else { return Ok(()) };
        let request = LogoutTokenRequest {
            client_id: &notice.client_id,
            user_id: &notice.user_id,
            session_id: &notice.session_id,
        };
        let token = self.tokens.issue_logout_token(request).await.map_err(|error| text(&error))?;
        self.receivers.tell(&address, &token).await
    }

    async fn remove(&self, id: &str) -> Result<(), StoreError> {
        self.change(id, |batch, notice| {
            batch.delete(notice);
            Ok(())
        })
        .await
    }

    async fn postpone(&self, id: &str, wait: Duration) -> Result<(), StoreError> {
        let due = self.clock.now() + wait;
        self.change(id, |batch, notice| {
            notice.record.due_date_time = due;
            batch.update(notice)
        })
        .await
    }

    /// Changes a notice this node holds; if it is another's by now, that one has the say.
    async fn change(
        &self,
        id: &str,
        change: impl Fn(&mut Batch, &mut Versioned<LogoutNotice>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        let Some(mut notice) = self.store.load::<LogoutNotice>(self.tenant, id).await? else {
            return Ok(());
        };
        let mut batch = Batch::new(self.tenant);
        change(&mut batch, &mut notice)?;
        match self.store.commit(batch).await {
            Err(error) if !error.is_conflict() => Err(error),
            _ => Ok(()),
        }
    }
}
