//! `/identityProtection/riskDetections` (contract §1.1).

mod count;
mod get;
mod list;

use riskgate_directory::Capability;
use riskgate_model::{GraphType, RiskDetection};
use riskgate_odata::ValueKind;

use crate::area::Area::IdentityProtection;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static SET: Set = Set {
    page: 20,
    max_top: 500,
    order: &[("detectedDateTime", true, ValueKind::Time)],
    refused: &["$skip"],
    ..Set::new(RiskDetection::TYPE, "identityProtection/riskDetections")
};

pub(super) static READ: Rule =
    Rule::new(&[&["IdentityRiskEvent.Read.All"], &["IdentityRiskEvent.ReadWrite.All"]], Capability::ReadRisk);

pub(super) fn routes() -> Vec<Route> {
    let read = Access::Rule(&READ);
    routes! { IdentityProtection;
        GET "identityProtection/riskDetections", read => list::list;
        GET "identityProtection/riskDetections/$count", read => count::count;
        GET "identityProtection/riskDetections/{id}", read => get::get;
    }
}
