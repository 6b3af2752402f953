//! `/security-info`: what helps on the day a person cannot sign in.

pub(crate) mod codes;
pub(crate) mod email;

use crate::SignInWeb;
use crate::error::PageError;
use crate::pages::RecoveryRows;
use crate::routes::account::Account;

/// What is registered, for the list.
pub(crate) async fn rows(web: &SignInWeb, account: &Account) -> Result<RecoveryRows, PageError> {
    let id = &account.user.id;
    let address = web.recovery.emails.address(id).await.map_err(PageError::internal)?;
    Ok(RecoveryRows {
        has_mail: web.mailer.is_some(),
        address: address.map(|method| method.address),
        codes: web.recovery.codes.left(id).await.map_err(PageError::internal)?,
    })
}
