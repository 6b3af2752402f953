use std::sync::Arc;

use riskgate_model::{AppliedConditionalAccessPolicy, ConditionalAccessStatus, PersistentBrowserSessionMode};
use serde::{Deserialize, Serialize};

use crate::trace::PolicyTrace;

/// What a set of policies decides about a request, with everything needed to explain it. Stored with the sign-in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Decision {
    /// Access, no access, or something to do first.
    pub outcome: Outcome,
    /// The roll-up of the sign-in log (`entra-semantics` §3.10): `failure` if an enabled policy that applied is not
    /// satisfied, `success` if an enabled policy is about this user and application, `notApplied` otherwise.
    pub conditional_access_status: ConditionalAccessStatus,
    /// Identifiers of enabled policies that applied, name levels of sign-in risk and ask for multifactor
    /// authentication, whether or not it has been passed. Passing it for one of them remediates the sign-in.
    pub risk_based_mfa_policies: Vec<Arc<str>>,
    /// What the enabled policies that applied ask of the session, folded into the strictest.
    #[serde(default)]
    pub session: SessionDemands,
    /// Every policy, by identifier.
    pub trace: Vec<PolicyTrace>,
}

impl Decision {
    /// Whether an enabled policy asks for multifactor authentication because of the risk of this sign-in.
    pub fn has_risk_based_mfa(&self) -> bool {
        !self.risk_based_mfa_policies.is_empty()
    }

    /// The trace as `appliedConditionalAccessPolicies` of the sign-in log.
    pub fn applied_policies(&self) -> Vec<AppliedConditionalAccessPolicy> {
        self.trace.iter().map(PolicyTrace::to_applied_policy).collect()
    }
}

/// Whether there is access.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Outcome {
    /// Access.
    Grant,
    /// Access after the user has done these things, in this order; then the request is evaluated again.
    Interrupt {
        /// At least one.
        controls: Vec<Control>,
    },
    /// No access.
    Block {
        /// Why.
        reason: BlockReason,
    },
}

impl Outcome {
    /// The code of the sign-in log and of the error the client gets (`entra-semantics` §3.11); `None` for access.
    pub fn error_code(&self) -> Option<i32> {
        match self {
            Self::Grant => None,
            Self::Interrupt { controls } => Some(controls.first().map_or(50_076, Control::error_code)),
            Self::Block { reason } => Some(reason.error_code()),
        }
    }
}

/// Something a user does to get access, in the order it is asked for (`entra-semantics` §3.2).
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Control {
    /// Prove the first factor again: it was proven longer ago than a sign-in frequency allows.
    SignInAgain,
    /// Register a method for multifactor authentication, which also passes it.
    RegisterMfa,
    /// Pass multifactor authentication.
    Mfa,
    /// Pass a combination of methods an authentication strength allows.
    AuthenticationStrength {
        /// `id` of the strength.
        strength_id: Arc<str>,
    },
    /// Choose a new password, because the account is at risk.
    ChangePassword,
    /// Accept terms of use.
    AcceptTerms {
        /// `id` of the agreement.
        agreement_id: Arc<str>,
    },
}

impl Control {
    /// The code of an interrupt for it (`entra-semantics` §3.11).
    pub fn error_code(&self) -> i32 {
        match self {
            Self::SignInAgain => 70_043,
            Self::RegisterMfa => 50_072,
            Self::Mfa | Self::AuthenticationStrength { .. } => 50_076,
            Self::ChangePassword => 50_135,
            Self::AcceptTerms { .. } => 50_158,
        }
    }
}

/// Why there is no access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BlockReason {
    /// A policy blocks, or asks for what cannot be given (53003).
    Policy,
    /// Registering security information is not allowed from here (53010).
    RegistrationNotAllowed,
    /// The device is not one that complies with the rules, or no device was proven (53000).
    DeviceNotCompliant,
    /// The device is not joined to a domain, or no device was proven (53001).
    DeviceNotDomainJoined,
    /// Multifactor authentication is asked for, the user has no method, and registering one is refused because of risk
    /// (53004): whoever signs in may be an attacker who would register his own.
    RegistrationBlockedByRisk,
}

impl BlockReason {
    /// The code of the sign-in log and of the page (`entra-semantics` §3.11).
    pub fn error_code(self) -> i32 {
        match self {
            Self::Policy => 53_003,
            Self::RegistrationNotAllowed => 53_010,
            Self::DeviceNotCompliant => 53_000,
            Self::DeviceNotDomainJoined => 53_001,
            Self::RegistrationBlockedByRisk => 53_004,
        }
    }
}

/// Session controls of all enabled policies that applied, the strictest of each kind (`entra-semantics` §3.8).
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct SessionDemands {
    /// After how many seconds the first and the second factor must be proven again; 0 is every time.
    pub sign_in_frequency_seconds: Option<u64>,
    /// After how many seconds the second factor alone must be proven again; 0 is every time.
    pub secondary_frequency_seconds: Option<u64>,
    /// Whether the browser stays signed in when it is closed; `never` outweighs `always`.
    pub persistent_browser: Option<PersistentBrowserSessionMode>,
    /// Whether nothing may be decided on facts of an earlier moment while some cannot be computed.
    pub disable_resilience_defaults: bool,
    /// Whether applications are told to restrict what an unmanaged device may do.
    pub application_enforced_restrictions: bool,
}
