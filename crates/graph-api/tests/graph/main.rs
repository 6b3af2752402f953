//! The surface as clients meet it: requests through the router, a real store in memory, real tokens.

mod agreements;
mod attribute_definitions;
mod batch;
mod challenge;
mod combination_configurations;
mod contexts;
mod devices;
mod directory;
mod dpop;
mod errors;
mod events;
mod explanation;
mod feeds;
mod hostile;
mod hostile_policies;
mod identity_providers;
mod listing;
mod lockout;
mod lockout_by_others;
mod metadata;
mod permission_grants;
mod permissions;
mod policies;
mod policy_questions;
#[path = "../../../oauth-api/tests/common/proofs.rs"]
mod proofs;
mod risk;
mod security_attributes;
mod security_defaults;
mod service_principal_risk;
mod signals;
mod strengths;
mod strengths_of_policies;
mod templates;
mod what_if;
mod world;
