//! `/security-info`: what helps on the day a person cannot sign in.

pub(crate) mod codes;
pub(crate) mod email;

use riskgate_access::PermittedMethods;
use riskgate_model::BaseAuthenticationMethod;

use crate::SignInWeb;
use crate::error::PageError;
use crate::pages::RecoveryRows;
use crate::routes::account::Account;

/// What is registered, for the list.
pub(crate) async fn rows(
    web: &SignInWeb,
    account: &Account,
    permitted: &PermittedMethods,
) -> Result<RecoveryRows, PageError> {
    let id = &account.user.id;
    let address = web.recovery.emails.address(id).await.map_err(PageError::internal)?;
    Ok(RecoveryRows {
        has_mail: web.mailer.is_some() && permitted.permits(BaseAuthenticationMethod::Email),
        // Without mail nobody is told of an address that was registered when there was.
        address: address.filter(|_| web.mailer.is_some()).map(|method| method.address),
        codes: web.recovery.codes.left(id).await.map_err(PageError::internal)?,
    })
}
