use riskgate_core::Timestamp;
use riskgate_model::{RiskLevel, SignInFacts};

use super::{Detection, UNFAMILIAR_FEATURES};
use crate::familiarity::{Familiarity, Term, TermKind};
use crate::{
    Evidence, Feature, Features, Finding, HistoryFacts, RiskConfig, RiskContext, UnfamiliarFeaturesConfig,
};

pub(super) mod samples;
#[cfg(test)]
mod tests;

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: UNFAMILIAR_FEATURES,
    title: "Unfamiliar sign-in properties",
    explanation: "The sign-in does not look like the user: the network, the place, the browser, the hour or the application are ones the user rarely or never had, and the device cookie is missing where the user's devices usually bring one.\n\nFor each group of properties it is computed how much likelier an attacker is to show it than the user, in log-odds: 0.7 is twice as likely, 2.3 is ten times, below zero speaks for the user. What is new counts as much as new things are rare *for this user* there: a new address is nothing in a telephone network and telling at home; an upgrade of the same browser is the same browser, an older version than before is not. A network many colleagues use does not count against anybody, unless it is one of a virtual private network: those are known by the lists, or by most of what the tenant sees of their owner. Browser and version change together, so each counts less than it would alone, and beside an address or a device cookie the user is known by, what else is unusual counts six tenths. Lists of anonymising addresses add 3 at most and never lift the level above low by themselves.\n\nThe sum is compared with the thresholds. A user is learned for five days and ten sign-ins, or thirty days, before anything is found, and again after 60 days of absence. With a device cookie that was seen three times on two days the level is low at most.\n\nIf the wrong people are asked too often, raise the thresholds, or name the networks of your offices as trusted locations.",
    settings: &[
        ("unfamiliarFeatures.isEnabled", "true", "whether it is found at all"),
        ("unfamiliarFeatures.low", "4", "score from which on it is low, in log-odds"),
        ("unfamiliarFeatures.medium", "6", "score from which on it is medium"),
        ("unfamiliarFeatures.high", "9", "score from which on it is high"),
        ("unfamiliarFeatures.learningDays", "5", "days of learning, if there were enough sign-ins"),
        ("unfamiliarFeatures.learningSignIns", "10", "sign-ins that are enough"),
        ("unfamiliarFeatures.longestLearningDays", "30", "days after which learning ends in any case"),
        ("unfamiliarFeatures.absenceDays", "60", "days of absence after which the user is learned again"),
        (
            "unfamiliarFeatures.tenantFamiliarUsers",
            "5",
            "users of a prefix from which on it is familiar to all; one in two hundred of all users as well",
        ),
        (
            "unfamiliarFeatures.weights.network",
            "1",
            "weight of address, prefix, network owner and country; 0 switches them off, as with every weight",
        ),
        ("unfamiliarFeatures.weights.place", "1", "weight of the place, where the address is new"),
        ("unfamiliarFeatures.weights.device", "0.6", "weight of browser and operating system"),
        ("unfamiliarFeatures.weights.browserVersion", "0.6", "weight of the version of a known browser"),
        ("unfamiliarFeatures.weights.deviceCookie", "1", "weight of the device cookie"),
        ("unfamiliarFeatures.weights.hourOfDay", "1.6", "weight of the hour of the day"),
        ("unfamiliarFeatures.weights.clientApplication", "1", "weight of the client application"),
        ("unfamiliarFeatures.weights.egress", "1", "weight of anonymisers, hosting ranges and relays"),
        (
            "unfamiliarFeatures.weights.user",
            "1",
            "weight of how often the user signs in compared with others",
        ),
    ],
    samples: samples::samples,
    evaluate,
};

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let config = &config.unfamiliar_features;
    if !config.is_enabled || is_learning(&context.history, facts.at, config) {
        return None;
    }
    let familiarity = Familiarity::of(facts, context, config);
    let (score, egress) = (familiarity.score(), familiarity.contribution(TermKind::Egress));
    let mut risk_level = level(score, config)?;
    let mut notes = Vec::new();
    if is_known_device(&context.history) && risk_level > RiskLevel::Low {
        risk_level = RiskLevel::Low;
        notes.push(Evidence::new("knownDevice", "the device cookie was seen on several days: low at most"));
    }
    if level(score - egress.max(0.0), config).is_none() && risk_level > RiskLevel::Medium {
        risk_level = RiskLevel::Medium;
        notes.push(Evidence::new("list", "without the address lists nothing would be found: medium at most"));
    }
    let features = Features::of(facts);
    let mut evidence: Vec<_> =
        familiarity.terms.iter().map(|term| reason(term, &features, &context.history)).collect();
    evidence.sort_by(|a, b| b.contribution.unwrap_or(0.0).total_cmp(&a.contribution.unwrap_or(0.0)));
    evidence.push(Evidence {
        expected: Some(format!(
            "low from {}, medium from {}, high from {}",
            config.low, config.medium, config.high
        )),
        ..Evidence::new("score", format!("{score:.2}"))
    });
    evidence.extend(notes);
    Some(Finding { risk_event_type: DETECTION.risk_event_type.to_owned(), risk_level, evidence })
}

fn level(score: f64, config: &UnfamiliarFeaturesConfig) -> Option<RiskLevel> {
    match score {
        _ if score >= config.high => Some(RiskLevel::High),
        _ if score >= config.medium => Some(RiskLevel::Medium),
        _ if score >= config.low => Some(RiskLevel::Low),
        _ => None,
    }
}

/// Whether too little is known of the user, or what is known is too old.
fn is_learning(history: &HistoryFacts, at: Timestamp, config: &UnfamiliarFeaturesConfig) -> bool {
    let (Some(since), Some(last)) = (history.learning_since, history.last_sign_in_at) else { return true };
    let days = |moment: Timestamp| at.since(moment).as_secs() / 86_400;
    let age = days(since);
    let is_learned = (age >= u64::from(config.learning_days) && history.sign_ins >= config.learning_sign_ins)
        || age >= u64::from(config.longest_learning_days);
    !is_learned || days(last) > u64::from(config.absence_days)
}

/// Three times on two days. Counts decay, so a little less than three is three.
fn is_known_device(history: &HistoryFacts) -> bool {
    let cookie = history.values.get(&Feature::DeviceCookie);
    cookie.is_some_and(|seen| seen.days >= 2 && seen.weight >= 2.0)
}

fn reason(term: &Term, features: &Features, history: &HistoryFacts) -> Evidence {
    let usual = history.values.get(&term.feature).map_or(&[][..], |seen| &seen.usual);
    let value = features.get(term.feature).unwrap_or("none");
    Evidence {
        key: key(term).to_owned(),
        value: value.to_owned(),
        expected: (!usual.is_empty()).then(|| usual.join(", ")),
        contribution: Some(term.contribution),
    }
}

fn key(term: &Term) -> &'static str {
    match (term.kind, term.feature) {
        (TermKind::Network, Feature::Country) => "country",
        (TermKind::Network, Feature::NetworkOwner) => "networkOwner",
        (TermKind::Network, Feature::Prefix) => "prefix",
        (TermKind::Network, _) => "address",
        (TermKind::Place, _) => "place",
        (TermKind::Device, _) => "device",
        (TermKind::BrowserVersion, _) => "browserVersion",
        (TermKind::DeviceCookie, _) => "deviceCookie",
        (TermKind::HourOfDay, _) => "hourOfDay",
        (TermKind::ClientApplication, _) => "clientApplication",
        (TermKind::Egress, _) => "egress",
        (TermKind::User, _) => "frequency",
    }
}
