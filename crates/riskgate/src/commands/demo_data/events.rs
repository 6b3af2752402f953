use std::sync::Arc;
use std::time::Duration;

use indicatif::ProgressBar;
use riskgate_access::{Control, Outcome as Decided};
use riskgate_core::{Clock, ManualClock, Rng, Timestamp};
use riskgate_directory::Directory;
use riskgate_model::{AuthenticationMethodKind, RiskLevel, SignInFacts};
use riskgate_protection::{
    Attempt, Completion, FailedSignIn, Judgement, Protection, SignInApplication, SignInKind,
};
use riskgate_risk_evaluation::{Attacker, Event, Label, Outcome, Scenario};

use super::people::Employee;
use super::recorded::Recorded;

/// Of the attackers who know a password, one in so many comes: the simulation has each of them try everybody.
const ATTACKS: u32 = 120;
/// Time a person takes to type a code.
const TYPING: Duration = Duration::from_secs(20);
/// What runs behind sign-ins runs after so many of them, and every day.
const BEHIND: usize = 50;

/// The organisation, at the moment of the event at hand.
pub(super) struct Organisation {
    pub(super) clock: Arc<ManualClock>,
    /// From the time of the simulation to ours.
    pub(super) shift: Duration,
    pub(super) rng: Arc<dyn Rng>,
    pub(super) directory: Directory,
    pub(super) protection: Protection,
    pub(super) recorded: Arc<Recorded>,
    pub(super) applications: Vec<SignInApplication>,
}

/// What came of it.
#[derive(Default)]
pub(super) struct Told {
    pub(super) sign_ins: u64,
    pub(super) risky: u64,
}

impl Organisation {
    /// The time it has come to.
    pub(super) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Lets everything happen, in order.
    ///
    /// # Errors
    /// What the store fails with.
    pub(super) async fn live(
        &self,
        scenario: &Scenario,
        people: &[Employee],
        bar: &ProgressBar,
    ) -> anyhow::Result<Told> {
        let mut told = Told::default();
        let mut day = 0;
        for (number, event) in scenario.events.iter().enumerate() {
            bar.inc(1);
            if !comes(event) {
                continue;
            }
            let facts = self.at(scenario, event);
            self.happen(event, &facts, people, &mut told).await?;
            if number.is_multiple_of(BEHIND) {
                self.protection.follow_sign_ins().await?;
            }
            if event.at / 86_400 != day {
                day = event.at / 86_400;
                self.protection.follow_histories().await?;
            }
        }
        self.protection.follow_sign_ins().await?;
        Ok(told)
    }

    /// Moves to the moment of an event.
    fn at(&self, scenario: &Scenario, event: &Event) -> SignInFacts {
        let facts = scenario.facts(event);
        self.clock.set(Timestamp::from_seconds(event.at) + self.shift);
        self.recorded.is(&facts);
        facts
    }

    async fn happen(
        &self,
        event: &Event,
        facts: &SignInFacts,
        people: &[Employee],
        told: &mut Told,
    ) -> anyhow::Result<()> {
        let Some(employee) = usize::try_from(event.user).ok().and_then(|index| people.get(index)) else {
            // Nobody of this name is in the log; the windows count him all the same.
            if let Some(anybody) = people.first() {
                let mut attempt = self.attempt(event, facts, anybody).await?;
                attempt.user.id = format!("unknown-{}", event.user);
                self.protection.count_failure(&attempt, false).await?;
            }
            return Ok(());
        };
        let attempt = self.attempt(event, facts, employee).await?;
        told.sign_ins += 1;
        if event.outcome != Outcome::Success {
            self.protection.count_failure(&attempt, true).await?;
            let failed = FailedSignIn { attempt: &attempt, error_code: 50_126 };
            return Ok(self.protection.record_failure(&failed).await?);
        }
        let judged = self.protection.judge(&attempt).await?;
        told.risky += u64::from(judged.sign_in_level != RiskLevel::None);
        self.answer(event, &attempt, employee, judged).await
    }

    /// Honest people type the code they are asked for; whoever knows a password alone cannot.
    async fn answer(
        &self,
        event: &Event,
        attempt: &Attempt,
        employee: &Employee,
        judged: Judgement,
    ) -> anyhow::Result<()> {
        let Decided::Interrupt { controls } = &judged.decision.outcome else { return Ok(()) };
        if !controls.contains(&Control::Mfa) || !employee.has_app {
            return Ok(());
        }
        self.clock.advance(TYPING);
        if event.label != Label::Honest {
            return Ok(self.protection.fail(&judged.sign_in_id, 500_121).await?);
        }
        let mut authentication = attempt.authentication.clone();
        authentication.pass(AuthenticationMethodKind::SoftwareOath, self.now());
        let completion = Completion { sign_in_id: &judged.sign_in_id, authentication: &authentication };
        self.protection.complete(&completion).await?;
        Ok(())
    }

    async fn attempt(
        &self,
        event: &Event,
        facts: &SignInFacts,
        employee: &Employee,
    ) -> anyhow::Result<Attempt> {
        let number = usize::from(event.application) % self.applications.len().max(1);
        let mut application = self.applications[number].clone();
        application.client_app_type = facts.application.client_app_type;
        let mut authentication = facts.authentication.clone();
        for used in &mut authentication.methods {
            used.at = self.now();
        }
        Ok(Attempt {
            kind: SignInKind::Interactive,
            user: employee.user.clone(),
            application,
            address: event.address,
            user_agent: facts.client.user_agent.clone(),
            session: None,
            device_cookie_id: facts.client.device_cookie_id.clone(),
            password_tag: Some(self.protection.password_tag(&event.password.to_string()).await?),
            request_id: self.rng.guid(),
            correlation_id: self.rng.guid(),
            authentication,
        })
    }
}

/// Whether an event happens here: of the attackers who know a password only a few do.
fn comes(event: &Event) -> bool {
    match event.label {
        Label::Attack(attacker) if Attacker::PROBES.contains(&attacker) => {
            // Spread over people and kinds, the same for the same seed.
            let kind = Attacker::PROBES.iter().position(|known| *known == attacker).unwrap_or(0) as u32;
            event.user.wrapping_mul(7).wrapping_add(kind * 11).is_multiple_of(ATTACKS)
        }
        _ => true,
    }
}
