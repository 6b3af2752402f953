//! The risk state machine (Graph contract §5, closing matrix). Detections, sign-ins and the risky user move together; each
//! function takes how things are and returns what changes, with one history item when the user changed.
//!
//! A closed detection never opens again by itself: new risk is a new detection. The user's level is the worst of his
//! active detections; when the last one closes, the user takes the state and detail it was closed with.

mod action;
mod apply;
#[cfg(test)]
mod tests;
mod types;

pub use action::{Action, apply};
pub use types::{Change, Moment, RiskOwner, SignInRisk, UserRiskState};
