//! The surface as clients meet it: requests through the router, a real store in memory, real tokens.

mod batch;
mod challenge;
mod devices;
mod combination_configurations;
mod directory;
mod errors;
mod hostile;
mod listing;
mod lockout;
mod metadata;
mod permissions;
mod policies;
mod risk;
mod what_if;
mod strengths;
mod world;
