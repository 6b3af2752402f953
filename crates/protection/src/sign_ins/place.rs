use std::net::IpAddr;

use riskgate_model::SignInLocation;

use crate::Protection;

impl Protection {
    /// Where an address is, as far as the location database says; for showing it to people.
    pub fn place_of(&self, address: IpAddr) -> Option<SignInLocation> {
        self.intel.network(address, self.clock.now()).location
    }
}
