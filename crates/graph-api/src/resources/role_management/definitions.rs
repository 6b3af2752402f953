use riskgate_directory::{role_definition, role_definitions};

use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &super::DEFINITIONS, &role_definitions())
}

pub(super) async fn count(call: Call) -> Outcome {
    query::count_of(&call, &super::DEFINITIONS, &role_definitions())
}

pub(super) async fn get(call: Call) -> Outcome {
    let definition =
        role_definition(call.key(0)).ok_or_else(|| call.not_found("UnifiedRoleDefinition", 0))?;
    query::entity(&call, &super::DEFINITIONS, &definition)
}
