use riskgate_model::{ClientAppType, ConditionalAccessGrantControl, ConditionalAccessGrantControls};

use crate::decision::{BlockReason, Control};
use crate::request::Request;
use crate::trace::Reason;

/// What a policy asks for, compiled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Grant {
    /// Nothing.
    Nothing,
    /// That there is no access.
    Block,
    /// Controls.
    Require {
        /// Whether one of the controls is enough; otherwise all are needed.
        any_is_enough: bool,
        /// The controls.
        controls: Vec<Requirement>,
    },
}

/// A control that can be required.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Requirement {
    /// Multifactor authentication.
    Mfa,
    /// A control this version does not enforce; validation refuses it, and it is never passed.
    NotEnforced,
}

/// What one policy that applies demands of a request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Nothing more.
    Satisfied,
    /// That the user does something.
    Interrupt(Control),
    /// That there is no access.
    Block(BlockReason),
}

impl Grant {
    pub(crate) fn new(controls: Option<&ConditionalAccessGrantControls>) -> Self {
        let Some(controls) = controls else { return Self::Nothing };
        if controls.built_in_controls.contains(&ConditionalAccessGrantControl::Block) {
            return Self::Block;
        }
        let requirement = |control: &ConditionalAccessGrantControl| match control {
            ConditionalAccessGrantControl::Mfa => Requirement::Mfa,
            _ => Requirement::NotEnforced,
        };
        let mut required: Vec<_> = controls.built_in_controls.iter().map(requirement).collect();
        if !controls.terms_of_use.is_empty()
            || !controls.custom_authentication_factors.is_empty()
            || controls.authentication_strength.is_some()
        {
            required.push(Requirement::NotEnforced);
        }
        if required.is_empty() {
            return Self::Nothing;
        }
        let is_or = |operator: &str| operator.eq_ignore_ascii_case("OR");
        Self::Require { any_is_enough: controls.operator.as_deref().is_some_and(is_or), controls: required }
    }

    /// Whether multifactor authentication is one of the controls.
    pub(crate) fn asks_for_mfa(&self) -> bool {
        matches!(self, Self::Require { controls, .. } if controls.contains(&Requirement::Mfa))
    }

    /// What is demanded of this request, and why. `is_risk_based` tells whether the policy names levels of risk.
    pub(crate) fn verdict(&self, request: &Request<'_>, is_risk_based: bool) -> (Verdict, Option<Reason>) {
        let (any_is_enough, controls) = match self {
            Self::Nothing => return (Verdict::Satisfied, None),
            Self::Block => return (Verdict::Block(BlockReason::Policy), None),
            Self::Require { any_is_enough, controls } => (*any_is_enough, controls),
        };
        let wants_mfa = controls.contains(&Requirement::Mfa);
        let wants_unenforced = controls.contains(&Requirement::NotEnforced);
        if wants_unenforced && !(any_is_enough && wants_mfa) {
            (Verdict::Block(BlockReason::Policy), Some(Reason::ControlNotEnforced))
        } else if request.has_mfa {
            (Verdict::Satisfied, Some(Reason::MfaPassed))
        } else {
            demand_mfa(request, is_risk_based)
        }
    }
}

/// Multifactor authentication was asked for and not passed (`entra-semantics` §3.6, §4.1): a client that cannot show a
/// page is blocked; a user without a method may register one, but not while there is risk.
fn demand_mfa(request: &Request<'_>, is_risk_based: bool) -> (Verdict, Option<Reason>) {
    let (verdict, reason) = if request.client_app_type == ClientAppType::Other {
        (Verdict::Block(BlockReason::Policy), Reason::ClientNotInteractive)
    } else if request.is_mfa_capable {
        (Verdict::Interrupt(Control::Mfa), Reason::MfaRequired)
    } else if is_risk_based || !request.may_register() {
        (Verdict::Block(BlockReason::RegistrationBlockedByRisk), Reason::RegistrationBlockedByRisk)
    } else {
        (Verdict::Interrupt(Control::RegisterMfa), Reason::MfaRegistrationRequired)
    };
    (verdict, Some(reason))
}
