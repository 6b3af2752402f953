use std::collections::HashMap;

use crate::world::kilometres;

use super::{Attempt, Judgement, Scorer};

/// The speed of a journey from the last sign-in, in kilometres an hour; products call more than 900 impossible.
#[derive(Debug, Default)]
pub struct Travel(HashMap<u32, (i64, (f64, f64))>);

fn place(attempt: &Attempt<'_>) -> Option<(f64, f64)> {
    let at = attempt.facts.network.location.as_ref()?.geo_coordinates.as_ref()?;
    Some((at.latitude?, at.longitude?))
}

impl Travel {
    /// What products call impossible, in kilometres an hour.
    pub const IMPOSSIBLE: f64 = 900.0;
}

impl Scorer for Travel {
    fn name(&self) -> &'static str {
        "travel only"
    }

    fn judge(&self, attempt: &Attempt<'_>) -> Judgement {
        let (Some((then, from)), Some(to)) = (self.0.get(&attempt.user), place(attempt)) else {
            return Judgement::default();
        };
        let seconds = (attempt.facts.at.as_seconds() - then).max(60);
        let score = kilometres(*from, to) / (seconds as f64 / 3_600.0);
        Judgement { score, is_travel: score > Self::IMPOSSIBLE, ..Judgement::default() }
    }

    fn observe(&mut self, attempt: &Attempt<'_>, is_clean: bool) {
        if is_clean && let Some(to) = place(attempt) {
            self.0.insert(attempt.user, (attempt.facts.at.as_seconds(), to));
        }
    }
}
