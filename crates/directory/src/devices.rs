//! Devices, whose they are, and how one is recognised (official schema, `device`). A deleted device is gone for good.

mod certificates;
mod create;
mod delete;
mod find;
mod people;
mod recognise;
mod register;
mod rules;
mod update;

pub use find::DeviceKey;
pub use register::{MOST_DEVICES_OF_A_PERSON, NewBrowser};
