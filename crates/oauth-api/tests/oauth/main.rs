//! The endpoints, one file for each protocol or attack.

mod common;

mod attacks;
mod authorize;
mod back_channel;
mod changed_clients;
mod claims;
mod client_credentials;
mod code;
mod device_code;
mod discovery;
mod dpop;
mod introspection;
mod logout;
mod pushed_requests;
mod refresh;
mod revocation;
mod session_claims;
mod user_info;
mod workload;
