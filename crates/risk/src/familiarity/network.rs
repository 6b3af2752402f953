use riskgate_model::SignInFacts;

use super::known::{CONCENTRATION, Known, Prior, log, number};
use crate::{Feature, UnfamiliarFeaturesConfig};

/// How much likelier the user than an attacker is to have exactly this address, when both are somewhere in the network. Not
/// the size of the network: attackers sit behind the same gateways and rent the neighbour's line.
const SAME_ADDRESS: f64 = 150.0;
/// The same for the prefix.
const SAME_PREFIX: f64 = 30.0;
/// Rates among people in general: a new address in a known network, a new network in a known country, a new country.
const NEW_ADDRESS: f64 = 0.5;
const NEW_NETWORK: Prior = Prior { at_first: 0.6, later: 0.05 };
const NEW_COUNTRY: Prior = Prior { at_first: 0.05, later: 0.01 };
/// A network without known owner.
const UNKNOWN_OWNER: f64 = 0.1;
/// Strongest that the term can say.
const CAP: f64 = 10.0;
/// What a new address says beyond that where the network is unusual at all: addresses change together with networks.
const ADDRESS_IS_NEW: f64 = 0.5;

/// The network: how probable it is for the user to be here, each way in added up, against an attacker who could choose any
/// network.
pub(super) fn term(
    facts: &SignInFacts,
    known: &Known<'_>,
    config: &UnfamiliarFeaturesConfig,
) -> (Feature, f64) {
    let (feature, value) = (novel_level(known), -log(probability(known)).clamp(-CAP, CAP));
    let is_familiar_to_tenant = known.is_familiar_to_tenant(facts, config.tenant_familiar_users);
    let is_new = known.seen(Feature::Address).weight <= 0.0;
    let value = if value > 0.0 && is_new { value + ADDRESS_IS_NEW } else { value };
    (feature, if is_familiar_to_tenant { value.min(0.0) } else { value })
}

fn probability(known: &Known<'_>) -> f64 {
    let address = SAME_ADDRESS * known.share_of_address();
    let prefix =
        SAME_PREFIX * known.share(Feature::Prefix) * known.novelty_within(Feature::Prefix, NEW_ADDRESS);
    let elsewhere = if known.has(Feature::NetworkOwner) {
        in_known_network(known) + in_new_network(known)
    } else {
        UNKNOWN_OWNER * known.novelty(Feature::Address, Prior { at_first: 1.0, later: NEW_ADDRESS })
    };
    address + prefix + elsewhere
}

/// A new address in a network where the user is known to be with this device.
fn in_known_network(known: &Known<'_>) -> f64 {
    let device = number(known.seen(Feature::Device).weight);
    let together = number(known.seen(Feature::DeviceAndNetwork).weight);
    let owner = known.share(Feature::NetworkOwner);
    let owner_of_device = (together + CONCENTRATION * owner) / (device + CONCENTRATION);
    let in_owner = known.novelty_within(Feature::NetworkOwner, NEW_ADDRESS);
    owner_of_device.min(1.0) * known.novelty_within(Feature::DeviceAndNetwork, in_owner)
}

/// A network the user never was in, in a known country or not: as common as it is among all users.
fn in_new_network(known: &Known<'_>) -> f64 {
    let of_country = known.population_share(Feature::NetworkOwner, Some(Feature::Country));
    let in_country = known.share(Feature::Country)
        * known.novelty_within(Feature::Country, NEW_NETWORK.after(known.weight))
        * of_country;
    let country = known.population_share(Feature::Country, None);
    in_country + known.novelty(Feature::Country, NEW_COUNTRY) * country * of_country
}

/// The coarsest thing that is new, for people.
fn novel_level(known: &Known<'_>) -> Feature {
    let levels = [Feature::Country, Feature::NetworkOwner, Feature::Prefix, Feature::Address];
    let is_new = |feature: &Feature| known.has(*feature) && known.seen(*feature).weight <= 0.0;
    levels.into_iter().find(is_new).unwrap_or(Feature::Address)
}

/// A new address at another place: providers serve whole countries, people live in one city. Says nothing at a known address
/// or prefix and in a new country, where the network said it already, and nothing against anybody where colleagues are.
pub(super) fn place(facts: &SignInFacts, known: &Known<'_>, config: &UnfamiliarFeaturesConfig) -> f64 {
    let is_known = |feature| known.seen(feature).weight > 0.0;
    if is_known(Feature::Address)
        || is_known(Feature::Prefix)
        || !known.has(Feature::Place)
        || !is_known(Feature::Country)
    {
        return 0.0;
    }
    let share = known.share(Feature::Place);
    let elsewhere = known.novelty(Feature::Place, NEW_PLACE);
    // An attacker sits at the user's place only if he knows it.
    let usual = share + elsewhere * known.population_share(Feature::Place, Some(Feature::Country));
    let value = (log(PLACE_KNOWN + (1.0 - PLACE_KNOWN) * 0.1) - log(usual)).clamp(-1.0, PLACE_CAP);
    if known.is_familiar_to_tenant(facts, config.tenant_familiar_users) { value.min(0.0) } else { value }
}

/// Share of attackers who are where the user is.
const PLACE_KNOWN: f64 = 0.75;
/// Rate of a new place among people in general.
const NEW_PLACE: Prior = Prior { at_first: 0.5, later: 0.05 };
/// Strongest that the place can say.
const PLACE_CAP: f64 = 6.0;
