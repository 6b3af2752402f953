//! How well the risk engine does, measured so that anybody can repeat it: `make risk-report`.
//!
//! * [`reference`] is the published model everything is compared with.
//! * [`population`] and [`attackers`](Attacker) make a [`Scenario`]: everything that happens to a simulated organisation, with
//!   the truth about it, the same for the same seed.
//!
//! * [`run`] lets [`scorers`] see it, strictly from the past; [`metrics`] are computed from what they thought, and
//!   [`report`](report::report) writes them down.
//!
//! To add a phenomenon of the population, change `population/life.rs`; to add an attacker, an [`Attacker`] and what he
//! does in `attackers/`; to compare with something else, a [`Scorer`](scorers::Scorer). The first two change the digests that `tests/scenario.rs` pins, and so every number of the report.

#![allow(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "times and counts of a simulation are small"
)]

pub mod agents;
mod attackers;
mod event;
pub mod metrics;
pub mod population;
pub mod random;
pub mod reference;
pub mod report;
mod run;
mod scenario;
pub mod scorers;
mod sessions;
mod study;
pub mod world;

pub use event::{Attacker, Event, Label, Outcome, UNKNOWN_USERS};
pub use run::{Column, Judged, Reuse, Row, run};
pub use scenario::Scenario;
pub use study::{Stratum, Study, Tenant};
