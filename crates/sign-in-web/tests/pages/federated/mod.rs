//! Sign-in through an upstream OpenID provider, which is real, over HTTP, and sometimes hostile.

mod anomaly;
mod hostile;
mod mfa;
mod people;
mod sign_in;
mod sign_out;
mod upstream;
mod visit;
