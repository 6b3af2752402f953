//! The attackers: what each would try, labelled.

mod campaigns;
mod probes;

use crate::event::{Attacker, Event, Label, Outcome};
use crate::population::{Person, Plan, START};
use crate::random::Draw;
use crate::world::World;

use self::campaigns::Campaign;
use self::probes::Victim;

/// What the attackers who know the password would try on a person whose own attempts are `own`: `per_half` moments of each
/// half of the time, each between two of his sign-ins, and in each of these pauses one attempt of every kind.
pub(crate) fn probes(
    plan: &Plan,
    world: &World,
    person: &Person,
    own: &[Event],
    per_half: usize,
) -> Vec<Event> {
    let mut draw = Draw::new(plan.seed, 3_000_000_000 + u64::from(person.index));
    let successes: Vec<&Event> = own
        .iter()
        .filter(|event| event.outcome == Outcome::Success && event.label == Label::Honest)
        .collect();
    let split = successes.partition_point(|event| event.at < plan.half()).max(1);
    let mut probes = Vec::new();
    for half in [1..split, split..successes.len()] {
        for _ in 0..per_half.min(half.len()) {
            let next = half.start + draw.index(half.len());
            let (Some(last), Some(next)) = (successes.get(next - 1), successes.get(next)) else { continue };
            let victim = Victim { person, last, next };
            for attacker in Attacker::PROBES {
                probes.push(self::probes::probe(plan, world, &victim, attacker, &mut draw));
            }
        }
    }
    probes
}

/// Kinds of campaigns with how often each happens in an organisation.
const CAMPAIGNS: [(Attacker, u32); 5] = [
    (Attacker::SpraySingle, 8),
    (Attacker::SprayDistributed, 8),
    (Attacker::Stuffing, 4),
    (Attacker::BruteForce, 4),
    (Attacker::Poisoner, 8),
];

/// Everything the attackers do who act over time. They come after the first tenth; poisoners only in the second half, where
/// thresholds are set.
pub(crate) fn campaigns(plan: &Plan, world: &World, people: &[Person]) -> Vec<Event> {
    let mut draw = Draw::new(plan.seed, 4_000_000_000);
    let mut events = Vec::new();
    let mut number = 0;
    let length = (plan.end() - START) as f64;
    for (attacker, count) in CAMPAIGNS {
        for _ in 0..count {
            number += 1;
            let earliest = if attacker == Attacker::Poisoner { 0.5 } else { 0.1 };
            let latest = if attacker == Attacker::Poisoner { 0.75 } else { 0.95 };
            let starts = START + (length * draw.between(earliest, latest)) as i64;
            let campaign = Campaign { plan, world, people, number, attacker, starts };
            events.extend(campaign.events().into_iter().filter(|event| event.at < plan.end()));
        }
    }
    events
}
