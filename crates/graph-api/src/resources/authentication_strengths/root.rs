use riskgate_model::{AuthenticationStrengthRoot, authentication_combinations};

use crate::call::Call;
use crate::query;
use crate::route::Outcome;

/// Every combination of methods a strength can allow.
pub(super) async fn get(call: Call) -> Outcome {
    let root = AuthenticationStrengthRoot {
        id: "authenticationStrength".to_owned(),
        combinations: authentication_combinations(),
    };
    query::entity(&call, &super::ROOT, &root)
}
