use riskgate_risk::RiskConfig;
use serde_json::{Value, json};

use crate::event::Attacker;
use crate::metrics::challenges;
use crate::scorers::{Engine, Scorer};
use crate::study::{Stratum, Study};

use super::asking::CAUGHT;
use super::collect::{Progress, collect};
use super::seeds::Seeds;
use super::table::{Table, percent};

/// A change of the settings: what is taken away, and the settings without it.
type Variant = (String, RiskConfig);

/// The engine with one part after the other taken away: every weight of the familiarity score set to nothing. The parts are
/// read from the settings, so that a new one is measured without being named here.
fn variants() -> Vec<Variant> {
    let mut variants = vec![("nothing".to_owned(), RiskConfig::default())];
    let whole = serde_json::to_value(RiskConfig::default()).unwrap_or_default();
    let weights = whole.pointer(WEIGHTS).and_then(Value::as_object);
    for part in weights.into_iter().flat_map(|weights| weights.keys()) {
        let mut changed = whole.clone();
        if let Some(weight) = changed.pointer_mut(&format!("{WEIGHTS}/{part}")) {
            *weight = json!(0.0);
        }
        if let Ok(config) = serde_json::from_value(changed) {
            variants.push((part.clone(), config));
        }
    }
    variants
}

/// Where the weights stand in the settings.
const WEIGHTS: &str = "/unfamiliarFeatures/weights";

/// What each part of the engine is worth.
pub(super) fn section(seeds: Seeds, progress: Progress<'_>) -> String {
    let scorers = || -> Vec<Box<dyn Scorer>> {
        let engine =
            |(name, config): Variant| -> Box<dyn Scorer> { Box::new(Engine::new(name, config, true)) };
        variants().into_iter().map(engine).collect()
    };
    let told = |what: &str, share| progress(&format!("ablation, {what}"), share);
    let study = collect(&seeds.for_ablation(), &scorers, &told);
    let mut text = String::from("## What each part is worth\n\n");
    text += "Share of honest sign-ins that are challenged at 98 % of attempts caught, with the device cookie, when one part of \
             the engine is taken away.\n\n";
    let header: Vec<_> =
        std::iter::once("without").chain(Attacker::PROBES.iter().map(|attacker| attacker.name())).collect();
    let mut table = Table::new(&header);
    for (column, name) in study.names().into_iter().enumerate() {
        table.row(std::iter::once(name.to_owned()).chain(shares(&study, column).into_iter().map(percent)));
    }
    text + &table.finish()
}

fn shares(study: &Study, column: usize) -> Vec<f64> {
    let of = |attacker| challenges(study, column, attacker, CAUGHT, Stratum::Everyone).challenge_share(None);
    Attacker::PROBES.iter().map(|attacker| of(*attacker)).collect()
}
