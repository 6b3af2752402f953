use riskgate_model::{RiskLevel, SignInFacts};

use super::samples::facts_from;
use super::{Detection, Sample};
use crate::{ActivityFacts, BrowserUse, Evidence, Finding, RiskConfig, RiskContext};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "suspiciousBrowser",
    title: "Suspicious browser",
    explanation: "One browser, known by its device cookie, signed in as three or more users from two or more countries within 24 hours. A browser is in one place, so its owner hides where he is, or the cookie was copied, and neither is usual for somebody with several accounts.\n\nA computer that many share, in a library or at a counter, has many users in one country and is not found; in a trusted named location nothing is found either.",
    settings: &[
        ("suspiciousBrowser.level", "medium", "its level; `none` switches it off"),
        ("suspiciousBrowser.users", "3", "users within 24 hours"),
        ("suspiciousBrowser.countries", "2", "countries they came from"),
    ],
    samples,
    evaluate,
};

/// What such a browser speaks for an attack.
const CONTRIBUTION: f64 = 2.0;

fn evaluate(_: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let (config, used) = (&config.suspicious_browser, context.activity.browser);
    let is_found = matches!(config.level, RiskLevel::Low | RiskLevel::Medium | RiskLevel::High);
    if !is_found
        || context.is_trusted_location
        || used.users < config.users
        || used.countries < config.countries
    {
        return None;
    }
    let evidence = vec![
        Evidence {
            expected: Some(format!("fewer than {}", config.users)),
            contribution: Some(CONTRIBUTION),
            ..Evidence::new("usersOfBrowser", used.users.to_string())
        },
        Evidence {
            expected: Some(format!("fewer than {}", config.countries)),
            ..Evidence::new("countriesOfBrowser", used.countries.to_string())
        },
    ];
    Some(Finding {
        risk_event_type: DETECTION.risk_event_type.to_owned(),
        risk_level: config.level,
        evidence,
    })
}

fn samples() -> Vec<Sample> {
    let sample = |case, users, countries, expected| Sample {
        case,
        facts: facts_from("192.0.2.1"),
        context: RiskContext {
            activity: ActivityFacts { browser: BrowserUse { users, countries }, ..ActivityFacts::default() },
            ..RiskContext::default()
        },
        expected,
    };
    vec![
        sample("three users from two countries", 3, 2, Some(RiskLevel::Medium)),
        sample("ten users at a counter", 10, 1, None),
        sample("two users from two countries", 2, 2, None),
    ]
}
