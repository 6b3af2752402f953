use riskgate_risk::{RiskConfig, detections};
use serde_json::{Map, Value as Json, json};

use crate::risk::detection::Found;

/// Why a sign-in raised a detection, in full: what was seen and expected with its contribution, the settings it was judged
/// by, and the threat and location data that was loaded with its age.
pub(crate) fn detection_evidence(found: &Found<'_>, config: &RiskConfig) -> Json {
    let (facts, finding) = (found.facts, found.finding);
    let sources = facts.network.sources.iter().map(|source| {
        json!({
            "source": source.source,
            "version": source.version,
            "asOf": source.as_of,
            "ageSeconds": facts.at.since(source.as_of).as_secs(),
            "isStale": source.is_stale,
        })
    });
    json!({
        "riskEventType": finding.risk_event_type,
        "riskLevel": finding.risk_level,
        "evidence": finding.evidence,
        "settings": settings(&finding.risk_event_type, config),
        "lists": facts.network.list_hits,
        "sources": sources.collect::<Vec<_>>(),
        "software": env!("CARGO_PKG_VERSION"),
    })
}

/// The part of the settings that belongs to a detection.
fn settings(risk_event_type: &str, config: &RiskConfig) -> Json {
    let detection = detections::ALL.iter().find(|detection| detection.risk_event_type == risk_event_type);
    let names = detection.map_or(&[][..], |detection| detection.settings).iter();
    let parts: Vec<&str> = names.map(|(name, ..)| name.split('.').next().unwrap_or(name)).collect();
    match serde_json::to_value(config) {
        Ok(Json::Object(all)) => {
            let own = all.into_iter().filter(|(name, _)| parts.contains(&name.as_str()));
            Json::Object(own.collect())
        }
        _ => Json::Object(Map::new()),
    }
}
