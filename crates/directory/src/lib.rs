//! Users, groups, roles, applications, consent, terms of use and the audit log of a tenant: what may be written, what follows from
//! it, and what Graph says when it is refused. No HTTP here.
//!
//! Every operation is a method of [`Directory`] in a file of its own. It takes the [`Actor`] who wants it, checks,
//! computes the changes from what it read, and commits them in one batch together with the audit entry that describes
//! them; when somebody else changed the same rows in between, it computes again.
//!
//! To add an operation:
//! 1. write it in a file of its own, named after the verb, as a method of [`Directory`];
//! 2. build one batch, add [`audit`] to it, run it under `riskgate_store::retry`;
//! 3. if it can take away the last administrator, call `Directory::keep_an_administrator`, which also makes two such
//!    operations at the same moment collide;
//! 4. test it in `tests/`, refusals included.
//!
//! To let a role do more: add the [`Capability`] to its row in `roles.rs`. To add a permission: add its row in
//! `permissions.rs`, with the identifiers Graph publishes.

mod actor;
mod agreements;
mod applications;
mod audit;
mod bootstrap;
mod capabilities;
mod consent;
mod devices;
mod directory;
mod domain;
mod error;
mod groups;
mod identifiers;
mod permission_grants;
mod permissions;
mod properties;
mod role_assignments;
mod roles;
mod sessions;
mod users;

pub use actor::{Actor, Initiator};
pub use agreements::{NewAgreement, languages_by_preference, preferred_file};
pub use applications::*;
pub use audit::{AuditEntry, audit, group_target, modified, other_target, user_target};
pub use bootstrap::*;
pub use capabilities::{ALL_CAPABILITIES, Capability, allows, may_manage, member_allows};
pub use consent::{ConsentType, SIGN_IN_SCOPES, requires_admin_consent};
pub use devices::*;
pub use directory::Directory;
pub use domain::is_domain;
pub use error::{DirectoryError, ErrorDetail, ErrorStatus};
pub use groups::*;
pub use permission_grants::NewPermissionGrant;
pub use permissions::{GRAPH_APP_ID, PERMISSIONS, Permission, permission};
pub use properties::{Change, is_mail_address};
pub use roles::*;
pub use users::*;
