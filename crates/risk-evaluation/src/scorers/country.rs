use std::collections::HashSet;

use super::{Attempt, Judgement, Scorer, digest};

/// A country in which the user never was is suspicious.
#[derive(Debug, Default)]
pub struct NewCountry(HashSet<(u32, u64)>);

impl Scorer for NewCountry {
    fn name(&self) -> &'static str {
        "new country"
    }

    fn judge(&self, attempt: &Attempt<'_>) -> Judgement {
        let country = (attempt.user, digest(attempt.facts.network.country()));
        f64::from(u8::from(!self.0.contains(&country))).into()
    }

    fn observe(&mut self, attempt: &Attempt<'_>, is_clean: bool) {
        if is_clean {
            self.0.insert((attempt.user, digest(attempt.facts.network.country())));
        }
    }
}
