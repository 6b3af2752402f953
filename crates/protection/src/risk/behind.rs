//! What runs behind sign-ins: attacks that show after somebody got in.

use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{RiskDetectionTimingType, SignIn, SignInFacts};
use riskgate_odata::{Comparison, Filter};
use riskgate_risk::{Finding, FirstFactor, RiskContext, assess};
use riskgate_store::records::SignInRecord;
use riskgate_store::{Direction, Query, Record, Row, decode};

use crate::histories::recent::{Suspect, Tried};
use crate::{Protection, ProtectionError};

/// Detections about what others do at the same address, in the same network or with the same password, which may show
/// after a sign-in.
const BEHIND: [&str; 2] = ["passwordSpray", "maliciousIPAddress"];
/// How long ago a sign-in may be that is raised.
const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How far back the log is read again: clocks of nodes differ, and what began later may be recorded earlier.
const OVERLAP: Duration = Duration::from_secs(5);
/// Sign-ins read at once.
const PAGE: u64 = 200;

impl Protection {
    /// Counts what other nodes recorded since the last time, the last 24 hours the first time, and raises sign-ins that
    /// turn out to be part of an attack. To be called about twice a second by one task.
    ///
    /// Names that do not exist and tags of passwords are not in the log but beside it, and are taken in the order of time.
    ///
    /// # Errors
    /// What the store fails with; the next call goes on where this one failed.
    pub async fn follow_sign_ins(&self) -> Result<(), ProtectionError> {
        let now = self.clock.now();
        let read_to = self.recent.read_to();
        let timing = match read_to {
            Some(_) => RiskDetectionTimingType::NearRealtime,
            None => RiskDetectionTimingType::Offline,
        };
        let from = read_to.map_or(now - DAY, |at| at - OVERLAP);
        let filter = Filter::compare("createdDateTime", Comparison::GreaterOrEqual, from);
        let mut query = Query::filtered(filter, PAGE).ordered("createdDateTime", Direction::Ascending);
        let mut since = from;
        loop {
            let page = self.store.query(self.tenant, SignInRecord::TABLE, &query).await?;
            let until = page.next.as_ref().and(page.items.last()).and_then(moment);
            self.count_kept_failures(since, until).await?;
            page.items.into_iter().for_each(|row| self.count_recorded(row));
            since = until.unwrap_or(since);
            self.look_behind(timing).await?;
            match page.next {
                Some(next) => query.after = Some(next),
                None => break,
            }
        }
        self.recent.was_read(now);
        Ok(())
    }

    fn count_recorded(&self, row: Row) {
        let id = row.id.clone();
        match decode::<SignInRecord>(row) {
            Ok(record) => {
                let SignInRecord { sign_in, evidence } = record.record;
                if let Some(outcome) = first_factor(&sign_in) {
                    let (facts, password_tag) = (&evidence.facts, None);
                    self.recent.record(&Tried { id: &sign_in.id, facts, password_tag, outcome });
                }
            }
            Err(error) => {
                tracing::error!(sign_in = id, %error, "a sign-in cannot be read and does not count")
            }
        }
    }

    async fn look_behind(&self, timing: RiskDetectionTimingType) -> Result<(), ProtectionError> {
        self.recent.look(self.clock.now(), |facts, activity| {
            let context = RiskContext { activity, ..RiskContext::default() };
            let alone = self.found_behind(facts, &RiskContext::default());
            self.found_behind(facts, &context)
                .iter()
                .any(|finding| !alone.iter().any(|known| known.risk_event_type == finding.risk_event_type))
        });
        while let Some(suspect) = self.recent.suspect() {
            self.look_at(&suspect, timing).await?;
            self.recent.settle(&suspect);
        }
        Ok(())
    }

    /// Judges a sign-in again by what happened since.
    async fn look_at(
        &self,
        suspect: &Suspect,
        timing: RiskDetectionTimingType,
    ) -> Result<(), ProtectionError> {
        let record = match self.sign_in_record(&suspect.id).await {
            // It was judged and never recorded, or is too old to be kept.
            Err(ProtectionError::UnknownSignIn(_)) => return Ok(()),
            found => found?.record,
        };
        let facts = &record.evidence.facts;
        let before: RiskContext =
            serde_json::from_value(record.evidence.risk_context.clone()).unwrap_or_default();
        let activity = self.recent.facts_for(facts, suspect.password_tag, suspect.at);
        for finding in self.found_behind(facts, &RiskContext { activity, ..before }) {
            if self.raise_later(&suspect.id, &finding, timing).await? {
                let (sign_in, found) = (&*suspect.id, &finding.risk_event_type);
                tracing::info!(sign_in, found, "an earlier sign-in turned out to be part of an attack");
            }
        }
        Ok(())
    }

    fn found_behind(&self, facts: &SignInFacts, context: &RiskContext) -> Vec<Finding> {
        let mut findings = assess(facts, context, &self.settings()).findings;
        findings.retain(|finding| BEHIND.contains(&finding.risk_event_type.as_str()));
        findings
    }
}

/// When a recorded sign-in was.
fn moment(row: &Row) -> Option<Timestamp> {
    row.document.get("createdDateTime")?.as_str()?.parse().ok()
}

/// How the first factor of a recorded sign-in ended; `None` if none was tried.
fn first_factor(sign_in: &SignIn) -> Option<FirstFactor> {
    let code = sign_in.status.as_ref().and_then(|status| status.error_code);
    (sign_in.is_interactive == Some(true)).then_some(match code {
        Some(50_053 | 50_126) => FirstFactor::Wrong,
        _ => FirstFactor::Right,
    })
}
