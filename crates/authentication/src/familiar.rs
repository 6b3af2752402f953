use std::net::IpAddr;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_store::records::{FamiliarNetwork, FamiliarNetworks};
use riskgate_store::{Batch, StoreError, StoreExt, Versioned};

use crate::Services;

/// How many networks are remembered for a user.
const MAX_NETWORKS: usize = 32;
/// How long one is.
const KEEP: Duration = Duration::from_secs(90 * 24 * 60 * 60);
/// A network seen this lately need not be written again.
const FRESH: Duration = Duration::from_secs(24 * 60 * 60);

/// The network an address counts to: `/24` of IPv4, `/48` of IPv6.
pub(crate) fn network_of(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(v4) => {
            let [a, b, c, _] = v4.octets();
            format!("{a}.{b}.{c}.0/24")
        }
        IpAddr::V6(v6) => {
            let [a, b, c, ..] = v6.segments();
            format!("{a:x}:{b:x}:{c:x}::/48")
        }
    }
}

/// Whether the user signed in from this network in the last 90 days.
pub(crate) async fn is_familiar(
    services: &Services,
    user_id: &str,
    address: IpAddr,
) -> Result<bool, StoreError> {
    let known: Option<Versioned<FamiliarNetworks>> = services.store.load(services.tenant, user_id).await?;
    let (network, now) = (network_of(address), services.clock.now());
    Ok(known
        .is_some_and(|known| known.record.networks.iter().any(|n| n.prefix == network && is_kept(n, now))))
}

/// Remembers the network of a sign-in that got through everything.
pub(crate) async fn remember(services: &Services, user_id: &str, address: IpAddr) -> Result<(), StoreError> {
    let (network, now) = (network_of(address), services.clock.now());
    let known: Option<Versioned<FamiliarNetworks>> = services.store.load(services.tenant, user_id).await?;
    let mut batch = Batch::new(services.tenant);
    let entry = FamiliarNetwork { prefix: network.clone(), last_seen: now };
    match known {
        None => batch.insert(&FamiliarNetworks { id: user_id.to_owned(), networks: vec![entry] })?,
        Some(mut known) => {
            let networks = &mut known.record.networks;
            if networks.iter().any(|n| n.prefix == network && now.since(n.last_seen) < FRESH) {
                return Ok(());
            }
            networks.retain(|n| n.prefix != network && is_kept(n, now));
            networks.push(entry);
            let excess = networks.len().saturating_sub(MAX_NETWORKS);
            networks.drain(..excess);
            batch.update(&known)?;
        }
    }
    match services.store.commit(batch).await {
        // Another sign-in of the same person was faster; his network is learnt next time.
        Err(StoreError::Conflict { .. } | StoreError::Exists { .. }) => Ok(()),
        outcome => outcome,
    }
}

fn is_kept(network: &FamiliarNetwork, now: Timestamp) -> bool {
    now.since(network.last_seen) < KEEP
}
