use riskgate_model::{
    ActivityType, RiskDetail, RiskDetection, RiskDetectionTimingType, RiskLevel, RiskState, TokenIssuerType,
};

use super::apply::{Closing, close, open};
use super::{Change, Moment, RiskOwner, UserRiskState};

/// What happens to a user's risk.
#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// A sign-in or the system found something.
    Detected(Vec<RiskDetection>),
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
    /// An administrator set a new password.
    AdminResetPassword,
    /// An administrator dismissed all risk of the user.
    DismissUser,
    /// An administrator says the account is compromised.
    ConfirmUserCompromised,
    /// An administrator says the account is safe.
    ConfirmUserSafe,
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

impl Action {
    /// The only sign-in whose risk it changes; `None` if it is about all risk of the user.
    pub fn sign_in_id(&self) -> Option<&str> {
        match self {
            Self::PassedMfaDrivenByPolicy { sign_in_id }
            | Self::PassedMfa { sign_in_id }
            | Self::ConfirmSignInCompromised { sign_in_id }
            | Self::ConfirmSignInSafe { sign_in_id }
            | Self::DismissSignIn { sign_in_id } => Some(sign_in_id),
            Self::Detected(_)
            | Self::SecuredPasswordChange
            | Self::AdminResetPassword
            | Self::DismissUser
            | Self::ConfirmUserCompromised
            | Self::ConfirmUserSafe => None,
        }
    }
}

/// What changes when `action` happens to `state` at `moment`. Repeating an action that has nothing left to do changes
/// nothing.
pub fn apply(state: &UserRiskState, owner: &RiskOwner, action: &Action, moment: &Moment) -> Change {
    use Action::*;
    // Who passes multifactor authentication may be the attacker an administrator has just confirmed.
    let closes_confirmed = !matches!(action, PassedMfaDrivenByPolicy { .. } | PassedMfa { .. });
    let closing = |to_state, detail| {
        let closing = Closing { state: to_state, detail, sign_in_id: action.sign_in_id(), closes_confirmed };
        close(state, owner, &closing, moment)
    };
    match action {
        Detected(detections) => open(state, owner, detections, RiskState::AtRisk, RiskDetail::None, moment),
        PassedMfaDrivenByPolicy { .. } => {
            closing(RiskState::Remediated, RiskDetail::UserPassedMFADrivenByRiskBasedPolicy)
        }
        PassedMfa { .. } => closing(RiskState::Dismissed, RiskDetail::AiConfirmedSigninSafe),
        SecuredPasswordChange => {
            closing(RiskState::Remediated, RiskDetail::UserPerformedSecuredPasswordChange)
        }
        AdminResetPassword => closing(RiskState::Remediated, RiskDetail::AdminGeneratedTemporaryPassword),
        DismissUser => closing(RiskState::Dismissed, RiskDetail::AdminDismissedAllRiskForUser),
        ConfirmUserSafe => closing(RiskState::ConfirmedSafe, RiskDetail::AdminConfirmedAccountSafe),
        ConfirmSignInSafe { .. } => closing(RiskState::ConfirmedSafe, RiskDetail::AdminConfirmedSigninSafe),
        DismissSignIn { .. } => closing(RiskState::Dismissed, RiskDetail::AdminDismissedRiskForSignIn),
        ConfirmUserCompromised => confirm_user_compromised(state, owner, moment),
        ConfirmSignInCompromised { sign_in_id } => {
            super::apply::confirm_sign_in(state, owner, sign_in_id, moment)
        }
    }
}

/// Adds a detection of its own, linked to no sign-in; an account that is confirmed already stays as it is.
fn confirm_user_compromised(state: &UserRiskState, owner: &RiskOwner, moment: &Moment) -> Change {
    let detail = RiskDetail::AdminConfirmedUserCompromised;
    let kind = "adminConfirmedUserCompromised".to_owned();
    if state.detections.iter().any(|detection| detection.risk_event_type.as_ref() == Some(&kind)) {
        return Change::default();
    }
    let detection = RiskDetection {
        id: moment.detection_id.clone(),
        activity: Some(ActivityType::User),
        activity_date_time: Some(moment.at),
        additional_info: Some("[]".to_owned()),
        correlation_id: None,
        detected_date_time: Some(moment.at),
        detection_timing_type: Some(RiskDetectionTimingType::Offline),
        ip_address: None,
        last_updated_date_time: Some(moment.at),
        location: None,
        request_id: None,
        risk_detail: Some(detail),
        risk_event_type: Some(kind.clone()),
        risk_type: Some(kind),
        risk_level: Some(RiskLevel::High),
        risk_state: Some(RiskState::ConfirmedCompromised),
        source: Some("IdentityProtection".to_owned()),
        token_issuer_type: Some(TokenIssuerType::AzureAD),
        user_display_name: owner.display_name.clone(),
        user_id: Some(owner.user_id.clone()),
        user_principal_name: owner.user_principal_name.clone(),
    };
    open(state, owner, &[detection], RiskState::ConfirmedCompromised, detail, moment)
}
