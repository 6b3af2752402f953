use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{
    ApplicationFacts, AuthenticationFacts, ClientAppType, ClientFacts, SignInFacts, UserFacts,
};
use riskgate_odata::{Comparison, Filter};
use riskgate_risk::FirstFactor;
use riskgate_store::records::FailedFirstFactor;
use riskgate_store::{Batch, Direction, Query, StoreExt};

use crate::histories::recent::Tried;
use crate::{Attempt, Protection, ProtectionError};

/// How long failures count.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// Failures a node keeps in an hour at most; what is beyond counts in its memory alone. As many addresses and users the
/// windows know, so that more would change little.
const MOST_KEPT: u32 = 20_000;
/// Rows read at once.
const PAGE: u64 = 200;

/// How many failures this node has kept in the current hour.
#[derive(Default)]
pub(crate) struct KeptFailures(Mutex<(i64, u32)>);

impl KeptFailures {
    /// Whether one more is kept.
    fn take(&self, now: Timestamp) -> bool {
        let hour = now.as_seconds().div_euclid(3_600);
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.0 != hour {
            *kept = (hour, 0);
        }
        kept.1 = kept.1.saturating_add(1);
        if kept.1 == MOST_KEPT.saturating_add(1) {
            tracing::warn!(
                most = MOST_KEPT,
                "more wrong first factors than are kept; a restart forgets the rest of this hour"
            );
        }
        kept.1 <= MOST_KEPT
    }
}

impl Protection {
    /// Counts a first factor that was wrong: of a known user, or of the name in `attempt.user.id`, of which a digest is
    /// kept. When this returns, a node that starts counts it as well.
    ///
    /// # Errors
    /// What the store fails with; it is counted on this node all the same.
    pub async fn count_failure(&self, attempt: &Attempt, is_known: bool) -> Result<(), ProtectionError> {
        let mut facts = self.bare_facts(attempt);
        if !is_known {
            facts.user.id = self.name_tag(&attempt.user.id).await?;
        }
        let outcome = if is_known { FirstFactor::Wrong } else { FirstFactor::UnknownUser };
        let (id, password_tag) = (&*attempt.request_id, attempt.password_tag);
        self.recent.record(&Tried { id, facts: &facts, password_tag, outcome });
        if !self.kept_failures.take(facts.at) {
            return Ok(());
        }
        let failed = FailedFirstFactor {
            id: id.to_owned(),
            user: facts.user.id,
            is_known,
            address: attempt.address.to_string(),
            user_agent: facts.client.user_agent,
            device_cookie_id: facts.client.device_cookie_id,
            // Without the key nobody could tell what it is equal to.
            password_tag: password_tag.filter(|_| self.seal.is_some()),
            created_date_time: facts.at,
            expires_date_time: facts.at + DAY,
        };
        let mut batch = Batch::new(self.tenant);
        batch.insert(&failed)?;
        Ok(self.store.commit(batch).await?)
    }

    /// Counts the failures that were kept from a moment on, up to another one.
    pub(crate) async fn count_kept_failures(
        &self,
        from: Timestamp,
        until: Option<Timestamp>,
    ) -> Result<(), ProtectionError> {
        let mut filters = vec![Filter::compare("createdDateTime", Comparison::GreaterOrEqual, from)];
        filters.extend(until.map(|until| Filter::compare("createdDateTime", Comparison::LessOrEqual, until)));
        let filter = Filter::And(filters);
        let mut query = Query::filtered(filter, PAGE).ordered("createdDateTime", Direction::Ascending);
        loop {
            let page = self.store.find::<FailedFirstFactor>(self.tenant, &query).await?;
            for kept in page.items {
                self.count_kept(&kept.record);
            }
            match page.next {
                Some(next) => query.after = Some(next),
                None => return Ok(()),
            }
        }
    }

    fn count_kept(&self, kept: &FailedFirstFactor) {
        let Ok(address) = kept.address.parse() else { return };
        let at = kept.created_date_time;
        let facts = SignInFacts {
            at,
            user: UserFacts::new(&*kept.user),
            application: ApplicationFacts::new("", ClientAppType::Browser),
            client: ClientFacts {
                device_cookie_id: kept.device_cookie_id.clone(),
                ..self.intel.client(kept.user_agent.as_deref())
            },
            network: self.intel.network(address, at),
            device: None,
            authentication: AuthenticationFacts::default(),
        };
        let outcome = if kept.is_known { FirstFactor::Wrong } else { FirstFactor::UnknownUser };
        let (id, password_tag) = (&*kept.id, kept.password_tag);
        self.recent.record(&Tried { id, facts: &facts, password_tag, outcome });
    }
}
