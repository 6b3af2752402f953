use riskgate_model::{AnonymizerKind, ListKind};
use serde::{Deserialize, Serialize};

/// What the entries of a feed mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedKind {
    /// Exits of the Tor network.
    Tor,
    /// Commercial virtual private networks.
    Vpn,
    /// Relays of a device maker that keep country and accountability.
    PrivateRelay,
    /// Hosting and data-centre ranges.
    Hosting,
    /// Addresses attacks come from: a reputation list.
    Malicious,
    /// Harmless addresses many share, such as resolvers and delivery networks: what [`FeedKind::Malicious`] lists say about
    /// them does not count.
    Benign,
    /// A watch list of the operator's: somebody acting for a state.
    NationState,
    /// A watch list of the operator's: what his own investigations found.
    ThreatIntelligence,
    /// A database that tells several kinds of anonymiser apart.
    AnonymousIp,
    /// Places of addresses.
    Location,
    /// Autonomous systems.
    NetworkOwner,
}

/// How a feed is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FeedFormat {
    /// One address a line, see [`crate::parse::parse_tor_bulk_list`].
    TorBulkList,
    /// Exits with dates, see [`crate::parse::parse_tor_exit_addresses`].
    TorExitAddresses,
    /// Exits of both families with dates, see [`crate::parse::parse_onionoo`].
    Onionoo,
    /// Prefixes and addresses, see [`crate::parse::parse_cidr_list`].
    CidrList,
    /// Prefixes and addresses below a head, see [`crate::parse::parse_firehol`].
    Firehol,
    /// JSON lines, see [`crate::parse::parse_spamhaus_drop`].
    SpamhausDrop,
    /// Events with attributes, see [`crate::parse::parse_misp_event`].
    MispEvent,
    /// What is known to be harmless, see [`crate::parse::parse_misp_warning_list`].
    MispWarningList,
    /// Apple's table, see [`crate::parse::parse_private_relay`].
    PrivateRelayCsv,
    /// A table of places, see [`crate::parse::parse_places`].
    PlacesCsv,
    /// A MaxMind database file.
    Mmdb,
}

impl FeedKind {
    /// What a list of this kind says about the addresses it names; `None` for databases.
    pub(super) fn list_kind(self) -> Option<ListKind> {
        let anonymizer = |kind| Some(ListKind::Anonymizer(kind));
        match self {
            Self::Tor => anonymizer(AnonymizerKind::Tor),
            Self::Vpn => anonymizer(AnonymizerKind::Vpn),
            Self::PrivateRelay => anonymizer(AnonymizerKind::PrivateRelay),
            Self::Hosting => anonymizer(AnonymizerKind::Hosting),
            Self::Malicious => Some(ListKind::Malicious),
            Self::Benign => Some(ListKind::Benign),
            Self::NationState => Some(ListKind::NationState),
            Self::ThreatIntelligence => Some(ListKind::ThreatIntelligence),
            Self::AnonymousIp | Self::Location | Self::NetworkOwner => None,
        }
    }

    /// Whether it is a watch list of the operator's, which belongs to a rule.
    pub(super) fn is_watched(self) -> bool {
        self.list_kind().is_some_and(ListKind::is_watched)
    }

    pub(super) fn default_max_age_hours(self) -> u32 {
        match self {
            Self::Tor => 48,
            Self::Malicious => 7 * 24,
            Self::Vpn | Self::PrivateRelay => 14 * 24,
            Self::Hosting
            | Self::Benign
            | Self::NationState
            | Self::ThreatIntelligence
            | Self::AnonymousIp
            | Self::Location
            | Self::NetworkOwner => 30 * 24,
        }
    }

    pub(super) fn default_refresh_hours(self) -> u32 {
        match self {
            Self::Tor | Self::NationState | Self::ThreatIntelligence => 1,
            _ => 24,
        }
    }

    /// Its name in the configuration.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tor => "tor",
            Self::Vpn => "vpn",
            Self::PrivateRelay => "private-relay",
            Self::Hosting => "hosting",
            Self::Malicious => "malicious",
            Self::Benign => "benign",
            Self::NationState => "nation-state",
            Self::ThreatIntelligence => "threat-intelligence",
            Self::AnonymousIp => "anonymous-ip",
            Self::Location => "location",
            Self::NetworkOwner => "network-owner",
        }
    }
}

impl FeedFormat {
    /// Whether content of this format can have this meaning.
    pub(super) fn allows(self, kind: FeedKind) -> bool {
        match self {
            Self::TorBulkList | Self::TorExitAddresses | Self::Onionoo => kind == FeedKind::Tor,
            Self::CidrList | Self::Firehol => kind.list_kind().is_some(),
            Self::SpamhausDrop => kind == FeedKind::Malicious,
            Self::MispEvent => kind == FeedKind::Malicious || kind.is_watched(),
            Self::MispWarningList => kind == FeedKind::Benign,
            Self::PrivateRelayCsv => kind == FeedKind::PrivateRelay,
            Self::PlacesCsv => kind == FeedKind::Location,
            Self::Mmdb => kind.list_kind().is_none(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_shown_as_it_is_configured() {
        for kind in [
            FeedKind::Tor,
            FeedKind::Vpn,
            FeedKind::PrivateRelay,
            FeedKind::Hosting,
            FeedKind::Malicious,
            FeedKind::Benign,
            FeedKind::NationState,
            FeedKind::ThreatIntelligence,
            FeedKind::AnonymousIp,
            FeedKind::Location,
            FeedKind::NetworkOwner,
        ] {
            assert_eq!(serde_json::to_value(kind).unwrap(), kind.name());
        }
    }
}
