use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::{Redirect, Response};
use http::{HeaderMap, StatusCode};
use riskgate_core::Timestamp;
use riskgate_http::RequestContext;
use riskgate_model::UserAction;
use riskgate_ports::MailContent;
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::pages::{MethodRow, SecurityInfoPage, render};
use crate::routes::account::{Account, back_to, on_account, open_account};
use crate::routes::recovery;

const PATH: &str = "/security-info";

/// What the page is asked with.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    done: String,
}

/// What removing sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    method: String,
}

/// `GET /mfasetup`, the address people know.
pub(crate) async fn redirect() -> Redirect {
    Redirect::to(PATH)
}

/// `GET /security-info`: what the person proves himself with.
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let shown = async |account: Account| page(&web, &headers, &account, &asked.done).await;
    let result = on_account(&web, &context, &headers, PATH, None, shown).await;
    answer(&web, &context, result)
}

/// `POST /security-info/remove`: an authenticator app is no longer good. Whoever has one must have proven it.
pub(crate) async fn remove(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, "security-info", &sent.anti_forgery)?;
        let action = Some(UserAction::RegisterSecurityInformation);
        let account = match open_account(&web, &context, &headers, PATH, action).await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        if account.session.authentication.mfa_at().is_none() {
            return Ok(done("proof"));
        }
        let removed = web.registered_methods.remove(&account.user.id, &sent.method).await;
        let removed = removed.map_err(PageError::internal)?;
        if removed.is_some() {
            web.notify(&context, &account.user, MailContent::SecurityInfoRemoved, "Authenticator app");
        }
        Ok(done(if removed.is_some() { "removed" } else { "gone" }))
    };
    answer(&web, &context, result.await)
}

/// Back to the list, with a notice.
pub(crate) fn done(what: &str) -> Response {
    back_to(PATH, what)
}

async fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    account: &Account,
    done: &str,
) -> Result<Response, PageError> {
    let methods = web.software_oath.list(&account.user.id).await.map_err(PageError::internal)?;
    let credential = web.passwords.credential(Some(&account.user)).await.map_err(PageError::internal)?;
    let changed = credential.map(|credential| day(credential.record.changed_date_time)).unwrap_or_default();
    let rows =
        methods.into_iter().map(|m| MethodRow { id: m.record.id, added: day(m.record.created_date_time) });
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "security-info");
    let page = SecurityInfoPage {
        organization: &web.organization,
        username: account.user.user_principal_name.as_deref().unwrap_or_default(),
        password_changed: &changed,
        methods: &rows.collect::<Vec<_>>(),
        recovery: recovery::rows(web, account).await?,
        anti_forgery: &anti_forgery,
        notice: match done {
            "added" => Some("Your authenticator app is set up."),
            "removed" => Some("The authenticator app was removed."),
            "email" => Some("Your mail address is registered."),
            "no-email" => Some("No codes are mailed to you any more."),
            "gone" => Some("That authenticator app was removed already."),
            "proof" => Some("Sign out and in again with a code from your app before you remove it."),
            _ => None,
        },
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &[])))
}

/// `2026-11-23`, in UTC.
pub(crate) fn day(at: Timestamp) -> String {
    at.without_zone().split('T').next().unwrap_or_default().to_owned()
}
