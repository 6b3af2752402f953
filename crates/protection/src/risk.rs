//! Risk of users: detections raised beside and behind sign-ins, and how risk is settled.

pub(crate) mod actions;
mod age_out;
pub(crate) mod batch;
mod behind;
mod context;
pub(crate) mod detection;
pub(crate) mod evidence;
pub(crate) mod external;
pub(crate) mod noise;
mod own_activity;
mod raise_later;
mod token_reuse;
