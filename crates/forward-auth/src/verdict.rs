//! What Conditional Access says about a session that is used, kept for a short time while nothing changes.

use std::collections::HashMap;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use riskgate_access::Outcome;
use riskgate_authentication::SignedIn;
use riskgate_core::Timestamp;
use riskgate_http::RequestContext;
use riskgate_model::ClientAppType;
use riskgate_protection::{Attempt, Judgement, SignInApplication, SignInKind, SignInResource, Standing};

use crate::application::Protected;
use crate::refusal::{Denial, Refusal};
use crate::state::App;

/// Most sessions whose verdict is kept.
const REMEMBERED: usize = 10_000;

/// Whether a session gets through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// It does.
    Grant,
    /// Not before the person has done something, which the sign-in pages ask for.
    Interrupt(Denial),
    /// It does not.
    Block(Denial),
}

/// What a verdict holds for. When any of it changes, it is reached again.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Basis {
    address: IpAddr,
    user_agent: Option<String>,
    standing: Standing,
}

struct Kept {
    at: Timestamp,
    basis: Basis,
    verdict: Verdict,
}

/// One session: whoever comes while it is judged waits for the verdict instead of asking for another one.
type Slot = tokio::sync::Mutex<Option<Kept>>;

/// Verdicts by session. Each node keeps its own.
pub(crate) struct Verdicts {
    period: Duration,
    slots: Mutex<HashMap<String, Arc<Slot>>>,
}

impl Verdicts {
    pub(crate) fn new(period: Duration) -> Self {
        Self { period, slots: Mutex::default() }
    }

    fn slot(&self, session_id: &str, now: Timestamp) -> Arc<Slot> {
        let mut slots = self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(slot) = slots.get(session_id) {
            return slot.clone();
        }
        if slots.len() >= REMEMBERED {
            slots.retain(|_, slot| match slot.try_lock() {
                Ok(kept) => kept.as_ref().is_some_and(|kept| self.is_fresh(kept, now)),
                // It is being judged.
                Err(_) => true,
            });
            if slots.len() >= REMEMBERED {
                slots.clear();
            }
        }
        slots.entry(session_id.to_owned()).or_default().clone()
    }

    fn is_fresh(&self, kept: &Kept, now: Timestamp) -> bool {
        now >= kept.at && now.since(kept.at) < self.period
    }
}

impl App {
    /// Whether a session gets through now.
    ///
    /// # Errors
    /// If the application is not there anymore, or something fails; then it does not.
    pub(crate) async fn verdict(
        &self,
        signed_in: &SignedIn,
        context: &RequestContext,
    ) -> Result<Verdict, Refusal> {
        let slot = self.verdicts.slot(&signed_in.session.id, context.at);
        let mut slot = slot.lock().await;
        let mut basis = Basis {
            address: context.address,
            user_agent: context.user_agent.clone(),
            standing: self.standing(signed_in).await?,
        };
        if let Some(kept) = &*slot
            && kept.basis == basis
            && self.verdicts.is_fresh(kept, context.at)
        {
            return Ok(kept.verdict.clone());
        }
        let session = &signed_in.session;
        let application = self.protected(&session.grant.client_id, &session.origin).await?;
        let attempt = attempt(signed_in, &application, context);
        let judgement = self.api.protection.judge(&attempt).await.map_err(Refusal::internal)?;
        let verdict = verdict(&judgement, attempt.correlation_id, application.display_name);
        // Judging may itself have raised the user's risk. A refusal holds for how things stand after that; access only for
        // what was known before, so that risk found by somebody else meanwhile is not missed.
        if verdict != Verdict::Grant {
            basis.standing = self.standing(signed_in).await?;
        }
        *slot = Some(Kept { at: context.at, basis, verdict: verdict.clone() });
        Ok(verdict)
    }

    async fn standing(&self, signed_in: &SignedIn) -> Result<Standing, Refusal> {
        self.api.protection.standing(&signed_in.user.id).await.map_err(Refusal::internal)
    }
}

/// The session used again: recorded only when something is found or refused.
fn attempt(signed_in: &SignedIn, application: &Protected, context: &RequestContext) -> Attempt {
    let SignedIn { session, user } = signed_in;
    let resource =
        SignInResource { app_id: application.app_id.clone(), display_name: application.display_name.clone() };
    Attempt {
        kind: SignInKind::Refresh,
        user: user.clone(),
        application: SignInApplication {
            client_app_id: application.app_id.clone(),
            client_display_name: application.display_name.clone(),
            resources: vec![resource],
            client_app_type: ClientAppType::Browser,
            user_action: None,
            authentication_contexts: Default::default(),
        },
        address: context.address,
        user_agent: context.user_agent.clone(),
        session: None,
        device_cookie_id: None,
        password_tag: None,
        request_id: context.request_id.clone(),
        correlation_id: context.correlation_id.clone(),
        authentication: session.grant.authentication.clone(),
    }
}

fn verdict(judgement: &Judgement, correlation_id: String, application: Option<String>) -> Verdict {
    let outcome = &judgement.decision.outcome;
    let Some(code) = outcome.error_code() else { return Verdict::Grant };
    let denial = Denial { code, sign_in_id: judgement.sign_in_id.clone(), correlation_id, application };
    match outcome {
        Outcome::Interrupt { .. } => Verdict::Interrupt(denial),
        _ => Verdict::Block(denial),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_is_bounded() {
        let verdicts = Verdicts::new(Duration::from_secs(60));
        for number in 0..3 * REMEMBERED {
            verdicts.slot(&number.to_string(), Timestamp::from_seconds(1));
        }
        assert!(verdicts.slots.lock().unwrap().len() <= REMEMBERED);
    }
}
