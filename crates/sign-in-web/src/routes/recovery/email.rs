use std::sync::Arc;

use axum::extract::{Form, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_authentication::{EmailCodeError, EmailCodes};
use riskgate_http::RequestContext;
use riskgate_model::BaseAuthenticationMethod;
use riskgate_ports::MailContent;
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::pages::{EmailPage, render};
use crate::permitted::may_add;
use crate::routes::account::Account;
use crate::routes::security_info::{done, may_change};

const PATH: &str = "/security-info/email";
/// Longest address (RFC 5321 §4.5.3.1).
const MAX_ADDRESS: usize = 254;

/// An address to be registered.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    address: String,
}

/// The code that was mailed to it.
#[derive(Deserialize)]
pub(crate) struct Confirmed {
    anti_forgery: String,
    pending: String,
    address: String,
    code: String,
}

/// The button that removes it.
#[derive(Deserialize)]
pub(crate) struct Removed {
    anti_forgery: String,
}

/// `GET /security-info/email`: which address?
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
) -> Response {
    let result = async {
        match opened(&web, &context, &headers).await? {
            Ok(account) => Ok(page(&web, &headers, &account, "", None, None)),
            Err(first) => Ok(first),
        }
    };
    answer(&web, &context, result.await)
}

/// `POST /security-info/email`: mails a code to the address.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, "email", &sent.anti_forgery)?;
        match opened(&web, &context, &headers).await? {
            Ok(account) => begin(&web, &headers, &account, sent.address.trim()).await,
            Err(first) => Ok(first),
        }
    };
    answer(&web, &context, result.await)
}

/// `POST /security-info/email/confirm`: the code that was mailed.
pub(crate) async fn confirm(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Confirmed>,
) -> Response {
    let result = async {
        web.check_form(&headers, "email", &sent.anti_forgery)?;
        let account = match opened(&web, &context, &headers).await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        let again = |pending, problem| page(&web, &headers, &account, &sent.address, pending, Some(problem));
        match web.recovery.emails.register(&account.user.id, &sent.pending, &sent.code).await {
            Ok(_) => {
                web.notify(&context, &account.user, MailContent::SecurityInfoAdded, "Mail address");
                Ok(done("email"))
            }
            Err(EmailCodeError::Wrong) => {
                Ok(again(Some(&sent.pending), "That code is not right. Check the latest mail and try again."))
            }
            Err(EmailCodeError::Failed(error)) => Err(PageError::internal(error)),
            Err(_) => Ok(again(None, "That code is good no longer. Ask for a new one.")),
        }
    };
    answer(&web, &context, result.await)
}

/// `POST /security-info/email/remove`: no codes are mailed any more.
pub(crate) async fn remove(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Removed>,
) -> Response {
    let result = async {
        web.check_form(&headers, "security-info", &sent.anti_forgery)?;
        let account = match may_change(&web, &context, &headers, PATH).await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        if web.recovery.emails.remove(&account.user.id).await.map_err(PageError::internal)? {
            web.notify(&context, &account.user, MailContent::SecurityInfoRemoved, "Mail address");
        }
        Ok(done("no-email"))
    };
    answer(&web, &context, result.await)
}

/// The account, if there is mail at all and its owner may register an address.
async fn opened(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
) -> Result<Result<Account, Response>, PageError> {
    if web.mailer.is_none() {
        return Err(PageError::Expired);
    }
    may_add(web, context, headers, PATH, BaseAuthenticationMethod::Email).await
}

async fn begin(
    web: &SignInWeb,
    headers: &HeaderMap,
    account: &Account,
    address: &str,
) -> Result<Response, PageError> {
    let again = |problem| Ok(page(web, headers, account, address, None, Some(problem)));
    if address.len() > MAX_ADDRESS {
        return again("No mail can be sent to this address. Check it and try again.");
    }
    let issued = match web.recovery.emails.begin_registration(&account.user.id, address).await {
        Ok(issued) => issued,
        Err(EmailCodeError::Failed(error)) => return Err(PageError::internal(error)),
        Err(_) => return again("Too many codes were sent. Wait a few minutes and try again."),
    };
    let content = MailContent::Code { code: issued.code, minutes: EmailCodes::minutes() };
    if !web.mail(&account.user, address, content) {
        return again("No mail can be sent to this address. Check it and try again.");
    }
    Ok(page(web, headers, account, address, Some(&issued.challenge), None))
}

fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    account: &Account,
    address: &str,
    pending: Option<&str>,
    problem: Option<&str>,
) -> Response {
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "email");
    let shown = EmailPage {
        organization: &web.organization,
        username: account.user.user_principal_name.as_deref().unwrap_or_default(),
        address,
        pending,
        anti_forgery: &anti_forgery,
        problem,
    };
    browser.keep(render(StatusCode::OK, &shown, &[]))
}
