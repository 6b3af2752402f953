use riskgate_directory::{AuditEntry, audit, user_target};
use riskgate_store::records::AuthenticationMethod;
use riskgate_store::{StoreExt, retry};

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::stored::normalized;
use crate::resources::users::manage;
use crate::route::Outcome;

/// Removes an authenticator app of a user.
pub(super) async fn remove(call: Call) -> Outcome {
    retry(|| once(&call)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call) -> Result<(), GraphError> {
    let api = &call.service.api;
    let user = api.directory.user(call.key(0)).await?;
    manage(call, &user).await?;
    let method = call.store().load::<AuthenticationMethod>(api.tenant, &normalized(call.key(1))).await?;
    let method = method.filter(|method| method.record.user_id == user.id);
    let method = method.ok_or_else(|| call.not_found("AuthenticationMethod", 1))?;
    let mut batch = call.batch();
    batch.delete(&method);
    let entry = AuditEntry::new("Admin deleted security info", "UserManagement", "Delete");
    let entry = entry.target(user_target(&user, &[])).detail("method", "softwareOath");
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.store.commit(batch).await?)
}
