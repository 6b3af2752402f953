//! The smallest changes that would turn a refusal or a demand into access: what an analyst tells the person who asks
//! "what would have let me in?".

mod candidates;

use std::sync::Arc;

use riskgate_model::{
    ClientAppType, ConditionalAccessDevicePlatform, InsiderRiskLevel, RiskLevel, SignInFacts,
};
use serde::{Deserialize, Serialize};

use crate::decision::Outcome;
use crate::evaluate::evaluate;
use crate::policy_set::PolicySet;

/// Most evaluations one search makes; with 200 policies that is a few milliseconds.
const MOST_EVALUATIONS: usize = 2_000;
/// Most changes that are tried together.
const MOST_TOGETHER: usize = 3;

/// One thing that could be different about a sign-in.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "change")]
pub enum Change {
    /// Multifactor authentication is passed, registered first if need be.
    PassMfa,
    /// A passkey is used, registered first if need be; named only where other proofs do not help.
    UsePasskey,
    /// The first factor is proven again.
    SignInAgain,
    /// Terms of use are accepted.
    AcceptTerms {
        /// `id` of the agreement.
        agreement_id: Arc<str>,
    },
    /// It comes from a named location.
    FromLocation {
        /// `id` of the location.
        location_id: Arc<str>,
        /// Its name.
        display_name: Arc<str>,
        /// Whether it is marked as trusted.
        is_trusted: bool,
    },
    /// The device is registered and complies with the rules.
    CompliantDevice,
    /// The device is joined to a domain.
    DomainJoinedDevice,
    /// It is on this platform.
    Platform {
        /// Which.
        platform: ConditionalAccessDevicePlatform,
    },
    /// It is by this kind of client.
    Client {
        /// Which.
        client_app_type: ClientAppType,
    },
    /// The session does not come from another device.
    WithoutTransfer,
    /// The risk of the sign-in is at most this.
    SignInRisk {
        /// The highest level that would do.
        level: RiskLevel,
    },
    /// The risk of the user is at most this: it is dismissed, or closed by a new password.
    UserRisk {
        /// The highest level that would do.
        level: RiskLevel,
    },
    /// The insider risk of the user is at most this.
    InsiderRisk {
        /// The highest level that would do.
        level: InsiderRiskLevel,
    },
}

/// Sets of changes each of which would give access, all of the smallest size there is; sorted. Empty when there is access
/// already, and when no three changes together help.
///
/// Only what can change between two sign-ins of the same person to the same application is tried: proofs, place, device,
/// client and risk, never who he is and what he wants.
pub fn smallest_changes(
    facts: &SignInFacts,
    sign_in_risk: RiskLevel,
    policies: &PolicySet,
) -> Vec<Vec<Change>> {
    let grants = |facts: &SignInFacts, risk| evaluate(facts, risk, policies).outcome == Outcome::Grant;
    if grants(facts, sign_in_risk) {
        return Vec::new();
    }
    let candidates = candidates::of(facts, sign_in_risk, policies);
    let mut evaluations = 0_usize;
    let mut sets: Vec<Vec<usize>> = vec![Vec::new()];
    for _ in 0..MOST_TOGETHER {
        sets = larger(&sets, candidates.len());
        let mut found = Vec::new();
        for set in &sets {
            evaluations = evaluations.saturating_add(1);
            if evaluations > MOST_EVALUATIONS {
                break;
            }
            let changes: Vec<&Change> = set.iter().filter_map(|index| candidates.get(*index)).collect();
            let (facts, risk) = changed(facts, sign_in_risk, &changes, policies);
            if grants(&facts, risk) {
                found.push(changes.into_iter().cloned().collect());
            }
        }
        if !found.is_empty() || evaluations > MOST_EVALUATIONS {
            return without_stricter(found);
        }
    }
    Vec::new()
}

/// Every set with one more candidate behind its last one.
fn larger(sets: &[Vec<usize>], candidates: usize) -> Vec<Vec<usize>> {
    let mut larger = Vec::new();
    for set in sets {
        let next = set.last().map_or(0, |last| last.saturating_add(1));
        for candidate in next..candidates {
            let mut set = set.clone();
            set.push(candidate);
            larger.push(set);
        }
        if larger.len() > MOST_EVALUATIONS {
            break;
        }
    }
    larger
}

fn changed(
    facts: &SignInFacts,
    risk: RiskLevel,
    changes: &[&Change],
    policies: &PolicySet,
) -> (SignInFacts, RiskLevel) {
    let (mut facts, mut risk) = (facts.clone(), risk);
    for change in changes {
        candidates::apply(change, &mut facts, &mut risk, policies);
    }
    (facts, risk)
}

/// Leaves a lower level out where a higher one does as well: "at most low" says "none" too. The same with a passkey where
/// any proof does.
fn without_stricter(mut found: Vec<Vec<Change>>) -> Vec<Vec<Change>> {
    let all = found.clone();
    found.retain(|set| !all.iter().any(|other| is_stricter(set, other)));
    found.sort();
    found
}

/// Whether `set` demands more than `other` and nothing else.
fn is_stricter(set: &[Change], other: &[Change]) -> bool {
    let pairs = || set.iter().zip(other);
    set.len() == other.len()
        && set != other
        && pairs().all(|(one, other)| one == other || is_more(one, other))
}

/// Whether `one` is `other` and more.
fn is_more(one: &Change, other: &Change) -> bool {
    match (one, other) {
        (Change::UsePasskey, Change::PassMfa | Change::SignInAgain) => true,
        (Change::SignInRisk { level: one }, Change::SignInRisk { level: other })
        | (Change::UserRisk { level: one }, Change::UserRisk { level: other }) => {
            one.severity() < other.severity()
        }
        (Change::InsiderRisk { level: one }, Change::InsiderRisk { level: other }) => one < other,
        _ => false,
    }
}
