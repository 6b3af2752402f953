//! People and what they do: an organisation of any size whose members work, travel, replace devices, mistype, come and go.
//!
//! The phenomena and their ranges are those of the table in `docs/RISK.md`; a seed gives the same events everywhere.

mod life;
mod person;
mod plan;
mod trips;

pub use person::{Device, Person};
pub use plan::{Office, Plan, START};
pub use trips::Trip;

use crate::event::Event;
use crate::world::World;

/// The people of an organisation.
pub fn people(plan: &Plan, world: &World) -> Vec<Person> {
    (0..plan.people).map(|index| Person::new(plan, world, index)).collect()
}

/// What a person does, in order.
pub fn events(plan: &Plan, world: &World, person: &Person) -> Vec<Event> {
    life::of(plan, world, person)
}
