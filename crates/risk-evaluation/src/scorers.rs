//! What is compared: anything that gives an attempt a number from what happened strictly before it.

mod country;
mod engine;
mod nothing;
mod novelty;
mod published;
mod quantile;
mod spray_rules;
mod travel;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::net::IpAddr;

use riskgate_model::{RiskLevel, SignInFacts};
use riskgate_risk::SessionFacts;

pub use country::NewCountry;
pub use engine::Engine;
pub use nothing::Nothing;
pub use novelty::NewAddressOrAgent;
pub use published::Published;
pub use quantile::PublishedPerUser;
pub use spray_rules::SprayRules;
pub use travel::Travel;

use crate::event::Outcome;

/// An attempt as the product sees it: without its label.
#[derive(Debug, Clone, Copy)]
pub struct Attempt<'a> {
    /// Index of the user, or of a name that does not exist.
    pub user: u32,
    /// What is known of it.
    pub facts: &'a SignInFacts,
    /// How the first factor ended.
    pub outcome: Outcome,
    /// Digest of the password that was tried.
    pub password: u64,
    /// The session that is used again; `None` where a new one begins.
    pub session: Option<&'a SessionFacts>,
}

/// What is thought of an attempt.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Judgement {
    /// How risky it is; higher is riskier. The unit is the scorer's own.
    pub score: f64,
    /// Whether it is part of a password spray.
    pub is_spray: bool,
    /// Whether the journey from the last place is impossible or unlikely.
    pub is_travel: bool,
    /// The level it gets; nothing from scorers without levels.
    pub level: Option<RiskLevel>,
}

impl From<f64> for Judgement {
    fn from(score: f64) -> Self {
        Self { score, ..Self::default() }
    }
}

/// Gives attempts numbers, and learns.
pub trait Scorer {
    /// What it is called in the report.
    fn name(&self) -> &str;

    /// What is thought of an attempt if its password is right. Nothing is learned by asking.
    fn judge(&self, attempt: &Attempt<'_>) -> Judgement;

    /// An attempt happened. `is_clean` says that it succeeded and nothing speaks against it, so that it may teach what is
    /// usual; all others may only be counted.
    fn observe(&mut self, attempt: &Attempt<'_>, is_clean: bool);
}

/// A digest of anything, the same in every run.
pub(crate) fn digest(value: impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    value.hash(&mut hasher);
    hasher.finish()
}

/// An address as the baselines see it: whole in version 4, the /64 of a home in version 6. The rest of it changes daily, and
/// no sensible product compares it.
pub(crate) fn address_key(address: IpAddr) -> u64 {
    match address {
        IpAddr::V4(address) => u64::from(u32::from(address)),
        IpAddr::V6(address) => (u128::from(address) >> 64) as u64,
    }
}
