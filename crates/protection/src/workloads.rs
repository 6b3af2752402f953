//! Applications that act on their own behalf.

mod activity;
pub(crate) mod judge;
mod risk;
