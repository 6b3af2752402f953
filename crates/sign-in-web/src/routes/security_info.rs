use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::{Redirect, Response};
use http::{HeaderMap, StatusCode};
use riskgate_core::Timestamp;
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationMethodKind, BaseAuthenticationMethod, UserAction};
use riskgate_ports::MailContent;
use riskgate_store::records::SignInTarget;
use serde::Deserialize;

use crate::SignInWeb;
use crate::cookies::{session_token, set_session};
use crate::error::{PageError, answer};
use crate::outcome::finish::max_age;
use crate::outcome::fresh_proof::lacks_fresh_proof;
use crate::pages::{MethodRow, SecurityInfoPage, render};
use crate::routes::account::{Account, back_to, on_account, open_account, to_sign_in};
use crate::routes::recovery;

const PATH: &str = "/security-info";
/// The forms of the page.
const FORM: &str = "security-info";

/// What the page is asked with.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    done: String,
}

/// What removing and renaming send.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    method: String,
    #[serde(default)]
    name: String,
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

/// `POST /security-info/remove`: a method is no longer good.
pub(crate) async fn remove(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, FORM, &sent.anti_forgery)?;
        let account = match may_change(&web, &context, &headers, PATH).await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        let removed = web.registered_methods.remove(&account.user.id, &sent.method).await;
        let Some(removed) = removed.map_err(PageError::internal)? else { return Ok(done("gone")) };
        web.notify(&context, &account.user, MailContent::SecurityInfoRemoved, label(removed.kind));
        Ok(done("removed"))
    };
    answer(&web, &context, result.await)
}

/// `POST /security-info/rename`: a method gets a name its owner recognises.
pub(crate) async fn rename(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, FORM, &sent.anti_forgery)?;
        let account = match may_change(&web, &context, &headers, PATH).await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        let renamed = web.registered_methods.rename(&account.user.id, &sent.method, &sent.name).await;
        Ok(done(if renamed.map_err(PageError::internal)? { "renamed" } else { "gone" }))
    };
    answer(&web, &context, result.await)
}

/// Lets a person on to a change of what he proves himself with, or answers what comes first: all that comes before a page
/// of his account, what policies about it ask for, and a proof of just now.
pub(crate) async fn may_change(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    path: &str,
) -> Result<Result<Account, Response>, PageError> {
    let user_action = UserAction::RegisterSecurityInformation;
    let account = match open_account(web, context, headers, path, Some(user_action)).await? {
        Ok(account) => account,
        Err(first) => return Ok(Err(first)),
    };
    if lacks_fresh_proof(web, &account.user, &account.session.authentication).await? {
        let action = SignInTarget::Action { path: path.to_owned(), user_action };
        return Ok(Err(to_sign_in(web, &action)));
    }
    Ok(Ok(account))
}

/// Back to the list; the session has now proven what was just registered.
pub(crate) async fn proven_now(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    account: &Account,
    kind: AuthenticationMethodKind,
    what: &str,
) -> Result<Response, PageError> {
    let mut authentication = account.session.authentication.clone();
    authentication.pass(kind, web.clock.now());
    let old = session_token(headers);
    let agent = context.user_agent.as_deref();
    let created = web.sessions.create(&account.user.id, &authentication, context.address, agent, old).await;
    let (token, session) = created.map_err(PageError::internal)?;
    let mut response = done(what);
    set_session(&mut response, &token, max_age(account.persistence, &session, web.clock.now()));
    Ok(response)
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
    let methods = web.registered_methods.list(&account.user.id).await.map_err(PageError::internal)?;
    let credential = web.passwords.credential(Some(&account.user)).await.map_err(PageError::internal)?;
    let changed = credential.map(|credential| day(credential.record.changed_date_time)).unwrap_or_default();
    let permitted = web.permitted(&account.user).await?;
    let rows = methods.into_iter().map(|method| MethodRow {
        is_permitted: permitted.permits_kind(method.record.kind),
        id: method.record.id,
        kind: label(method.record.kind),
        name: method.record.display_name.unwrap_or_default(),
        added: day(method.record.created_date_time),
    });
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, FORM);
    let page = SecurityInfoPage {
        organization: &web.organization,
        username: account.user.user_principal_name.as_deref().unwrap_or_default(),
        password_changed: &changed,
        methods: &rows.collect::<Vec<_>>(),
        recovery: recovery::rows(web, account, &permitted).await?,
        has_passkeys: web.passkeys.are_available() && permitted.may_register_passkeys(),
        has_apps: permitted.permits(BaseAuthenticationMethod::SoftwareOath),
        has_phones: permitted.permits(BaseAuthenticationMethod::MicrosoftAuthenticator),
        anti_forgery: &anti_forgery,
        notice: match done {
            "added" => Some("Your authenticator app is set up."),
            "passkey-added" => Some("Your passkey is set up. Use it the next time you sign in."),
            "phone-added" => {
                Some("Your phone is registered. Keep its page among your apps, so that you find it quickly.")
            }
            "phone-open" => Some("No phone was registered with the code."),
            "removed" => Some("The method was removed."),
            "email" => Some("Your mail address is registered."),
            "no-email" => Some("No codes are mailed to you any more."),
            "renamed" => Some("The name was changed."),
            "gone" => Some("That method was removed already."),
            _ => None,
        },
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &[])))
}

/// What a person calls a kind of method.
pub(crate) fn label(kind: AuthenticationMethodKind) -> &'static str {
    match kind {
        AuthenticationMethodKind::Password => "Password",
        AuthenticationMethodKind::SoftwareOath => "Authenticator app",
        AuthenticationMethodKind::Fido2 => "Passkey",
        AuthenticationMethodKind::MicrosoftAuthenticatorPush => "Phone",
        AuthenticationMethodKind::TemporaryAccessPassOneTime
        | AuthenticationMethodKind::TemporaryAccessPassMultiUse => "Temporary access pass",
        AuthenticationMethodKind::FederatedSingleFactor | AuthenticationMethodKind::FederatedMultiFactor => {
            "Identity provider"
        }
    }
}

/// `2026-11-23`, in UTC.
pub(crate) fn day(at: Timestamp) -> String {
    at.without_zone().split('T').next().unwrap_or_default().to_owned()
}
