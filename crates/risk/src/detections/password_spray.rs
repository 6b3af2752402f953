use riskgate_model::{RiskLevel, SignInFacts};

use super::familiar::{days, is_known_device};
use super::samples::facts_from;
use super::{Detection, Sample};
use crate::config::PasswordSprayConfig;
use crate::{
    ActivityFacts, Counts, Evidence, Feature, Finding, HistoryFacts, RiskConfig, RiskContext, Seen, Windows,
};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "passwordSpray",
    title: "Password spray",
    explanation: "The password was right, and it came out of a password spray: a source tries a few passwords on many users, or the same password is tried on many users from many sources. Wrong passwords alone raise nothing, for they open nothing; the first right one does. An attacker who spreads his attempts over many addresses is found by the password itself, which is recognised by 24 bits of a digest under a key that is drawn anew each day, kept sealed with the master key, and gone after the day. Only of wrong passwords is it kept, for 24 hours, so that every node and the next start know them.\n\nSources are an address, its /24 or /48, and a network owner together with the program. For the last two, which honest people share, ten times as many users must fail. At an address or network where the user signed in on several days before, the level is low; with a device cookie he used on several days nothing is found: it is then the source that is shared, and not the user who was guessed.\n\nSecond factors stop what a spray has found. Ban the passwords that are guessed, and let people choose new ones.",
    settings: &[
        (
            "passwordSpray.level",
            "high",
            "level of a right password in a spray; `none` switches the detection off",
        ),
        (
            "passwordSpray.usersPerHour",
            "10",
            "different users with wrong passwords from one address within an hour",
        ),
        ("passwordSpray.usersPerDay", "25", "the same within 24 hours"),
        ("passwordSpray.attemptsPerUser", "3", "most wrong passwords a user on average: more is guessing"),
        ("passwordSpray.failurePercent", "90", "least share of wrong passwords from the source, in percent"),
        (
            "passwordSpray.usersPerPassword",
            "4",
            "different users for whom the same wrong password was tried within 24 hours",
        ),
    ],
    samples,
    evaluate,
};

/// What a right password in a spray speaks for an attack, in log-odds.
const CONTRIBUTION: f64 = 6.0;
/// Honest people share networks, and an access provider has many customers.
const SHARED: u64 = 10;

fn evaluate(_: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let config = &config.password_spray;
    if config.level == RiskLevel::None || is_known_device(&context.history) {
        return None;
    }
    let mut evidence: Vec<_> = spraying(&context.activity, config).collect();
    if let Some(first) = evidence.first_mut() {
        first.contribution = Some(CONTRIBUTION);
    }
    let risk_level = if is_familiar(&context.history) { RiskLevel::Low } else { config.level };
    let risk_event_type = DETECTION.risk_event_type.to_owned();
    (!evidence.is_empty()).then_some(Finding { risk_event_type, risk_level, evidence })
}

/// Whether the user signed in from this address or network before, on more than one day.
fn is_familiar(history: &HistoryFacts) -> bool {
    days(history, Feature::Address).max(days(history, Feature::Prefix)) >= 2
}

/// What sprays, and by which counts.
fn spraying<'a>(
    activity: &'a ActivityFacts,
    config: &'a PasswordSprayConfig,
) -> impl Iterator<Item = Evidence> + 'a {
    let sources = [
        ("address", &activity.address, 1),
        ("network", &activity.prefix, SHARED),
        ("networkOwnerAndProgram", &activity.network_owner_and_program, SHARED),
    ];
    let sources =
        sources.into_iter().filter_map(|(key, windows, factor)| source(key, windows, factor, config));
    sources.chain(password(&activity.password, config))
}

fn source(key: &str, windows: &Windows, factor: u64, config: &PasswordSprayConfig) -> Option<Evidence> {
    let spans = [
        ("an hour", &windows.hour, config.users_per_hour.saturating_mul(factor)),
        ("24 hours", &windows.day, config.users_per_day.saturating_mul(factor)),
    ];
    let found = spans.into_iter().find(|(_, counts, users)| is_spraying(counts, *users, config));
    let (span, counts, users) = found?;
    let Counts { failures, successes, failed_users, unknown_users } = counts;
    let told = format!(
        "{failures} wrong and {successes} right passwords within {span}, wrong ones for {failed_users} users of whom \
         {unknown_users} do not exist"
    );
    Some(Evidence { expected: Some(format!("fewer than {users} users")), ..Evidence::new(key, told) })
}

fn is_spraying(counts: &Counts, users: u64, config: &PasswordSprayConfig) -> bool {
    let attempts = counts.failures.saturating_add(counts.successes);
    counts.failed_users >= users.max(1)
        && counts.failures <= counts.failed_users.saturating_mul(config.attempts_per_user)
        && counts.failures.saturating_mul(100) >= attempts.saturating_mul(config.failure_percent)
}

/// The same password tried on several users: chance makes two people mistype alike, not four.
fn password(windows: &Windows, config: &PasswordSprayConfig) -> Option<Evidence> {
    let users = windows.day.failed_users;
    (users >= config.users_per_password.max(2)).then(|| Evidence {
        expected: Some(format!("fewer than {} users", config.users_per_password.max(2))),
        ..Evidence::new("password", format!("the same password was wrong for {users} users within 24 hours"))
    })
}

fn samples() -> Vec<Sample> {
    let burst = Counts { failures: 40, successes: 1, failed_users: 30, unknown_users: 12 };
    let office = Counts { failures: 40, successes: 500, failed_users: 30, unknown_users: 0 };
    let guessing = Counts { failures: 400, successes: 1, failed_users: 12, unknown_users: 0 };
    let few = Counts { failures: 4, successes: 0, failed_users: 4, unknown_users: 0 };
    let windows = |counts| Windows { ten_minutes: counts, hour: counts, day: counts };
    let at = |counts| ActivityFacts { address: windows(counts), ..ActivityFacts::default() };
    let password = |failed_users| ActivityFacts {
        password: windows(Counts { failed_users, failures: failed_users, ..Counts::default() }),
        ..ActivityFacts::default()
    };
    let provider = ActivityFacts { network_owner_and_program: windows(burst), ..ActivityFacts::default() };
    vec![
        sample("a right password after 40 wrong ones for 30 users", at(burst), &[], Some(RiskLevel::High)),
        sample(
            "the same at an address where the user is at home",
            at(burst),
            &[Feature::Address],
            Some(RiskLevel::Low),
        ),
        sample("the same in a browser the user always uses", at(burst), &[Feature::DeviceCookie], None),
        sample("a password that was wrong for six others", password(6), &[], Some(RiskLevel::High)),
        sample("a password that was wrong for two others", password(2), &[], None),
        sample("an office where 30 people mistype", at(office), &[], None),
        sample("guessing the passwords of 12 users", at(guessing), &[], None),
        sample("an address with a few wrong passwords", at(few), &[], None),
        sample("an access provider with 30 customers who mistype", provider, &[], None),
    ]
}

fn sample(
    case: &'static str,
    activity: ActivityFacts,
    known: &[Feature],
    expected: Option<RiskLevel>,
) -> Sample {
    let seen = || Seen { weight: 5.0, days: 5, ..Seen::default() };
    let values = known.iter().map(|feature| (*feature, seen())).collect();
    let history = HistoryFacts { values, ..HistoryFacts::default() };
    let context = RiskContext { activity, history, ..RiskContext::default() };
    Sample { case, facts: facts_from("192.0.2.1"), context, expected }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn found(activity: ActivityFacts) -> Option<Finding> {
        let sample = sample("", activity, &[], None);
        evaluate(&sample.facts, &sample.context, &RiskConfig::default())
    }

    #[test]
    fn the_counts_and_what_was_allowed_are_evidence() {
        let burst = Counts { failures: 40, successes: 1, failed_users: 30, unknown_users: 12 };
        let hour = Windows { hour: burst, ..Windows::default() };
        let finding = found(ActivityFacts { address: hour, ..ActivityFacts::default() }).unwrap();
        let [evidence] = &finding.evidence[..] else { panic!("{finding:?}") };
        assert_eq!(evidence.key, "address");
        assert!(evidence.value.starts_with("40 wrong and 1 right passwords within an hour"), "{evidence:?}");
        assert_eq!(evidence.expected.as_deref(), Some("fewer than 10 users"));
    }

    #[test]
    fn the_level_can_be_chosen_and_switched_off() {
        let sample = &samples()[0];
        for (level, expected) in [(RiskLevel::Medium, Some(RiskLevel::Medium)), (RiskLevel::None, None)] {
            let mut config = RiskConfig::default();
            config.password_spray.level = level;
            let found = evaluate(&sample.facts, &sample.context, &config).map(|found| found.risk_level);
            assert_eq!(found, expected);
        }
    }

    proptest! {
        #[test]
        fn more_right_passwords_never_make_a_spray(
            failures in 0_u64..500, users in 0_u64..100, successes in 0_u64..500, more in 1_u64..500
        ) {
            let at = |successes| {
                let counts = Counts { failures, successes, failed_users: users, unknown_users: 0 };
                let windows = Windows { hour: counts, day: counts, ..Windows::default() };
                found(ActivityFacts { address: windows, ..ActivityFacts::default() }).is_some()
            };
            prop_assert!(!at(successes + more) || at(successes));
        }

        #[test]
        fn no_count_is_too_large(failures: u64, successes: u64, users: u64) {
            let counts = Counts { failures, successes, failed_users: users, unknown_users: users };
            let windows = Windows { ten_minutes: counts, hour: counts, day: counts };
            let activity =
                ActivityFacts { address: windows, prefix: windows, password: windows, ..ActivityFacts::default() };
            found(activity);
        }
    }
}
