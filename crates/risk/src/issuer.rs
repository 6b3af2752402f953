//! What the token of an identity provider is compared by with its earlier ones.

use riskgate_core::Timestamp;
use riskgate_model::{FederationFacts, SignInFacts};

use crate::Feature;

/// A token that came longer ago belongs to a session that goes on, and was compared then. In seconds.
const FRESH: u64 = 600;

/// What a provider asserted, if it did so for this sign-in.
pub(crate) fn assertion(facts: &SignInFacts) -> Option<&FederationFacts> {
    let federation = facts.authentication.federation.as_ref()?;
    let received = federation.received_at?;
    (received <= facts.at && facts.at.since(received).as_secs() <= FRESH).then_some(federation)
}

/// Its values. All but the issuer name it: what is usual at one provider is not at another.
pub(crate) fn features(token: &FederationFacts) -> Vec<(Feature, String)> {
    let issuer = &token.issuer;
    let of = |text: String| format!("{text} ({issuer})");
    let received = token.received_at.unwrap_or(token.issued_at);
    let key = token.key_id.as_deref().unwrap_or("no name");
    vec![
        (Feature::IdentityProvider, issuer.clone()),
        (Feature::SigningKey, of(format!("{key}, {}", token.algorithm))),
        (Feature::AssertedClaims, of(listed(&token.claims))),
        (Feature::TokenLifetime, of(up_to(token.expires_at.since(token.issued_at).as_secs(), 60))),
        (Feature::ClockDifference, of(difference(token.issued_at, received))),
        (Feature::ProofAge, of(proof_age(token))),
        (Feature::AssertedMethods, of(methods(token))),
        (Feature::AssertedIdentity, of(identity(token))),
    ]
}

fn listed(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(" ") }
}

/// The power of two that covers a time, so that what varies a little is the same. The smallest is given, in seconds.
fn up_to(seconds: u64, smallest: u64) -> String {
    let times = seconds.div_ceil(smallest).max(1).checked_next_power_of_two().unwrap_or(u64::MAX);
    let covered = times.saturating_mul(smallest);
    if covered < 3_600 {
        return format!("up to {covered} seconds");
    }
    format!("up to {} minutes", covered.div_ceil(60))
}

fn difference(issued: Timestamp, received: Timestamp) -> String {
    const SMALLEST: u64 = 15;
    if issued > received {
        return format!("ahead {}", up_to(issued.since(received).as_secs(), SMALLEST));
    }
    up_to(received.since(issued).as_secs(), SMALLEST)
}

fn proof_age(token: &FederationFacts) -> String {
    match token.authenticated_at {
        None => "not said".to_owned(),
        Some(at) if at > token.issued_at => "after the issue".to_owned(),
        Some(at) => up_to(token.issued_at.since(at).as_secs(), 300),
    }
}

/// `amr` in any order, and `acr`.
fn methods(token: &FederationFacts) -> String {
    let mut methods = token.amr.clone();
    methods.sort_unstable();
    methods.dedup();
    let context = token.acr.as_deref().map_or_else(String::new, |acr| format!(", acr {acr}"));
    format!("{}{context}", listed(&methods))
}

fn identity(token: &FederationFacts) -> String {
    let told = token.identifiers.iter().map(|(claim, value)| format!("{claim} {}", value.to_lowercase()));
    listed(&told.collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_varies_a_little_is_the_same_and_nothing_overflows() {
        assert_eq!(up_to(0, 15), "up to 15 seconds");
        assert_eq!(up_to(16, 15), up_to(30, 15));
        assert_eq!(
            (up_to(3_590, 60), up_to(3_601, 60)),
            ("up to 64 minutes".into(), "up to 64 minutes".into())
        );
        assert_eq!(up_to(u64::MAX, 60), format!("up to {} minutes", u64::MAX.div_ceil(60)));
    }
}
