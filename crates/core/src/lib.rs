//! What every layer takes as a parameter instead of reaching for it: the time, random bytes, the tenant.
//!
//! * [`Timestamp`] is a moment in UTC with microseconds, written the way Graph writes date-times.
//! * [`Clock`] tells the time; [`SystemClock`] is the real one, [`ManualClock`] stands still until told.
//! * [`Rng`] gives random bytes, identifiers and tokens; [`SystemRng`] is the real one, [`SeededRng`] repeats.
//! * [`TenantId`] is carried by every stored row and every query.
//!
//! To take the time in a new place: accept `&dyn Clock` or `Arc<dyn Clock>`; calling the operating system
//! directly is refused by `clippy.toml`.

mod clock;
mod id;
mod random;
mod time;

pub use clock::{Clock, ManualClock, SystemClock};
pub use id::{TenantId, is_guid};
pub use random::{Rng, SeededRng, SystemRng};
pub use time::{ParseTimestampError, Timestamp};
