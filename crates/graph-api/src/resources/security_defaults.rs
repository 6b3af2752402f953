//! `/policies/identitySecurityDefaultsEnforcementPolicy` (contract §1.8), and how it and enabled policies exclude each
//! other (contract §4 rule 22).

mod get;
mod interlock;
mod update;

use riskgate_directory::Capability;
use riskgate_model::{GraphType, IdentitySecurityDefaultsEnforcementPolicy, SECURITY_DEFAULTS};
use riskgate_store::{StoreExt, Versioned};

pub(super) use interlock::allows;

use crate::area::Area::ConditionalAccess;
use crate::call::Call;
use crate::error::GraphError;
use crate::permissions::Rule;
use crate::query::Set;
use crate::route::{Access, Route, routes};

static SET: Set = Set::new(
    IdentitySecurityDefaultsEnforcementPolicy::TYPE,
    "policies/identitySecurityDefaultsEnforcementPolicy",
);
static READ: Rule = Rule::new(&[&["Policy.Read.All"]], Capability::ReadPolicies);
static WRITE: Rule =
    Rule::new(&[&["Policy.Read.All", "Policy.ReadWrite.SecurityDefaults"]], Capability::WritePolicies);

pub(super) fn routes() -> Vec<Route> {
    routes! { ConditionalAccess;
        GET "policies/identitySecurityDefaultsEnforcementPolicy", Access::Rule(&READ) => get::get;
        PATCH "policies/identitySecurityDefaultsEnforcementPolicy", Access::Rule(&WRITE) => update::update;
    }
}

/// The security defaults, if they were ever changed.
async fn stored(
    call: &Call,
) -> Result<Option<Versioned<IdentitySecurityDefaultsEnforcementPolicy>>, GraphError> {
    Ok(call.store().load(call.service.api.tenant, SECURITY_DEFAULTS).await?)
}
