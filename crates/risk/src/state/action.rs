use riskgate_core::Timestamp;
use riskgate_model::{RiskDetail, RiskDetection, RiskLevel, RiskState};

use super::apply::{Closing, Scope, close, confirm_sign_in, open};
use super::{Change, Moment, NewDetection, OpenRisk, Risk, RiskOwner};

/// What happens to the risk of somebody, a user where nothing else is said.
#[derive(Debug, Clone, PartialEq)]
pub enum Action<D = RiskDetection> {
    /// A sign-in or the system found something.
    Detected(Vec<D>),
    /// Multifactor authentication passed because a policy with a sign-in risk condition asked for it.
    PassedMfaDrivenByPolicy {
        /// The sign-in.
        sign_in_id: String,
    },
    /// Multifactor authentication passed right after a risky first factor, asked for by something else.
    PassedMfa {
        /// The sign-in.
        sign_in_id: String,
    },
    /// The user changed the password after multifactor authentication because his risk demanded it.
    SecuredPasswordChange,
    /// The user set a new password himself, after he had forgotten the old one and proven who he is.
    SecuredPasswordReset,
    /// An administrator set a new password.
    AdminResetPassword,
    /// Low risk found before this moment has come to nothing.
    AgedOut {
        /// The moment.
        before: Timestamp,
    },
    /// An administrator dismissed all risk.
    Dismiss,
    /// An administrator says the account or application is compromised.
    ConfirmCompromised,
    /// An administrator says the account is safe.
    ConfirmSafe,
    /// An administrator says this sign-in was an attack.
    ConfirmSignInCompromised {
        /// The sign-in.
        sign_in_id: String,
    },
    /// An administrator says this sign-in was the user.
    ConfirmSignInSafe {
        /// The sign-in.
        sign_in_id: String,
    },
    /// An administrator says this sign-in does not matter.
    DismissSignIn {
        /// The sign-in.
        sign_in_id: String,
    },
}

impl<D> Action<D> {
    /// The only sign-in whose risk it changes; `None` if it is about all risk there is.
    pub fn sign_in_id(&self) -> Option<&str> {
        match self {
            Self::PassedMfaDrivenByPolicy { sign_in_id }
            | Self::PassedMfa { sign_in_id }
            | Self::ConfirmSignInCompromised { sign_in_id }
            | Self::ConfirmSignInSafe { sign_in_id }
            | Self::DismissSignIn { sign_in_id } => Some(sign_in_id),
            Self::Detected(_)
            | Self::SecuredPasswordChange
            | Self::SecuredPasswordReset
            | Self::AdminResetPassword
            | Self::AgedOut { .. }
            | Self::Dismiss
            | Self::ConfirmCompromised
            | Self::ConfirmSafe => None,
        }
    }
}

/// What changes when `action` happens to `state` at `moment`. Repeating an action that has nothing left to do changes
/// nothing.
pub fn apply<O: RiskOwner>(
    state: &OpenRisk<O>,
    owner: &O,
    action: &Action<O::Detection>,
    moment: &Moment,
) -> Change<O> {
    use Action::*;
    // Who passes multifactor authentication may be the attacker an administrator has just confirmed.
    let closes_confirmed = !matches!(action, PassedMfaDrivenByPolicy { .. } | PassedMfa { .. });
    let scope = match action {
        ConfirmSignInSafe { sign_in_id } | DismissSignIn { sign_in_id } => Scope::SignInAndSum(sign_in_id),
        AgedOut { before } => Scope::LowBefore(*before),
        _ => action.sign_in_id().map_or(Scope::All, Scope::SignIn),
    };
    let closing = |to_state, detail| {
        let closing = Closing { state: to_state, detail, scope, closes_confirmed };
        close(state, owner, &closing, moment)
    };
    match action {
        Detected(detections) => open(state, owner, detections, (RiskState::AtRisk, RiskDetail::None), moment),
        PassedMfaDrivenByPolicy { .. } => {
            closing(RiskState::Remediated, RiskDetail::UserPassedMFADrivenByRiskBasedPolicy)
        }
        PassedMfa { .. } => closing(RiskState::Dismissed, RiskDetail::AiConfirmedSigninSafe),
        SecuredPasswordChange => {
            closing(RiskState::Remediated, RiskDetail::UserPerformedSecuredPasswordChange)
        }
        SecuredPasswordReset => closing(RiskState::Remediated, RiskDetail::UserPerformedSecuredPasswordReset),
        AdminResetPassword => closing(RiskState::Remediated, RiskDetail::AdminGeneratedTemporaryPassword),
        AgedOut { .. } => closing(RiskState::Dismissed, RiskDetail::AiConfirmedSigninSafe),
        Dismiss => closing(RiskState::Dismissed, O::DISMISSED),
        ConfirmSafe => closing(RiskState::ConfirmedSafe, RiskDetail::AdminConfirmedAccountSafe),
        ConfirmSignInSafe { .. } => closing(RiskState::ConfirmedSafe, RiskDetail::AdminConfirmedSigninSafe),
        DismissSignIn { .. } => closing(RiskState::Dismissed, RiskDetail::AdminDismissedRiskForSignIn),
        ConfirmCompromised => confirm_compromised(state, owner, moment),
        ConfirmSignInCompromised { sign_in_id } => confirm_sign_in(state, owner, sign_in_id, moment),
    }
}

/// Adds a detection of its own, linked to no sign-in; who is confirmed already stays as he is.
fn confirm_compromised<O: RiskOwner>(state: &OpenRisk<O>, owner: &O, moment: &Moment) -> Change<O> {
    let is_it = |detection: &O::Detection| O::view(detection).risk_event_type == O::CONFIRMED_TYPE;
    if state.detections.iter().any(is_it) {
        return Change::default();
    }
    let risk = Risk { level: RiskLevel::High, state: RiskState::ConfirmedCompromised, detail: O::CONFIRMED };
    let detection = owner.detection(&NewDetection::own(moment, O::CONFIRMED_TYPE, risk, "[]".to_owned()));
    open(state, owner, &[detection], (risk.state, risk.detail), moment)
}
