use std::net::IpAddr;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_store::records::{ApprovalRequest, ApprovalRequests, ApprovalState, ShownSignIn};
use riskgate_store::retry;

use super::limits::{ApprovalLimit, KEPT, check};
use super::{Approvals, REQUEST_LIFETIME};
use crate::AuthnError;
use crate::familiar::is_familiar;

/// How long the page of a sign-in may take to see that it was approved.
const TO_COLLECT: Duration = Duration::from_secs(60);
/// Numbers there are: `10` to `99`.
const NUMBERS: u8 = 90;

/// A sign-in that asks for approval.
#[derive(Debug, Clone)]
pub struct NewApproval<'a> {
    /// Object identifier of the user.
    pub user_id: &'a str,
    /// The interaction that waits.
    pub interaction_id: &'a str,
    /// The sign-in.
    pub sign_in_id: &'a str,
    /// Where it came from.
    pub from: IpAddr,
    /// What the phone shows of it.
    pub shown: ShownSignIn,
}

/// What the page of a sign-in shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// The phone was asked; its number is to be entered there.
    Waiting(Box<ApprovalRequest>),
    /// The last request of this sign-in is over; another one is made when the person asks for it.
    Over(ApprovalState),
    /// No other request is made now.
    Limited(ApprovalLimit),
}

/// What became of the last request of a sign-in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// There is no answer yet.
    Waiting,
    /// It was approved, and nobody has gone on with it.
    Approved,
    /// It is over: [`ApprovalState::Waiting`] if nobody answered in time.
    Over(ApprovalState),
}

impl Approvals {
    /// Asks the user's phones, unless they are being asked for this sign-in already. After a request that is over, another
    /// one is made only if the person wants that (`again`).
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn ask(&self, new: &NewApproval<'_>, again: bool) -> Result<Asked, AuthnError> {
        let is_familiar = is_familiar(&self.services, new.user_id, new.from).await?;
        let (asked, is_new) = retry(|| self.try_ask(new, again, is_familiar)).await?;
        if let (Asked::Waiting(request), true) = (&asked, is_new) {
            self.wake(new.user_id, request).await?;
        }
        Ok(asked)
    }

    async fn try_ask(
        &self,
        new: &NewApproval<'_>,
        again: bool,
        is_familiar: bool,
    ) -> Result<(Asked, bool), AuthnError> {
        let (known, now) = (self.requests(new.user_id).await?, self.services.clock.now());
        let version = known.as_ref().map(|known| known.version);
        let mut requests = known.map(|known| known.record.requests).unwrap_or_default();
        if let Some(last) = last_of(&requests, new.interaction_id) {
            match outcome_of(last, now) {
                Outcome::Waiting | Outcome::Approved => {
                    return Ok((Asked::Waiting(Box::new(last.clone())), false));
                }
                Outcome::Over(state) if !again => return Ok((Asked::Over(state), false)),
                Outcome::Over(_) => {}
            }
        }
        requests.retain(|request| now.since(request.created_date_time) < KEPT);
        if let Err(limit) = check(&requests, new.interaction_id, is_familiar, now) {
            return Ok((Asked::Limited(limit), false));
        }
        let request = self.request(new, is_familiar, now);
        requests.push(request.clone());
        let record = ApprovalRequests { id: new.user_id.to_owned(), requests, expires_date_time: now + KEPT };
        self.keep(record, version).await?;
        Ok((Asked::Waiting(Box::new(request)), true))
    }

    fn request(&self, new: &NewApproval<'_>, is_familiar: bool, now: Timestamp) -> ApprovalRequest {
        ApprovalRequest {
            id: self.services.rng.token(),
            interaction_id: new.interaction_id.to_owned(),
            sign_in_id: new.sign_in_id.to_owned(),
            number: self.number().to_string(),
            shown: new.shown.clone(),
            is_familiar,
            created_date_time: now,
            expires_date_time: now + REQUEST_LIFETIME,
            state: ApprovalState::Waiting,
            phone_id: None,
        }
    }

    /// What became of the last request of a sign-in; `None` if there was none.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn outcome(&self, user_id: &str, interaction_id: &str) -> Result<Option<Outcome>, AuthnError> {
        let requests = self.requests(user_id).await?.map(|known| known.record.requests).unwrap_or_default();
        let now = self.services.clock.now();
        Ok(last_of(&requests, interaction_id).map(|last| outcome_of(last, now)))
    }

    /// The same; an approval is used up, and whoever gets it goes on.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn collect(&self, user_id: &str, interaction_id: &str) -> Result<Option<Outcome>, AuthnError> {
        retry(|| async {
            let Some(mut known) = self.requests(user_id).await? else { return Ok(None) };
            let now = self.services.clock.now();
            let of_sign_in = known.record.requests.iter_mut().rev();
            let Some(last) = of_sign_in.into_iter().find(|request| request.interaction_id == interaction_id)
            else {
                return Ok(None);
            };
            let outcome = outcome_of(last, now);
            if outcome == Outcome::Approved {
                last.state = ApprovalState::Used;
                self.keep(known.record, Some(known.version)).await?;
            }
            Ok(Some(outcome))
        })
        .await
    }

    /// Two digits, each number as often as any other.
    fn number(&self) -> u8 {
        loop {
            let mut byte = [0];
            self.services.rng.fill(&mut byte);
            // The largest multiple of ninety that a byte holds.
            if byte[0] < 2 * NUMBERS {
                return 10 + byte[0] % NUMBERS;
            }
        }
    }
}

fn last_of<'a>(requests: &'a [ApprovalRequest], interaction_id: &str) -> Option<&'a ApprovalRequest> {
    requests.iter().rev().find(|request| request.interaction_id == interaction_id)
}

fn outcome_of(request: &ApprovalRequest, now: Timestamp) -> Outcome {
    match request.state {
        ApprovalState::Waiting if now < request.expires_date_time => Outcome::Waiting,
        ApprovalState::Approved if now < request.expires_date_time + TO_COLLECT => Outcome::Approved,
        // Nobody went on with it: as if nobody had answered.
        ApprovalState::Approved => Outcome::Over(ApprovalState::Waiting),
        state => Outcome::Over(state),
    }
}
