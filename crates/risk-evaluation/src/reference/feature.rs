use std::collections::{HashMap, HashSet};

/// A feature with levels, finest first, and a weight for each.
#[derive(Debug)]
pub(super) struct Hierarchy<const LEVELS: usize> {
    weights: [f64; LEVELS],
    /// Sign-ins of anybody by value, for each level.
    global: [HashMap<u64, u32>; LEVELS],
    /// Sign-ins of a user by value, for each level.
    own: [HashMap<(u64, u64), u32>; LEVELS],
    /// Which coarser values (level, value) were seen together with a finest value.
    together: HashSet<(u64, usize, u64)>,
    /// How many of them there are for a finest value.
    coarser_of: HashMap<u64, u32>,
}

impl<const LEVELS: usize> Hierarchy<LEVELS> {
    pub(super) fn new(weights: [f64; LEVELS]) -> Self {
        Self {
            weights,
            global: std::array::from_fn(|_| HashMap::new()),
            own: std::array::from_fn(|_| HashMap::new()),
            together: HashSet::new(),
            coarser_of: HashMap::new(),
        }
    }

    /// How much more usual the values are for all than for the user, who has `own` of `all` sign-ins.
    pub(super) fn ratio(&self, user: u64, values: &[u64; LEVELS], own: f64, all: f64) -> f64 {
        let global = self.global(values, all);
        let local: f64 = (0..LEVELS)
            .map(|level| {
                let count = self.own[level].get(&(user, values[level])).copied().unwrap_or(0);
                self.weights[level] * f64::from(count) / own
            })
            .sum();
        // Without any overlap the published code takes a quarter of the global likelihood.
        if local == 0.0 { 4.0 } else { global / local }
    }

    /// How usual the values are for all; the finest level is smoothed for values that were never seen.
    fn global(&self, values: &[u64; LEVELS], all: f64) -> f64 {
        let finest = values[0];
        let count = f64::from(self.global[0].get(&finest).copied().unwrap_or(0));
        let coarser = f64::from(self.coarser_of.get(&finest).copied().unwrap_or(0));
        #[allow(clippy::cast_precision_loss, reason = "there are far fewer than 2^53 values")]
        let distinct = self.global[1..].iter().map(|counts| counts.len() as f64).sum::<f64>();
        let given = if count > 0.0 { count / (count + 1.0 + coarser) } else { 1.0 };
        let smoothed = count.max(1.0) / (all + 1.0 + distinct);
        let coarse: f64 = (1..LEVELS)
            .map(|level| {
                let count = self.global[level].get(&values[level]).copied().unwrap_or(0);
                self.weights[level] * f64::from(count) / all
            })
            .sum();
        self.weights[0] * given * smoothed + coarse
    }

    pub(super) fn learn(&mut self, user: u64, values: &[u64; LEVELS]) {
        for (level, value) in values.iter().enumerate() {
            *self.global[level].entry(*value).or_default() += 1;
            *self.own[level].entry((user, *value)).or_default() += 1;
            if level > 0 && self.together.insert((values[0], level, *value)) {
                *self.coarser_of.entry(values[0]).or_default() += 1;
            }
        }
    }
}

/// A feature without levels, smoothed for the user as for all.
#[derive(Debug, Default)]
pub(super) struct Flat {
    global: HashMap<u64, u32>,
    own: HashMap<(u64, u64), u32>,
}

impl Flat {
    pub(super) fn ratio(&self, user: u64, value: u64, own: f64, all: f64) -> f64 {
        let smoothed =
            |count: Option<&u32>, of: f64| f64::from(count.copied().unwrap_or(0).max(1)) / (of + 1.0);
        smoothed(self.global.get(&value), all) / smoothed(self.own.get(&(user, value)), own)
    }

    pub(super) fn learn(&mut self, user: u64, value: u64) {
        *self.global.entry(value).or_default() += 1;
        *self.own.entry((user, value)).or_default() += 1;
    }
}
