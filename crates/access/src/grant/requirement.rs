use std::sync::Arc;

use riskgate_model::{ConditionalAccessGrantControl, RiskLevel, TransferMethod};

use super::{Strength, can_ask};
use crate::decision::{BlockReason, Control};
use crate::freshness::Freshness;
use crate::reason::Reason;
use crate::request::{Person, Request};

/// A control that can be required.
#[derive(Debug, Clone)]
pub(crate) enum Requirement {
    /// Multifactor authentication.
    Mfa,
    /// An authentication strength.
    Strength(Strength),
    /// A strength that does not exist: never passed.
    MissingStrength,
    /// A device that complies with the rules.
    CompliantDevice,
    /// A device that is joined to a domain.
    DomainJoinedDevice,
    /// A new password, because the account is at risk.
    NewPassword,
    /// Terms of use, by agreement.
    Terms(Arc<str>),
    /// A control this version does not enforce; validation refuses it, and it is never passed.
    NotEnforced,
}

/// Where a request stands with a control.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It was passed.
    Passed,
    /// The user can be asked for it.
    CanBeAsked(Control),
    /// It cannot be passed.
    Impossible(BlockReason),
}

use Standing::{CanBeAsked, Impossible, Passed};

impl Requirement {
    pub(super) fn built_in(control: &ConditionalAccessGrantControl) -> Self {
        match control {
            ConditionalAccessGrantControl::Mfa => Self::Mfa,
            ConditionalAccessGrantControl::CompliantDevice => Self::CompliantDevice,
            ConditionalAccessGrantControl::DomainJoinedDevice => Self::DomainJoinedDevice,
            // Everyone here has a password; remediation by a new one revokes every session as well.
            ConditionalAccessGrantControl::PasswordChange
            | ConditionalAccessGrantControl::RiskRemediation => Self::NewPassword,
            _ => Self::NotEnforced,
        }
    }

    /// Its place in the order of prompts (`entra-semantics` §3.2); terms of use by agreement.
    pub(super) fn order(&self) -> (u8, &str) {
        let place = match self {
            Self::Mfa | Self::Strength(_) | Self::MissingStrength => 1,
            Self::CompliantDevice => 2,
            Self::DomainJoinedDevice => 3,
            Self::NewPassword => 6,
            Self::Terms(_) => 7,
            Self::NotEnforced => 8,
        };
        (place, if let Self::Terms(agreement_id) = self { agreement_id } else { "" })
    }

    pub(super) fn standing(
        &self,
        request: &Request<'_>,
        is_risk_based: bool,
        freshness: Freshness,
    ) -> (Standing, Reason) {
        let Some(person) = request.person() else {
            return (Impossible(BlockReason::Policy), Reason::WorkloadCannotPass);
        };
        match self {
            Self::Mfa if freshness.has_second_factor(request.at, person.authentication) => {
                (Passed, Reason::MfaPassed)
            }
            Self::Mfa => demand_mfa(request, person, is_risk_based),
            Self::Strength(strength) => strength.standing(request, person, is_risk_based, freshness),
            Self::MissingStrength => (Impossible(BlockReason::Policy), Reason::StrengthMissing),
            Self::CompliantDevice => compliant(request, person),
            Self::DomainJoinedDevice => domain_joined(request, person),
            Self::NewPassword if person.facts.risk_level == RiskLevel::None => {
                (Passed, Reason::UserRiskClosed)
            }
            Self::NewPassword => ask(request, Control::ChangePassword, Reason::NewPasswordRequired),
            Self::Terms(id) if has_accepted(person, id) => (Passed, Reason::TermsAccepted),
            Self::Terms(id) => {
                ask(request, Control::AcceptTerms { agreement_id: id.clone() }, Reason::TermsRequired)
            }
            Self::NotEnforced => (Impossible(BlockReason::Policy), Reason::ControlNotEnforced),
        }
    }
}

/// Asks for a control, if the client can ask its user for anything.
pub(super) fn ask(request: &Request<'_>, control: Control, reason: Reason) -> (Standing, Reason) {
    match can_ask(request) {
        true => (CanBeAsked(control), reason),
        false => (Impossible(BlockReason::Policy), Reason::ClientNotInteractive),
    }
}

/// Multifactor authentication was asked for and not passed (`entra-semantics` §3.6, §4.1): a client that cannot show a
/// page is blocked; a user without a method may register one, but not while there is risk.
pub(crate) fn demand_mfa(
    request: &Request<'_>,
    person: &Person<'_>,
    is_risk_based: bool,
) -> (Standing, Reason) {
    match person.facts.is_mfa_capable() {
        true => ask(request, Control::Mfa, Reason::MfaRequired),
        false => demand_registration(request, is_risk_based),
    }
}

/// Registering a method is what helps: allowed as long as there is no risk that an attacker would register his own.
pub(super) fn demand_registration(request: &Request<'_>, is_risk_based: bool) -> (Standing, Reason) {
    match can_ask(request) && (is_risk_based || !request.may_register()) {
        true => (Impossible(BlockReason::RegistrationBlockedByRisk), Reason::RegistrationBlockedByRisk),
        false => ask(request, Control::RegisterMfa, Reason::MfaRegistrationRequired),
    }
}

/// A device is proven to whoever shows the page; by a device code that is another device than the one that gets the tokens.
fn is_transferred(person: &Person<'_>) -> bool {
    person.authentication.transfer_method == Some(TransferMethod::DeviceCodeFlow)
}

fn compliant(request: &Request<'_>, person: &Person<'_>) -> (Standing, Reason) {
    match !is_transferred(person) && request.device.is_some_and(|device| device.is_compliant == Some(true)) {
        true => (Passed, Reason::DeviceCompliant),
        false => (Impossible(BlockReason::DeviceNotCompliant), Reason::DeviceNotCompliant),
    }
}

fn domain_joined(request: &Request<'_>, person: &Person<'_>) -> (Standing, Reason) {
    match !is_transferred(person) && request.device.is_some_and(|device| device.is_domain_joined()) {
        true => (Passed, Reason::DeviceDomainJoined),
        false => (Impossible(BlockReason::DeviceNotDomainJoined), Reason::DeviceNotDomainJoined),
    }
}

fn has_accepted(person: &Person<'_>, agreement_id: &str) -> bool {
    person.facts.accepted_agreement_ids.iter().any(|id| id.eq_ignore_ascii_case(agreement_id))
}
