use std::time::Duration;

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

/// Wakes a browser that subscribed (Web Push, RFC 8030).
#[async_trait]
pub trait Push: Send + Sync + 'static {
    /// The key browsers bind a subscription to, base64url (`applicationServerKey` of the Push API).
    fn public_key(&self) -> &str;

    /// Whether a subscription can be used: its address may be spoken to, and its keys are keys.
    fn takes(&self, subscription: &PushSubscription) -> bool;

    /// Sends one message.
    async fn send(&self, subscription: &PushSubscription, message: &PushMessage) -> PushOutcome;
}

/// Where and how a browser is reached: `PushSubscriptionJSON` of the Push API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushSubscription {
    /// Address at the push service; whoever has it can send.
    pub endpoint: String,
    /// Keys of the browser.
    pub keys: PushKeys,
}

/// Keys only that browser has the other half of (RFC 8291 §3.1), base64url.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushKeys {
    /// Public key on P-256.
    pub p256dh: String,
    /// Authentication secret.
    pub auth: String,
}

/// What is sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PushMessage {
    /// What the browser reads, and nobody else.
    pub text: Vec<u8>,
    /// How long the push service keeps it for a browser that is not connected.
    pub lifetime: Duration,
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PushOutcome {
    /// The push service has it.
    Accepted,
    /// The subscription has ended, or is none.
    Gone,
    /// It could not be sent now; why, for the log.
    Failed(String),
}
