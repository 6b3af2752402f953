use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{AnonymizerKind, RiskLevel};

/// An entry of a list that names an address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ListHit {
    /// Name of the source, for example `tor-exits`. [`crate::NetworkFacts::sources`] has its version and age.
    pub source: String,
    /// What the list says its entries are.
    pub kind: ListKind,
    /// The entry: an address or a prefix; of a watch list also an autonomous system (`AS64500`) or a pattern of user agents.
    pub entry: String,
    /// When the entry was last known to be true, if the list says so.
    pub last_seen: Option<Timestamp>,
    /// The operator's rule the entry belongs to; only watch lists have one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub rule: Option<WatchRule>,
}

/// What a list says about the addresses it names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum ListKind {
    /// Attacks come from there: a reputation list.
    Malicious,
    /// Known to be harmless and shared by many, so that [`Self::Malicious`] lists are not believed about it.
    Benign,
    /// A watch list of the operator's: somebody acting for a state.
    NationState,
    /// A watch list of the operator's: what his own investigations found.
    ThreatIntelligence,
    /// It hides or shares where a person is. On the wire the name of the kind alone.
    #[serde(untagged)]
    Anonymizer(AnonymizerKind),
}

impl ListKind {
    /// The kind of anonymiser, if it says that.
    pub fn anonymizer(self) -> Option<AnonymizerKind> {
        match self {
            Self::Anonymizer(kind) => Some(kind),
            Self::Malicious | Self::Benign | Self::NationState | Self::ThreatIntelligence => None,
        }
    }

    /// Whether it is a watch list of the operator's, which belongs to a [`WatchRule`].
    pub fn is_watched(self) -> bool {
        matches!(self, Self::NationState | Self::ThreatIntelligence)
    }
}

/// The rule of the operator's a watch list belongs to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct WatchRule {
    /// By which others who were hit by the same rule are found, for example `TI-2026-014`.
    pub id: String,
    /// Who answers for it.
    pub author: String,
    /// How severe a sign-in from there is.
    pub level: RiskLevel,
    /// From when on it counts no longer; `None` is never.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn facts_from_before_there_were_watch_lists_still_read_and_are_written_as_before() {
        let earlier = r#"{"source":"tor-exits","kind":"tor","entry":"192.0.2.1","lastSeen":null}"#;
        let hit: ListHit = serde_json::from_str(earlier).unwrap();
        assert_eq!(hit.kind, ListKind::Anonymizer(AnonymizerKind::Tor));
        assert_eq!(serde_json::to_string(&hit).unwrap(), earlier);
        let kind: ListKind = serde_json::from_str(r#""privateRelay""#).unwrap();
        assert_eq!(kind.anonymizer(), Some(AnonymizerKind::PrivateRelay));
    }

    #[test]
    fn every_kind_is_read_as_it_is_written() {
        for (kind, text) in [
            (ListKind::Malicious, r#""malicious""#),
            (ListKind::Benign, r#""benign""#),
            (ListKind::NationState, r#""nationState""#),
            (ListKind::ThreatIntelligence, r#""threatIntelligence""#),
            (ListKind::Anonymizer(AnonymizerKind::Vpn), r#""vpn""#),
        ] {
            assert_eq!(serde_json::to_string(&kind).unwrap(), text);
            assert_eq!(serde_json::from_str::<ListKind>(text).unwrap(), kind);
        }
        assert!(serde_json::from_str::<ListKind>(r#""other""#).is_err());
    }
}
