//! `/identityProtection/riskyServicePrincipals` (contract §1.1).

mod act;
mod count;
mod get;
mod history;
mod list;

use riskgate_directory::Capability;
use riskgate_model::{GraphType, RiskyServicePrincipal, RiskyServicePrincipalHistoryItem};
use riskgate_odata::ValueKind;

use crate::area::Area::IdentityProtection;
use crate::permissions::Rule;
use crate::query::{DefaultOrder, Set};
use crate::route::{Access, Route, routes};

const NEWEST: &[DefaultOrder] = &[("riskLastUpdatedDateTime", true, ValueKind::Time)];

static SET: Set = Set {
    max_top: 500,
    order: NEWEST,
    ..Set::new(RiskyServicePrincipal::TYPE, "identityProtection/riskyServicePrincipals")
};
static HISTORY: Set = Set {
    max_top: 500,
    order: NEWEST,
    ..Set::new(RiskyServicePrincipalHistoryItem::TYPE, "identityProtection/riskyServicePrincipals/history")
};

pub(super) static READ: Rule = Rule::new(
    &[&["IdentityRiskyServicePrincipal.Read.All"], &["IdentityRiskyServicePrincipal.ReadWrite.All"]],
    Capability::ReadRisk,
);
static WRITE: Rule = Rule::new(&[&["IdentityRiskyServicePrincipal.ReadWrite.All"]], Capability::WriteRisk);

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { IdentityProtection;
        GET "identityProtection/riskyServicePrincipals", read => list::list;
        GET "identityProtection/riskyServicePrincipals/$count", read => count::count;
        GET "identityProtection/riskyServicePrincipals/{id}", read => get::get;
        GET "identityProtection/riskyServicePrincipals/{id}/history", read => history::list;
        GET "identityProtection/riskyServicePrincipals/{id}/history/$count", read => history::count;
        GET "identityProtection/riskyServicePrincipals/{id}/history/{item}", read => history::get;
        POST "identityProtection/riskyServicePrincipals/dismiss", write => act::dismiss;
        POST "identityProtection/riskyServicePrincipals/confirmCompromised", write => act::confirm_compromised;
    }
}
