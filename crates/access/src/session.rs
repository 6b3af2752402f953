use riskgate_model::{
    ConditionalAccessSessionControls, PersistentBrowserSessionMode, SignInFrequencyAuthenticationType,
    SignInFrequencyInterval, SignInFrequencySessionControl, SigninFrequencyType,
};

use crate::control_names::ControlNames;
use crate::decision::SessionDemands;
use crate::freshness::{Freshness, shorter};

const SECONDS_OF_AN_HOUR: u64 = 60 * 60;
const SECONDS_OF_A_DAY: u64 = 24 * SECONDS_OF_AN_HOUR;

/// The session controls of one policy, compiled (`entra-semantics` §3.8).
#[derive(Debug, Clone, Default)]
pub(crate) struct Session {
    pub(crate) demands: SessionDemands,
    /// Names of the controls for the log.
    pub(crate) names: ControlNames,
}

impl Session {
    pub(crate) fn new(controls: Option<&ConditionalAccessSessionControls>) -> Self {
        let Some(controls) = controls else { return Self::default() };
        let frequency = controls.sign_in_frequency.as_ref().filter(|c| is_enabled(c.is_enabled));
        let persistence = controls.persistent_browser.as_ref().filter(|c| is_enabled(c.is_enabled));
        let restrictions = &controls.application_enforced_restrictions;
        let (sign_in_frequency_seconds, secondary_frequency_seconds) =
            frequency.map_or((None, None), frequencies);
        let demands = SessionDemands {
            sign_in_frequency_seconds,
            secondary_frequency_seconds,
            persistent_browser: persistence.and_then(|control| control.mode),
            disable_resilience_defaults: controls.disable_resilience_defaults == Some(true),
            application_enforced_restrictions: restrictions
                .as_ref()
                .is_some_and(|c| is_enabled(c.is_enabled)),
        };
        let names = [
            ("signInFrequency", frequency.is_some()),
            ("persistentBrowser", persistence.is_some()),
            ("disableResilienceDefaults", demands.disable_resilience_defaults),
            ("applicationEnforcedRestrictions", demands.application_enforced_restrictions),
        ];
        let set = names.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name);
        Self { names: set.collect(), demands }
    }

    /// How old proofs may be by this policy.
    pub(crate) fn freshness(&self) -> Freshness {
        let limit = |seconds: Option<u64>| seconds.map(Freshness::limit);
        let first_factor = limit(self.demands.sign_in_frequency_seconds);
        let second_factor = shorter(first_factor, limit(self.demands.secondary_frequency_seconds));
        Freshness { first_factor, second_factor }
    }
}

/// Adds the controls of one more policy: the strictest of each kind counts.
pub(crate) fn fold(all: &mut SessionDemands, one: &SessionDemands) {
    use PersistentBrowserSessionMode::{Always, Never};
    all.sign_in_frequency_seconds = shorter(all.sign_in_frequency_seconds, one.sign_in_frequency_seconds);
    all.secondary_frequency_seconds =
        shorter(all.secondary_frequency_seconds, one.secondary_frequency_seconds);
    all.persistent_browser = match (all.persistent_browser, one.persistent_browser) {
        (Some(Never), _) | (_, Some(Never)) => Some(Never),
        (Some(Always), _) | (_, Some(Always)) => Some(Always),
        (None, None) => None,
    };
    all.disable_resilience_defaults |= one.disable_resilience_defaults;
    all.application_enforced_restrictions |= one.application_enforced_restrictions;
}

/// A control is switched off only by saying so.
fn is_enabled(flag: Option<bool>) -> bool {
    flag != Some(false)
}

/// Seconds for both factors and for the second one alone; 0 is every time. A control validation would refuse, without a
/// number, means every time: the strictest.
fn frequencies(control: &SignInFrequencySessionControl) -> (Option<u64>, Option<u64>) {
    let value = control.value.and_then(|value| u64::try_from(value).ok()).unwrap_or(0);
    let seconds = match (control.frequency_interval, control.type_) {
        (Some(SignInFrequencyInterval::EveryTime), _) | (_, None) => 0,
        (_, Some(SigninFrequencyType::Hours)) => value.saturating_mul(SECONDS_OF_AN_HOUR),
        (_, Some(SigninFrequencyType::Days)) => value.saturating_mul(SECONDS_OF_A_DAY),
    };
    match control.authentication_type {
        Some(SignInFrequencyAuthenticationType::SecondaryAuthentication) => (None, Some(seconds)),
        _ => (Some(seconds), None),
    }
}
