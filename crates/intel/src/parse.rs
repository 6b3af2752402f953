//! Readers of list files. Each takes bytes, is bounded by [`Limits`], never panics, and refuses a file as a whole when
//! more of it is wrong than accident explains: half a download or an error page must not replace a good list.

mod cidr_list;
mod date;
mod firehol;
mod json;
mod lines;
mod misp_event;
mod misp_warning_list;
mod onionoo;
mod places;
mod prefix;
mod private_relay;
mod spamhaus_drop;
mod tor_bulk_list;
mod tor_exit_addresses;

pub use cidr_list::parse_cidr_list;
pub(crate) use date::{http_date, tor_date, write_tor_date};
pub use firehol::parse_firehol;
pub use json::MAX_JSON_BYTES;
pub use lines::{BadLine, Limits, ParseError, Parsed};
pub use misp_event::parse_misp_event;
pub use misp_warning_list::parse_misp_warning_list;
pub use onionoo::parse_onionoo;
pub use places::parse_places;
pub use prefix::parse_prefix;
pub use private_relay::parse_private_relay;
pub use spamhaus_drop::parse_spamhaus_drop;
pub use tor_bulk_list::parse_tor_bulk_list;
pub use tor_exit_addresses::parse_tor_exit_addresses;

use ipnet::IpNet;
use riskgate_core::Timestamp;

/// One entry of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ListEntry {
    /// The addresses it names; a single address has the full prefix length.
    pub network: IpNet,
    /// When the list last saw it, if the list says so.
    pub last_seen: Option<Timestamp>,
}
