//! `/auditLogs/signIns` (contract §1.6).

mod act;
mod count;
mod get;
mod list;

use riskgate_directory::Capability;
use riskgate_model::{GraphType, SignIn};
use riskgate_odata::ValueKind;
use serde_json::Value as Json;

use crate::area::Area::AuditLogs;
use crate::call::Call;
use crate::permissions::{Permissions, Rule};
use crate::query::{Set, Source};
use crate::route::{Access, Route, routes};

static SET: Set = Set {
    page: 1000,
    max_top: 1000,
    order: &[("createdDateTime", true, ValueKind::Time)],
    ..Set::new(SignIn::TYPE, "auditLogs/signIns")
};

pub(super) static READ: Rule = Rule::new(&[&["AuditLog.Read.All"]], Capability::ReadSignIns);
/// Delegated and application permissions differ here.
static WRITE: Rule = Rule {
    delegated: &[&["IdentityRiskyUser.ReadWrite.All"]],
    application: &[&["IdentityRiskEvent.ReadWrite.All"]],
    own: &[],
    capability: Capability::WriteRisk,
};

/// Permissions that let one read Conditional Access, and so which policies applied.
const READS_POLICIES: Permissions =
    &[&["Policy.Read.All"], &["Policy.Read.ConditionalAccess"], &["Policy.ReadWrite.ConditionalAccess"]];

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { AuditLogs;
        GET "auditLogs/signIns", read => list::list;
        GET "auditLogs/signIns/$count", read => count::count;
        GET "auditLogs/signIns/{id}", read => get::get;
        POST "auditLogs/signIns/confirmCompromised", write => act::confirm_compromised;
        POST "auditLogs/signIns/confirmSafe", write => act::confirm_safe;
        POST "auditLogs/signIns/dismiss", write => act::dismiss;
    }
}

fn source() -> Source {
    Source { prepare: hide_policies, ..Source::all(&riskgate_store::tables::SIGN_INS) }
}

fn may_read_policies(call: &Call) -> bool {
    let caller = call.caller.as_ref();
    caller.is_some_and(|caller| caller.has_any(READS_POLICIES) && caller.may(Capability::ReadPolicies))
}

/// Which policies applied is shown to those who may read policies alone.
fn hide_policies(sign_in: &mut Json, call: &Call) {
    if !may_read_policies(call) {
        sign_in["appliedConditionalAccessPolicies"] = Json::Array(Vec::new());
    }
}
