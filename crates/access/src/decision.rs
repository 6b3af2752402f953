use std::sync::Arc;

use riskgate_model::{AppliedConditionalAccessPolicy, ConditionalAccessStatus};
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
            Self::Interrupt { controls } if controls.contains(&Control::RegisterMfa) => Some(50072),
            Self::Interrupt { .. } => Some(50076),
            Self::Block { reason: BlockReason::Policy } => Some(53003),
            Self::Block { reason: BlockReason::RegistrationBlockedByRisk } => Some(53004),
        }
    }
}

/// Something a user does to get access, in the order it is asked for (`entra-semantics` §3.2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Control {
    /// Register a method for multifactor authentication, which also passes it.
    RegisterMfa,
    /// Pass multifactor authentication.
    Mfa,
}

/// Why there is no access.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum BlockReason {
    /// A policy blocks, or asks for what cannot be given (53003).
    Policy,
    /// Multifactor authentication is asked for, the user has no method, and registering one is refused because of risk
    /// (53004): whoever signs in may be an attacker who would register his own.
    RegistrationBlockedByRisk,
}
