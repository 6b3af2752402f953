//! `/auditLogs/directoryAudits` (contract §1.6).

mod count;
mod get;
mod list;

use riskgate_directory::Capability;
use riskgate_model::{DirectoryAudit, GraphType};
use riskgate_odata::ValueKind;

use crate::area::Area::AuditLogs;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static SET: Set = Set {
    page: 1000,
    max_top: 1000,
    order: &[("activityDateTime", true, ValueKind::Time)],
    ..Set::new(DirectoryAudit::TYPE, "auditLogs/directoryAudits")
};

pub(super) static READ: Rule =
    Rule::new(&[&["AuditLog.Read.All"], &["Directory.Read.All"]], Capability::ReadAudits);

pub(super) fn routes() -> Vec<Route> {
    let read = Access::Rule(&READ);
    routes! { AuditLogs;
        GET "auditLogs/directoryAudits", read => list::list;
        GET "auditLogs/directoryAudits/$count", read => count::count;
        GET "auditLogs/directoryAudits/{id}", read => get::get;
    }
}
