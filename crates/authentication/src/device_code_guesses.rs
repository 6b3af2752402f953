use std::net::IpAddr;

use crate::familiar::network_of;
use crate::throttle::{count_failure, is_locked};
use crate::{AuthnError, Services};

/// Wrong codes from one address before it has to wait.
const LIMIT: u32 = 20;

/// Counts wrong codes of the device authorization grant (RFC 8628 §5.1), for each address: twenty lock it for a minute, then
/// for twice as long each time, up to an hour.
#[derive(Clone)]
pub struct DeviceCodeGuesses {
    services: Services,
}

impl DeviceCodeGuesses {
    /// Guesses counted in a store.
    pub fn new(services: Services) -> Self {
        Self { services }
    }

    /// Whether codes from here are not looked at for now.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn is_locked(&self, address: IpAddr) -> Result<bool, AuthnError> {
        Ok(is_locked(&self.services, &key(address)).await?)
    }

    /// Counts a wrong code.
    ///
    /// # Errors
    /// What the store fails with.
    pub async fn count(&self, address: IpAddr) -> Result<(), AuthnError> {
        count_failure(&self.services, &key(address), LIMIT, None).await.map(|_| ())
    }
}

/// Who has an IPv6 address usually has all of its network.
fn key(address: IpAddr) -> String {
    match address.to_canonical() {
        address @ IpAddr::V4(_) => format!("device-code:{address}"),
        address @ IpAddr::V6(_) => format!("device-code:{}", network_of(address)),
    }
}
