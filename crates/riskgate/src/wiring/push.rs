use std::sync::Arc;
use std::time::Duration;

use anyhow::Context;
use riskgate_outbound::OutboundSettings;
use riskgate_ports::Push;
use riskgate_push::{PushSettings, WebPush};

use super::Foundation;

/// How long an answer of a push service is waited for.
const TIMEOUT: Duration = Duration::from_secs(10);

/// What wakes phones; `None` if nothing is configured.
///
/// # Errors
/// If the key cannot be derived from the master key.
pub(super) fn push(foundation: &Foundation) -> anyhow::Result<Option<Arc<dyn Push>>> {
    let Some(section) = &foundation.config.push else { return Ok(None) };
    let settings = PushSettings {
        contact: section.contact.clone(),
        outbound: OutboundSettings {
            private_networks: section.private_networks.clone(),
            allow_plain_http: section.allow_plain_http,
            authorities: None,
            timeout: TIMEOUT,
        },
    };
    let secret = foundation.key.derive("web push");
    let push = WebPush::new(settings, &secret, foundation.clock.clone(), foundation.rng.clone());
    Ok(Some(Arc::new(push.context("push cannot be used with this master key")?)))
}
