//! Both ends of Web Push that are not ours: the push service, and the browser that subscribed.

mod browser;
mod service;

pub use browser::{Browser, coordinates};
pub use service::{PushService, Received};
