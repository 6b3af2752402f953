use riskgate_model::authentication_method_modes;

use crate::call::Call;
use crate::query;
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    query::list_of(&call, &super::METHOD_MODES, &authentication_method_modes())
}

pub(super) async fn count(call: Call) -> Outcome {
    query::count_of(&call, &super::METHOD_MODES, &authentication_method_modes())
}

pub(super) async fn get(call: Call) -> Outcome {
    let mut modes = authentication_method_modes().into_iter();
    let mode = modes.find(|mode| mode.id.eq_ignore_ascii_case(call.key(0)));
    query::entity(
        &call,
        &super::METHOD_MODES,
        &mode.ok_or_else(|| call.not_found("AuthenticationMethodModeDetail", 0))?,
    )
}
