use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use riskgate_core::Timestamp;
use riskgate_model::{AnonymizerKind, ListHit, ListKind, NetworkFacts, SourceVersion, WatchRule};

use super::FeedKind;
use super::pattern::lower;
use super::watched::Watched;
use crate::address::is_internal;
use crate::{Database, PlaceTable, PrefixTable};

/// How long an address that was a Tor exit still counts as one: operators of exits keep their addresses, and a list
/// that skips an exit for a day must not make it unknown.
pub(super) const TOR_COUNTS_FOR: Duration = Duration::from_secs(365 * 86_400);

/// The tables of all sources, by slot; `None` where a source has no content.
#[derive(Debug, Clone, Default)]
pub(super) struct Tables(pub(super) Vec<Option<Loaded>>);

/// The content of one source and what is known about it. Cheap to clone.
#[derive(Debug, Clone)]
pub(super) struct Loaded {
    pub(super) name: Arc<str>,
    pub(super) kind: FeedKind,
    pub(super) content: Arc<Content>,
    /// What a watch list names besides addresses.
    pub(super) watched: Arc<Watched>,
    /// The moment the content describes.
    pub(super) as_of: Timestamp,
    /// Whether the content itself says so.
    pub(super) is_dated: bool,
    pub(super) max_age: Duration,
    /// SHA-256 of the file, hexadecimal.
    pub(super) digest: Arc<str>,
    /// Where it came from, for display.
    pub(super) from: Arc<str>,
    pub(super) licence: Arc<str>,
    pub(super) rule: Option<Arc<WatchRule>>,
    /// Entries of the file itself, without earlier ones that were kept.
    pub(super) listed: usize,
    pub(super) bad_lines: usize,
    pub(super) is_built_in: bool,
}

/// A table.
#[derive(Debug)]
pub(super) enum Content {
    Prefixes(ListKind, PrefixTable),
    Places(PlaceTable),
    Database(Database),
}

impl Loaded {
    pub(super) fn is_stale(&self, at: Timestamp) -> bool {
        at > self.as_of + self.max_age
    }

    /// Whether the rule of a watch list has come to its end.
    pub(super) fn is_expired(&self, at: Timestamp) -> bool {
        self.rule.as_ref().and_then(|rule| rule.expires_at).is_some_and(|expires_at| expires_at <= at)
    }

    /// The first 16 characters of the digest.
    pub(super) fn version(&self) -> &str {
        self.digest.get(..16).unwrap_or(&self.digest)
    }

    fn source_version(&self, at: Timestamp) -> SourceVersion {
        SourceVersion {
            source: self.name.to_string(),
            version: self.version().to_owned(),
            as_of: self.as_of,
            is_stale: self.is_stale(at),
        }
    }

    /// What the source says an address is.
    fn list_hit(&self, address: IpAddr, at: Timestamp) -> Option<ListHit> {
        let (kind, entry, last_seen) = match self.content.as_ref() {
            Content::Prefixes(kind, table) => {
                let hit = table.find(address)?;
                let is_host = hit.network.prefix_len() == hit.network.max_prefix_len();
                let entry = if is_host { hit.network.addr().to_string() } else { hit.network.to_string() };
                (*kind, entry, hit.last_seen.unwrap_or(self.as_of))
            }
            Content::Database(database) if self.kind == FeedKind::AnonymousIp => {
                let (kind, entry) = database.anonymizer(address)?;
                (ListKind::Anonymizer(kind), entry, self.as_of)
            }
            Content::Database(_) | Content::Places(_) => return None,
        };
        let is_tor = kind == ListKind::Anonymizer(AnonymizerKind::Tor);
        if (is_tor && at.since(last_seen) > TOR_COUNTS_FOR) || self.is_expired(at) {
            return None;
        }
        let rule = self.rule.as_deref().cloned();
        Some(ListHit { source: self.name.to_string(), kind, entry, last_seen: Some(last_seen), rule })
    }

    /// A hit of something else than an address.
    fn watched_hit(&self, entry: String) -> Option<ListHit> {
        Some(ListHit {
            source: self.name.to_string(),
            kind: self.kind.list_kind()?,
            entry,
            last_seen: Some(self.as_of),
            rule: self.rule.as_deref().cloned(),
        })
    }

    fn is_database(&self) -> bool {
        matches!(self.content.as_ref(), Content::Database(_))
    }
}

impl Tables {
    /// Everything the sources say about an address at a moment.
    pub(super) fn network(&self, address: IpAddr, at: Timestamp) -> NetworkFacts {
        let address = address.to_canonical();
        let mut facts = NetworkFacts::unknown(address);
        facts.sources = self.loaded().map(|loaded| loaded.source_version(at)).collect();
        if !is_internal(address) {
            facts.list_hits = self.loaded().filter_map(|loaded| loaded.list_hit(address, at)).collect();
            believe_benign(&mut facts.list_hits);
            facts.anonymizer = strongest(&facts.list_hits);
        }
        self.locate(&mut facts);
        self.name_owner(&mut facts);
        facts.list_hits.extend(self.watched_owners(facts.autonomous_system_number, at));
        facts
    }

    /// What watch lists say about a network owner.
    fn watched_owners(&self, number: Option<u32>, at: Timestamp) -> Vec<ListHit> {
        let Some(number) = number else { return Vec::new() };
        let good = self.loaded().filter(|loaded| !loaded.is_expired(at));
        good.filter_map(|loaded| loaded.watched_hit(loaded.watched.owner(number)?)).collect()
    }

    /// What watch lists say about a user agent. Whoever counts them looks whether their rules have expired.
    pub(super) fn watched_agents(&self, user_agent: Option<&str>) -> Vec<ListHit> {
        let mut watching = self.loaded().filter(|loaded| loaded.watched.len() > 0).peekable();
        let Some(agent) = user_agent.filter(|_| watching.peek().is_some()).map(lower) else {
            return Vec::new();
        };
        watching.filter_map(|loaded| loaded.watched_hit(loaded.watched.agent(&agent)?.to_owned())).collect()
    }

    fn loaded(&self) -> impl Iterator<Item = &Loaded> {
        self.0.iter().flatten()
    }

    /// The operator's databases know better than tables of places, which include the built-in sample.
    fn locate(&self, facts: &mut NetworkFacts) {
        let address = facts.ip_address;
        let (databases, tables): (Vec<_>, Vec<_>) = self
            .loaded()
            .filter(|loaded| loaded.kind == FeedKind::Location)
            .partition(|loaded| loaded.is_database());
        // Of several tables of places, the built-in sample comes last.
        let (samples, tables): (Vec<_>, Vec<_>) = tables.into_iter().partition(|loaded| loaded.is_built_in);
        let located = databases.into_iter().chain(tables).chain(samples).find_map(|loaded| {
            match loaded.content.as_ref() {
                Content::Database(database) => database.located(address),
                Content::Places(places) => places.find(address).map(|place| (place.clone(), None)),
                Content::Prefixes(..) => None,
            }
        });
        if let Some((location, accuracy_radius)) = located {
            facts.location = Some(location);
            facts.accuracy_radius = accuracy_radius;
        }
    }

    fn name_owner(&self, facts: &mut NetworkFacts) {
        let owner = self.loaded().filter(|loaded| loaded.kind == FeedKind::NetworkOwner).find_map(|loaded| {
            match loaded.content.as_ref() {
                Content::Database(database) => database.owner(facts.ip_address),
                Content::Prefixes(..) | Content::Places(_) => None,
            }
        });
        if let Some((number, name)) = owner {
            facts.autonomous_system_number = Some(number);
            facts.autonomous_system_organization = name;
        }
    }
}

/// The kind that counts when several lists name an address. Relays leave through hosting ranges and VPN lists name them
/// too; whoever is listed as a relay is accountable and must not be taken for a VPN user. Only Tor is stronger.
fn strongest(hits: &[ListHit]) -> Option<AnonymizerKind> {
    let rank = |kind: AnonymizerKind| match kind {
        AnonymizerKind::Tor => 3,
        AnonymizerKind::PrivateRelay => 2,
        AnonymizerKind::Vpn => 1,
        AnonymizerKind::Hosting => 0,
    };
    hits.iter().filter_map(|hit| hit.kind.anonymizer()).max_by_key(|kind| rank(*kind))
}

/// What is known to be harmless and shared by many is in reputation lists by mistake or for what a few of many did.
/// The watch lists of the operator's own hold all the same.
fn believe_benign(hits: &mut Vec<ListHit>) {
    if hits.iter().any(|hit| hit.kind == ListKind::Benign) {
        hits.retain(|hit| hit.kind != ListKind::Malicious);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hit(kind: ListKind) -> ListHit {
        ListHit { source: "list".into(), kind, entry: "1.2.3.4".into(), last_seen: None, rule: None }
    }

    #[test]
    fn what_is_harmless_is_taken_from_reputation_lists_alone() {
        use ListKind::{Benign, Malicious, NationState, ThreatIntelligence};
        let kept = |kinds: &[ListKind]| {
            let mut hits: Vec<_> = kinds.iter().copied().map(hit).collect();
            believe_benign(&mut hits);
            hits.iter().map(|hit| hit.kind).collect::<Vec<_>>()
        };
        let tor = ListKind::Anonymizer(AnonymizerKind::Tor);
        assert_eq!(kept(&[Malicious, tor]), [Malicious, tor]);
        assert_eq!(
            kept(&[Malicious, tor, NationState, Benign, Malicious, ThreatIntelligence]),
            [tor, NationState, Benign, ThreatIntelligence]
        );
        assert_eq!(strongest(&[hit(Malicious), hit(NationState)]), None, "no anonymiser");
    }

    #[test]
    fn only_tor_is_stronger_than_a_relay() {
        use AnonymizerKind::{Hosting, PrivateRelay, Tor, Vpn};
        let of = |kinds: &[AnonymizerKind]| {
            strongest(&kinds.iter().copied().map(ListKind::Anonymizer).map(hit).collect::<Vec<_>>())
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[Hosting]), Some(Hosting));
        assert_eq!(of(&[Vpn, Hosting]), Some(Vpn));
        assert_eq!(of(&[Vpn, PrivateRelay, Hosting]), Some(PrivateRelay));
        assert_eq!(of(&[PrivateRelay, Tor, Vpn]), Some(Tor));
    }
}
