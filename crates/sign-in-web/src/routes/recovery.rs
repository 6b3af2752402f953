//! `/security-info`: what helps on the day a person cannot sign in.

pub(crate) mod codes;
pub(crate) mod email;

use riskgate_http::RequestContext;
use riskgate_model::UserAction;

use crate::SignInWeb;
use crate::error::PageError;
use crate::pages::RecoveryRows;
use crate::routes::account::{Account, needs_proof, open_account};
use crate::routes::security_info::done;

use axum::response::Response;
use http::HeaderMap;

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

/// Lets a person on to a change of what leads to a new password, or answers what comes first: like adding an app, it needs
/// the proof this session has not seen yet.
async fn open(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    path: &str,
) -> Result<Result<Account, Response>, PageError> {
    let action = Some(UserAction::RegisterSecurityInformation);
    let account = match open_account(web, context, headers, path, action).await? {
        Ok(account) => account,
        Err(first) => return Ok(Err(first)),
    };
    Ok(if needs_proof(web, &account).await? { Err(done("proof")) } else { Ok(account) })
}
