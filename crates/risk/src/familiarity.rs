//! How familiar a sign-in is: the log-odds that somebody else makes it, from what the user and the tenant usually do.
//!
//! Bayes' rule as Freeman et al. (NDSS 2016) apply it, `log p(x | attack) / p(x | user)` added up over independent groups of
//! features, with three changes that the published model needs:
//!
//! * **Back-off instead of weights.** `p(x | user)` of a network is a sum over what may have led there: the known address, a
//!   new address in a known prefix, in a known network, a new network in a known country, another country. Each way in is as
//!   probable as it was for this user, and at the beginning as it is for people in general. What is rarer never counts for
//!   less.
//! * **Networks belong to devices.** What is usual in a telephone network is not usual at a desk, so the probability of a
//!   network is conditional on the device.
//! * **Attackers choose.** Whoever knows a password can know the provider and the browser too, so `p(x | attack)` is not
//!   what is common among all users: a share of attackers imitates the victim, and no term goes to infinity.
//!
//! All probabilities come from decayed counts; a term can be weighed down or switched off in [`TermWeights`].

mod habits;
mod known;
mod network;
mod possession;
mod program;
#[cfg(test)]
mod tests;

use riskgate_model::SignInFacts;

use crate::{Feature, RiskContext, UnfamiliarFeaturesConfig};
use known::Known;

/// What each group of features says.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Familiarity {
    /// The groups, those that are switched off left out.
    pub(crate) terms: Vec<Term>,
}

/// What one group of features says.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Term {
    /// The group.
    pub(crate) kind: TermKind,
    /// The feature that says most of it, for people.
    pub(crate) feature: Feature,
    /// Log-odds of an attack.
    pub(crate) contribution: f64,
}

/// Groups of features.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum TermKind {
    Network,
    Place,
    Device,
    BrowserVersion,
    DeviceCookie,
    HourOfDay,
    ClientApplication,
    Egress,
    User,
}

impl Familiarity {
    /// Looks at an attempt.
    pub(crate) fn of(facts: &SignInFacts, context: &RiskContext, config: &UnfamiliarFeaturesConfig) -> Self {
        let known = Known::new(context);
        let weights = &config.weights;
        let place = network::place(&known);
        let candidates = [
            (TermKind::Network, weights.network, network::term(&known, config)),
            (TermKind::Place, weights.place, (Feature::Place, place)),
            (TermKind::Device, weights.device, program::device(&known)),
            (TermKind::BrowserVersion, weights.browser_version, program::version(facts, &known)),
            (TermKind::DeviceCookie, weights.device_cookie, possession::device_cookie(&known)),
            (TermKind::HourOfDay, weights.hour_of_day, habits::hour_of_day(&known)),
            (TermKind::ClientApplication, weights.client_application, habits::client_application(&known)),
            (TermKind::Egress, weights.egress, habits::egress(facts, &known)),
            (TermKind::User, weights.user, habits::user(&known)),
        ];
        let terms = candidates.into_iter().filter(|(_, weight, _)| *weight > 0.0);
        let terms = terms.map(|(kind, weight, (feature, value))| {
            let contribution = weight * value;
            Term { kind, feature, contribution: if contribution.is_finite() { contribution } else { 0.0 } }
        });
        Self { terms: terms.collect() }
    }

    /// All of it.
    pub(crate) fn score(&self) -> f64 {
        self.terms.iter().map(|term| term.contribution).sum()
    }

    /// What one group says; 0 if it is switched off.
    pub(crate) fn contribution(&self, kind: TermKind) -> f64 {
        self.terms.iter().find(|term| term.kind == kind).map_or(0.0, |term| term.contribution)
    }
}
