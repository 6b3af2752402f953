//! What a policy asks for, in a form in which two policies can be compared.

use std::collections::BTreeSet;

use riskgate_model::{
    AuthenticationStrengthPolicy, ConditionalAccessGrantControl, ConditionalAccessPolicy,
    ConditionalAccessSessionControls,
};

/// Everything a policy asks for.
pub(super) struct Demand<'a> {
    pub(super) blocks: bool,
    /// Each must be met by one of its alternatives.
    clauses: Vec<BTreeSet<Alternative>>,
    session: Option<&'a ConditionalAccessSessionControls>,
}

/// A control, by a name no other control has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Alternative {
    name: String,
    /// Whether whoever passes it has passed multifactor authentication.
    is_mfa: bool,
}

impl<'a> Demand<'a> {
    pub(super) fn of(
        policy: &'a ConditionalAccessPolicy,
        strengths: &[AuthenticationStrengthPolicy],
    ) -> Self {
        let alternatives = alternatives(policy, strengths);
        let controls = policy.grant_controls.as_ref();
        let blocks = controls
            .is_some_and(|grant| grant.built_in_controls.contains(&ConditionalAccessGrantControl::Block));
        let is_or = controls
            .and_then(|grant| grant.operator.as_deref())
            .is_some_and(|operator| operator.eq_ignore_ascii_case("OR"));
        let clauses = match is_or {
            _ if alternatives.is_empty() => Vec::new(),
            true => vec![alternatives],
            false => alternatives.into_iter().map(|alternative| BTreeSet::from([alternative])).collect(),
        };
        let session = policy.session_controls.as_ref().filter(|session| asks_for_something(session));
        Self { blocks, clauses, session }
    }

    /// Whether it blocks or has something to pass.
    pub(super) fn asks_for_grant_controls(&self) -> bool {
        !self.clauses.is_empty()
    }

    /// Whether who is let in by this one would be let in by the other, with the same demands on his session.
    pub(super) fn is_at_least(&self, other: &Self) -> bool {
        if self.blocks {
            return true;
        }
        let is_implied = |wanted: &BTreeSet<Alternative>| {
            self.clauses.iter().any(|clause| clause.iter().all(|given| is_met_by(wanted, given)))
        };
        !other.blocks
            && other.clauses.iter().all(is_implied)
            && (other.session.is_none() || other.session == self.session)
    }
}

/// Whether passing `given` meets the clause.
fn is_met_by(clause: &BTreeSet<Alternative>, given: &Alternative) -> bool {
    let mfa = ConditionalAccessGrantControl::Mfa.to_string();
    clause.iter().any(|wanted| wanted.name == given.name || wanted.name == mfa && given.is_mfa)
}

fn alternatives(
    policy: &ConditionalAccessPolicy,
    strengths: &[AuthenticationStrengthPolicy],
) -> BTreeSet<Alternative> {
    let Some(controls) = &policy.grant_controls else { return BTreeSet::new() };
    let built_in = controls.built_in_controls.iter().map(|control| Alternative {
        name: control.to_string(),
        is_mfa: *control == ConditionalAccessGrantControl::Mfa,
    });
    let named = |kind: &str, id: &str| Alternative {
        name: format!("{kind}:{}", id.to_ascii_lowercase()),
        is_mfa: false,
    };
    let terms = controls.terms_of_use.iter().map(|id| named("terms", id));
    let custom = controls.custom_authentication_factors.iter().map(|id| named("custom", id));
    let strength = controls.authentication_strength.iter().map(|strength| Alternative {
        is_mfa: strengths.iter().any(|known| {
            known.id.eq_ignore_ascii_case(&strength.id)
                && known.requirements_satisfied.members().contains(&"mfa")
        }),
        ..named("strength", &strength.id)
    });
    built_in.chain(terms).chain(custom).chain(strength).collect()
}

fn asks_for_something(session: &ConditionalAccessSessionControls) -> bool {
    session.application_enforced_restrictions.is_some()
        || session.cloud_app_security.is_some()
        || session.disable_resilience_defaults == Some(true)
        || session.persistent_browser.is_some()
        || session.secure_sign_in_session.is_some()
        || session.sign_in_frequency.is_some()
}
