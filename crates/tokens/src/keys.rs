//! Keys that sign tokens: RSA 2048, each signing for 90 days.
//!
//! Private keys lie sealed in the store, so all nodes share them. A successor is made a week before it begins to sign
//! and is published at once: every node and every client that keeps the published keys for a while knows it in time.
//! A key that stopped signing stays published until the last token it may have signed has expired.

mod ensure;
mod generate;
mod jwks;
mod loaded;
mod ring;

pub(crate) use loaded::LoadedKey;
pub(crate) use ring::KeyRing;

use std::time::Duration;

use crate::service::LONGEST_LIFETIME;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// How long a key signs.
const SIGNS_FOR: Duration = DAY.saturating_mul(90);
/// How long before a key retires its successor is made.
const SUCCESSOR_BEFORE: Duration = DAY.saturating_mul(7);
/// How long a key is published after it retired; an hour is for clocks that differ between nodes.
const PUBLISHED_AFTER: Duration = LONGEST_LIFETIME.saturating_add(Duration::from_secs(3600));
