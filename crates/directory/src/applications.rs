//! Applications and service principals (contract §1.5).

mod console;
mod create;
mod credentials;
mod explorer;
mod find;
mod own_application;
mod redirect_uri;
mod service_principal;

pub use console::{CONSOLE_APP_ID, CONSOLE_PERMISSIONS};
pub use create::{CreatedApplication, NewApplication, split_permissions};
pub use explorer::{EXPLORER_APP_ID, EXPLORER_PERMISSIONS};
pub use find::granted_app_roles;
pub use redirect_uri::{Platform, redirect_uri_matches, validate_redirect_uri};

pub(crate) use service_principal::{graph_service_principal, own_service_principal};
