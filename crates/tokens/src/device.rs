//! The codes of the device authorization grant (RFC 8628): the one a device polls with, and the short one a person types
//! on another device. Both are good for fifteen minutes; only digests are kept.
//!
//! [`TokenService::begin_device_authorization`] makes them, [`TokenService::find_device_authorization`] and
//! [`TokenService::decide_device_authorization`] are for the page, [`TokenService::poll_device_authorization`] is what
//! the device asks.
//!
//! [`TokenService::begin_device_authorization`]: crate::TokenService::begin_device_authorization
//! [`TokenService::find_device_authorization`]: crate::TokenService::find_device_authorization
//! [`TokenService::decide_device_authorization`]: crate::TokenService::decide_device_authorization
//! [`TokenService::poll_device_authorization`]: crate::TokenService::poll_device_authorization

mod begin;
mod decide;
mod poll;
mod user_code;

pub use begin::{DeviceCodes, DeviceRequest};
pub use poll::DeviceError;

use std::time::Duration;

/// How long the codes are good.
const LIFETIME: Duration = Duration::from_secs(15 * 60);
/// Seconds between two polls, the default of RFC 8628 §3.2.
const INTERVAL: u64 = 5;
