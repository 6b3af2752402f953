use riskgate_model::SignInFacts;

use crate::hidden::is_hidden;
use crate::{Feature, RiskContext, Seen};

/// Sign-ins' worth of trust in what is usual for people in general, against what was seen of this user.
pub(super) const CONCENTRATION: f64 = 1.25;
/// The same for shares among all users.
const POPULATION_CONCENTRATION: f64 = 30.0;
/// Sign-ins' worth that a known address has beside those that were seen and are not forgotten (fitted, as the two above).
const KNOWN_ADDRESS: f64 = 0.5;
/// Share of a value that nobody has.
const UNSEEN_SHARE: f64 = 0.05;

/// A prefix is familiar to a tenant if at least one in so many users was there.
const TENANT_FAMILIAR_ONE_IN: u64 = 200;

static NOTHING: Seen = Seen {
    weight: 0.0,
    days: 0,
    first_at: None,
    last_at: None,
    distinct: 0,
    new_values: 0.0,
    new_within: 0.0,
    usual: Vec::new(),
};

/// How often something is new for people in general: often at the beginning, when little was seen of anybody, and seldom
/// later.
#[derive(Debug, Clone, Copy)]
pub(super) struct Prior {
    pub(super) at_first: f64,
    pub(super) later: f64,
}

impl Prior {
    pub(super) fn after(self, weight: f64) -> f64 {
        self.later + (self.at_first - self.later) / (1.0 + weight / 4.0)
    }
}

/// The context as probabilities.
pub(super) struct Known<'a> {
    pub(super) context: &'a RiskContext,
    /// Decayed number of the user's sign-ins.
    pub(super) weight: f64,
}

impl<'a> Known<'a> {
    pub(super) fn new(context: &'a RiskContext) -> Self {
        Self { context, weight: number(context.history.weight) }
    }

    /// How the user knows the attempt's value; not at all if the attempt has none.
    pub(super) fn seen(&self, feature: Feature) -> &'a Seen {
        self.context.history.values.get(&feature).unwrap_or(&NOTHING)
    }

    /// Whether the attempt has a value. A user without any history has none in it either.
    pub(super) fn has(&self, feature: Feature) -> bool {
        let RiskContext { history, population, .. } = self.context;
        history.values.contains_key(&feature) || population.values.contains_key(&feature)
    }

    /// Share of the user's sign-ins with the attempt's value. One sign-in more than there were, so that few prove little.
    pub(super) fn share(&self, feature: Feature) -> f64 {
        (number(self.seen(feature).weight) / (self.weight + 1.0)).min(1.0)
    }

    /// The same of the address. One that is known stays so, however long ago and however seldom.
    pub(super) fn share_of_address(&self) -> f64 {
        let weight = number(self.seen(Feature::Address).weight);
        let kept = if weight > 0.0 { KNOWN_ADDRESS } else { 0.0 };
        ((weight + kept) / (self.weight + kept + 1.0)).min(1.0)
    }

    /// Probability that the user has a value he never had; `prior` for people in general.
    pub(super) fn novelty(&self, feature: Feature, prior: Prior) -> f64 {
        smoothed(self.seen(feature).new_values, self.weight, prior.after(self.weight))
    }

    /// Probability that a sign-in with the attempt's value is at a new spot within it.
    pub(super) fn novelty_within(&self, feature: Feature, prior: f64) -> f64 {
        let seen = self.seen(feature);
        smoothed(seen.new_within, seen.weight, prior)
    }

    /// Share of the attempt's value in the sign-ins of all users, of those with the value of `within` if there is one.
    pub(super) fn population_share(&self, feature: Feature, within: Option<Feature>) -> f64 {
        let population = &self.context.population;
        let weight = |feature| population.values.get(&feature).map_or(0.0, |spread| number(spread.weight));
        let total = within.map_or(number(population.weight), weight);
        let share =
            (weight(feature) + POPULATION_CONCENTRATION * UNSEEN_SHARE) / (total + POPULATION_CONCENTRATION);
        share.min(1.0)
    }

    /// Whether so many of the tenant's users were in the attempt's prefix that being there speaks against nobody: at least
    /// `least`, and one in two hundred, since in a large tenant some colleagues live in any prefix. Never one of a virtual
    /// private network, which colleagues and attackers rent alike.
    pub(super) fn is_familiar_to_tenant(&self, facts: &SignInFacts, least: u64) -> bool {
        let of_all = self.context.population.users.checked_div(TENANT_FAMILIAR_ONE_IN).unwrap_or_default();
        self.users(Feature::Prefix) >= least.max(of_all) && !is_hidden(facts, self.context)
    }

    /// Users of the tenant who have the attempt's value.
    fn users(&self, feature: Feature) -> u64 {
        self.context.population.values.get(&feature).map_or(0, |spread| spread.users)
    }
}

/// A rate from a count, drawn to what is usual for people in general while little was seen.
pub(super) fn smoothed(count: f64, of: f64, prior: f64) -> f64 {
    let rate = (number(count) + CONCENTRATION * prior) / (number(of) + CONCENTRATION);
    rate.min(1.0)
}

/// A count that is one: finite and not below zero.
pub(super) fn number(value: f64) -> f64 {
    if value.is_finite() { value.max(0.0) } else { 0.0 }
}

/// Natural logarithm of a probability, never infinite.
pub(super) fn log(probability: f64) -> f64 {
    libm::log(probability.max(1e-12))
}
