//! What earlier sign-ins leave behind for later ones: of a user, of everybody, and of the last hours.

pub(crate) mod failures;
pub(crate) mod of_user;
pub(crate) mod password_tags;
pub(crate) mod population;
pub(crate) mod recent;
