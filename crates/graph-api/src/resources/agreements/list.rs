use riskgate_store::tables;

use crate::call::Call;
use crate::query::{self, Source};
use crate::route::Outcome;

pub(super) async fn list(call: Call) -> Outcome {
    query::list(&call, super::set(&call), Source::all(&tables::AGREEMENTS)).await
}

pub(super) async fn count(call: Call) -> Outcome {
    query::count(&call, super::set(&call), Source::all(&tables::AGREEMENTS)).await
}
