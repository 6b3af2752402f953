//! What a policy asks for, compiled, and where a request stands with it (`entra-semantics` §3.7).

mod requirement;
mod strength;

use riskgate_model::{
    ClientAppType, ConditionalAccessGrantControl, ConditionalAccessGrantControls, GraphEnum,
};

use crate::conditions::Findings;
use crate::control_names::ControlNames;
use crate::decision::{BlockReason, Control};
use crate::freshness::Freshness;
use crate::reason::Reason;
use crate::request::Request;

pub(crate) use self::requirement::{Requirement, Standing, demand_mfa};
pub use self::strength::completes_strength;
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
    pub(crate) fn names(controls: Option<&ConditionalAccessGrantControls>) -> ControlNames {
        let Some(controls) = controls else { return ControlNames::default() };
        let built_in = controls.built_in_controls.iter().map(|control| control.name());
        let others = [
            ("authenticationStrength", controls.authentication_strength.is_some()),
            ("termsOfUse", !controls.terms_of_use.is_empty()),
            ("customAuthenticationFactors", !controls.custom_authentication_factors.is_empty()),
        ];
        let others = others.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name);
        built_in.chain(others).collect()
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

    /// What is demanded of this request; `findings` get to know why. `is_risk_based` tells whether the policy names
    /// levels of risk.
    pub(crate) fn verdict(
        &self,
        request: &Request<'_>,
        is_risk_based: bool,
        freshness: Freshness,
        findings: &mut Findings,
    ) -> Verdict {
        let (any_is_enough, controls) = match self {
            Self::Nothing => return Verdict::Satisfied,
            Self::Block => return Verdict::Block(BlockReason::Policy),
            Self::Require { any_is_enough, controls } => (*any_is_enough, controls),
        };
        let standings = controls.iter().map(|control| control.standing(request, is_risk_based, freshness));
        if any_is_enough { any_of(standings, findings) } else { all_of(standings, findings) }
    }
}

/// Every control is needed: one that cannot be passed blocks, whatever the others are.
fn all_of(standings: impl Iterator<Item = (Standing, Reason)>, findings: &mut Findings) -> Verdict {
    let (mut asked, mut blocked) = (Vec::new(), None::<BlockReason>);
    for (standing, reason) in standings {
        findings.add_reason(reason);
        match standing {
            Standing::Passed => {}
            Standing::CanBeAsked(control) => asked.push(control),
            // The members of BlockReason are ordered by precedence.
            Standing::Impossible(reason) => {
                blocked = Some(blocked.map_or(reason, |other| other.min(reason)));
            }
        }
    }
    match blocked {
        Some(reason) => Verdict::Block(reason),
        None if asked.is_empty() => Verdict::Satisfied,
        None => Verdict::Interrupt(asked),
    }
}

/// One control is enough: the first that can be asked for is, unless one was passed. Then that one alone is the reason.
fn any_of(standings: impl Iterator<Item = (Standing, Reason)> + Clone, findings: &mut Findings) -> Verdict {
    let mut best: Option<(Control, Reason)> = None;
    for (standing, reason) in standings.clone() {
        match standing {
            Standing::Passed => {
                findings.add_reason(reason);
                return Verdict::Satisfied;
            }
            Standing::CanBeAsked(control) => best = best.or(Some((control, reason))),
            Standing::Impossible(_) => {}
        }
    }
    match best {
        Some((control, reason)) => {
            findings.add_reason(reason);
            Verdict::Interrupt(vec![control])
        }
        // Nothing can be passed, which is as if all had been asked for.
        None => all_of(standings, findings),
    }
}

/// Whether the client can ask its user for anything.
pub(crate) fn can_ask(request: &Request<'_>) -> bool {
    request.client_app_type != ClientAppType::Other
}
