//! Authentication strengths, under `/policies/authenticationStrengthPolicies` and
//! `/identity/conditionalAccess/authenticationStrength/policies` (contract §1.2.2).

mod body;
mod change;
mod configurations;
mod count;
mod create;
mod delete;
mod get;
mod list;
mod method_modes;
mod root;
mod update;
mod update_combinations;
mod usage;

use riskgate_directory::Capability;
use riskgate_model::{
    AuthenticationMethodModeDetail, AuthenticationStrengthPolicy, AuthenticationStrengthRoot, GraphType,
    built_in_strengths,
};
use riskgate_odata::Filter;
use riskgate_store::{StoreExt, Versioned};

use super::stored::normalized;
use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

/// Most strengths a tenant can have besides the built-in ones.
const MOST: usize = 15;
/// The Graph type, capitalized.
const KIND: &str = "AuthenticationStrengthPolicy";

static SET: Set = Set::new(AuthenticationStrengthPolicy::TYPE, "policies/authenticationStrengthPolicies");
/// The same strengths under `/identity`, where answers name that path.
static ALIAS: Set = Set::new(
    AuthenticationStrengthPolicy::TYPE,
    "identity/conditionalAccess/authenticationStrength/policies",
);
static ROOT: Set =
    Set::new(AuthenticationStrengthRoot::TYPE, "identity/conditionalAccess/authenticationStrength");
static METHOD_MODES: Set = Set::new(
    AuthenticationMethodModeDetail::TYPE,
    "identity/conditionalAccess/authenticationStrength/authenticationMethodModes",
);

static READ: Rule = Rule::new(
    &[
        &["Policy.Read.AuthenticationMethod"],
        &["Policy.Read.All"],
        &["Policy.ReadWrite.AuthenticationMethod"],
        &["Policy.ReadWrite.ConditionalAccess"],
    ],
    Capability::ReadAuthenticationPolicies,
);
static WRITE: Rule = Rule::new(
    &[&["Policy.ReadWrite.ConditionalAccess"], &["Policy.ReadWrite.AuthenticationMethod"]],
    Capability::WritePolicies,
);

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { ConditionalAccess;
        GET "identity/conditionalAccess/authenticationStrength", read => root::get;
        GET "identity/conditionalAccess/authenticationStrength/authenticationMethodModes", read => method_modes::list;
        GET "identity/conditionalAccess/authenticationStrength/authenticationMethodModes/$count", read => method_modes::count;
        GET "identity/conditionalAccess/authenticationStrength/authenticationMethodModes/{id}", read => method_modes::get;
        GET "policies/authenticationStrengthPolicies", read => list::list;
        GET "policies/authenticationStrengthPolicies/$count", read => count::count;
        POST "policies/authenticationStrengthPolicies", write => create::create;
        GET "policies/authenticationStrengthPolicies/{id}", read => get::get;
        PATCH "policies/authenticationStrengthPolicies/{id}", write => update::update;
        DELETE "policies/authenticationStrengthPolicies/{id}", write => delete::delete;
        POST "policies/authenticationStrengthPolicies/{id}/updateAllowedCombinations", write => update_combinations::update;
        GET "policies/authenticationStrengthPolicies/{id}/usage()", read => usage::usage;
        GET "policies/authenticationStrengthPolicies/{id}/combinationConfigurations", read => configurations::list;
        GET "policies/authenticationStrengthPolicies/{id}/combinationConfigurations/$count", read => configurations::count;
        POST "policies/authenticationStrengthPolicies/{id}/combinationConfigurations", write => configurations::create;
        GET "policies/authenticationStrengthPolicies/{id}/combinationConfigurations/{id}", read => configurations::get;
        PATCH "policies/authenticationStrengthPolicies/{id}/combinationConfigurations/{id}", write => configurations::update;
        DELETE "policies/authenticationStrengthPolicies/{id}/combinationConfigurations/{id}", write => configurations::delete;
        GET "identity/conditionalAccess/authenticationStrength/policies", read => list::list;
        GET "identity/conditionalAccess/authenticationStrength/policies/$count", read => count::count;
        POST "identity/conditionalAccess/authenticationStrength/policies", write => create::create;
        GET "identity/conditionalAccess/authenticationStrength/policies/{id}", read => get::get;
        PATCH "identity/conditionalAccess/authenticationStrength/policies/{id}", write => update::update;
        DELETE "identity/conditionalAccess/authenticationStrength/policies/{id}", write => delete::delete;
        POST "identity/conditionalAccess/authenticationStrength/policies/{id}/updateAllowedCombinations", write => update_combinations::update;
        GET "identity/conditionalAccess/authenticationStrength/policies/{id}/usage()", read => usage::usage;
        GET "identity/conditionalAccess/authenticationStrength/policies/{id}/combinationConfigurations", read => configurations::list;
        GET "identity/conditionalAccess/authenticationStrength/policies/{id}/combinationConfigurations/$count", read => configurations::count;
        POST "identity/conditionalAccess/authenticationStrength/policies/{id}/combinationConfigurations", write => configurations::create;
        GET "identity/conditionalAccess/authenticationStrength/policies/{id}/combinationConfigurations/{id}", read => configurations::get;
        PATCH "identity/conditionalAccess/authenticationStrength/policies/{id}/combinationConfigurations/{id}", write => configurations::update;
        DELETE "identity/conditionalAccess/authenticationStrength/policies/{id}/combinationConfigurations/{id}", write => configurations::delete;
    }
}

/// The set by the name the request has for it.
fn set(call: &Call) -> &'static Set {
    let root = call.path.trim_start_matches('/').split('/').next().unwrap_or_default();
    if root.eq_ignore_ascii_case("policies") { &SET } else { &ALIAS }
}

/// Every strength of the tenant, the built-in ones first; there are never many.
pub(super) async fn all(call: &Call) -> Result<Vec<AuthenticationStrengthPolicy>, GraphError> {
    let stored = call.store().find_all(call.service.api.tenant, Filter::Constant(true)).await?;
    Ok(built_in_strengths().into_iter().chain(stored.into_iter().map(|row| row.record)).collect())
}

/// The strength the path names.
async fn named(call: &Call) -> Result<AuthenticationStrengthPolicy, GraphError> {
    match built_in(call) {
        Some(strength) => Ok(strength),
        None => Ok(stored(call).await?.record),
    }
}

/// The strength the path names, to be changed.
async fn changeable(call: &Call) -> Result<Versioned<AuthenticationStrengthPolicy>, GraphError> {
    match built_in(call) {
        Some(strength) => Err(call.area.bad_request(format!(
            "{KIND} with id {} is built in and cannot be changed or deleted.",
            strength.id
        ))),
        None => stored(call).await,
    }
}

fn built_in(call: &Call) -> Option<AuthenticationStrengthPolicy> {
    built_in_strengths().into_iter().find(|strength| strength.id.eq_ignore_ascii_case(call.key(0)))
}

async fn stored(call: &Call) -> Result<Versioned<AuthenticationStrengthPolicy>, GraphError> {
    let strength = call.store().load(call.service.api.tenant, &normalized(call.key(0))).await?;
    strength.ok_or_else(|| call.not_found(KIND, 0))
}
