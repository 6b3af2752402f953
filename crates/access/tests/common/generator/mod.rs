//! Random policies and sign-ins from a small world, so that they often meet; and how a failing pair is made smaller.

mod choices;
mod facts;
mod filter_rules;
mod grant;
mod policies;
mod shrink;

use std::fmt;

use proptest::prelude::*;
use proptest::strategy::NewTree;
use proptest::test_runner::TestRunner;
use riskgate_model::{ConditionalAccessPolicy, RiskLevel, SignInFacts, WorkloadFacts};
use serde::{Deserialize, Serialize};

pub use choices::{Choices, member_names};
pub use filter_rules::{attributes, operators};

use super::Tenant;
use super::world::tenant;

/// A set of policies, a sign-in, and a request of an application on its own behalf, that they are asked about.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Pair {
    pub policies: Vec<ConditionalAccessPolicy>,
    pub facts: SignInFacts,
    pub risk: RiskLevel,
    pub workload: WorkloadFacts,
}

impl Pair {
    /// The pair of a seed, with up to `most` policies.
    pub fn new(seed: u64, most: usize) -> Self {
        let choices = Choices::new(seed);
        let count = choices.below(most + 1);
        Self {
            policies: (0..count)
                .map(|number| policies::policy(&choices, format!("policy-{number}")))
                .collect(),
            facts: facts::sign_in(&choices),
            risk: facts::risk_level(&choices),
            workload: facts::workload(&choices),
        }
    }

    /// The policies among the locations and strengths of the world.
    pub fn tenant(&self) -> Tenant {
        tenant(self.policies.clone())
    }
}

/// A failing pair is printed as JSON: that is what a policy is elsewhere, too.
impl fmt::Debug for Pair {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&serde_json::to_string_pretty(self).map_err(|_| fmt::Error)?)
    }
}

/// Pairs with up to so many policies.
#[derive(Debug, Clone, Copy)]
pub struct Pairs(pub usize);

impl Strategy for Pairs {
    type Tree = shrink::PairTree;
    type Value = Pair;

    fn new_tree(&self, runner: &mut TestRunner) -> NewTree<Self> {
        Ok(shrink::PairTree::new(Pair::new(runner.rng().next_u64(), self.0)))
    }
}
