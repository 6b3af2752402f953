//! `/identity/conditionalAccess/policies`, also under `/policies/conditionalAccessPolicies` (contract §1.2 and §4).

mod body;
pub(super) mod change;
mod check;
mod count;
mod create;
mod delete;
mod exclusive;
mod get;
mod hypothetical;
mod list;
mod lockout;
mod strength;
mod update;

use riskgate_access::PolicyError;
use riskgate_directory::Capability;
use riskgate_model::{ConditionalAccessPolicy, GraphType};
use riskgate_odata::Filter;
use riskgate_store::{StoreExt, Versioned};

pub(super) use check::{check, check_change};
pub(super) use exclusive::exclusive;
pub(super) use hypothetical::hypotheticals;
pub(super) use lockout::{answer as answer_to_change, check as keep_administrators_in};
pub(super) use strength::{with_strength, with_whole_strength, with_whole_strengths};

use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

/// Most policies of a tenant (contract §4, rule 21).
pub(super) const MOST: usize = 195;

pub(super) static SET: Set = Set::new(ConditionalAccessPolicy::TYPE, "identity/conditionalAccess/policies");

/// The same policies under `/policies`, where answers name that path.
static ALIAS: Set = Set::new(ConditionalAccessPolicy::TYPE, "policies/conditionalAccessPolicies");

pub(super) static READ: Rule =
    Rule::new(&[&["Policy.Read.All"], &["Policy.Read.ConditionalAccess"]], Capability::ReadPolicies);
pub(super) static WRITE: Rule = Rule::new(
    &[
        &["Policy.Read.All", "Policy.ReadWrite.ConditionalAccess"],
        &["Application.Read.All", "Policy.ReadWrite.ConditionalAccess"],
    ],
    Capability::WritePolicies,
);

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { ConditionalAccess;
        GET "identity/conditionalAccess/policies", read => list::list;
        GET "identity/conditionalAccess/policies/$count", read => count::count;
        POST "identity/conditionalAccess/policies", write => create::create;
        GET "identity/conditionalAccess/policies/{id}", read => get::get;
        PATCH "identity/conditionalAccess/policies/{id}", write => update::update;
        DELETE "identity/conditionalAccess/policies/{id}", write => delete::delete;
        GET "policies/conditionalAccessPolicies", read => list::list;
        GET "policies/conditionalAccessPolicies/$count", read => count::count;
        POST "policies/conditionalAccessPolicies", write => create::create;
        GET "policies/conditionalAccessPolicies/{id}", read => get::get;
        PATCH "policies/conditionalAccessPolicies/{id}", write => update::update;
        DELETE "policies/conditionalAccessPolicies/{id}", write => delete::delete;
    }
}

/// The set by the name the request has for it.
fn set(call: &Call) -> &'static Set {
    let root = call.path.trim_start_matches('/').split('/').next().unwrap_or_default();
    if root.eq_ignore_ascii_case("policies") { &ALIAS } else { &SET }
}

/// Every policy; there are never many.
async fn all(call: &Call) -> Result<Vec<ConditionalAccessPolicy>, GraphError> {
    let rows = call.store().find_all(call.service.api.tenant, Filter::Constant(true)).await?;
    Ok(rows.into_iter().map(|row| row.record).collect())
}

/// The policy the path names.
async fn named(call: &Call) -> Result<Versioned<ConditionalAccessPolicy>, GraphError> {
    let id = super::stored::normalized(call.key(0));
    let policy = call.store().load(call.service.api.tenant, &id).await?;
    policy.ok_or_else(|| call.not_found("ConditionalAccessPolicy", 0))
}

/// 400 with the numbered text of the service; `target` is the property, where it is about one.
pub(super) fn refused(error: &PolicyError) -> GraphError {
    let target = error.property().map(str::to_owned);
    GraphError { target, ..ConditionalAccess.bad_request(error.to_string()) }
}
