use std::fmt;
use std::sync::Arc;

use async_trait::async_trait;
use reqwest::StatusCode;
use riskgate_core::{Clock, Rng};
use riskgate_outbound::{Outbound, OutboundSettings};
use riskgate_ports::{Push, PushMessage, PushOutcome, PushSubscription};
use url::Url;

use crate::encrypt::{BrowserKeys, SALT};
use crate::vapid::{Vapid, VapidError};

/// What the operator says about push.
#[derive(Debug, Clone)]
pub struct PushSettings {
    /// Whom a push service may write to: `mailto:` or `https:` (RFC 8292 §2.1).
    pub contact: String,
    /// What may be spoken to.
    pub outbound: OutboundSettings,
}

/// Sends Web Push.
pub struct WebPush {
    vapid: Vapid,
    outbound: Outbound,
    clock: Arc<dyn Clock>,
    rng: Arc<dyn Rng>,
}

impl WebPush {
    /// `secret` makes the key that push services and browsers know this installation by; it must stay the same.
    ///
    /// # Errors
    /// [`VapidError`].
    pub fn new(
        settings: PushSettings,
        secret: &[u8; 32],
        clock: Arc<dyn Clock>,
        rng: Arc<dyn Rng>,
    ) -> Result<Self, VapidError> {
        let vapid = Vapid::new(secret, settings.contact)?;
        Ok(Self { vapid, outbound: Outbound::new(settings.outbound), clock, rng })
    }

    fn target(&self, subscription: &PushSubscription) -> Option<(Url, BrowserKeys)> {
        Some((self.outbound.endpoint(&subscription.endpoint)?, BrowserKeys::read(subscription)?))
    }
}

#[async_trait]
impl Push for WebPush {
    fn public_key(&self) -> &str {
        &self.vapid.public_key
    }

    fn takes(&self, subscription: &PushSubscription) -> bool {
        self.target(subscription).is_some()
    }

    async fn send(&self, subscription: &PushSubscription, message: &PushMessage) -> PushOutcome {
        let Some((endpoint, keys)) = self.target(subscription) else { return PushOutcome::Gone };
        let mut salt = [0; SALT];
        self.rng.fill(&mut salt);
        let body = keys.encrypt(&message.text, salt);
        let authorization = self.vapid.authorization(&endpoint, self.clock.now());
        let (Ok(body), Ok(authorization)) = (body, authorization) else {
            return PushOutcome::Failed("the message cannot be encrypted or signed".to_owned());
        };
        let sent = self.outbound.send(|client| {
            client
                .post(endpoint)
                .header("authorization", authorization)
                .header("content-encoding", "aes128gcm")
                .header("content-type", "application/octet-stream")
                .header("ttl", message.lifetime.as_secs())
                .header("urgency", "high")
                .body(body)
        });
        match sent.await {
            Ok((status, _)) if status.is_success() => PushOutcome::Accepted,
            // RFC 8030 §7.3: the subscription has ended.
            Ok((StatusCode::NOT_FOUND | StatusCode::GONE, _)) => PushOutcome::Gone,
            Ok((status, _)) => PushOutcome::Failed(format!("status {status}")),
            Err(error) => PushOutcome::Failed(error.to_string()),
        }
    }
}

impl fmt::Debug for WebPush {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("WebPush(..)")
    }
}
