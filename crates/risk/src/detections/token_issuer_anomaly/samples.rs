use std::collections::BTreeMap;

use riskgate_core::Timestamp;
use riskgate_model::{FederationFacts, RiskLevel, SignInFacts};

use crate::detections::Sample;
use crate::detections::samples::{DAY, after_start, facts_from};
use crate::{Features, Population, RiskContext, UserHistory};

/// Days everybody came through the provider.
const DAYS: u64 = 30;

fn moved(at: Timestamp, seconds: i64) -> Timestamp {
    Timestamp::from_seconds(at.as_seconds().saturating_add(seconds))
}

/// A sign-in through the provider on a day, with a token that is changed.
fn through(day: u64, change: impl FnOnce(&mut FederationFacts)) -> SignInFacts {
    let mut facts = facts_from("192.0.2.7");
    facts.at = after_start(day.saturating_mul(DAY));
    let mut token = FederationFacts {
        provider_id: "provider-1".to_owned(),
        issuer: "https://login.example".to_owned(),
        incoming_token_type: "oidcIdToken".to_owned(),
        amr: vec!["pwd".to_owned(), "mfa".to_owned()],
        acr: None,
        key_id: Some("one".to_owned()),
        algorithm: "ES256".to_owned(),
        issued_at: moved(facts.at, -1),
        expires_at: moved(facts.at, 3_599),
        authenticated_at: Some(moved(facts.at, -3)),
        is_asked_for_mfa: false,
        session_id: None,
        received_at: Some(facts.at),
        claims: vec!["email".to_owned(), "name".to_owned()],
        identifiers: BTreeMap::from([("email".to_owned(), "alice@contoso.example".to_owned())]),
    };
    change(&mut token);
    facts.authentication.federation = Some(token);
    facts
}

/// Somebody who came through it every day.
fn known() -> UserHistory {
    let mut history = UserHistory::default();
    (0..DAYS).for_each(|day| drop(history.learn(&through(day, |_| {}))));
    history
}

/// A sign-in of tomorrow, with what it is compared with: the person's history, and that of a colleague.
pub(super) fn came(change: impl FnOnce(&mut FederationFacts)) -> (RiskContext, SignInFacts) {
    let facts = through(DAYS, change);
    let (features, known) = (Features::of(&facts), known());
    let mut population = Population::default();
    population.add(&known);
    population.add(&known);
    let context = RiskContext {
        history: known.facts_for(&features, facts.at),
        population: population.facts_for(&features, facts.at),
        ..RiskContext::default()
    };
    (context, facts)
}

pub(super) fn samples() -> Vec<Sample> {
    let sample = |case, (context, facts), expected| Sample { case, facts, context, expected };
    let other_key = |token: &mut FederationFacts| token.key_id = Some("two".to_owned());
    vec![
        sample("a token as always", came(|_| {}), None),
        sample("the provider changed its key", came(other_key), None),
        sample(
            "the person has a new mail address",
            came(|token| {
                drop(token.identifiers.insert("email".to_owned(), "ally@contoso.example".to_owned()))
            }),
            None,
        ),
        sample(
            "a key never seen, and multifactor authentication is missing",
            came(|token| {
                other_key(token);
                token.amr = vec!["pwd".to_owned()];
            }),
            Some(RiskLevel::Medium),
        ),
        sample(
            "a key never seen, a token of ten hours, a proof of weeks ago",
            came(|token| {
                other_key(token);
                token.expires_at = moved(token.issued_at, 36_000);
                token.authenticated_at = Some(moved(token.issued_at, -30 * 86_400));
            }),
            Some(RiskLevel::High),
        ),
    ]
}
