//! The pipeline of a sign-in: facts are gathered, risk is assessed, access is decided, all of it is recorded, and risk is
//! settled by what people and administrators do.
//!
//! * [`Protection::judge`] takes somebody who passed a first factor and says what the policies demand.
//! * [`Protection::complete`] does so again after he passed what was asked for, and closes the risk that closes.
//! * [`Protection::would_pass`] says which methods would pass what is asked for.
//! * [`Protection::granted_contexts`] says which authentication contexts of earlier a refreshed token may keep.
//! * [`Protection::judge_workload`] decides about an application that acts on its own behalf.
//! * [`Protection::refused_for_risk_since`] says whether risk that came later takes back what was given.
//! * [`Protection::record_failure`] keeps a first factor that was wrong.
//! * [`Protection::what_if`] decides a sign-in that has not happened, and [`Protection::changes`] says what would have given
//!   access to one that has. [`Protection::commit_policies`] puts changed policies in force for every node.
//! * [`Protection::impact`] decides recorded sign-ins again, with policies as they might be.
//! * [`Protection::lint_policies`] looks for mistakes in the policies themselves, [`Protection::lockout`] for a change
//!   nobody could undo.
//! * [`Protection::raise_later`] raises what is found about a sign-in after it was answered.
//! * [`Protection::latest_sign_ins`] and [`Protection::user_reported`] are for the person himself.
//! * [`Protection::count_failure`] counts it, names that do not exist too. [`Protection::follow_sign_ins`] and
//!   [`Protection::follow_histories`] run behind all sign-ins: attacks that show later, and what users have in common.
//! * [`Protection::dismiss_users`] and its neighbours are what administrators do, about users and service principals.
//! * [`Protection::report_user`] and [`Protection::report_service_principal`] take what others saw.
//! * [`Protection::watch_activity`] reads the audit log for what people and applications do; called now and then.
//! * [`Protection::count_reads`] counts what people read of the directory, [`Protection::watch_reads`] raises who reads too much.
//! * [`Protection::follow_noise_budget`] sets thresholds from what the tenant's own sign-ins look like.
//! * [`Protection::age_out_low_risk`] closes low risk that came to nothing; called now and then.
//!
//! Nothing is answered before it is recorded: whoever reads Graph after the answer sees what led to it.
//!
//! Each method of [`Protection`] has a file of its own: about one sign-in in `sign_ins`, about what is learned from them in
//! `histories`, about risk in `risk`, about the policies in `policies`, about applications in `workloads`, about what else
//! people and applications do in `activities`.

mod activities;
mod digest;
mod error;
mod histories;
mod policies;
mod risk;
mod service;
mod sign_ins;
mod workloads;

pub use error::ProtectionError;
pub use policies::impact::{IMPACT_PAGE, Impact, ImpactEffect, ImpactQuestion};
pub use policies::known_objects::KnownIds;
pub use policies::pending_change::PendingChange;
pub use policies::what_if::{Circumstances, WhatIf, WhatIfAnswer, WhatIfSubject};
pub use risk::external::{ExternalSignal, Reported};
pub use risk::noise::{MIN_SIGN_INS, Noise};
pub use service::Protection;
pub use sign_ins::attempt::{Attempt, SignInApplication, SignInKind, SignInResource};
pub use sign_ins::complete::Completion;
pub use sign_ins::continued_session::ContinuedSession;
pub use sign_ins::failure::FailedSignIn;
pub use sign_ins::judge::Judgement;
pub use sign_ins::record::failure_reason;
pub use sign_ins::standing::Standing;
pub use workloads::judge::{Workload, refusing_policies};
