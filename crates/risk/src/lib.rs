//! How risky a sign-in is, and how risk opens and closes. Pure: what a function uses it is given, and the same arguments
//! give the same answer today and in a replay next year.
//!
//! * [`assess`] runs every detection on the facts of a sign-in and the [`RiskContext`] it is compared with.
//! * [`UserHistory`] and [`Population`] are what earlier sign-ins teach; each gives the part of a context that concerns the
//!   [`Features`] of an attempt, small enough to be stored with it.
//! * [`Activity`] counts what happens just now: the sliding windows behind [`ActivityFacts`].
//! * [`UserActivityHistory`] and [`DirectoryReads`] are about what people do besides signing in.
//! * [`state`] moves detections, sign-ins and risky users between the states of the closing matrix.
//!
//! To add a detection:
//! 1. write `detections/<name>.rs`: a [`Detection`] with identifier (Graph's own name), explanation, settings, samples and
//!    a function from facts to a finding with its evidence;
//! 2. add it to [`detections::ALL`] and its settings to [`RiskConfig`];
//! 3. run the tests with `RISKGATE_WRITE_DOCS=1`: its page in `docs/detections/` is written from it.

#![cfg_attr(
    not(test),
    deny(
        clippy::unwrap_used,
        clippy::expect_used,
        clippy::panic,
        clippy::indexing_slicing,
        clippy::arithmetic_side_effects
    )
)]

mod activity;
mod additional_info;
mod assess;
mod borders;
pub(crate) mod config;
mod context;
mod decay;
pub mod detections;
mod documentation;
mod familiarity;
mod features;
mod hidden;
mod history;
mod issuer;
mod noise_budget;
mod population;
pub mod state;
mod user_activity;
mod wilson;
mod workload;

pub use activity::{Activity, ActivityKeys, Attempt, FirstFactor, MAX_RECENT_ATTEMPTS};
pub use additional_info::additional_info;
pub use assess::{Assessment, Evidence, Finding, assess};
pub use config::{
    AnomalousTokenConfig, AnonymizedIpAddressConfig, AttackerInTheMiddleConfig, MaliciousIpAddressConfig,
    NewCountryConfig, PasswordSprayConfig, RiskConfig, RiskyIpAddressConfig, SuspiciousBrowserConfig,
    TermWeights, TokenIssuerAnomalyConfig, TravelConfig, UnfamiliarFeaturesConfig, UserActivityConfig,
    WorkloadConfig,
};
pub use context::{
    ActivityFacts, BrowserUse, Counts, HistoryFacts, PopulationFacts, RiskContext, Seen, SessionFacts,
    SessionUse, Spread, Visit, Windows,
};
pub use detections::{Detection, Sample};
pub use documentation::{activity_page, page, setting_name};
pub use features::{Feature, Features};
pub use history::{KnownValue, Learned, MAX_VALUES, MAX_VISITS, UserHistory};
pub use noise_budget::{BudgetedThreshold, BudgetedThresholds, NoiseBudget};
pub use population::Population;
pub use user_activity::{
    ACTIVITIES, ActivityDetection, ActivitySample, Administration, DirectoryReads, MAX_OBJECTS, Reading,
    ReadingHistory, UserActivityHistory,
};
pub use wilson::Share;
pub use workload::{
    ActivityHistory, CredentialKind, DirectoryActivity, WorkloadSignIn, assess_workload, is_privileged,
};
