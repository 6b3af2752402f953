//! Conditional Access: whether a policy is valid, and what a set of policies decides about a sign-in.
//!
//! Pure: no input or output, clock, randomness or panic. The same facts and policies always give the same [`Decision`],
//! so a stored sign-in can be decided again later, with the same or with other policies.
//!
//! * [`check_body`] and [`validate`] refuse what Graph refuses and what this version does not enforce;
//!   [`with_defaults`] fills in what Graph echoes.
//! * [`Lockout`] tells whether anybody could still change policies, [`lint`](fn@lint) what is probably not meant.
//! * [`PolicySet`] prepares policies, named locations and authentication strengths once; [`evaluate`] decides with them
//!   about people, [`evaluate_workload`] about applications that act on their own behalf.
//! * [`PermittedMethods`] is what the authentication methods policy says about a person.
//! * [`validate_location`] and [`LocationMatcher`] are the same for named locations.
//!
//! Three rules hold everywhere. A policy can only ask for more, never grant, so adding one never opens anything.
//! A fact that is not known, or a condition this version cannot judge, makes a policy apply: the unknown closes, and the
//! trace names the reason. A policy that only reports never changes the outcome.
//!
//! To add a condition:
//! 1. write `conditions/<name>.rs` with a rule that is compiled from the policy and examines a request;
//! 2. give it a member of [`Condition`] (and of [`Rule`]) and call it in `conditions::CompiledConditions`;
//! 3. validate it in `validate/conditions.rs`;
//! 4. teach the second evaluator in `tests/` the same, and add rows to the tables there.
//!
//! To add a grant control: the same with `grant/requirement.rs`, [`Control`] or [`BlockReason`], and `validate/grant.rs`. A
//! session control: `session.rs`, [`SessionDemands`] and `validate/session.rs`.

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
mod change;
mod conditions;
mod control_names;
mod decision;
mod defaults;
mod error;
mod evaluate;
mod filter_rule;
mod freshness;
mod grant;
mod identifiers;
mod keyword;
mod known;
mod lint;
mod lockout;
mod methods_policy;
mod named_location;
mod policy_set;
mod reason;
mod request;
mod session;
mod trace;
mod validate;

pub use body::check_body;
pub use change::{Change, smallest_changes};
pub use control_names::ControlNames;
pub use decision::{BlockReason, Control, Decision, Outcome, SessionDemands};
pub use defaults::with_defaults;
pub use error::{NamedLocationError, PolicyError};
pub use evaluate::{evaluate, evaluate_workload};
pub use filter_rule::FilterRuleError;
pub use grant::completes_strength;
pub use keyword::{MICROSOFT_ADMIN_PORTAL_APP_IDS, OFFICE365_APP_IDS};
pub use known::{KnownObjects, ObjectKind, references, security_attributes};
pub use lint::{Administrator, Finding, LintInput, LintRule, RULES as LINT_RULES, Severity, lint, lint_page};
pub use lockout::Lockout;
pub use methods_policy::PermittedMethods;
pub use named_location::{LocationMatcher, Membership, location_with_defaults, validate_location};
pub use policy_set::PolicySet;
pub use reason::Reason;
pub use trace::{Condition, ConditionSet, PolicyTrace, Rule, RuleSet};
pub use validate::{is_context, validate};
