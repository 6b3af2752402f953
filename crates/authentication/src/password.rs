pub(crate) mod banned;
pub(crate) mod breached;
pub(crate) mod hasher;
pub(crate) mod passwords;
pub(crate) mod rules;
pub(crate) mod strength;
