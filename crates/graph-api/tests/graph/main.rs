//! The surface as clients meet it: requests through the router, a real store in memory, real tokens.

mod agreements;
mod batch;
mod challenge;
mod combination_configurations;
mod contexts;
mod devices;
mod directory;
mod errors;
mod explanation;
mod hostile;
mod hostile_policies;
mod listing;
mod lockout;
mod lockout_by_others;
mod metadata;
mod permissions;
mod policies;
mod risk;
mod security_attributes;
mod security_defaults;
mod service_principal_risk;
mod strengths;
mod strengths_of_policies;
mod templates;
mod what_if;
mod world;
