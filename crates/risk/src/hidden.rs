use riskgate_model::{AnonymizerKind, SignInFacts};

use crate::{Feature, RiskContext};

/// Sign-ins from listed addresses of an owner from which on they say something about its others.
const LISTED_AT_LEAST: f64 = 2.0;

/// Whether the lists name the address as one that is rented to whoever wants to be somewhere else: a virtual private network
/// or Tor.
pub(crate) fn is_listed(kind: Option<AnonymizerKind>) -> bool {
    matches!(kind, Some(AnonymizerKind::Vpn | AnonymizerKind::Tor))
}

/// Whether the address is such a one: the lists name it, or at least half of what the tenant sees of its owner. No list knows
/// every address of a provider.
pub(crate) fn is_hidden(facts: &SignInFacts, context: &RiskContext) -> bool {
    let weight = |feature| context.population.values.get(&feature).map_or(0.0, |spread| spread.weight);
    let listed = weight(Feature::HiddenOwner);
    is_listed(facts.network.anonymizer)
        || (listed >= LISTED_AT_LEAST && listed >= 0.5 * weight(Feature::NetworkOwner))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detections::samples::facts_from;
    use crate::{Features, Population, UserHistory};

    #[test]
    fn what_the_lists_do_not_know_is_known_by_its_owner() {
        let at_owner = |address: &str, owner, anonymizer| {
            let mut facts = facts_from(address);
            facts.network.autonomous_system_number = Some(owner);
            facts.network.anonymizer = anonymizer;
            facts
        };
        let (mut history, mut population) = (UserHistory::default(), Population::default());
        let unlisted = at_owner("203.0.113.9", 64500, None);
        let is_hidden = |population: &Population, facts: &SignInFacts| {
            let population = population.facts_for(&Features::of(facts), facts.at);
            super::is_hidden(facts, &RiskContext { population, ..RiskContext::default() })
        };
        for (count, expected) in [(0, false), (1, false), (2, true)] {
            assert_eq!(is_hidden(&population, &unlisted), expected, "{count}");
            let vpn = at_owner("198.51.100.1", 64500, Some(AnonymizerKind::Vpn));
            population.learn(&history.learn(&vpn));
        }
        assert!(is_hidden(&population, &at_owner("192.0.2.1", 64501, Some(AnonymizerKind::Tor))));
        assert!(!is_hidden(&population, &at_owner("192.0.2.1", 64501, None)));
        // An access provider some of whose addresses are listed by mistake stays one.
        (0..4).for_each(|_| population.learn(&history.learn(&unlisted)));
        assert!(!is_hidden(&population, &unlisted));
    }
}
