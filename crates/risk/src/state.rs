//! The risk state machine (Graph contract §5, closing matrix). Detections, sign-ins and whoever is at risk move together;
//! each function takes how things are and returns what changes, with one history item when the owner of the risk changed.
//! It is the same machine for users and for service principals: [`RiskOwner`] says what differs.
//!
//! A closed detection never opens again by itself: new risk is a new detection, and risk that begins anew is a new
//! episode. The owner's level is the worst of his active detections, or what they add up to ([`Compound`]) if that is more;
//! when the last one closes, he takes the state and detail it was closed with.

mod action;
mod apply;
mod compound;
mod owner;
mod service_principal;
mod standing;
mod tactics;
#[cfg(test)]
mod tests;
mod types;
mod user;

pub use action::{Action, apply};
pub use compound::{Compound, Term};
pub use owner::{Activity, DetectionView, NewDetection, RiskOwner};
pub use service_principal::ServicePrincipalOwner;
pub use types::{Change, Moment, OpenRisk, Risk, SignInRisk, Transition};
pub use user::UserOwner;
