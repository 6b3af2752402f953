//! `/identityProtection/riskyUsers` (contract §1.1).

mod act;
mod count;
mod get;
mod history;
mod list;

use riskgate_directory::Capability;
use riskgate_model::{GraphType, RiskyUser, RiskyUserHistoryItem};
use riskgate_odata::ValueKind;

use crate::area::Area::IdentityProtection;
use crate::permissions::Rule;
use crate::query::{DefaultOrder, Set};
use crate::route::{Access, Route, routes};

const NEWEST: &[DefaultOrder] = &[("riskLastUpdatedDateTime", true, ValueKind::Time)];

static SET: Set =
    Set { max_top: 500, order: NEWEST, ..Set::new(RiskyUser::TYPE, "identityProtection/riskyUsers") };
static HISTORY: Set = Set {
    max_top: 500,
    order: NEWEST,
    ..Set::new(RiskyUserHistoryItem::TYPE, "identityProtection/riskyUsers/history")
};

pub(super) static READ: Rule =
    Rule::new(&[&["IdentityRiskyUser.Read.All"], &["IdentityRiskyUser.ReadWrite.All"]], Capability::ReadRisk);
static WRITE: Rule = Rule::new(&[&["IdentityRiskyUser.ReadWrite.All"]], Capability::WriteRisk);

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { IdentityProtection;
        GET "identityProtection/riskyUsers", read => list::list;
        GET "identityProtection/riskyUsers/$count", read => count::count;
        GET "identityProtection/riskyUsers/{id}", read => get::get;
        GET "identityProtection/riskyUsers/{id}/history", read => history::list;
        GET "identityProtection/riskyUsers/{id}/history/$count", read => history::count;
        GET "identityProtection/riskyUsers/{id}/history/{item}", read => history::get;
        POST "identityProtection/riskyUsers/dismiss", write => act::dismiss;
        POST "identityProtection/riskyUsers/confirmCompromised", write => act::confirm_compromised;
        POST "identityProtection/riskyUsers/confirmSafe", write => act::confirm_safe;
    }
}
