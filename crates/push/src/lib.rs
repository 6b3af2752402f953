//! Wakes the phones of people by Web Push (RFC 8030), without anybody on the way reading what is sent.
//!
//! * `encrypt` makes a body only the browser that subscribed can read (RFC 8291, `aes128gcm` of RFC 8188).
//! * `vapid` says to the push service who sends it (RFC 8292), with a key that follows from the installation's master key:
//!   browsers bind a subscription to it, so it must be the same on every node and after every restart.
//! * [`WebPush`] sends it, to addresses browsers named, and therefore by `riskgate-outbound` alone.
//!
//! The libraries there are for this need OpenSSL or a second set of cryptography beside the one that is here; what RFC 8291
//! adds to `aws-lc-rs` is one key agreement and three key derivations, proven by the example of its §5.

mod encrypt;
mod send;
mod vapid;

pub use send::{PushSettings, WebPush};
pub use vapid::{VapidError, is_contact};
