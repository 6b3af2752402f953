//! §3.8: session controls, and how old a factor may be.

use riskgate_access::SessionDemands;
use riskgate_model::*;

use super::Scene;

/// Contract §4 rule 17: every time leaves five minutes.
const EVERY_TIME_SECONDS: u64 = 300;

/// How old, in seconds, each factor may be.
#[derive(Debug, Clone, Copy, Default)]
pub struct Limits {
    first: Option<u64>,
    second: Option<u64>,
}

fn strictest(a: Option<u64>, b: Option<u64>) -> Option<u64> {
    a.into_iter().chain(b).min()
}

impl Limits {
    /// The strictest limits of these policies.
    pub fn of<'a>(policies: impl IntoIterator<Item = &'a ConditionalAccessPolicy>) -> Self {
        policies.into_iter().filter_map(frequency).fold(Self::default(), |limits, control| {
            let seconds = Some(seconds(control).unwrap_or(EVERY_TIME_SECONDS));
            limits.and(&Self {
                first: if limits_second_only(control) { None } else { seconds },
                second: seconds,
            })
        })
    }

    pub fn and(&self, other: &Self) -> Self {
        Self { first: strictest(self.first, other.first), second: strictest(self.second, other.second) }
    }

    /// Whether the first factor was proven longer ago than it may have been; one that was never proven is.
    pub fn first_is_stale(&self, facts: &SignInFacts) -> bool {
        let micros = self.first.map(|seconds| i64::try_from(seconds).unwrap() * 1_000_000);
        micros.is_some_and(|micros| {
            !facts.authentication.methods.iter().any(|used| {
                matches!(used.method, AuthenticationMethodKind::Password | AuthenticationMethodKind::Fido2)
                    && facts.at.as_micros() - used.at.as_micros() <= micros
            })
        })
    }

    /// Whether a second factor was passed in the session, but longer ago than it may have been.
    pub fn second_is_stale(&self, facts: &SignInFacts) -> bool {
        facts.authentication.mfa_at().is_some() && !self.has_fresh_mfa(facts)
    }

    /// Whether a code, a passkey or an approval was passed, and not longer ago than it may have been.
    pub fn has_fresh_mfa(&self, facts: &SignInFacts) -> bool {
        self.is_fresh(facts, AuthenticationMethodKind::SoftwareOath)
            || self.is_fresh(facts, AuthenticationMethodKind::Fido2)
            || self.is_fresh(facts, AuthenticationMethodKind::MicrosoftAuthenticatorPush)
    }

    /// Whether the method was passed, and its latest use is not older than it may be. Exactly as old is fresh.
    pub fn is_fresh(&self, facts: &SignInFacts, method: AuthenticationMethodKind) -> bool {
        let limit = if method.is_second_factor() { self.second } else { self.first };
        let micros = limit.map_or(i64::MAX, |seconds| i64::try_from(seconds).unwrap() * 1_000_000);
        facts
            .authentication
            .methods
            .iter()
            .filter(|used| used.method == method)
            .any(|used| facts.at.as_micros() - used.at.as_micros() <= micros)
    }

    /// Tells the coverage counters how the factors of a request stand to its limits.
    pub fn note(&self, scene: &Scene<'_>) {
        if self.first.is_some() {
            scene.note("limit", "first factor", !self.first_is_stale(scene.facts));
        }
        if self.second.is_some() {
            scene.note("limit", "second factor", !self.second_is_stale(scene.facts));
        }
    }
}

fn frequency(policy: &ConditionalAccessPolicy) -> Option<&SignInFrequencySessionControl> {
    let control = policy.session_controls.as_ref()?.sign_in_frequency.as_ref()?;
    (control.is_enabled != Some(false)).then_some(control)
}

fn limits_second_only(control: &SignInFrequencySessionControl) -> bool {
    control.authentication_type == Some(SignInFrequencyAuthenticationType::SecondaryAuthentication)
}

/// `None` is every time.
fn seconds(control: &SignInFrequencySessionControl) -> Option<u64> {
    if control.frequency_interval == Some(SignInFrequencyInterval::EveryTime) {
        return None;
    }
    let unit = match control.type_? {
        SigninFrequencyType::Hours => 3_600,
        SigninFrequencyType::Days => 86_400,
    };
    Some(u64::try_from(control.value?).ok()? * unit)
}

/// The strictest of each kind (§3.1 rule 6).
pub fn demands<'a>(policies: impl Iterator<Item = &'a ConditionalAccessPolicy>) -> SessionDemands {
    let mut demands = SessionDemands::default();
    for policy in policies {
        if let Some(control) = frequency(policy) {
            let wanted = Some(seconds(control).unwrap_or(0));
            if limits_second_only(control) {
                demands.secondary_frequency_seconds = strictest(demands.secondary_frequency_seconds, wanted);
            } else {
                demands.sign_in_frequency_seconds = strictest(demands.sign_in_frequency_seconds, wanted);
            }
        }
        let Some(controls) = &policy.session_controls else { continue };
        if let Some(browser) = controls.persistent_browser.as_ref().filter(|it| it.is_enabled != Some(false))
        {
            let never = Some(PersistentBrowserSessionMode::Never);
            if demands.persistent_browser != never {
                demands.persistent_browser = browser.mode.or(demands.persistent_browser);
            }
        }
        demands.disable_resilience_defaults |= controls.disable_resilience_defaults == Some(true);
        demands.application_enforced_restrictions |= controls
            .application_enforced_restrictions
            .as_ref()
            .is_some_and(|it| it.is_enabled != Some(false));
    }
    demands
}
