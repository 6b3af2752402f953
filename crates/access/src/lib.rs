//! Conditional Access: whether a policy is valid, and what a set of policies decides about a sign-in.
//!
//! Pure: no input or output, clock, randomness or panic. The same facts and policies always give the same [`Decision`],
//! so a stored sign-in can be decided again later, with the same or with other policies.
//!
//! * [`check_body`] and [`validate`] refuse what Graph refuses and what this version does not enforce;
//!   [`with_defaults`] fills in what Graph echoes.
//! * [`PolicySet`] prepares policies and named locations once; [`evaluate`] decides with them.
//! * [`validate_location`] and [`LocationMatcher`] are the same for named locations.
//!
//! Three rules hold everywhere. A policy can only ask for more, never grant, so adding one never opens anything.
//! A fact that is not known, or a condition this version cannot judge, makes a policy apply: the unknown closes, and the
//! trace names the reason. A policy that only reports never changes the outcome.
//!
//! To add a condition:
//! 1. write `conditions/<name>.rs` with a rule that is compiled from the policy and examines a request;
//! 2. give it a member of [`Condition`] (and of [`Rule`]) and call it in `conditions::CompiledConditions`;
//! 3. replace its refusal in `validate/conditions.rs` by its validation;
//! 4. teach the second evaluator in `tests/common/reference.rs` the same, and add rows to `tests/evaluation.rs`.
//!
//! To add a grant control: the same with `grant.rs`, [`Control`] and `validate/controls.rs`.

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

mod body;
mod conditions;
mod decision;
mod defaults;
mod error;
mod evaluate;
#[cfg_attr(not(test), expect(dead_code, reason = "the condition on devices will use it"))]
mod filter_rule;
mod grant;
mod identifiers;
mod keyword;
mod known;
mod named_location;
mod policy_set;
mod request;
mod trace;
mod validate;

pub use body::check_body;
pub use decision::{BlockReason, Control, Decision, Outcome, SessionDemands};
pub use defaults::with_defaults;
pub use error::{NamedLocationError, PolicyError};
pub use evaluate::evaluate;
pub use filter_rule::FilterRuleError;
pub use known::{KnownObjects, ObjectKind, references};
pub use named_location::{LocationMatcher, Membership, location_with_defaults, validate_location};
pub use policy_set::PolicySet;
pub use trace::{Condition, ConditionSet, PolicyTrace, Reason, Rule, RuleSet};
pub use validate::validate;
