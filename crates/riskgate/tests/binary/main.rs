//! The built program: its commands, and the server over real connections.

#[allow(dead_code, reason = "the simulated browser uses more of it than its tests")]
#[path = "../../src/commands/simulate/html.rs"]
mod html;
mod support;

mod commands;
mod devices;
mod federation;
mod openid_client;
mod policy_lint;
mod serve;
mod simulate;
mod spray;
