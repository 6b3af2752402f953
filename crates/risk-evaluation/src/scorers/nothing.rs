use super::{Attempt, Judgement, Scorer};

/// Knows nothing: every attempt is like every other, so that what is challenged is chance.
#[derive(Debug, Default)]
pub struct Nothing;

impl Scorer for Nothing {
    fn name(&self) -> &'static str {
        "chance"
    }

    fn judge(&self, _: &Attempt<'_>) -> Judgement {
        Judgement::default()
    }

    fn observe(&mut self, _: &Attempt<'_>, _: bool) {}
}
