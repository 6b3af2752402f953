//! Users (contract §1.3).

mod create;
mod delete;
mod find;
mod password;
mod principal_name;
mod revoke_sessions;
mod rules;
mod update;

pub use create::NewUser;
pub use password::PasswordChange;
pub use principal_name::is_user_principal_name;
pub use update::{UserChange, UserUpdate};

pub(crate) use create::{credential, new_user};
pub(crate) use delete::deleted_item;
