use crate::study::Study;

/// How stolen sessions are noticed.
#[derive(Debug, Clone, Copy)]
pub struct Replays {
    /// Share of stolen uses that are challenged.
    pub caught: f64,
    /// The same of those from another network owner than the one where the session began.
    pub caught_elsewhere: f64,
    /// Share of honest uses that are challenged.
    pub challenged: f64,
}

/// How stolen sessions are noticed in the second half when so large a share of honest uses was challenged in the first.
pub fn replays(study: &Study, column: usize, rate: f64) -> Replays {
    let (mut caught, mut elsewhere, mut challenged) = ((0, 0), (0, 0), (0, 0));
    for tenant in &study.tenants {
        let scores = &tenant.judged.columns[column].reuse_scores;
        let uses = || tenant.judged.reuses.iter().zip(scores.iter().copied());
        let first = uses().filter(|(use_of, _)| !use_of.is_second_half && !use_of.is_stolen);
        let mut honest: Vec<f64> = first.map(|(_, score)| score).collect();
        honest.sort_by(f64::total_cmp);
        let index = (honest.len() as f64 * (1.0 - rate)) as usize;
        let threshold = honest.get(index).copied().unwrap_or(f64::INFINITY);
        for (use_of, score) in uses().filter(|(use_of, _)| use_of.is_second_half) {
            // Above, not at: many have the same score.
            let is_challenged = usize::from(score > threshold);
            let add = |to: &mut (usize, usize)| *to = (to.0 + is_challenged, to.1 + 1);
            if !use_of.is_stolen {
                add(&mut challenged);
                continue;
            }
            add(&mut caught);
            if use_of.is_elsewhere {
                add(&mut elsewhere);
            }
        }
    }
    let share = |(part, whole): (usize, usize)| part as f64 / whole.max(1) as f64;
    Replays { caught: share(caught), caught_elsewhere: share(elsewhere), challenged: share(challenged) }
}
