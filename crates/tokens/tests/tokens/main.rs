//! Keys, codes and tokens on a store in memory.

mod common;

mod client_assertion;
mod client_secret;
mod code;
mod device;
mod id_token_hint;
mod issue;
mod keys;
mod refresh;
mod verify;
