//! Lists, files of locations and user agents, one file for each kind of source.

mod common;

mod breached;
mod built_in;
mod files;
mod http;
mod mmdb;
mod parsers;
mod saved_copies;
mod watch_lists;
