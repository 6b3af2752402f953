//! Recorded sign-ins judged in order, each by what came before it and by nothing later.
//!
//! * [`read`] turns a recording into [`RecordedSignIn`]s, one after the other, whatever its size.
//! * [`Replay`] judges them and learns from them; it keeps a few hundred bytes for each user.
//!
//! To add a format:
//! 1. write `formats/<name>.rs`: an iterator of [`RecordedSignIn`]s over a reader, each error with its line;
//! 2. add it to [`Format`] and to [`read`];
//! 3. add a small file of it to `tests/data` and what is read from it to `tests/formats.rs`.

mod compact;
mod engine;
mod error;
mod formats;
mod recorded;

pub use engine::{Judged, Replay};
pub use error::ReplayError;
pub use formats::{Format, read};
pub use recorded::RecordedSignIn;
