use std::collections::HashMap;
use std::sync::Arc;

use riskgate_model::{
    AuthenticationMethodKind, AuthenticationStrengthPolicy, AuthenticationStrengthReference,
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
    /// Combinations of methods this version has. One with any other method cannot be passed here.
    combinations: Arc<[Vec<AuthenticationMethodKind>]>,
    /// Whether every combination is multifactor authentication (`requirementsSatisfied`).
    pub(super) is_mfa: bool,
}

impl Strength {
    fn new(policy: &AuthenticationStrengthPolicy) -> Self {
        let combinations = policy.allowed_combinations.iter();
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
            matches!(method, AuthenticationMethodKind::Password | AuthenticationMethodKind::SoftwareOath)
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

/// The method of a name of `authenticationMethodModes`; `None` for one this version does not have.
fn method(mode: &str) -> Option<AuthenticationMethodKind> {
    match mode {
        "password" => Some(AuthenticationMethodKind::Password),
        "softwareOath" => Some(AuthenticationMethodKind::SoftwareOath),
        _ => None,
    }
}
