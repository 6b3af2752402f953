use riskgate_directory::{AuditEntry, audit, user_target};
use riskgate_model::{BaseAuthenticationMethod, GraphEnum};
use riskgate_store::records::AuthenticationMethod;
use riskgate_store::{StoreExt, retry};

use crate::answer::Answer;
use crate::call::Call;
use crate::error::GraphError;
use crate::resources::stored::normalized;
use crate::resources::users::manage;
use crate::route::Outcome;

/// Removes an authenticator app of a user.
pub(super) async fn software_oath(call: Call) -> Outcome {
    remove(&call, BaseAuthenticationMethod::SoftwareOath).await
}

/// Removes a passkey of a user.
pub(super) async fn fido2(call: Call) -> Outcome {
    remove(&call, BaseAuthenticationMethod::Fido2).await
}

/// Removes a phone of a user.
pub(super) async fn microsoft_authenticator(call: Call) -> Outcome {
    remove(&call, BaseAuthenticationMethod::MicrosoftAuthenticator).await
}

/// Ends the temporary access pass of a user.
pub(super) async fn temporary_access_pass(call: Call) -> Outcome {
    remove(&call, BaseAuthenticationMethod::TemporaryAccessPass).await
}

async fn remove(call: &Call, kind: BaseAuthenticationMethod) -> Outcome {
    retry(|| once(call, kind)).await?;
    Ok(Answer::no_content())
}

async fn once(call: &Call, kind: BaseAuthenticationMethod) -> Result<(), GraphError> {
    let api = &call.service.api;
    let user = api.directory.user(call.key(0)).await?;
    manage(call, &user).await?;
    let method = call.store().load::<AuthenticationMethod>(api.tenant, &normalized(call.key(1))).await?;
    let method =
        method.filter(|method| method.record.user_id == user.id && method.record.kind.base() == Some(kind));
    let method = method.ok_or_else(|| call.not_found("AuthenticationMethod", 1))?;
    let mut batch = call.batch();
    batch.delete(&method);
    let entry = AuditEntry::new("Admin deleted security info", "UserManagement", "Delete");
    let name = kind.name();
    let entry = entry.target(user_target(&user, &[])).detail("method", name);
    audit(&mut batch, &*api.clock, &*api.rng, &call.actor()?, entry)?;
    Ok(api.store.commit(batch).await?)
}
