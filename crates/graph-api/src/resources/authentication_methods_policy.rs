//! `/policies/authenticationMethodsPolicy` (contract §1.8): which methods there are, for whom, and how they behave. What of it
//! is not enforced is refused (`check.rs`).

mod change;
mod check;
mod configurations;
mod get;
mod update;

use riskgate_directory::Capability;
use riskgate_model::{AUTHENTICATION_METHODS_POLICY, AuthenticationMethodsPolicy, GraphType};
use riskgate_store::{StoreExt, Versioned};

use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static SET: Set = Set::new(AuthenticationMethodsPolicy::TYPE, "policies/authenticationMethodsPolicy");
static READ: Rule = Rule::new(
    &[
        &["Policy.Read.AuthenticationMethod"],
        &["Policy.Read.All"],
        &["Policy.ReadWrite.AuthenticationMethod"],
    ],
    Capability::ReadAuthenticationPolicies,
);
static WRITE: Rule =
    Rule::new(&[&["Policy.ReadWrite.AuthenticationMethod"]], Capability::WriteAuthenticationPolicies);

pub(super) fn routes() -> Vec<Route> {
    let (read, write) = (Access::Rule(&READ), Access::Rule(&WRITE));
    routes! { ConditionalAccess;
        GET "policies/authenticationMethodsPolicy", read => get::get;
        PATCH "policies/authenticationMethodsPolicy", write => update::update;
        GET "policies/authenticationMethodsPolicy/authenticationMethodConfigurations", read => configurations::list;
        GET "policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{id}", read => configurations::get;
        PATCH "policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{id}", write => configurations::update;
        DELETE "policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{id}", write => configurations::reset;
    }
}

/// The policy, if it was ever changed.
async fn stored(call: &Call) -> Result<Option<Versioned<AuthenticationMethodsPolicy>>, GraphError> {
    Ok(call.store().load(call.service.api.tenant, AUTHENTICATION_METHODS_POLICY).await?)
}

/// The policy in force.
pub(super) async fn in_force(call: &Call) -> Result<AuthenticationMethodsPolicy, GraphError> {
    Ok(stored(call).await?.map_or_else(AuthenticationMethodsPolicy::initial, |row| row.record))
}
