use std::sync::Arc;

use riskgate_core::{Clock, Rng, TenantId};
use riskgate_ports::Seal;
use riskgate_store::Store;

/// What every service of this crate works with. Cheap to clone.
#[derive(Clone)]
pub struct Services {
    /// Where things are kept.
    pub store: Arc<dyn Store>,
    /// The master key.
    pub seal: Arc<dyn Seal>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Randomness.
    pub rng: Arc<dyn Rng>,
    /// Whose.
    pub tenant: TenantId,
}
