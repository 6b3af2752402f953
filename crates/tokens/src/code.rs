//! Authorization codes (RFC 6749 §4.1, RFC 7636): good once, for one client and redirect address, for five minutes.

mod issue;
mod redeem;

pub use redeem::{CodeRedemption, RedeemError, RedeemedCode, code_challenge};

use std::time::Duration;

/// RFC 6749 §4.1.2 recommends ten minutes at most.
const LIFETIME: Duration = Duration::from_secs(5 * 60);
