//! Who holds which directory role (contract §1.4). Roles are built in, assigned to users, for the whole tenant.

mod add;
mod administrators;
mod directory_roles;
mod list;
mod remove;

pub(crate) use add::role_assignment;
