use std::net::IpAddr;

use ipnet::IpNet;
use riskgate_model::AnonymizerKind;

use super::Feeds;
use super::tables::Content;

impl Feeds {
    /// The first address that the sources in use take for this kind at present, to try things with; `None` if they know
    /// no such address.
    pub fn example(&self, kind: AnonymizerKind) -> Option<IpAddr> {
        let (tables, now) = (self.tables(), self.clock.now());
        let lists = tables.0.iter().flatten().filter_map(|loaded| match loaded.content.as_ref() {
            Content::Prefixes(of, table) if of.anonymizer() == Some(kind) => Some(table),
            _ => None,
        });
        lists
            .flat_map(|table| table.iter())
            .map(|hit| first_host(hit.network))
            .find(|address| tables.network(*address, now).anonymizer == Some(kind))
    }
}

/// The first address somebody can have: that of the network itself nobody has, unless it is the only one.
fn first_host(network: IpNet) -> IpAddr {
    network.hosts().next().unwrap_or(network.network())
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use riskgate_core::{Clock, ManualClock};
    use riskgate_ports::Intel;

    use super::*;
    use crate::FeedSettings;

    #[test]
    fn examples_are_taken_for_what_they_are_examples_of() {
        let clock = Arc::new(ManualClock::new("2026-11-23T12:00:00Z".parse().unwrap()));
        let (feeds, _) = Feeds::load(FeedSettings::default(), clock.clone());
        for kind in [AnonymizerKind::Tor, AnonymizerKind::Vpn, AnonymizerKind::PrivateRelay] {
            let address = feeds.example(kind).unwrap();
            assert_eq!(feeds.network(address, clock.now()).anonymizer, Some(kind), "{address}");
        }
        assert_eq!(feeds.example(AnonymizerKind::Hosting), None);
    }
}
