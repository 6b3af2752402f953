use std::collections::HashMap;
use std::sync::Arc;

use riskgate_model::{
    AuthenticationFacts, AuthenticationMethodKind, AuthenticationStrengthPolicy,
    AuthenticationStrengthReference,
};

use super::requirement::{ask, demand_registration};
use super::{Requirement, Standing};
use crate::decision::{BlockReason, Control};
use crate::freshness::Freshness;
use crate::identifiers::lower;
use crate::reason::Reason;
use crate::request::{Person, Request};

/// Authentication strengths by identifier in lower case.
#[derive(Debug, Default)]
pub(crate) struct StrengthIndex(HashMap<String, Strength>);

impl StrengthIndex {
    pub(crate) fn new<'a>(strengths: impl IntoIterator<Item = &'a AuthenticationStrengthPolicy>) -> Self {
        let strengths = strengths.into_iter();
        Self(strengths.map(|policy| (lower(&policy.id).into_owned(), Strength::new(policy))).collect())
    }

    pub(super) fn requirement(&self, reference: &AuthenticationStrengthReference) -> Requirement {
        let found = self.0.get(lower(&reference.id).as_ref()).cloned();
        found.map_or(Requirement::MissingStrength, Requirement::Strength)
    }
}

/// An authentication strength: combinations of methods, of which one must have been passed whole (Graph contract §1.2.2).
#[derive(Debug, Clone)]
pub(crate) struct Strength {
    id: Arc<str>,
    /// Combinations of methods this version has. One with any other method cannot be passed here, nor one that is narrowed
    /// to makes of authenticators, which nobody proves without attestation.
    combinations: Arc<[Vec<AuthenticationMethodKind>]>,
    /// Whether every combination is multifactor authentication (`requirementsSatisfied`).
    pub(super) is_mfa: bool,
}

impl Strength {
    fn new(policy: &AuthenticationStrengthPolicy) -> Self {
        let narrowed = |modes: &_| {
            policy.combination_configurations.iter().any(|narrowing| narrowing.applies_to().contains(modes))
        };
        let combinations = policy.allowed_combinations.iter().filter(|modes| !narrowed(modes));
        let known =
            combinations.filter_map(|modes| modes.members().iter().map(|mode| method(mode)).collect());
        Self {
            id: policy.id.as_str().into(),
            combinations: known.collect(),
            is_mfa: policy.requirements_satisfied.members().contains(&"mfa"),
        }
    }

    pub(super) fn standing(
        &self,
        request: &Request<'_>,
        person: &Person<'_>,
        is_risk_based: bool,
        freshness: Freshness,
    ) -> (Standing, Reason) {
        let has_passed = |method: &AuthenticationMethodKind| {
            freshness.has_passed(request.at, person.authentication, *method)
        };
        let is_registered = |method: &AuthenticationMethodKind| {
            *method == AuthenticationMethodKind::Password || person.facts.registered_methods.contains(method)
        };
        // What a person can set up during a sign-in: an authenticator app.
        let can_register = |method: &AuthenticationMethodKind| {
            *method == AuthenticationMethodKind::SoftwareOath || is_registered(method)
        };
        let any = |test: &dyn Fn(&AuthenticationMethodKind) -> bool| {
            self.combinations.iter().any(|combination| combination.iter().all(test))
        };
        if any(&has_passed) {
            (Standing::Passed, Reason::StrengthPassed)
        } else if any(&is_registered) {
            let control = Control::AuthenticationStrength { strength_id: self.id.clone() };
            ask(request, control, Reason::StrengthRequired)
        } else if any(&can_register) {
            demand_registration(request, is_risk_based)
        } else {
            (Standing::Impossible(BlockReason::Policy), Reason::StrengthNotPossible)
        }
    }
}

/// Whether anybody can satisfy the strength here: one of its combinations has only methods this version has.
pub(crate) fn can_be_satisfied(strength: &AuthenticationStrengthPolicy) -> bool {
    !Strength::new(strength).combinations.is_empty()
}

/// Whether proving this method, besides what is proven, is a combination of the strength.
pub fn completes_strength(
    strength: &AuthenticationStrengthPolicy,
    proven: &AuthenticationFacts,
    method: AuthenticationMethodKind,
) -> bool {
    let is_proven =
        |other: &AuthenticationMethodKind| proven.methods.iter().any(|used| used.method == *other);
    Strength::new(strength).combinations.iter().any(|combination| {
        combination.contains(&method) && combination.iter().all(|other| *other == method || is_proven(other))
    })
}

/// The method of a name of `authenticationMethodModes`; `None` for one this version does not have.
fn method(mode: &str) -> Option<AuthenticationMethodKind> {
    match mode {
        "password" => Some(AuthenticationMethodKind::Password),
        "softwareOath" => Some(AuthenticationMethodKind::SoftwareOath),
        "fido2" => Some(AuthenticationMethodKind::Fido2),
        "microsoftAuthenticatorPush" => Some(AuthenticationMethodKind::MicrosoftAuthenticatorPush),
        "temporaryAccessPassOneTime" => Some(AuthenticationMethodKind::TemporaryAccessPassOneTime),
        "temporaryAccessPassMultiUse" => Some(AuthenticationMethodKind::TemporaryAccessPassMultiUse),
        "federatedSingleFactor" => Some(AuthenticationMethodKind::FederatedSingleFactor),
        "federatedMultiFactor" => Some(AuthenticationMethodKind::FederatedMultiFactor),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn of_keys(configurations: serde_json::Value) -> AuthenticationStrengthPolicy {
        serde_json::from_value(json!({
            "id": "keys", "displayName": "Keys", "policyType": "custom", "requirementsSatisfied": "mfa",
            "allowedCombinations": ["fido2", "password,softwareOath"], "createdDateTime": "2021-12-01T00:00:00Z",
            "modifiedDateTime": "2021-12-01T00:00:00Z", "combinationConfigurations": configurations,
        }))
        .unwrap()
    }

    #[test]
    fn a_method_completes_what_it_is_the_last_part_of() {
        use AuthenticationMethodKind::{Fido2, Password, SoftwareOath};
        let (nothing, mut typed) = (AuthenticationFacts::default(), AuthenticationFacts::default());
        typed.pass(Password, riskgate_core::Timestamp::from_seconds(0));
        let strength = of_keys(json!([]));
        let completes = |proven, method| completes_strength(&strength, proven, method);
        assert!(completes(&nothing, Fido2) && completes(&typed, Fido2) && completes(&typed, SoftwareOath));
        assert!(!completes(&nothing, SoftwareOath) && !completes(&typed, Password));
    }

    #[test]
    fn a_combination_narrowed_to_makes_cannot_be_passed() {
        let narrowed = of_keys(json!([{
            "@odata.type": "#microsoft.graph.fido2CombinationConfiguration", "id": "makes",
            "appliesToCombinations": ["fido2"], "allowedAAGUIDs": ["486be600-3c4a-4f5d-9b4a-1a2b3c4d5e6f"],
        }]));
        let nothing = AuthenticationFacts::default();
        assert!(!completes_strength(&narrowed, &nothing, AuthenticationMethodKind::Fido2));
        assert!(can_be_satisfied(&narrowed), "by password and code");
    }
}
