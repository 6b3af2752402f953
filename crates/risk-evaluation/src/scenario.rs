//! A whole simulation: the people of an organisation, everything that happens to it, in order.

use aws_lc_rs::digest::{Context, SHA256};
use riskgate_model::SignInFacts;

use crate::attackers;
use crate::event::Event;
use crate::population::{self, Person, Plan};
use crate::world::World;

/// Everything that happens to an organisation.
#[derive(Debug)]
pub struct Scenario {
    /// What was planned.
    pub plan: Plan,
    /// Where it happens.
    pub world: World,
    /// Its people.
    pub people: Vec<Person>,
    /// What happens, in order of time.
    pub events: Vec<Event>,
}

impl Scenario {
    /// The organisation of a seed with so many people over so many days. Attackers who know a password try it at
    /// `probes_per_half` moments of each person and half of the time.
    pub fn new(seed: u64, people: u32, days: i64, probes_per_half: usize) -> Self {
        let plan = Plan::new(seed, people, days);
        let world = World::new(seed);
        let people = population::people(&plan, &world);
        let mut events = Vec::new();
        for person in &people {
            let own = population::events(&plan, &world, person);
            events.extend(attackers::probes(&plan, &world, person, &own, probes_per_half));
            events.extend(own);
        }
        events.extend(attackers::campaigns(&plan, &world, &people));
        // Stable: what happens in the same second to one user keeps its order.
        events.sort_by_key(|event| (event.at, event.user));
        Self { plan, world, people, events }
    }

    /// What the product would know of an event.
    pub fn facts(&self, event: &Event) -> SignInFacts {
        event.facts(&self.world)
    }

    /// SHA-256 of all events, hexadecimal: the same on every machine.
    pub fn digest(&self) -> String {
        let mut context = Context::new(&SHA256);
        for event in &self.events {
            context.update(&event.bytes());
        }
        context.finish().as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
    }
}
