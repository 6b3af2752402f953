use std::time::Duration;

use riskgate_model::{RiskLevel, SignInFacts};

use super::familiar::{is_known_device, is_new_device};
use super::samples::{moved, visited};
use super::{Detection, Sample};
use crate::borders::are_neighbours;
use crate::config::NewCountryConfig;
use crate::{Evidence, Feature, Finding, PopulationFacts, RiskConfig, RiskContext, Seen, Spread};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "newCountry",
    title: "Activity from a new country",
    explanation: "The user signed in from a country he was not in for three months, and where few of the tenant's users are. People travel, so it is low; from a new device it is medium.\n\nNothing is found while the user is new here, from an address whose country says nothing (virtual private network, Tor, relay, hosting range), or in a browser he used on several days. From a country that borders one he was in lately it is one level less.",
    settings: &[
        (
            "newCountry.level",
            "low",
            "level; one more if the device is new. `none` switches the detection off",
        ),
        ("newCountry.forgottenAfterDays", "90", "days after which a country counts as new again"),
        ("newCountry.learningDays", "7", "days a user is learned before anything is found"),
        (
            "newCountry.usualFromPercent",
            "2",
            "share of users in percent from which on a country is usual for everybody",
        ),
    ],
    samples,
    evaluate,
};

/// What a new country speaks for an attack, beyond what the network says already, in log-odds.
const CONTRIBUTION: f64 = 0.5;

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let config = &config.new_country;
    let country = facts.network.country().filter(|_| facts.network.anonymizer.is_none())?;
    if !is_learned(facts, context, config)
        || is_known(facts, context, config)
        || is_usual(context, config)
        || is_known_device(&context.history)
    {
        return None;
    }
    let mut level = config.level;
    if is_new_device(&context.history) {
        level = level.one_more();
    }
    let lately: Vec<_> = context.history.visits.iter().filter_map(|visit| visit.country.as_deref()).collect();
    let neighbour = lately.iter().find(|known| are_neighbours(known, country));
    if neighbour.is_some() {
        level = level.one_less();
    }
    let contribution = Some(CONTRIBUTION);
    let mut evidence =
        vec![Evidence { expected: usual(&lately), contribution, ..Evidence::new("country", country) }];
    evidence.extend(
        neighbour.map(|known| Evidence::new("neighbour", format!("{known} borders it: one level less"))),
    );
    let risk_event_type = DETECTION.risk_event_type.to_owned();
    (level != RiskLevel::None).then_some(Finding { risk_event_type, risk_level: level, evidence })
}

/// Where the user was lately, each country once.
fn usual(lately: &[&str]) -> Option<String> {
    let mut countries = lately.to_vec();
    countries.sort_unstable();
    countries.dedup();
    (!countries.is_empty()).then(|| countries.join(", "))
}

fn is_learned(facts: &SignInFacts, context: &RiskContext, config: &NewCountryConfig) -> bool {
    context.history.learning_since.is_some_and(|since| facts.at.since(since) >= days(config.learning_days))
}

fn is_known(facts: &SignInFacts, context: &RiskContext, config: &NewCountryConfig) -> bool {
    let last = context.history.values.get(&Feature::Country).and_then(|seen| seen.last_at);
    last.is_some_and(|last| facts.at.since(last) <= days(config.forgotten_after_days))
}

fn is_usual(context: &RiskContext, config: &NewCountryConfig) -> bool {
    let population = &context.population;
    let users = population.values.get(&Feature::Country).map_or(0, |spread| spread.users);
    users > 0 && users.saturating_mul(100) >= population.users.saturating_mul(config.usual_from_percent)
}

fn days(days: u32) -> Duration {
    Duration::from_secs(u64::from(days).saturating_mul(86_400))
}

fn samples() -> Vec<Sample> {
    use RiskLevel::{Low, Medium};
    let known = || Seen { weight: 9.0, days: 9, ..Seen::default() };
    let sample = |case, country, change: fn(&mut SignInFacts, &mut RiskContext), expected| {
        let (mut facts, mut context) = moved(&visited("NO", 59.91, 10.75), 30 * 24 * 60, (country, 0.0, 0.0));
        context.history.learning_since = Some(riskgate_core::Timestamp::from_seconds(0));
        context.history.values.extend([(Feature::Browser, known()), (Feature::OperatingSystem, known())]);
        context.population.users = 100;
        change(&mut facts, &mut context);
        Sample { case, facts, context, expected }
    };
    vec![
        sample("a user from Norway in Kenya, with his usual browser", "KE", |_, _| {}, Some(Low)),
        sample(
            "the same with a browser he never had",
            "KE",
            |_, context| context.history.values.clear(),
            Some(Medium),
        ),
        sample("a user from Norway in Sweden, with his usual browser", "SE", |_, _| {}, None),
        sample(
            "the same with a browser he never had",
            "SE",
            |_, context| context.history.values.clear(),
            Some(Low),
        ),
        sample(
            "a country he was in last month",
            "KE",
            |_, context| {
                let seen = Seen { last_at: context.history.learning_since, days: 2, ..Seen::default() };
                context.history.values.insert(Feature::Country, seen);
            },
            None,
        ),
        sample(
            "a country where five of a hundred users are",
            "KE",
            |_, context| {
                let spread = Spread { users: 5, ..Spread::default() };
                context.population = PopulationFacts {
                    values: [(Feature::Country, spread)].into(),
                    ..context.population.clone()
                };
            },
            None,
        ),
        sample(
            "a user of three days",
            "KE",
            |facts, context| {
                let seconds = facts.at.as_seconds().saturating_sub(3 * 86_400);
                context.history.learning_since = Some(riskgate_core::Timestamp::from_seconds(seconds));
            },
            None,
        ),
        sample(
            "a browser the user always uses",
            "KE",
            |_, context| {
                context.history.values.insert(Feature::DeviceCookie, Seen { days: 9, ..Seen::default() });
            },
            None,
        ),
        sample(
            "a virtual private network",
            "KE",
            |facts, _| {
                facts.network.anonymizer = Some(riskgate_model::AnonymizerKind::Vpn);
            },
            None,
        ),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn usual_countries_are_evidence() {
        let sample = &samples()[0];
        let found = evaluate(&sample.facts, &sample.context, &RiskConfig::default()).unwrap();
        assert_eq!(
            (found.evidence[0].value.as_str(), found.evidence[0].expected.as_deref()),
            ("KE", Some("NO"))
        );
    }

    #[test]
    fn a_country_of_long_ago_is_new_again() {
        let mut sample = samples().remove(4);
        let last = |days_ago: u32| Some(sample.facts.at - days(days_ago));
        for (last_at, is_new) in [(last(90), false), (last(91), true)] {
            sample.context.history.values.get_mut(&Feature::Country).unwrap().last_at = last_at;
            let found = evaluate(&sample.facts, &sample.context, &RiskConfig::default());
            assert_eq!(found.is_some(), is_new, "{last_at:?}");
        }
    }
}
