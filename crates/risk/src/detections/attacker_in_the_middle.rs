use riskgate_model::{AnonymizerKind, RiskLevel, SignInFacts, UserAction};

use super::unfamiliar_features::samples::{at_home, context, history, tomorrow};
use super::{Detection, Sample};
use crate::{AttackerInTheMiddleConfig, Evidence, Feature, Finding, RiskConfig, RiskContext};

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "attackerinTheMiddle",
    title: "Attacker in the middle",
    explanation: "The sign-in looks as if a proxy stood between the user and the sign-in page: the browser says it is the very version the user has, but it does not bring the device cookie which that browser nearly always brings, and the address belongs to a range where servers live, in a network the user was never seen in. A proxy on a page that looks like ours passes everything on, the second factor too; what it cannot pass on is a cookie that belongs to our name.\n\nThis is a guess from what a server can see: the level is medium, and high when security information is registered in the same breath, which is what such attackers do next. Methods that are bound to the address of the page (passkeys) are the cure.",
    settings: &[
        ("attackerInTheMiddle.isEnabled", "true", "whether it is found"),
        ("attackerInTheMiddle.signIns", "5", "sign-ins with the browser at least"),
        (
            "attackerInTheMiddle.missingCookieShare",
            "0.1",
            "share of them without a known device cookie at most",
        ),
    ],
    samples,
    evaluate,
};

/// What it speaks for an attack.
const CONTRIBUTION: f64 = 1.5;

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let config = &config.attacker_in_the_middle;
    let is_new = |feature| context.history.values.get(&feature).is_none_or(|seen| seen.weight <= 0.0);
    let is_server = matches!(facts.network.anonymizer, Some(AnonymizerKind::Hosting));
    let is_expected_browser = facts.client.is_browser && !is_new(Feature::BrowserVersion);
    let has_lost_cookie = is_new(Feature::DeviceCookie) && usually_has_cookie(context, config);
    if !config.is_enabled
        || context.is_trusted_location
        || !is_server
        || !is_new(Feature::NetworkOwner)
        || !is_expected_browser
        || !has_lost_cookie
    {
        return None;
    }
    let registers = facts.application.user_action == Some(UserAction::RegisterSecurityInformation);
    let risk_level = if registers { RiskLevel::High } else { RiskLevel::Medium };
    let evidence = reasons(facts, registers);
    Some(Finding { risk_event_type: DETECTION.risk_event_type.to_owned(), risk_level, evidence })
}

fn usually_has_cookie(context: &RiskContext, config: &AttackerInTheMiddleConfig) -> bool {
    context.history.values.get(&Feature::Device).is_some_and(|seen| {
        seen.weight >= config.sign_ins && seen.new_within <= config.missing_cookie_share * seen.weight
    })
}

fn reasons(facts: &SignInFacts, registers: bool) -> Vec<Evidence> {
    let network = &facts.network;
    let owner = network.autonomous_system_organization.clone();
    let mut evidence = vec![
        Evidence {
            expected: Some("a network of the user".to_owned()),
            contribution: Some(CONTRIBUTION),
            ..Evidence::new("hosting", owner.unwrap_or_else(|| network.ip_address.to_string()))
        },
        Evidence {
            expected: Some("the cookie this browser brings".to_owned()),
            ..Evidence::new("deviceCookie", "missing")
        },
        Evidence::new("browser", facts.client.browser.clone().unwrap_or_default()),
    ];
    if registers {
        evidence.push(Evidence::new("userAction", "security information is registered: high"));
    }
    evidence
}

fn samples() -> Vec<Sample> {
    let mut known = history();
    // The first sign-ins taught the cookie.
    (0..30).for_each(|_| drop(known.learn(&at_home(29))));
    let proxied = |change: fn(&mut SignInFacts)| {
        let facts = tomorrow(|facts| {
            super::unfamiliar_features::samples::abroad(facts);
            facts.network.anonymizer = Some(AnonymizerKind::Hosting);
            facts.client.device_cookie_id = None;
            change(facts);
        });
        (context(&known, &facts), facts)
    };
    let sample = |case, (context, facts), expected| Sample { case, facts, context, expected };
    vec![
        sample("the user's browser without its cookie at a server", proxied(|_| {}), Some(RiskLevel::Medium)),
        sample(
            "it registers security information",
            proxied(|facts| facts.application.user_action = Some(UserAction::RegisterSecurityInformation)),
            Some(RiskLevel::High),
        ),
        sample(
            "with its cookie",
            proxied(|facts| facts.client.device_cookie_id = Some("device-1".to_owned())),
            None,
        ),
        sample("at an ordinary address", proxied(|facts| facts.network.anonymizer = None), None),
        sample(
            "another browser",
            proxied(|facts| facts.client.browser = Some("Chrome 150".to_owned())),
            None,
        ),
    ]
}
