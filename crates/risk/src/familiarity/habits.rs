use riskgate_model::{AnonymizerKind, SignInFacts};

use super::known::{CONCENTRATION, Known, Prior, log, number};
use crate::Feature;
use crate::hidden::is_hidden;

/// The hour says little: people work late, and attackers know time zones.
const HOUR_CAP: f64 = 0.6;
/// As much as the application can say.
const APPLICATION_CAP: f64 = 0.6;
/// As much as a list of addresses can say: never enough for more than medium.
const EGRESS_CAP: f64 = 3.0;
/// As much as the question can say how often the user signs in compared with others.
const USER_CAP: f64 = 0.8;
/// Rate of a new application among people in general.
const NEW_APPLICATION: Prior = Prior { at_first: 0.5, later: 0.05 };
/// Share of attackers who use an application the user uses.
const IMITATION: f64 = 0.8;

/// The hour of the day, with its neighbours, against any hour.
pub(super) fn hour_of_day(known: &Known<'_>) -> (Feature, f64) {
    let common = known.population_share(Feature::HourOfDay, None).max(1.0 / 240.0);
    let own = number(known.seen(Feature::HourOfDay).weight);
    let usual = (own + 4.0 * CONCENTRATION * common) / (known.weight + 4.0 * CONCENTRATION);
    let attack = 0.5 / 24.0 + 0.5 * common;
    (Feature::HourOfDay, (log(attack) - log(usual)).clamp(-HOUR_CAP, HOUR_CAP))
}

/// The client application.
pub(super) fn client_application(known: &Known<'_>) -> (Feature, f64) {
    let common = known.population_share(Feature::ClientApplication, None);
    let new = known.novelty(Feature::ClientApplication, NEW_APPLICATION);
    let usual = known.share(Feature::ClientApplication) + new * common;
    let attack = IMITATION + (1.0 - IMITATION) * common;
    (Feature::ClientApplication, (log(attack) - log(usual)).clamp(-APPLICATION_CAP, APPLICATION_CAP))
}

/// The kind of egress: who always comes through a virtual private network is not suspicious for it.
pub(super) fn egress(facts: &SignInFacts, known: &Known<'_>) -> (Feature, f64) {
    let attack = match facts.network.anonymizer {
        Some(AnonymizerKind::Tor) => 0.1,
        Some(AnonymizerKind::Vpn | AnonymizerKind::Hosting) => 0.3,
        Some(AnonymizerKind::PrivateRelay) => 0.02,
        None => 0.3,
    };
    let common = known.population_share(Feature::Egress, None);
    let own = number(known.seen(Feature::Egress).weight);
    let usual = (own + CONCENTRATION * common) / (known.weight + CONCENTRATION);
    // An address that the lists do not know, of an owner whose others they do, is not one of those that speak for the user.
    let least =
        if facts.network.anonymizer.is_none() && is_hidden(facts, known.context) { 0.0 } else { -1.0 };
    (Feature::Egress, (log(attack) - log(usual)).clamp(least, EGRESS_CAP))
}

/// Every user is attacked alike, but not every user signs in alike often: who rarely does is a little more probably not
/// himself.
pub(super) fn user(known: &Known<'_>) -> (Feature, f64) {
    let population = &known.context.population;
    let mean = number(population.weight) / (population.users.max(1) as f64);
    let value = log((mean + 1.0) / (known.weight + 1.0));
    (Feature::ClientAppType, value.clamp(-USER_CAP, USER_CAP))
}
