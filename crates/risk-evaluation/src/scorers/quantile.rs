use std::collections::HashMap;

use super::{Attempt, Judgement, Published, Scorer};

/// The published model with a threshold of each user's own: the number is the share of his earlier scores that were
/// lower, mixed with the share among all users as long as he has few.
#[derive(Debug, Default)]
pub struct PublishedPerUser {
    model: Published,
    own: HashMap<u32, Vec<f64>>,
    /// Scores of all by tenths of their logarithm.
    all: Vec<u32>,
    count: u32,
}

/// How many scores of the user weigh as much as everybody's.
const PRIOR: f64 = 5.0;
/// Classes of [`PublishedPerUser::all`].
const CLASSES: usize = 400;

fn class(score: f64) -> usize {
    ((score.max(1e-9).ln() + 21.0) * 10.0).clamp(0.0, CLASSES as f64 - 1.0) as usize
}

impl PublishedPerUser {
    fn share_of_all(&self, score: f64) -> f64 {
        let below: u32 = self.all.iter().take(class(score)).sum();
        if self.count == 0 { 0.5 } else { f64::from(below) / f64::from(self.count) }
    }
}

impl Scorer for PublishedPerUser {
    fn name(&self) -> &'static str {
        "reference, threshold per user"
    }

    fn judge(&self, attempt: &Attempt<'_>) -> Judgement {
        let score = self.model.judge(attempt).score;
        let own = self.own.get(&attempt.user).map_or(&[][..], Vec::as_slice);
        let below = own.iter().filter(|earlier| **earlier < score).count();
        Judgement::from((below as f64 + PRIOR * self.share_of_all(score)) / (own.len() as f64 + PRIOR))
    }

    fn observe(&mut self, attempt: &Attempt<'_>, is_clean: bool) {
        if is_clean {
            let score = self.model.judge(attempt).score;
            self.all.resize(CLASSES, 0);
            self.all[class(score)] += 1;
            self.count += 1;
            let own = self.own.entry(attempt.user).or_default();
            // The last two hundred are enough for a quantile.
            if own.len() >= 200 {
                own.remove(0);
            }
            own.push(score);
        }
        self.model.observe(attempt, is_clean);
    }
}
