//! The two evaluators of Conditional Access behind one trait.

use std::cell::RefCell;

use riskgate_access::{Decision, PolicySet, evaluate, evaluate_workload};
use riskgate_model::{
    ApplicationFacts, AuthenticationFacts, ClientAppType, ClientFacts, RiskLevel, SignInFacts, UserFacts,
    WorkloadFacts,
};

use super::reference::{self, Notes, Scene};
use super::{Answer, Tenant};

/// Answers what the policies of a tenant decide.
pub trait Evaluator {
    /// The answer for a sign-in of a user at this sign-in risk.
    fn sign_in(&self, facts: &SignInFacts, risk: RiskLevel, tenant: &Tenant) -> Answer;

    /// The answer for a request of an application on its own behalf.
    fn workload(&self, facts: &WorkloadFacts, tenant: &Tenant) -> Answer;
}

/// The one of the crate: policies are compiled into a set first.
pub struct Compiled;

impl Compiled {
    /// The whole decision, with its trace.
    pub fn decide(&self, facts: &SignInFacts, risk: RiskLevel, tenant: &Tenant) -> Decision {
        evaluate(facts, risk, &Self::compile(tenant))
    }

    pub fn compile(tenant: &Tenant) -> PolicySet {
        PolicySet::new(&tenant.policies, tenant.locations.iter(), tenant.strengths.iter())
    }
}

impl Evaluator for Compiled {
    fn sign_in(&self, facts: &SignInFacts, risk: RiskLevel, tenant: &Tenant) -> Answer {
        self.decide(facts, risk, tenant).into()
    }

    fn workload(&self, facts: &WorkloadFacts, tenant: &Tenant) -> Answer {
        evaluate_workload(facts, &Self::compile(tenant)).into()
    }
}

impl From<Decision> for Answer {
    fn from(decision: Decision) -> Self {
        Self {
            outcome: decision.outcome,
            status: decision.conditional_access_status,
            results: decision.trace.iter().map(|trace| (trace.policy_id.to_string(), trace.result)).collect(),
            session: decision.session,
            risk_based_mfa: decision.risk_based_mfa_policies.iter().map(ToString::to_string).collect(),
        }
    }
}

/// The slow one of `reference`, which notes what it decides on the way.
#[derive(Default)]
pub struct SecondEvaluator {
    pub notes: RefCell<Notes>,
}

impl Evaluator for SecondEvaluator {
    fn sign_in(&self, facts: &SignInFacts, risk: RiskLevel, tenant: &Tenant) -> Answer {
        reference::decide(&Scene { facts, risk, tenant, notes: &self.notes })
    }

    fn workload(&self, workload: &WorkloadFacts, tenant: &Tenant) -> Answer {
        let mut application = ApplicationFacts::new(workload.client_app_id.as_str(), ClientAppType::Other);
        application.resource_app_ids = workload.resource_app_ids.clone();
        application.resource_attributes = workload.resource_attributes.clone();
        application.authentication_contexts = workload.authentication_contexts.clone();
        let facts = SignInFacts {
            at: workload.at,
            user: UserFacts::new("nobody"),
            application,
            client: ClientFacts::default(),
            network: workload.network.clone(),
            device: None,
            authentication: AuthenticationFacts::default(),
        };
        let scene = Scene { facts: &facts, risk: RiskLevel::None, tenant, notes: &self.notes };
        reference::workload::decide(&scene, workload)
    }
}
