//! Detections about applications that act on their own behalf (`entra-semantics` §1.3). Pure, like everything here: the
//! history of the service principal goes in, a finding comes out.
//!
//! * [`assess_workload`] compares a request for a token with the earlier ones: `suspiciousSignins`.
//! * [`ActivityHistory`] knows what an application does in the directory: `anomalousServicePrincipalActivity`.

mod activity;
mod sign_in;

pub use activity::{ActivityHistory, DirectoryActivity, is_privileged};
pub use sign_in::{CredentialKind, WorkloadSignIn, assess_workload};
