use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, NetworkFacts, RiskLevel};
use serde::{Deserialize, Serialize};

use crate::{Evidence, Feature, Features, Finding, HistoryFacts, WorkloadConfig};

/// Applications that use this many values of a feature are not surprising with one more.
const VARIES: u32 = 8;

/// What an application proves itself with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum CredentialKind {
    /// A secret.
    Secret,
    /// A certificate.
    Certificate,
}

/// A request of an application for a token of its own.
#[derive(Debug, Clone, Copy)]
pub struct WorkloadSignIn<'a> {
    /// When.
    pub at: Timestamp,
    /// From where.
    pub network: &'a NetworkFacts,
    /// `appId` of what it asks for.
    pub resource_app_id: &'a str,
    /// `User-Agent` of the request.
    pub user_agent: Option<&'a str>,
    /// What it proved itself with.
    pub credential: CredentialKind,
}

impl WorkloadSignIn<'_> {
    /// The values it is compared by.
    pub fn features(&self) -> Features {
        let credential = match self.credential {
            CredentialKind::Secret => "secret",
            CredentialKind::Certificate => "certificate",
        };
        let is_hosting = self.network.anonymizer == Some(AnonymizerKind::Hosting);
        let mut features = Features::of_network(self.network);
        let own = [
            (Feature::Resource, self.resource_app_id.to_owned()),
            // Without a header the program says as much as with one.
            (Feature::UserAgent, program(self.user_agent.unwrap_or_default()).to_owned()),
            (Feature::CredentialKind, credential.to_owned()),
            (Feature::Egress, if is_hosting { "hosting" } else { "other" }.to_owned()),
        ];
        features.0.extend(own);
        features
    }
}

/// The program without its version, so that an update is the same program.
fn program(user_agent: &str) -> &str {
    let end = user_agent.find(['/', ' ', '(']).unwrap_or(user_agent.len()).min(64);
    user_agent.get(..end).unwrap_or_default()
}

/// What is new about an application's request, if it is enough: `suspiciousSignins`. Nothing is said while it is learned, in
/// the first days; what was not used for `forget_after_days` is new again.
pub fn assess_workload(
    sign_in: &WorkloadSignIn<'_>,
    history: &HistoryFacts,
    config: &WorkloadConfig,
) -> Option<Finding> {
    let days = |days: u32| Duration::from_secs(u64::from(days) * 86_400);
    let learned =
        history.learning_since.is_some_and(|since| sign_in.at.since(since) >= days(config.learning_days));
    if !learned || history.sign_ins < u64::from(config.learning_sign_ins) {
        return None;
    }
    let features = sign_in.features();
    let is_new = |feature: Feature| {
        let seen = history.values.get(&feature);
        let forgotten = seen
            .and_then(|seen| seen.last_at)
            .is_none_or(|last| sign_in.at.since(last) > days(config.forget_after_days));
        let varies = seen.is_some_and(|seen| seen.distinct >= VARIES);
        features.get(feature).is_some() && forgotten && !varies
    };
    // One more address of a network the application is known in says nothing.
    let network =
        if features.get(Feature::NetworkOwner).is_some() { Feature::NetworkOwner } else { Feature::Prefix };
    let compared = [
        (network, "networkOwner", 1_u32),
        (Feature::Country, "country", 2),
        (Feature::Egress, "hosting", 2),
        (Feature::Resource, "resource", 1),
        (Feature::UserAgent, "userAgent", 1),
        (Feature::CredentialKind, "credentialKind", 2),
    ];
    let new: Vec<_> = compared.into_iter().filter(|(feature, ..)| is_new(*feature)).collect();
    let points = new.iter().fold(0_u32, |sum, (_, _, points)| sum.saturating_add(*points));
    let risk_level = match points {
        0 => return None,
        1 => RiskLevel::Low,
        2 | 3 => RiskLevel::Medium,
        _ => RiskLevel::High,
    };
    let evidence = |(feature, name, points): (Feature, &str, u32)| Evidence {
        expected: history.values.get(&feature).map(|seen| match seen.distinct {
            1 => "another one, the only one it is known with".to_owned(),
            distinct => format!("one of {distinct} others it is known with"),
        }),
        contribution: Some(f64::from(points)),
        ..Evidence::new(name, features.get(feature).unwrap_or_default())
    };
    let evidence = new.into_iter().map(evidence).collect();
    Some(Finding { risk_event_type: "suspiciousSignins".to_owned(), risk_level, evidence })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::UserHistory;

    const DAY: i64 = 86_400;

    fn network(address: &str, owner: Option<u32>, country: &str) -> NetworkFacts {
        let mut network = NetworkFacts::unknown(address.parse().unwrap());
        network.autonomous_system_number = owner;
        network.location = Some(riskgate_model::SignInLocation {
            country_or_region: Some(country.to_owned()),
            ..Default::default()
        });
        network
    }

    fn request<'a>(network: &'a NetworkFacts, day: i64) -> WorkloadSignIn<'a> {
        WorkloadSignIn {
            at: Timestamp::from_seconds(day * DAY),
            network,
            resource_app_id: "graph",
            user_agent: Some("backup/1.2 (linux)"),
            credential: CredentialKind::Secret,
        }
    }

    /// What is known after asking once a day for some days, always the same way.
    fn known(days: i64) -> UserHistory {
        let home = network("203.0.113.7", Some(64_500), "NO");
        let mut history = UserHistory::default();
        for day in 0..days {
            let request = request(&home, day);
            history.learn_values(&request.features(), request.at);
        }
        history
    }

    fn assess(history: &UserHistory, request: &WorkloadSignIn<'_>) -> Option<Finding> {
        let facts = history.facts_for(&request.features(), request.at);
        assess_workload(request, &facts, &WorkloadConfig::default())
    }

    fn named(finding: &Finding) -> Vec<&str> {
        finding.evidence.iter().map(|evidence| evidence.key.as_str()).collect()
    }

    #[test]
    fn the_usual_is_nothing_and_nor_is_another_address_of_a_known_network_or_a_new_version() {
        let history = known(10);
        let home = network("203.0.113.200", Some(64_500), "NO");
        let mut asked = request(&home, 10);
        assert_eq!(assess(&history, &asked), None);
        asked.user_agent = Some("backup/2.0 (linux)");
        assert_eq!(assess(&history, &asked), None);
    }

    #[test]
    fn each_new_thing_is_found_and_named() {
        let history = known(10);
        let home = network("203.0.113.7", Some(64_500), "NO");
        let usual = request(&home, 10);
        let (elsewhere, abroad) =
            (network("198.51.100.1", Some(64_501), "NO"), network("203.0.113.7", Some(64_500), "KP"));
        let mut hosted = home.clone();
        hosted.anonymizer = Some(AnonymizerKind::Hosting);
        for (asked, name, level) in [
            (WorkloadSignIn { network: &elsewhere, ..usual }, "networkOwner", RiskLevel::Low),
            (WorkloadSignIn { network: &abroad, ..usual }, "country", RiskLevel::Medium),
            (WorkloadSignIn { network: &hosted, ..usual }, "hosting", RiskLevel::Medium),
            (WorkloadSignIn { resource_app_id: "vault", ..usual }, "resource", RiskLevel::Low),
            (WorkloadSignIn { user_agent: Some("curl/8"), ..usual }, "userAgent", RiskLevel::Low),
            (WorkloadSignIn { user_agent: None, ..usual }, "userAgent", RiskLevel::Low),
            (
                WorkloadSignIn { credential: CredentialKind::Certificate, ..usual },
                "credentialKind",
                RiskLevel::Medium,
            ),
        ] {
            let found = assess(&history, &asked).unwrap();
            assert_eq!((named(&found), found.risk_level), (vec![name], level));
        }
    }

    #[test]
    fn a_stolen_secret_used_elsewhere_is_high() {
        let thief = network("198.51.100.1", Some(64_501), "KP");
        let asked = WorkloadSignIn { user_agent: Some("python-requests/2"), ..request(&thief, 10) };
        let found = assess(&known(10), &asked).unwrap();
        assert_eq!(
            (named(&found), found.risk_level),
            (vec!["networkOwner", "country", "userAgent"], RiskLevel::High)
        );
    }

    #[test]
    fn nothing_is_said_while_it_is_learned_and_what_is_long_ago_is_new_again() {
        let thief = network("198.51.100.1", Some(64_501), "KP");
        assert_eq!(assess(&known(1), &request(&thief, 1)), None);
        assert_eq!(assess(&UserHistory::default(), &request(&thief, 400)), None);
        let home = network("203.0.113.7", Some(64_500), "NO");
        assert_eq!(assess(&known(10), &request(&home, 69)), None);
        assert!(assess(&known(10), &request(&home, 71)).is_some());
    }

    proptest! {
        #[test]
        fn what_was_just_learned_is_never_found(
            address in any::<u32>(), owner in proptest::option::of(1_u32..9), agent in "[ -~]{0,40}", days in 1..40_i64,
        ) {
            let network = network(&std::net::Ipv4Addr::from(address).to_string(), owner, "NO");
            let mut history = known(days);
            let asked = WorkloadSignIn { user_agent: Some(&agent), ..request(&network, days) };
            history.learn_values(&asked.features(), asked.at);
            prop_assert_eq!(assess(&history, &asked), None);
        }
    }
}
