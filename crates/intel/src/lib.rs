//! What is known about an address and a user agent. [`Feeds`] implements [`riskgate_ports::Intel`]; it keeps every
//! source in an immutable table in memory and swaps whole tables, so that a lookup never waits and never fails.
//!
//! A first run needs no configuration: a dated snapshot of Tor exits, VPN ranges
//! and private-relay ranges is compiled in (`data/README.md`), with a small sample of places.
//!
//! [`Breached`] looks passwords up that are known from breaches, in a file on disk or with a service.
//!
//! # To add a source
//! 1. Write a [`FeedConfig`]: name, kind, format, file or URL, licence. Examples are in [`presets`].
//! 2. Give it to [`Feeds::load`] in [`FeedSettings`]. A feed that has the name of a built-in source takes its place as
//!    soon as it has content of its own.
//! 3. Call [`Feeds::update_due`] when [`Feeds::next_due`] has come; show [`Feeds::status`].
//!
//! # To add a format
//! 1. Write `parse/<format>.rs` with a public `parse_<format>(&[u8], &Limits)`; it must refuse a lying file as a whole.
//! 2. Add a variant to [`FeedFormat`], the kinds it may have in `FeedFormat::allows`, and a line in `feeds/decode.rs`.
//!
//! # To recognise another browser or tool
//! Add a row to the table in `user_agent/browser.rs` or `user_agent/tool.rs` and a sample to its test.

mod address;
mod breached;
mod feeds;
mod mmdb;
pub mod parse;
mod place;
mod table;
mod user_agent;

pub use breached::{
    Breached, BreachedFilter, BreachedSettings, BreachedStatus, BuildBreachedError, BuiltFilter, FilterError,
    build_breached_filter,
};
pub use feeds::{
    AgentPattern, CheckFeedError, Entries, FeedConfig, FeedFormat, FeedKind, FeedSettings, FeedSource, Feeds,
    Outcome, SourceStatus, UpdateReport, Warning, presets,
};
pub use mmdb::{Database, DatabaseError, DatabaseKind, MAX_DATABASE_BYTES};
pub use place::{Place, PlaceTable};
pub use table::{PrefixHit, PrefixTable};
pub use user_agent::read_user_agent;
