use riskgate_store::tables;

use crate::call::Call;
use crate::query;
use crate::resources::stored::document;
use crate::route::Outcome;

pub(super) async fn get(call: Call) -> Outcome {
    let mut sign_in = document(&call, &tables::SIGN_INS, "SignIn", 0).await?;
    super::hide_policies(&mut sign_in, &call);
    query::entity_of(&call, &super::SET, &sign_in)
}
