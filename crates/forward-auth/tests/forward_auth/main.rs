//! Forward authentication with the sign-in pages and the OAuth endpoints behind it, through proxies that are played.

mod browser;
mod callback;
mod conditional_access;
mod hostile;
mod identity;
mod sessions;
mod sign_out;
mod story;
mod world;
