//! Detections about what people do here besides signing in (`entra-semantics` §1.5 L). Pure: what is known of the person
//! goes in, a finding comes out.
//!
//! * [`UserActivityHistory`] knows what somebody does to others in the directory: `anomalousUserActivity`.
//! * [`DirectoryReads`] counts whom and what people read through the API: `suspiciousAPITraffic`.

mod administration;
mod documented;
mod hourly;
mod poisson;
mod reads;

pub use administration::{Administration, UserActivityHistory};
pub use documented::{ACTIVITIES, ActivityDetection, ActivitySample};
pub(crate) use hourly::Hourly;
pub use reads::{DirectoryReads, MAX_OBJECTS, Reading, ReadingHistory};
