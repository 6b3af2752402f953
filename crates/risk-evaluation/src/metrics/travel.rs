use crate::event::{Attacker, Label};
use crate::study::Study;

/// Alarms about journeys.
#[derive(Debug, Clone, Copy, Default)]
pub struct TravelAlarms {
    /// Honest sign-ins.
    pub honest: usize,
    /// Those called impossible or unlikely journeys.
    pub false_alarms: usize,
    /// Attempts of naive attackers.
    pub naive: usize,
    /// Those called so.
    pub caught: usize,
}

/// How often journeys are doubted, over the whole time.
pub fn travel_alarms(study: &Study, column: usize) -> TravelAlarms {
    let mut alarms = TravelAlarms::default();
    for tenant in &study.tenants {
        let judgements = &tenant.judged.columns[column].judgements;
        for (row, judgement) in tenant.judged.rows.iter().zip(judgements) {
            let (all, doubted) = match row.label {
                Label::Honest => (&mut alarms.honest, &mut alarms.false_alarms),
                Label::Attack(Attacker::Naive) => (&mut alarms.naive, &mut alarms.caught),
                Label::Attack(_) => continue,
            };
            *all += 1;
            *doubted += usize::from(judgement.is_travel);
        }
    }
    alarms
}
