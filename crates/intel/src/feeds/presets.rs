//! Well-known public feeds, for documentation and configuration examples. None is used unless it is configured.

use super::{FeedConfig, FeedFormat, FeedKind, FeedSource};

/// Name, kind, format, address and terms of a public feed.
#[derive(Debug, Clone, Copy)]
pub struct Preset {
    /// Name, also of the built-in source it replaces, if there is one.
    pub name: &'static str,
    /// What its entries mean.
    pub kind: FeedKind,
    /// How it is written.
    pub format: FeedFormat,
    /// Where it is published.
    pub url: &'static str,
    /// Terms of use.
    pub licence: &'static str,
    /// After how many hours its content counts as stale.
    pub max_age_hours: u32,
    /// How often it should be fetched, in hours.
    pub refresh_every_hours: u32,
}

const X4BNET: &str = "MIT, X4B (Mathew Heard), lists_vpn";

const SPAMHAUS: &str = "The Spamhaus Project, DROP, free with attribution";

/// The presets.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "tor-exits",
        kind: FeedKind::Tor,
        format: FeedFormat::TorExitAddresses,
        url: "https://check.torproject.org/exit-addresses",
        licence: "Tor Project exit list",
        max_age_hours: 48,
        refresh_every_hours: 1,
    },
    Preset {
        name: "tor-bulk-exits",
        kind: FeedKind::Tor,
        format: FeedFormat::TorBulkList,
        url: "https://check.torproject.org/torbulkexitlist",
        licence: "Tor Project exit list",
        max_age_hours: 48,
        refresh_every_hours: 1,
    },
    Preset {
        name: "tor-onionoo",
        kind: FeedKind::Tor,
        format: FeedFormat::Onionoo,
        url: "https://onionoo.torproject.org/details?flag=Exit&fields=exit_addresses,or_addresses,last_seen,flags",
        licence: "Tor Project, CC0",
        max_age_hours: 48,
        refresh_every_hours: 1,
    },
    Preset {
        name: "vpn-ipv4",
        kind: FeedKind::Vpn,
        format: FeedFormat::CidrList,
        url: "https://raw.githubusercontent.com/X4BNet/lists_vpn/main/output/vpn/ipv4.txt",
        licence: X4BNET,
        max_age_hours: 14 * 24,
        refresh_every_hours: 24,
    },
    Preset {
        name: "vpn-ipv6",
        kind: FeedKind::Vpn,
        format: FeedFormat::CidrList,
        url: "https://raw.githubusercontent.com/X4BNet/lists_vpn/main/output/vpn/ipv6.txt",
        licence: X4BNET,
        max_age_hours: 14 * 24,
        refresh_every_hours: 24,
    },
    Preset {
        name: "hosting-ipv4",
        kind: FeedKind::Hosting,
        format: FeedFormat::CidrList,
        url: "https://raw.githubusercontent.com/X4BNet/lists_vpn/main/output/datacenter/ipv4.txt",
        licence: X4BNET,
        max_age_hours: 30 * 24,
        refresh_every_hours: 24,
    },
    Preset {
        name: "hosting-ipv6",
        kind: FeedKind::Hosting,
        format: FeedFormat::CidrList,
        url: "https://raw.githubusercontent.com/X4BNet/lists_vpn/main/output/datacenter/ipv6.txt",
        licence: X4BNET,
        max_age_hours: 30 * 24,
        refresh_every_hours: 24,
    },
    Preset {
        name: "private-relay",
        kind: FeedKind::PrivateRelay,
        format: FeedFormat::PrivateRelayCsv,
        url: "https://mask-api.icloud.com/egress-ip-ranges.csv",
        licence: "published by Apple for network operators",
        max_age_hours: 14 * 24,
        refresh_every_hours: 24,
    },
    Preset {
        name: "firehol-level1",
        kind: FeedKind::Malicious,
        format: FeedFormat::Firehol,
        url: "https://raw.githubusercontent.com/firehol/blocklist-ipsets/master/firehol_level1.netset",
        licence: "made of lists with terms of their own, see https://iplists.firehol.org",
        max_age_hours: 7 * 24,
        refresh_every_hours: 24,
    },
    Preset {
        name: "spamhaus-drop-ipv4",
        kind: FeedKind::Malicious,
        format: FeedFormat::SpamhausDrop,
        url: "https://www.spamhaus.org/drop/drop_v4.json",
        licence: SPAMHAUS,
        max_age_hours: 7 * 24,
        refresh_every_hours: 24,
    },
    Preset {
        name: "spamhaus-drop-ipv6",
        kind: FeedKind::Malicious,
        format: FeedFormat::SpamhausDrop,
        url: "https://www.spamhaus.org/drop/drop_v6.json",
        licence: SPAMHAUS,
        max_age_hours: 7 * 24,
        refresh_every_hours: 24,
    },
    Preset {
        name: "benign-resolvers",
        kind: FeedKind::Benign,
        format: FeedFormat::MispWarningList,
        url: "https://raw.githubusercontent.com/MISP/misp-warninglists/main/lists/public-dns-v4/list.json",
        licence: "MISP warning lists, CC0",
        max_age_hours: 30 * 24,
        refresh_every_hours: 24,
    },
];

impl Preset {
    /// The feed this preset describes.
    ///
    /// # Errors
    /// Never for a preset of [`PRESETS`]; a test sees to it.
    pub fn config(&self) -> Result<FeedConfig, super::CheckFeedError> {
        let url = self.url.parse().map_err(|_| super::CheckFeedError::Url(self.name.to_owned()))?;
        let hour = std::time::Duration::from_secs(3_600);
        let config = FeedConfig {
            name: self.name.to_owned(),
            kind: self.kind,
            format: self.format,
            source: FeedSource::Url(url),
            max_age: hour * self.max_age_hours,
            refresh_every: hour * self.refresh_every_hours,
            licence: self.licence.to_owned(),
            rule: None,
        };
        config.check()?;
        Ok(config)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_preset_is_a_valid_feed_fetched_over_tls() {
        for preset in PRESETS {
            preset.config().unwrap();
            assert!(preset.url.starts_with("https://"), "{}", preset.name);
        }
    }
}
