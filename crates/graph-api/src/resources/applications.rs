//! `/applications` and `/servicePrincipals`, read (contract §1.5), and the custom security attributes of the latter.

mod get;
mod list;
mod update;

use riskgate_directory::Capability;
use riskgate_model::{Application, GraphType, ServicePrincipal};
use riskgate_odata::ValueKind;
use riskgate_store::{Table, tables};

use crate::area::Area::Directory;
use crate::permissions::Rule;
use crate::query::{DefaultOrder, Set};
use crate::route::{Access, Route, routes};

/// A set of applications in either form.
#[derive(Clone, Copy)]
struct Kind {
    set: &'static Set,
    table: &'static Table,
    /// Graph type, capitalized.
    name: &'static str,
}

const BY_NAME: &[DefaultOrder] = &[("displayName", false, ValueKind::Text)];
static APPLICATION_SET: Set = Set { order: BY_NAME, ..Set::new(Application::TYPE, "applications") };
static PRINCIPAL_SET: Set = Set {
    order: BY_NAME,
    guarded: Some((ATTRIBUTES, &READ_ATTRIBUTES)),
    ..Set::new(ServicePrincipal::TYPE, "servicePrincipals")
};
/// The property with custom security attributes.
const ATTRIBUTES: &str = "customSecurityAttributes";
const APPLICATIONS: Kind = Kind { set: &APPLICATION_SET, table: &tables::APPLICATIONS, name: "Application" };
const PRINCIPALS: Kind =
    Kind { set: &PRINCIPAL_SET, table: &tables::SERVICE_PRINCIPALS, name: "ServicePrincipal" };

static READ: Rule = Rule::new(
    &[
        &["Application.Read.All"],
        &["Application.ReadWrite.All"],
        &["Directory.Read.All"],
        &["Directory.ReadWrite.All"],
    ],
    Capability::ReadApplications,
);

static READ_ATTRIBUTES: Rule = Rule::new(
    &[&["CustomSecAttributeAssignment.Read.All"], &["CustomSecAttributeAssignment.ReadWrite.All"]],
    Capability::ReadSecurityAttributes,
);
static WRITE_ATTRIBUTES: Rule =
    Rule::new(&[&["CustomSecAttributeAssignment.ReadWrite.All"]], Capability::WriteSecurityAttributes);

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE_ATTRIBUTES));
    routes! { Directory;
        GET "applications", read => |call| list::list(call, APPLICATIONS);
        GET "applications/$count", read => |call| list::count(call, APPLICATIONS);
        GET "applications/{id}", read => |call| get::by_id(call, APPLICATIONS);
        GET "applications/{appId=}", read => |call| get::by_app_id(call, APPLICATIONS);
        GET "servicePrincipals", read => |call| list::list(call, PRINCIPALS);
        GET "servicePrincipals/$count", read => |call| list::count(call, PRINCIPALS);
        GET "servicePrincipals/{id}", read => |call| get::by_id(call, PRINCIPALS);
        PATCH "servicePrincipals/{id}", write => |call| update::update(call, "id");
        PATCH "servicePrincipals/{appId=}", write => |call| update::update(call, "appId");
        GET "servicePrincipals/{appId=}", read => |call| get::by_app_id(call, PRINCIPALS);
    }
}
