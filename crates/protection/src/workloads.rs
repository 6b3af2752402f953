//! Applications that act on their own behalf.

pub(crate) mod judge;
mod risk;
