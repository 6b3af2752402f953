use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use riskgate_risk::RiskConfig;

use crate::run::run;
use crate::scorers::{
    Engine, NewAddressOrAgent, NewCountry, Nothing, Published, PublishedPerUser, Scorer, SprayRules, Travel,
};
use crate::study::{Study, Tenant};

use super::seeds::Simulation;

/// Told what is being done, and the share of it.
pub type Progress<'a> = &'a (dyn Fn(&str, f64) + Sync);

/// Places of the scorers among the columns.
pub(super) const PASSIVE: usize = 0;
/// With the device cookie.
pub(super) const COOKIE: usize = 1;
/// The published reference.
pub(super) const REFERENCE: usize = 2;
/// Everything we are compared with.
pub(super) const BASELINES: std::ops::Range<usize> = 2..8;
/// Fixed thresholds for sprays; they say nothing of single attempts.
pub(super) const SPRAY_RULES: usize = 8;

/// Everything that is compared, in the order of the constants above.
pub(super) fn all_scorers() -> Vec<Box<dyn Scorer>> {
    vec![
        Box::new(Engine::new("Riskgate, passive", RiskConfig::default(), false)),
        Box::new(Engine::new("Riskgate, device cookie", RiskConfig::default(), true)),
        Box::new(Published::default()),
        Box::new(PublishedPerUser::default()),
        Box::new(NewAddressOrAgent::default()),
        Box::new(NewCountry::default()),
        Box::new(Travel::default()),
        Box::new(Nothing),
        Box::new(SprayRules::default()),
    ]
}

/// Runs scorers over organisations, two at a time.
pub(super) fn collect(
    simulations: &[Simulation],
    scorers: &(dyn Fn() -> Vec<Box<dyn Scorer>> + Sync),
    progress: Progress<'_>,
) -> Study {
    let next = AtomicUsize::new(0);
    let done: Mutex<Vec<(usize, Tenant)>> = Mutex::new(Vec::new());
    let work = || {
        while let Some(simulation) = simulations.get(next.fetch_add(1, Ordering::Relaxed)) {
            let index = simulations.iter().position(|other| other.seed == simulation.seed).unwrap_or(0);
            let name = format!("seed {}, {} people", simulation.seed, simulation.people);
            progress(&format!("{name}: simulating"), 0.0);
            let scenario = simulation.scenario();
            let judged =
                run(&scenario, &mut scorers(), &mut |share| progress(&format!("{name}: judging"), share));
            let tenant = Tenant::new(scenario, judged);
            done.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push((index, tenant));
        }
    };
    std::thread::scope(|scope| {
        scope.spawn(work);
        work();
    });
    let mut done = done.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    done.sort_by_key(|(index, _)| *index);
    Study { tenants: done.into_iter().map(|(_, tenant)| tenant).collect() }
}
