//! Lets scorers see a scenario, event by event, and keeps what they thought.

use std::collections::HashMap;

use crate::event::{Attacker, Event, Label, Outcome};
use crate::random::mix;
use crate::scenario::Scenario;
use crate::scorers::{Attempt, Judgement, Scorer};
use crate::sessions::Sessions;

/// An attempt that was judged.
#[derive(Debug, Clone, Copy)]
pub struct Row {
    /// Index of the user.
    pub user: u32,
    /// How many successful sign-ins of his own were before.
    pub history: u32,
    /// Seconds since 1970.
    pub at: i64,
    /// Whether it lies in the second half, to which thresholds of the first are applied.
    pub is_second_half: bool,
    /// Who it was.
    pub label: Label,
    /// Whether the password was right. Wrong ones are judged only within sprays, for the moment of the first alarm.
    pub is_success: bool,
    /// Number of the campaign; 0 is none.
    pub campaign: u32,
}

/// The next use of a session, honest or of a thief.
#[derive(Debug, Clone, Copy)]
pub struct Reuse {
    /// Whether it lies in the second half.
    pub is_second_half: bool,
    /// Whether the token was stolen.
    pub is_stolen: bool,
    /// Whether the network owner is another than when the session began.
    pub is_elsewhere: bool,
}

/// What one scorer thought of the rows.
#[derive(Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// The judgements, in the order of the rows.
    pub judgements: Vec<Judgement>,
    /// Place of each row when all are ordered by score, the riskiest last. Equal scores are ordered by chance, the same way
    /// for every scorer, so that a rule with few answers can be compared at any rate.
    pub ranks: Vec<u32>,
    /// The scores of the uses of sessions.
    pub reuse_scores: Vec<f64>,
}

/// A scenario as the scorers saw it.
#[derive(Debug)]
pub struct Judged {
    /// The rows.
    pub rows: Vec<Row>,
    /// Uses of sessions.
    pub reuses: Vec<Reuse>,
    /// One for each scorer.
    pub columns: Vec<Column>,
}

/// Share of honest sign-ins that may be challenged while the campaigns run: who is challenged and is an attacker does
/// not teach.
const CHALLENGED: f64 = 0.02;

/// Runs the scorers over a scenario. `progress` is told the share that is done.
pub fn run(scenario: &Scenario, scorers: &mut [Box<dyn Scorer>], progress: &mut dyn FnMut(f64)) -> Judged {
    let mut state = State::new(scenario, scorers.len());
    for (index, event) in scenario.events.iter().enumerate() {
        if index % 8_192 == 0 {
            progress(index as f64 / scenario.events.len() as f64);
        }
        state.step(scenario, event, scorers);
    }
    progress(1.0);
    let columns = scorers.iter().zip(state.judgements).zip(state.reuse_scores);
    let columns = columns
        .map(|((scorer, judgements), reuse_scores)| Column {
            name: scorer.name().to_owned(),
            ranks: ranks(&judgements, &state.rows),
            judgements,
            reuse_scores,
        })
        .collect();
    Judged { rows: state.rows, reuses: state.reuses, columns }
}

struct State {
    half: i64,
    history: HashMap<u32, u32>,
    rows: Vec<Row>,
    judgements: Vec<Vec<Judgement>>,
    sessions: Sessions,
    reuses: Vec<Reuse>,
    reuse_scores: Vec<Vec<f64>>,
    /// For each scorer the score from which on attempts are challenged in the second half.
    challenged_from: Option<Vec<f64>>,
}

impl State {
    fn new(scenario: &Scenario, scorers: usize) -> Self {
        Self {
            half: scenario.plan.half(),
            history: HashMap::new(),
            rows: Vec::new(),
            judgements: vec![Vec::new(); scorers],
            sessions: Sessions::default(),
            reuses: Vec::new(),
            reuse_scores: vec![Vec::new(); scorers],
            challenged_from: None,
        }
    }

    fn step(&mut self, scenario: &Scenario, event: &Event, scorers: &mut [Box<dyn Scorer>]) {
        if event.at >= self.half && self.challenged_from.is_none() {
            self.challenged_from = Some(self.judgements.iter().map(|all| self.threshold(all)).collect());
        }
        let facts = scenario.facts(event);
        let attempt = Attempt {
            user: event.user,
            facts: &facts,
            outcome: event.outcome,
            password: event.password,
            session: None,
        };
        self.reuse(event, &attempt, scorers);
        let history = self.history.get(&event.user).copied().unwrap_or(0);
        let is_success = event.outcome == Outcome::Success;
        let is_spray =
            matches!(event.label, Label::Attack(Attacker::SpraySingle | Attacker::SprayDistributed));
        let is_judged = (is_success && history > 0) || is_spray;
        let is_probe = matches!(event.label, Label::Attack(kind) if Attacker::PROBES.contains(&kind));
        for (index, scorer) in scorers.iter_mut().enumerate() {
            let judgement = if is_judged { scorer.judge(&attempt) } else { Judgement::default() };
            if is_judged {
                self.judgements[index].push(judgement);
            }
            let is_unnoticed = || {
                self.challenged_from.as_ref().is_some_and(|thresholds| judgement.score < thresholds[index])
            };
            // A person who is challenged passes; an attacker does not.
            let is_clean = is_success && (event.label == Label::Honest || is_unnoticed());
            if !is_probe {
                scorer.observe(&attempt, is_clean);
            }
        }
        if is_judged {
            self.rows.push(Row {
                user: event.user,
                history,
                at: event.at,
                is_second_half: event.at >= self.half,
                label: event.label,
                is_success,
                campaign: event.campaign,
            });
        }
        if is_success && event.label == Label::Honest {
            self.sessions.begin(event, &facts);
            *self.history.entry(event.user).or_default() += 1;
        }
    }

    /// What the scorers would think if the attempt were the next use of a session. Nothing is learned from it.
    fn reuse(&mut self, event: &Event, attempt: &Attempt<'_>, scorers: &[Box<dyn Scorer>]) {
        let is_success = event.outcome == Outcome::Success;
        let Some(session) = self.sessions.continued(event).filter(|_| is_success) else { return };
        let owner = attempt.facts.network.autonomous_system_number.map(|number| format!("AS{number}"));
        self.reuses.push(Reuse {
            is_second_half: event.at >= self.half,
            is_stolen: event.label != Label::Honest,
            is_elsewhere: owner != session.began.network_owner,
        });
        let attempt = Attempt { session: Some(&session), ..*attempt };
        for (scorer, scores) in scorers.iter().zip(&mut self.reuse_scores) {
            scores.push(scorer.judge(&attempt).score);
        }
    }

    fn threshold(&self, judgements: &[Judgement]) -> f64 {
        let honest = self.rows.iter().zip(judgements).filter(|(row, _)| row.label == Label::Honest);
        let mut scores: Vec<f64> = honest.map(|(_, judgement)| judgement.score).collect();
        scores.sort_by(f64::total_cmp);
        let index = (scores.len() as f64 * (1.0 - CHALLENGED)) as usize;
        scores.get(index).copied().unwrap_or(f64::INFINITY)
    }
}

fn ranks(judgements: &[Judgement], rows: &[Row]) -> Vec<u32> {
    let chance =
        |index: usize| mix(&[rows[index].at.unsigned_abs(), u64::from(rows[index].user), index as u64]);
    let mut order: Vec<usize> = (0..judgements.len()).collect();
    order.sort_by(|left, right| {
        let by_score = judgements[*left].score.total_cmp(&judgements[*right].score);
        by_score.then_with(|| chance(*left).cmp(&chance(*right)))
    });
    let mut ranks = vec![0; order.len()];
    for (rank, index) in order.into_iter().enumerate() {
        ranks[index] = rank as u32;
    }
    ranks
}
