use riskgate_model::{RiskLevel, SignInFacts};

use super::Detection;
use crate::issuer::assertion;
use crate::{Evidence, Feature, Features, Finding, RiskConfig, RiskContext, TokenIssuerAnomalyConfig};

mod samples;

pub(super) static DETECTION: Detection = Detection {
    risk_event_type: "tokenIssuerAnomaly",
    title: "Token issuer anomaly",
    explanation: "The person came through an identity provider, and the token is good: signed with a key the provider publishes, for us, for this sign-in, in time. But it is unlike the tokens this provider sends, as one is that somebody made who has a key of the provider, or who sits in the provider itself. Seven things are looked at; five are compared with the tokens of everybody who comes through the provider, two with those of this person:\n\n| sign | compared with | what is unusual |\n|---|---|---|\n| `signingKey` | everybody | a key, or a signature algorithm, the provider never signed with |\n| `assertedClaims` | everybody | another set of claims about the person (those of the protocol itself do not count) |\n| `tokenLifetime` | everybody | good for a longer or shorter time than its tokens ever are |\n| `clockDifference` | everybody | issued longer ago, or further ahead of our clock, than ever |\n| `proofAge` | everybody | a proof of the person that is older than ever, after the issue, or of no time where others have one |\n| `assertedMethods` | this person | methods (`amr`, `acr`) the provider never said of him |\n| `assertedIdentity` | this person | another mail address, user name or tenant for the same subject |\n\nEach sign alone is daily life: keys are rotated, people marry, providers are upgraded. Two at once are medium, three are high. Times are compared by powers of two. What is wrong and not just unusual is refused before (another issuer, audience or nonce, a time in the future, an answer nobody asked for, a second use) and never becomes a detection.\n\nNothing is said until the provider and the person are known. Only sign-ins that ended well teach, so a provider whose new tokens differ in two things is found until a sign-in with them passed a further factor or an administrator confirmed it as safe.",
    settings: &[
        ("tokenIssuerAnomaly.medium", "2", "signs for medium"),
        ("tokenIssuerAnomaly.high", "3", "signs for high"),
        (
            "tokenIssuerAnomaly.signIns",
            "5",
            "sign-ins of the user through the provider before his own are compared, with decay",
        ),
        (
            "tokenIssuerAnomaly.providerSignIns",
            "20",
            "sign-ins of all users through the provider before theirs are compared, with decay",
        ),
    ],
    samples: samples::samples,
    evaluate,
};

/// What each sign speaks for an attack.
const CONTRIBUTION: f64 = 1.0;

/// What is compared with the tokens of everybody, and its name as evidence.
const OF_PROVIDER: [(Feature, &str); 5] = [
    (Feature::SigningKey, "signingKey"),
    (Feature::AssertedClaims, "assertedClaims"),
    (Feature::TokenLifetime, "tokenLifetime"),
    (Feature::ClockDifference, "clockDifference"),
    (Feature::ProofAge, "proofAge"),
];

/// What is compared with those of the person alone.
const OF_PERSON: [(Feature, &str); 2] =
    [(Feature::AssertedMethods, "assertedMethods"), (Feature::AssertedIdentity, "assertedIdentity")];

fn evaluate(facts: &SignInFacts, context: &RiskContext, config: &RiskConfig) -> Option<Finding> {
    let config = &config.token_issuer_anomaly;
    // A session that goes on was compared when it began.
    if context.session.is_some() || assertion(facts).is_none() {
        return None;
    }
    let features = Features::of(facts);
    let evidence: Vec<_> =
        of_provider(&features, context, config).chain(of_person(&features, context, config)).collect();
    let signs = u32::try_from(evidence.len()).unwrap_or(u32::MAX);
    let risk_level = match signs {
        0 => return None,
        signs if signs >= config.high => RiskLevel::High,
        signs if signs >= config.medium => RiskLevel::Medium,
        _ => return None,
    };
    Some(Finding { risk_event_type: DETECTION.risk_event_type.to_owned(), risk_level, evidence })
}

fn of_provider<'a>(
    features: &'a Features,
    context: &'a RiskContext,
    config: &TokenIssuerAnomalyConfig,
) -> impl Iterator<Item = Evidence> + 'a {
    let population = &context.population;
    let known = population.values.get(&Feature::IdentityProvider);
    let is_known = !population.is_incomplete
        && known.is_some_and(|provider| provider.weight >= config.provider_sign_ins);
    let is_new = |feature| population.values.get(&feature).is_none_or(|spread| spread.users == 0);
    let signs = OF_PROVIDER.iter().filter(move |(feature, _)| is_known && is_new(*feature));
    signs.filter_map(|sign| told(sign, features, context))
}

fn of_person<'a>(
    features: &'a Features,
    context: &'a RiskContext,
    config: &TokenIssuerAnomalyConfig,
) -> impl Iterator<Item = Evidence> + 'a {
    let history = &context.history.values;
    let weight = move |feature| history.get(&feature).map_or(0.0, |seen| seen.weight);
    let is_known = weight(Feature::IdentityProvider) >= config.sign_ins;
    let signs = OF_PERSON.iter().filter(move |(feature, _)| is_known && weight(*feature) <= 0.0);
    signs.filter_map(|sign| told(sign, features, context))
}

/// What came, and what is usual of the person.
fn told((feature, key): &(Feature, &str), features: &Features, context: &RiskContext) -> Option<Evidence> {
    let usual = context.history.values.get(feature).map(|seen| seen.usual.join("; "));
    Some(Evidence {
        expected: usual.filter(|usual| !usual.is_empty()),
        contribution: Some(CONTRIBUTION),
        ..Evidence::new(key, features.get(*feature)?)
    })
}

#[cfg(test)]
mod tests {
    use super::samples::came;
    use super::*;

    fn signs(context: &RiskContext, facts: &SignInFacts) -> Vec<String> {
        let found = evaluate(facts, context, &RiskConfig::default());
        found.map(|found| found.evidence.into_iter().map(|sign| sign.key).collect()).unwrap_or_default()
    }

    #[test]
    fn every_sign_is_named_with_what_came_and_what_is_usual() {
        let (context, facts) = came(|token| {
            token.key_id = Some("two".to_owned());
            token.claims.push("roles".to_owned());
            token.expires_at = token.expires_at + std::time::Duration::from_secs(86_400);
            token.issued_at = token.issued_at - std::time::Duration::from_secs(300);
            token.authenticated_at = Some(token.issued_at + std::time::Duration::from_secs(1));
            token.amr = vec!["pwd".to_owned()];
            token.identifiers.insert("tid".to_owned(), "other".to_owned());
        });
        let found = evaluate(&facts, &context, &RiskConfig::default()).unwrap();
        let keys: Vec<_> = found.evidence.iter().map(|sign| sign.key.as_str()).collect();
        let all: Vec<_> = OF_PROVIDER.iter().chain(&OF_PERSON).map(|(_, key)| *key).collect();
        assert_eq!(keys, all);
        assert_eq!(found.evidence[0].value, "two, ES256 (https://login.example)");
        assert_eq!(found.evidence[0].expected.as_deref(), Some("one, ES256 (https://login.example)"));
        assert_eq!(found.evidence[5].expected.as_deref(), Some("mfa pwd (https://login.example)"));
    }

    #[test]
    fn who_is_not_known_and_what_is_read_in_again_is_not_compared() {
        let (mut context, facts) = came(|token| {
            token.key_id = Some("two".to_owned());
            token.amr.clear();
            token.claims.clear();
        });
        assert_eq!(signs(&context, &facts).len(), 3);
        context.population.is_incomplete = true;
        assert_eq!(signs(&context, &facts), [""; 0], "one sign is left, which is none");
        let nobody = RiskContext { population: context.population.clone(), ..RiskContext::default() };
        assert_eq!(signs(&nobody, &facts), [""; 0]);
    }

    #[test]
    fn a_session_that_goes_on_is_not_compared_again() {
        let change = |token: &mut riskgate_model::FederationFacts| {
            token.key_id = Some("two".to_owned());
            token.amr.clear();
        };
        let (context, mut facts) = came(change);
        facts.at = facts.at + std::time::Duration::from_secs(3_600);
        assert_eq!(signs(&context, &facts), [""; 0]);
        assert!(!Features::of(&facts).0.contains_key(&Feature::SigningKey));
    }

    #[test]
    fn another_provider_begins_anew() {
        let (context, facts) = came(|token| {
            token.issuer = "https://other.example".to_owned();
            token.amr.clear();
            token.identifiers.clear();
        });
        assert_eq!(signs(&context, &facts), [""; 0]);
    }
}
