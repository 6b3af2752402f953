use crate::random::Draw;

/// The middle 95 % of what a number is when people are drawn anew.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Interval {
    /// 2.5 % are lower.
    pub low: f64,
    /// 2.5 % are higher.
    pub high: f64,
}

/// A number that is computed from how often each person was drawn.
pub type Number<'a> = Box<dyn Fn(&[f64]) -> f64 + Sync + 'a>;

/// Draws people with replacement, as many as there are, again and again; the same way for every number that is asked for, so
/// that differences are paired.
#[derive(Debug, Clone, Copy)]
pub struct Bootstrap {
    /// Number of people.
    pub people: usize,
    /// How often all of them are drawn.
    pub repetitions: usize,
    /// Seed of the draws.
    pub seed: u64,
}

impl Bootstrap {
    /// The intervals of numbers that are computed from how often each person was drawn.
    pub fn intervals(&self, numbers: &[Number<'_>]) -> Vec<Interval> {
        let half = self.repetitions / 2;
        let draw_half = |from: usize, to: usize| -> Vec<Vec<f64>> {
            (from..to).map(|repetition| self.repeat(repetition, numbers)).collect()
        };
        let all = std::thread::scope(|scope| {
            let first = scope.spawn(|| draw_half(0, half));
            let mut all = draw_half(half, self.repetitions);
            all.extend(first.join().unwrap_or_default());
            all
        });
        (0..numbers.len()).map(|index| middle(all.iter().map(|values| values[index]).collect())).collect()
    }

    fn repeat(&self, repetition: usize, numbers: &[Number<'_>]) -> Vec<f64> {
        let mut draw = Draw::new(self.seed, repetition as u64);
        let mut weights = vec![0.0; self.people];
        for _ in 0..self.people {
            weights[draw.index(self.people)] += 1.0;
        }
        numbers.iter().map(|number| number(&weights)).collect()
    }
}

fn middle(mut values: Vec<f64>) -> Interval {
    values.retain(|value| value.is_finite());
    values.sort_by(f64::total_cmp);
    let at = |share: f64| {
        let index = (share * values.len().saturating_sub(1) as f64).round() as usize;
        values.get(index).copied().unwrap_or(f64::NAN)
    };
    Interval { low: at(0.025), high: at(0.975) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_two_standard_errors_wide() {
        let values: Vec<f64> = (0..400).map(|index| f64::from(index % 2)).collect();
        let bootstrap = Bootstrap { people: 400, repetitions: 600, seed: 5 };
        let mean = |weights: &[f64]| values.iter().zip(weights).map(|(v, w)| v * w).sum::<f64>() / 400.0;
        let interval = bootstrap.intervals(&[Box::new(mean)])[0];
        assert!((interval.high - interval.low - 4.0 * 0.025).abs() < 0.02, "{interval:?}");
        assert!(interval.low < 0.5 && 0.5 < interval.high);
    }
}
