//! What a policy asks for, compiled, and where a request stands with it (`entra-semantics` §3.7).

mod requirement;
mod strength;

use std::sync::Arc;

use riskgate_model::{ClientAppType, ConditionalAccessGrantControl, ConditionalAccessGrantControls};

use crate::decision::{BlockReason, Control};
use crate::freshness::Freshness;
use crate::reason::Reason;
use crate::request::Request;

pub(crate) use self::requirement::{Requirement, Standing, demand_mfa};
pub(crate) use self::strength::{Strength, StrengthIndex, can_be_satisfied};

/// What a policy asks for.
#[derive(Debug, Clone)]
pub(crate) enum Grant {
    /// Nothing.
    Nothing,
    /// That there is no access.
    Block,
    /// Controls.
    Require {
        /// Whether one of the controls is enough; otherwise all are needed.
        any_is_enough: bool,
        /// The controls, in the order they are asked for.
        controls: Vec<Requirement>,
    },
}

/// What one policy that applies demands of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing more.
    Satisfied,
    /// That the user does these things; at least one.
    Interrupt(Vec<Control>),
    /// That there is no access.
    Block(BlockReason),
}

impl Grant {
    pub(crate) fn new(controls: Option<&ConditionalAccessGrantControls>, strengths: &StrengthIndex) -> Self {
        let Some(controls) = controls else { return Self::Nothing };
        if controls.built_in_controls.contains(&ConditionalAccessGrantControl::Block) {
            return Self::Block;
        }
        let mut required: Vec<_> = controls.built_in_controls.iter().map(Requirement::built_in).collect();
        required.extend(
            controls.authentication_strength.as_ref().map(|reference| strengths.requirement(reference)),
        );
        required.extend(controls.terms_of_use.iter().map(|id| Requirement::Terms(id.as_str().into())));
        if !controls.custom_authentication_factors.is_empty() {
            required.push(Requirement::NotEnforced);
        }
        if required.is_empty() {
            return Self::Nothing;
        }
        required.sort_by(|one, other| one.order().cmp(&other.order()));
        let is_or = |operator: &str| operator.eq_ignore_ascii_case("OR");
        Self::Require { any_is_enough: controls.operator.as_deref().is_some_and(is_or), controls: required }
    }

    /// Names of the controls for the log.
    pub(crate) fn names(controls: Option<&ConditionalAccessGrantControls>) -> Arc<[Arc<str>]> {
        let Some(controls) = controls else { return Arc::default() };
        let mut names: Vec<Arc<str>> =
            controls.built_in_controls.iter().map(|control| control.to_string().into()).collect();
        let others = [
            ("authenticationStrength", controls.authentication_strength.is_some()),
            ("termsOfUse", !controls.terms_of_use.is_empty()),
            ("customAuthenticationFactors", !controls.custom_authentication_factors.is_empty()),
        ];
        names.extend(others.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name.into()));
        names.into()
    }

    /// Whether multifactor authentication is one of the controls, alone or as a strength that is one.
    pub(crate) fn asks_for_mfa(&self) -> bool {
        let is_mfa = |control: &Requirement| match control {
            Requirement::Mfa => true,
            Requirement::Strength(strength) => strength.is_mfa,
            _ => false,
        };
        matches!(self, Self::Require { controls, .. } if controls.iter().any(is_mfa))
    }

    /// What is demanded of this request, and why. `is_risk_based` tells whether the policy names levels of risk.
    pub(crate) fn verdict(
        &self,
        request: &Request<'_>,
        is_risk_based: bool,
        freshness: Freshness,
    ) -> (Verdict, Vec<Reason>) {
        let (any_is_enough, controls) = match self {
            Self::Nothing => return (Verdict::Satisfied, Vec::new()),
            Self::Block => return (Verdict::Block(BlockReason::Policy), Vec::new()),
            Self::Require { any_is_enough, controls } => (*any_is_enough, controls),
        };
        let standings: Vec<(Standing, Reason)> =
            controls.iter().map(|control| control.standing(request, is_risk_based, freshness)).collect();
        if any_is_enough { any_of(standings) } else { all_of(standings) }
    }
}

/// Every control is needed: one that cannot be passed blocks, whatever the others are.
fn all_of(standings: Vec<(Standing, Reason)>) -> (Verdict, Vec<Reason>) {
    let (mut asked, mut blocked) = (Vec::new(), None::<BlockReason>);
    let mut reasons = Vec::new();
    for (standing, reason) in standings {
        reasons.push(reason);
        match standing {
            Standing::Passed => {}
            Standing::CanBeAsked(control) => asked.push(control),
            // The members of BlockReason are ordered by precedence.
            Standing::Impossible(reason) => {
                blocked = Some(blocked.map_or(reason, |other| other.min(reason)));
            }
        }
    }
    let verdict = match blocked {
        Some(reason) => Verdict::Block(reason),
        None if asked.is_empty() => Verdict::Satisfied,
        None => Verdict::Interrupt(asked),
    };
    (verdict, reasons)
}

/// One control is enough: the first that can be asked for is, unless one was passed.
fn any_of(standings: Vec<(Standing, Reason)>) -> (Verdict, Vec<Reason>) {
    let mut best: Option<(Control, Reason)> = None;
    let mut blocked: Option<BlockReason> = None;
    let mut reasons = Vec::new();
    for (standing, reason) in standings {
        match standing {
            Standing::Passed => return (Verdict::Satisfied, vec![reason]),
            Standing::CanBeAsked(control) => best = best.or(Some((control, reason))),
            Standing::Impossible(why) => {
                blocked = Some(blocked.map_or(why, |other| other.min(why)));
                reasons.push(reason);
            }
        }
    }
    match (best, blocked) {
        (Some((control, reason)), _) => (Verdict::Interrupt(vec![control]), vec![reason]),
        (None, blocked) => (Verdict::Block(blocked.unwrap_or(BlockReason::Policy)), reasons),
    }
}

/// Whether the client can ask its user for anything.
pub(crate) fn can_ask(request: &Request<'_>) -> bool {
    request.client_app_type != ClientAppType::Other
}
