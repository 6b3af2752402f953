use riskgate_model::{ListHit, ListKind, RiskLevel, SignInFacts};

use super::familiar::days;
use super::lists::{at_most_medium, listed};
use super::samples::facts_from;
use super::{Detection, Sample};
use crate::Share;
use crate::config::MaliciousIpAddressConfig;
use crate::{
    ActivityFacts, Counts, Evidence, Feature, Finding, PopulationFacts, RiskConfig, RiskContext, Spread,
    Windows,
};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "maliciousIPAddress",
    title: "Malicious IP address",
    explanation: "The sign-in came from an address that a reputation list names as a source of attacks, or from which nearly all passwords of the last 24 hours were wrong. Addresses change hands and many people share some of them, so each alone is medium at most by default; both together are one level more.\n\nAn address from which several of the tenant's users, or this one, are known to sign in is not judged by its failures.\n\nAddresses that a list of harmless ones names (`kind = \"benign\"`, for example public resolvers and delivery networks) are not taken from reputation lists. An address in a trusted named location counts one level less.\n\nNo reputation list is built in; configure the ones whose terms suit you as `[[feeds]]` of kind `malicious`.",
    settings: &[
        ("maliciousIpAddress.listed", "medium", "level of an address in a reputation list"),
        (
            "maliciousIpAddress.failing",
            "medium",
            "level of an address from which nearly all passwords are wrong",
        ),
        ("maliciousIpAddress.attempts", "20", "least number of attempts within 24 hours"),
        ("maliciousIpAddress.users", "5", "least number of different users with wrong passwords"),
        (
            "maliciousIpAddress.failurePercent",
            "80",
            "least share of wrong passwords in percent, at the lower end of its 95 % interval",
        ),
        ("maliciousIpAddress.sharedByUsers", "3", "users of the tenant who make an address its own"),
    ],
    samples,
    evaluate,
};

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let config = &config.malicious_ip_address;
    let mut evidence: Vec<_> = listed(&facts.network, ListKind::Malicious).collect();
    let by_lists = at_most_medium(config.listed).filter(|_| !evidence.is_empty());
    if by_lists.is_none() {
        evidence.clear();
    }
    let failing = failing(context, config).filter(|_| config.failing != RiskLevel::None);
    let risk_level = match (by_lists, &failing) {
        (Some(listed), Some(_)) => listed.worst(config.failing).one_more(),
        (Some(listed), None) => listed,
        (None, Some(_)) => config.failing,
        (None, None) => return None,
    };
    evidence.extend(failing);
    Some(Finding { risk_event_type: DETECTION.risk_event_type.to_owned(), risk_level, evidence })
}

/// What such an address speaks for an attack, in log-odds.
const CONTRIBUTION: f64 = 3.0;

/// What the address did itself, unless it belongs to people who are known.
fn failing(context: &RiskContext, config: &MaliciousIpAddressConfig) -> Option<Evidence> {
    let users = context.population.values.get(&Feature::Address).map_or(0, |spread| spread.users);
    if users >= config.shared_by_users || days(&context.history, Feature::Address) >= 2 {
        return None;
    }
    let counts = &context.activity.address.day;
    let attempts = counts.failures.saturating_add(counts.successes);
    if attempts < config.attempts.max(1) || counts.failed_users < config.users {
        return None;
    }
    let share = Share::of(counts.failures, attempts).at_least * 100.0;
    (share >= config.failure_percent as f64).then(|| Evidence {
        expected: Some(format!("less than {} % with 95 % confidence", config.failure_percent)),
        contribution: Some(CONTRIBUTION),
        ..Evidence::new(
            "failures",
            format!(
                "{} of {attempts} passwords within 24 hours were wrong, for {} users: at least {share:.0} %",
                counts.failures, counts.failed_users
            ),
        )
    })
}

fn samples() -> Vec<Sample> {
    let sample = |case, kinds: &[ListKind], context: RiskContext, expected| {
        let mut facts = facts_from("192.0.2.1");
        facts.network.list_hits = kinds.iter().map(|kind| hit(*kind)).collect();
        Sample { case, facts, context, expected }
    };
    let quiet = RiskContext::default;
    let listed = [ListKind::Malicious];
    vec![
        sample("an address in a reputation list", &listed, quiet(), Some(RiskLevel::Medium)),
        sample("a harmless address many share", &[ListKind::Benign], quiet(), None),
        sample("an address no list knows", &[], quiet(), None),
        sample("38 of 40 passwords were wrong", &[], after(38, 40, 0), Some(RiskLevel::Medium)),
        sample("the same, and a list knows the address", &listed, after(38, 40, 0), Some(RiskLevel::High)),
        sample("the same at an address of the organisation", &[], after(38, 40, 3), None),
        sample("32 of 40 passwords were wrong", &[], after(32, 40, 0), None),
        sample("9 of 9 passwords were wrong", &[], after(9, 9, 0), None),
    ]
}

/// So many wrong passwords of so many at an address that so many users are known to use.
fn after(failures: u64, attempts: u64, known_users: u64) -> RiskContext {
    let successes = attempts.saturating_sub(failures);
    let day = Counts { failures, successes, failed_users: 9, unknown_users: 0 };
    let spread = Spread { users: known_users, ..Spread::default() };
    RiskContext {
        activity: ActivityFacts {
            address: Windows { day, ..Windows::default() },
            ..ActivityFacts::default()
        },
        population: PopulationFacts {
            values: [(Feature::Address, spread)].into(),
            ..PopulationFacts::default()
        },
        ..RiskContext::default()
    }
}

fn hit(kind: ListKind) -> ListHit {
    ListHit { source: "list".to_owned(), kind, entry: "192.0.2.0/24".to_owned(), last_seen: None, rule: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess;

    #[test]
    fn the_setting_switches_off_and_never_lifts_above_medium() {
        let mut facts = facts_from("192.0.2.1");
        facts.network.list_hits.push(hit(ListKind::Malicious));
        let level = |listed| {
            let mut config = RiskConfig::default();
            config.malicious_ip_address.listed = listed;
            assess(&facts, &RiskContext::default(), &config).sign_in_level
        };
        assert_eq!(level(RiskLevel::None), RiskLevel::None);
        assert_eq!(level(RiskLevel::Low), RiskLevel::Low);
        assert_eq!(level(RiskLevel::High), RiskLevel::Medium);
    }

    #[test]
    fn every_list_that_names_the_address_is_evidence() {
        let mut facts = facts_from("192.0.2.1");
        facts.network.list_hits = vec![hit(ListKind::Malicious), hit(ListKind::Malicious)];
        let found = assess(&facts, &RiskContext::default(), &RiskConfig::default());
        let values: Vec<_> =
            found.findings[0].evidence.iter().map(|evidence| evidence.value.as_str()).collect();
        assert_eq!(values, ["list has 192.0.2.0/24", "list has 192.0.2.0/24"]);
    }

    #[test]
    fn the_interval_is_the_one_of_the_tables() {
        for (hits, trials, expected) in [(9, 10, 0.5958), (80, 100, 0.7112), (0, 10, 0.0), (10, 10, 0.7225)] {
            let found = Share::of(hits, trials).at_least;
            assert!((found - expected).abs() < 1e-4, "{hits} of {trials}: {found}");
        }
    }
}
