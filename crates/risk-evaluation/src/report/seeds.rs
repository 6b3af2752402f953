use crate::scenario::Scenario;

/// Which organisations are simulated. Whoever tunes the engine looks at the development seeds alone; the test seeds are run
/// for a release.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seeds {
    /// For tuning.
    Development,
    /// For the published numbers.
    Test,
    /// A few people, for the tests of this crate.
    Small,
}

/// An organisation to simulate.
#[derive(Debug, Clone, Copy)]
pub struct Simulation {
    /// Seed.
    pub seed: u64,
    /// People over the whole time.
    pub people: u32,
    /// Days.
    pub days: i64,
    /// Moments of each person and half at which attackers try the password.
    pub probes_per_half: usize,
}

impl Simulation {
    /// Simulates it.
    pub fn scenario(&self) -> Scenario {
        Scenario::new(self.seed, self.people, self.days, self.probes_per_half)
    }
}

impl Seeds {
    /// What it is called on the command line and in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Development => "development",
            Self::Test => "test",
            Self::Small => "small",
        }
    }

    /// The organisations, the largest first.
    pub fn simulations(self) -> Vec<Simulation> {
        let of = |people, days, probes_per_half, seeds: std::ops::Range<u64>| {
            seeds.map(move |seed| Simulation { seed, people, days, probes_per_half })
        };
        match self {
            Self::Development => of(10_000, 90, 1, 1_021..1_022)
                .chain(of(1_000, 360, 4, 1_011..1_013))
                .chain(of(50, 360, 8, 1_001..1_005))
                .collect(),
            Self::Test => of(20_000, 90, 1, 2_021..2_022)
                .chain(of(1_000, 360, 4, 2_011..2_013))
                .chain(of(50, 360, 8, 2_001..2_007))
                .collect(),
            Self::Small => of(120, 160, 4, 11..12).chain(of(40, 160, 6, 12..13)).collect(),
        }
    }

    /// The organisations in which parts of the engine are taken away: one of them is enough.
    pub fn for_ablation(self) -> Vec<Simulation> {
        let all = self.simulations();
        let fits = |simulation: &Simulation| (100..=1_000).contains(&simulation.people);
        all.into_iter().filter(fits).take(1).collect()
    }

    /// How often people are drawn anew for intervals.
    pub fn repetitions(self) -> usize {
        match self {
            Self::Development => 400,
            Self::Test => 2_000,
            Self::Small => 60,
        }
    }
}
