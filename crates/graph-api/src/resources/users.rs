//! `/users` and `/me` (contract §1.3). `/me` is `/users/{caller}`.

mod change_password;
mod count;
mod create;
mod delete;
mod get;
mod list;
mod password;
mod revoke_sessions;
mod rights;
mod update;

use riskgate_directory::Capability;
use riskgate_model::{GraphType, User};
use riskgate_odata::ValueKind;

use crate::area::Area::Directory;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

pub(super) use password::hash;
pub(super) use rights::manage;

pub(super) static SET: Set = Set {
    order: &[("displayName", false, ValueKind::Text)],
    refused: &["$skip"],
    single_only: &[
        "aboutMe",
        "birthday",
        "hireDate",
        "interests",
        "mySite",
        "pastProjects",
        "preferredName",
        "responsibilities",
        "schools",
        "skills",
        "mailboxSettings",
    ],
    ..Set::new(User::TYPE, "users")
};

static READ: Rule = Rule::new(
    &[
        &["User.ReadBasic.All"],
        &["User.Read.All"],
        &["User.ReadWrite.All"],
        &["Directory.Read.All"],
        &["Directory.ReadWrite.All"],
    ],
    Capability::ReadUsers,
)
.or_own(&[&["User.Read"], &["User.ReadWrite"]]);
static CREATE: Rule =
    Rule::new(&[&["User.ReadWrite.All"], &["Directory.ReadWrite.All"]], Capability::WriteUsers);
/// Which properties each of these may change is for `update.rs`, and so are the roles for each.
static UPDATE: Rule = Rule::new(
    &[
        &["User.ReadWrite.All"],
        &["Directory.ReadWrite.All"],
        &["User-PasswordProfile.ReadWrite.All"],
        &["User.EnableDisableAccount.All", "User.Read.All"],
    ],
    Capability::ReadUsers,
)
.or_own(&[&["User.ReadWrite"]]);
static DELETE: Rule = Rule::new(
    &[&["User.DeleteRestore.All"], &["User.ReadWrite.All"], &["Directory.ReadWrite.All"]],
    Capability::DeleteUsers,
);
static REVOKE: Rule = Rule::new(
    &[&["User.RevokeSessions.All"], &["User.ReadWrite.All"], &["Directory.ReadWrite.All"]],
    Capability::RevokeSessions,
)
.or_own(&[
    &["User.RevokeSessions.All"],
    &["User.ReadWrite"],
    &["User.ReadWrite.All"],
    &["Directory.ReadWrite.All"],
]);

/// The own password only, whatever else somebody may; `change_password.rs` looks.
static CHANGE_PASSWORD: Rule = Rule {
    delegated: &[&["User-PasswordProfile.ReadWrite.All"], &["Directory.AccessAsUser.All"]],
    application: &[],
    own: &[&["User-PasswordProfile.ReadWrite.All"], &["Directory.AccessAsUser.All"]],
    capability: Capability::WriteUserPasswords,
};

pub(super) fn routes() -> Vec<Route> {
    let read = Access::Rule(&READ);
    routes! { Directory;
        GET "users", read => list::list;
        GET "users/$count", read => count::count;
        POST "users", Access::Rule(&CREATE) => create::create;
        GET "users/{id}", read => get::get;
        PATCH "users/{id}", Access::Rule(&UPDATE) => update::update;
        DELETE "users/{id}", Access::Rule(&DELETE) => delete::delete;
        POST "users/{id}/changePassword", Access::Rule(&CHANGE_PASSWORD) => change_password::change_password;
        POST "users/{id}/revokeSignInSessions", Access::Rule(&REVOKE) => revoke_sessions::revoke_sessions;
    }
}
