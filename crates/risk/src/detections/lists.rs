//! What the detections that rest on lists share.

use riskgate_model::{ListHit, ListKind, NetworkFacts, RiskLevel, SignInFacts};

use crate::Evidence;

/// The level of what a list alone says: no list lifts a sign-in above medium. `None` switches the detection off.
pub(super) fn at_most_medium(level: RiskLevel) -> Option<RiskLevel> {
    match level {
        RiskLevel::Low => Some(RiskLevel::Low),
        RiskLevel::Medium | RiskLevel::High => Some(RiskLevel::Medium),
        RiskLevel::None | RiskLevel::Hidden | RiskLevel::UnknownFutureValue => None,
    }
}

/// Which lists of a kind name the address by which entry, and how old they are.
pub(super) fn listed(network: &NetworkFacts, kind: ListKind) -> impl Iterator<Item = Evidence> {
    let hits = network.list_hits.iter().filter(move |hit| hit.kind == kind);
    hits.map(|hit| Evidence::new("list", describe(hit, network)))
}

fn describe(hit: &ListHit, network: &NetworkFacts) -> String {
    let source = network.sources.iter().find(|source| source.source == hit.source);
    let version = source.map_or_else(String::new, |source| {
        let stale = if source.is_stale { ", stale" } else { "" };
        format!(", version {} of {}{stale}", source.version, source.as_of)
    });
    let last_seen = hit.last_seen.map_or_else(String::new, |at| format!(", last seen {at}"));
    format!("{} has {}{last_seen}{version}", hit.source, hit.entry)
}

/// The worst level of the watch lists of a kind that name the address, its network owner or the user agent, with the rules
/// they belong to.
pub(super) fn watched(facts: &SignInFacts, kind: ListKind) -> Option<(RiskLevel, Vec<Evidence>)> {
    let is_good = |hit: &&ListHit| {
        let rule = hit.rule.as_ref();
        hit.kind == kind
            && rule.and_then(|rule| rule.expires_at).is_none_or(|expires_at| facts.at < expires_at)
    };
    let hits: Vec<_> =
        facts.network.list_hits.iter().chain(&facts.client.list_hits).filter(is_good).collect();
    let rules: Vec<_> = hits.iter().filter_map(|hit| hit.rule.as_ref()).collect();
    let level = rules.iter().fold(RiskLevel::None, |level, rule| level.worst(rule.level));
    if level == RiskLevel::None {
        return None;
    }
    let told = |rule: &&riskgate_model::WatchRule| {
        let until = rule.expires_at.map_or_else(String::new, |at| format!(", until {at}"));
        Evidence::new("rule", format!("{} by {}{until}", rule.id, rule.author))
    };
    let named = hits.iter().map(|hit| Evidence::new("list", describe(hit, &facts.network)));
    Some((level, rules.iter().map(told).chain(named).collect()))
}
