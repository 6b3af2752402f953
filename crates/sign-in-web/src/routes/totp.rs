use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_authentication::OathError;
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationMethodKind, BaseAuthenticationMethod};
use riskgate_ports::MailContent;
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::outcome::shown::register_page;
use crate::permitted::may_add;
use crate::routes::account::Account;
use crate::routes::security_info::proven_now;

const PATH: &str = "/security-info/totp";
const METHOD: BaseAuthenticationMethod = BaseAuthenticationMethod::SoftwareOath;

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    pending: String,
    code: String,
}

/// `GET /security-info/totp`: QR code and secret of a new authenticator app.
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
) -> Response {
    let result = async {
        let account = match may_add(&web, &context, &headers, PATH, METHOD).await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        let enrollment = web.software_oath.begin(&account.user).map_err(PageError::internal)?;
        Ok(register_page(&web, &headers, &account.target, username(&account), None, &enrollment, None))
    };
    answer(&web, &context, result.await)
}

/// `POST /security-info/totp`: its first code.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = confirm(&web, &context, &headers, &sent).await;
    answer(&web, &context, result)
}

async fn confirm(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    sent: &Sent,
) -> Result<Response, PageError> {
    web.check_form(headers, "register", &sent.anti_forgery)?;
    let account = match may_add(web, context, headers, PATH, METHOD).await? {
        Ok(account) => account,
        Err(first) => return Ok(first),
    };
    let again = |problem: &str| {
        let enrollment =
            web.software_oath.resume(&account.user, &sent.pending).map_err(|_| PageError::Expired)?;
        Ok(register_page(web, headers, &account.target, username(&account), None, &enrollment, Some(problem)))
    };
    match web.software_oath.confirm(&account.user, &sent.pending, &sent.code).await {
        Ok(_) => {
            web.notify(context, &account.user, MailContent::SecurityInfoAdded, "Authenticator app");
            proven_now(web, context, headers, &account, AuthenticationMethodKind::SoftwareOath, "added").await
        }
        Err(OathError::Wrong) => {
            again("That code is not right. Check that the clock of your phone is right and try again.")
        }
        Err(OathError::TooMany) => again("You have five authenticator apps already. Remove one first."),
        Err(OathError::Failed(error)) => Err(PageError::internal(error)),
        Err(OathError::Expired | OathError::Locked) => Err(PageError::Expired),
    }
}

fn username(account: &Account) -> &str {
    account.user.user_principal_name.as_deref().unwrap_or_default()
}
