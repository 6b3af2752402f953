//! Speaking HTTP to addresses somebody else chose: upstream identity providers, push services of people's browsers.
//!
//! Such an address must not be a way into the operator's own network (server-side request forgery). [`Outbound::endpoint`]
//! accepts `https` alone and refuses literal private addresses; names are resolved here, so that the address that was
//! checked is the one that is connected to. Redirects are not followed, proxies of the environment are not used, and every
//! answer is read up to a size and a time.
//!
//! What the operator himself configures (feeds, a list of breached passwords) does not need this.

mod address;
mod network;

pub use network::{MAX_ANSWER, Outbound, OutboundError, OutboundSettings};
