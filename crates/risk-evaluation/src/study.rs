//! Several organisations, as the scorers saw them.

use crate::event::{Attacker, Label};
use crate::population::Person;
use crate::run::{Column, Judged, Row};
use crate::scenario::Scenario;

/// Kinds of people that are looked at apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stratum {
    /// Everybody.
    Everyone,
    /// At least two sign-ins in three days.
    Daily,
    /// At least one a week.
    Weekly,
    /// At least one a month.
    Monthly,
    /// Fewer.
    Rarer,
    /// With a private VPN.
    VpnUsers,
    /// Whose only way in is a phone behind a carrier's gateway.
    MobileOnly,
    /// Who mostly share an address with the others of the office.
    SharedOffice,
    /// Who use a device maker's relay.
    RelayUsers,
    /// Programs with an account.
    Services,
}

impl Stratum {
    /// All of them.
    pub const ALL: [Self; 10] = [
        Self::Everyone,
        Self::Daily,
        Self::Weekly,
        Self::Monthly,
        Self::Rarer,
        Self::VpnUsers,
        Self::MobileOnly,
        Self::SharedOffice,
        Self::RelayUsers,
        Self::Services,
    ];

    /// Those by activity.
    pub const ACTIVITY: [Self; 4] = [Self::Daily, Self::Weekly, Self::Monthly, Self::Rarer];

    /// What it is called in the report.
    pub fn name(self) -> &'static str {
        match self {
            Self::Everyone => "everyone",
            Self::Daily => "daily",
            Self::Weekly => "weekly",
            Self::Monthly => "monthly",
            Self::Rarer => "rarer",
            Self::VpnUsers => "VPN users",
            Self::MobileOnly => "mobile only",
            Self::SharedOffice => "shared office",
            Self::RelayUsers => "relay users",
            Self::Services => "service accounts",
        }
    }

    /// Whether a person belongs to it.
    pub fn holds(self, person: &Person) -> bool {
        let is_between = |low: f64, high: f64| !person.is_service && (low..high).contains(&person.rate);
        match self {
            Self::Everyone => true,
            Self::Daily => is_between(0.667, f64::INFINITY),
            Self::Weekly => is_between(1.0 / 7.0, 0.667),
            Self::Monthly => is_between(1.0 / 30.0, 1.0 / 7.0),
            Self::Rarer => is_between(0.0, 1.0 / 30.0),
            Self::VpnUsers => person.vpn.is_some(),
            Self::MobileOnly => person.is_mobile_only && person.office.is_none(),
            Self::SharedOffice => person.office.is_some_and(|(_, share)| share > 0.6),
            Self::RelayUsers => person.uses_relay,
            Self::Services => person.is_service,
        }
    }
}

/// An organisation as the scorers saw it.
#[derive(Debug)]
pub struct Tenant {
    /// Seed of the simulation.
    pub seed: u64,
    /// Its people.
    pub people: Vec<Person>,
    /// Days.
    pub days: i64,
    /// Events, wrong passwords and attempts of attackers among them.
    pub events: usize,
    /// SHA-256 of the events.
    pub digest: String,
    /// What the scorers thought.
    pub judged: Judged,
    /// For each scorer the rows from the least to the most risky one.
    orders: Vec<Vec<u32>>,
}

impl Tenant {
    /// The organisation of a scenario that was run.
    pub fn new(scenario: Scenario, judged: Judged) -> Self {
        let orders = judged.columns.iter().map(order).collect();
        let digest = scenario.digest();
        Self {
            seed: scenario.plan.seed,
            days: scenario.plan.days,
            events: scenario.events.len(),
            people: scenario.people,
            digest,
            judged,
            orders,
        }
    }

    /// The score rank from which on an attempt must be challenged so that this share of the attempts of an attacker in the
    /// first half is.
    pub fn threshold(&self, column: usize, attacker: Attacker, share: f64) -> u32 {
        self.rank_of_share(column, share, |row| row.label == Label::Attack(attacker))
    }

    /// The score rank from which on this share of the honest sign-ins of the first half is challenged.
    pub fn honest_threshold(&self, column: usize, share: f64) -> u32 {
        self.rank_of_share(column, share, |row| row.label == Label::Honest)
    }

    /// The same rank with hindsight: so that the share is caught in the second half itself. For comparisons at the very same
    /// share alone; nobody could have set it.
    pub fn hindsight_threshold(&self, column: usize, attacker: Attacker, share: f64) -> u32 {
        self.rank_of(column, share, |row| row.is_second_half && row.label == Label::Attack(attacker))
    }

    /// The score rank from which on this share of people's first `history` sign-ins in the first half is challenged.
    pub fn beginners_threshold(&self, column: usize, history: u32, share: f64) -> u32 {
        let is_one = |row: &Row| row.label == Label::Honest && row.history <= history;
        self.rank_of_share(column, share, is_one)
    }

    fn rank_of_share(&self, column: usize, share: f64, counts: impl Fn(&Row) -> bool) -> u32 {
        self.rank_of(column, share, |row| !row.is_second_half && counts(row))
    }

    fn rank_of(&self, column: usize, share: f64, counts: impl Fn(&Row) -> bool) -> u32 {
        let rows = self.rows(column).filter(|(row, _)| row.is_success && counts(row));
        let mut ranks: Vec<u32> = rows.map(|(_, rank)| rank).collect();
        ranks.sort_unstable_by(|left, right| right.cmp(left));
        let wanted = (share * ranks.len() as f64).ceil() as usize;
        ranks.get(wanted.max(1) - 1).copied().unwrap_or(0)
    }

    /// The rows with their ranks.
    pub fn rows(&self, column: usize) -> impl Iterator<Item = (&Row, u32)> {
        self.judged.rows.iter().zip(self.judged.columns[column].ranks.iter().copied())
    }

    /// The rows of right passwords in the second half, from the least to the most risky one.
    pub fn by_risk(&self, column: usize) -> impl Iterator<Item = &Row> {
        let rows = self.orders[column].iter().map(|index| &self.judged.rows[*index as usize]);
        rows.filter(|row| row.is_second_half && row.is_success)
    }
}

fn order(column: &Column) -> Vec<u32> {
    let mut order = vec![0; column.ranks.len()];
    for (index, rank) in column.ranks.iter().enumerate() {
        order[*rank as usize] = index as u32;
    }
    order
}

/// Several organisations.
#[derive(Debug)]
pub struct Study {
    /// The organisations.
    pub tenants: Vec<Tenant>,
}

impl Study {
    /// Names of the scorers.
    pub fn names(&self) -> Vec<&str> {
        self.tenants.first().map_or_else(Vec::new, |tenant| {
            tenant.judged.columns.iter().map(|column| column.name.as_str()).collect()
        })
    }

    /// Number of people in all.
    pub fn people(&self) -> usize {
        self.tenants.iter().map(|tenant| tenant.people.len()).sum()
    }

    /// The organisations, each with the place of its first person among the people of all.
    pub fn with_offsets(&self) -> impl Iterator<Item = (usize, &Tenant)> {
        self.tenants.iter().scan(0, |offset, tenant| {
            let first = *offset;
            *offset += tenant.people.len();
            Some((first, tenant))
        })
    }
}
