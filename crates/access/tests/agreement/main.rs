//! Both evaluators, asked about the same random policies and sign-ins, must give the same answers; and the pairs they were
//! asked about must have reached everything the schema has.
//!
//! Every run asks about 20,000 pairs. `RISKGATE_PROOF_PAIRS=1000000` asks about a million: `make proof` does.

#![allow(unreachable_pub, reason = "modules of a test")]

#[path = "../common/mod.rs"]
mod common;
mod outcomes;
mod rules;
mod schema;

use std::cell::RefCell;

use common::generator::Pairs;
use common::{Compiled, Evaluator, SecondEvaluator};
use outcomes::OutcomeCoverage;
use proptest::test_runner::{Config, TestCaseError, TestRunner};
use schema::SchemaCoverage;

/// How many policies there are at most in a pair.
const POLICIES: usize = 6;

#[test]
fn both_evaluators_agree_on_everything_the_schema_has() {
    let second = SecondEvaluator::default();
    let schema = RefCell::new(SchemaCoverage::default());
    let outcomes = RefCell::new(OutcomeCoverage::default());
    let config =
        Config { cases: pairs(), max_shrink_iters: 50_000, failure_persistence: None, ..Config::default() };
    let compared = TestRunner::new(config).run(&Pairs(POLICIES), |pair| {
        let tenant = pair.tenant();
        let asked = |evaluator: &dyn Evaluator| {
            [evaluator.sign_in(&pair.facts, pair.risk, &tenant), evaluator.workload(&pair.workload, &tenant)]
        };
        let (expected, found) = (asked(&second), asked(&Compiled));
        pair.policies.iter().for_each(|policy| schema.borrow_mut().add(policy));
        expected.iter().for_each(|answer| outcomes.borrow_mut().add(answer));
        match found == expected {
            true => Ok(()),
            false => Err(TestCaseError::fail(format!("compiled: {found:#?}\nsecond: {expected:#?}"))),
        }
    });
    if let Err(failure) = compared {
        panic!("the evaluators disagree\n{failure}");
    }
    let missing =
        [schema.borrow().missing(), outcomes.borrow().missing(), rules::missing(&second.notes.borrow())]
            .concat();
    assert!(missing.is_empty(), "never generated:\n{}", missing.join("\n"));
}

fn pairs() -> u32 {
    std::env::var("RISKGATE_PROOF_PAIRS").map_or(20_000, |number| number.parse().expect("a number of pairs"))
}
