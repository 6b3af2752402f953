//! What is computed from judgements. Thresholds are always set on the first half of the time, for each organisation and
//! scorer, and everything else is counted in the second.

mod area;
mod bootstrap;
mod calibration;
mod challenges;
mod history;
mod poison;
mod replay;
mod spray;
mod travel;

pub use area::{Area, area};
pub use bootstrap::{Bootstrap, Interval, Number};
pub use calibration::{Calibration, calibration};
pub use challenges::{
    Counts, between_challenges, caught_at_beginners_rate, caught_at_rate, challenges,
    challenges_with_hindsight, steady_state,
};
pub use history::{ByHistory, by_history, by_history_at};
pub use poison::{Poisoning, poisoning};
pub use replay::{Replays, replays};
pub use spray::{Spray, spray};
pub use travel::{TravelAlarms, travel_alarms};
