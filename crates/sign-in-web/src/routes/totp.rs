use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::HeaderMap;
use riskgate_authentication::OathError;
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationMethodKind, UserAction};
use riskgate_ports::MailContent;
use serde::Deserialize;

use crate::SignInWeb;
use crate::cookies::{session_token, set_session};
use crate::error::{PageError, answer};
use crate::outcome::finish::max_age;
use crate::outcome::shown::register_page;
use crate::routes::account::{Account, needs_proof, open_account};
use crate::routes::security_info::done;

const PATH: &str = "/security-info/totp";
const REGISTER: Option<UserAction> = Some(UserAction::RegisterSecurityInformation);

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
        let account = match open_account(&web, &context, &headers, PATH, REGISTER).await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        if needs_proof(&web, &account).await? {
            return Ok(done("proof"));
        }
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
    let account = match open_account(web, context, headers, PATH, REGISTER).await? {
        Ok(account) => account,
        Err(first) => return Ok(first),
    };
    if needs_proof(web, &account).await? {
        return Ok(done("proof"));
    }
    let again = |problem: &str| {
        let enrollment =
            web.software_oath.resume(&account.user, &sent.pending).map_err(|_| PageError::Expired)?;
        Ok(register_page(web, headers, &account.target, username(&account), None, &enrollment, Some(problem)))
    };
    match web.software_oath.confirm(&account.user, &sent.pending, &sent.code).await {
        Ok(_) => {
            web.notify(context, &account.user, MailContent::SecurityInfoAdded, "Authenticator app");
            signed_in_with_it(web, context, headers, &account).await
        }
        Err(OathError::Wrong) => {
            again("That code is not right. Check that the clock of your phone is right and try again.")
        }
        Err(OathError::TooMany) => again("You have five authenticator apps already. Remove one first."),
        Err(OathError::Failed(error)) => Err(PageError::internal(error)),
        Err(OathError::Expired | OathError::Locked) => Err(PageError::Expired),
    }
}

/// The session has now proven the app.
async fn signed_in_with_it(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    account: &Account,
) -> Result<Response, PageError> {
    let mut authentication = account.session.authentication.clone();
    authentication.pass(AuthenticationMethodKind::SoftwareOath, web.clock.now());
    let old = session_token(headers);
    let agent = context.user_agent.as_deref();
    let created = web.sessions.create(&account.user.id, &authentication, context.address, agent, old).await;
    let (token, session) = created.map_err(PageError::internal)?;
    let mut response = done("added");
    set_session(&mut response, &token, max_age(account.persistence, &session, web.clock.now()));
    Ok(response)
}

fn username(account: &Account) -> &str {
    account.user.user_principal_name.as_deref().unwrap_or_default()
}
