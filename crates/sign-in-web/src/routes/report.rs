use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_authentication::{AuthnError, FirstFactorError, HashError, OathError, PasswordAttempt};
use riskgate_directory::Actor;
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationFacts, AuthenticationMethodKind};
use riskgate_ports::MailContent;
use riskgate_protection::ProtectionError;
use secrecy::{ExposeSecret, SecretString};
use serde::Deserialize;

use super::new_password::why;
use super::password_strength::STRENGTH;
use super::sign_in::LOCKED;
use crate::SignInWeb;
use crate::attempt::WrongPassword;
use crate::cookies::{session_token, set_session};
use crate::error::{PageError, answer};
use crate::outcome::finish::max_age;
use crate::pages::{ActivityRow, ReportPage, render};
use crate::routes::account::{Account, on_account};
use crate::routes::activity::{activity_row, done};

/// Which sign-in it is about.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    sign_in: String,
}

/// What the page sends.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    #[serde(default)]
    sign_in: String,
    password: SecretString,
    #[serde(default)]
    code: String,
    #[serde(rename = "newPassword")]
    new_password: SecretString,
    #[serde(rename = "confirmPassword")]
    confirm_password: SecretString,
}

/// `GET /account/report`: the second step of "this was not me" says what will happen, and asks for what makes the account
/// the person's own again.
pub(crate) async fn show(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Query(asked): Query<Asked>,
) -> Response {
    let shown = async |account: Account| page(&web, &headers, &account, &asked.sign_in, None).await;
    let result = on_account(&web, &context, &headers, "/account", None, shown).await;
    answer(&web, &context, result)
}

/// `POST /account/report`: the sign-in was somebody else's. Whoever only found an open browser cannot do this: the current
/// password is asked for, and a code where there is an app.
pub(crate) async fn submit(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, "report", &sent.anti_forgery)?;
        let reported = async |account: Account| report(&web, &context, &headers, &account, sent).await;
        on_account(&web, &context, &headers, "/account", None, reported).await
    };
    answer(&web, &context, result.await)
}

async fn report(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    account: &Account,
    sent: Sent,
) -> Result<Response, PageError> {
    reportable(web, account, &sent.sign_in).await?;
    let user = &account.user;
    let again = async |problem: &str| page(web, headers, account, &sent.sign_in, Some(problem)).await;
    if sent.new_password.expose_secret() != sent.confirm_password.expose_secret() {
        return again("The two entries of the new password differ. Type the same password twice.").await;
    }
    let mut proven = AuthenticationFacts::default();
    if let Some(problem) = prove(web, (context, headers), account, &sent, &mut proven).await? {
        return again(problem).await;
    }
    let chosen = web.passwords.hash_chosen(user, sent.new_password.clone()).await;
    let hash = match chosen.map_err(PageError::internal)? {
        Ok(hash) => hash,
        Err(refused) => return again(why(refused)).await,
    };
    let mut actor = Actor::user(&user.id, user.user_principal_name.as_deref().unwrap_or_default());
    actor.ip_address = Some(context.address.to_string());
    match web.protection.user_reported(&user.id, &sent.sign_in, &actor).await {
        Ok(()) => {}
        Err(ProtectionError::UnknownSignIn(_)) => return Err(PageError::Expired),
        Err(error) => return Err(PageError::internal(error)),
    }
    web.directory.set_password(&actor, &user.id, &hash, false).await.map_err(PageError::internal)?;
    if proven.mfa_at().is_some() {
        web.protection.password_was_secured(&user.id, &actor).await.map_err(PageError::internal)?;
    }
    web.notify(context, user, MailContent::PasswordChanged, "");
    sign_in_again(web, context, headers, account, proven).await
}

/// The current password, and a code if there is an app to show one; what is wrong otherwise.
async fn prove(
    web: &SignInWeb,
    (context, headers): (&RequestContext, &HeaderMap),
    account: &Account,
    sent: &Sent,
    proven: &mut AuthenticationFacts,
) -> Result<Option<&'static str>, PageError> {
    let user = &account.user;
    let password_tag = web.password_tag(&sent.password).await?;
    let attempt = PasswordAttempt {
        user: Some(user),
        user_principal_name: user.user_principal_name.as_deref().unwrap_or_default(),
        password: sent.password.clone(),
        address: context.address,
    };
    match web.passwords.verify(attempt).await {
        Ok(_) => proven.pass(AuthenticationMethodKind::Password, web.clock.now()),
        Err(FirstFactorError::Failed(AuthnError::Hash(HashError::Busy))) => return Err(PageError::Busy),
        Err(FirstFactorError::Failed(error)) => return Err(PageError::internal(error)),
        Err(error) => {
            let wrong = WrongPassword { user, target: &account.target, password_tag };
            web.count_wrong_password(&wrong, context, headers).await?;
            let is_locked = error == FirstFactorError::Locked;
            return Ok(Some(if is_locked { LOCKED } else { "The current password is not right." }));
        }
    }
    if !has_app(web, account).await? {
        return Ok(None);
    }
    match web.software_oath.verify(&user.id, &sent.code).await {
        Ok(()) => {
            proven.pass(AuthenticationMethodKind::SoftwareOath, web.clock.now());
            Ok(None)
        }
        Err(OathError::Wrong) => {
            Ok(Some("That code is not right, or it was used before. Wait for the next one and try again."))
        }
        Err(OathError::Locked) => Ok(Some("Too many wrong codes. Wait a few minutes and try again.")),
        Err(error) => Err(PageError::internal(error)),
    }
}

/// The new password ended this browser's session too; whoever chose it goes on.
async fn sign_in_again(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    account: &Account,
    mut proven: AuthenticationFacts,
) -> Result<Response, PageError> {
    let now = web.clock.now();
    for used in &mut proven.methods {
        used.at = now;
    }
    let agent = context.user_agent.as_deref();
    let old = session_token(headers);
    let created = web.sessions.create(&account.user.id, &proven, context.address, agent, old).await;
    let (token, session) = created.map_err(PageError::internal)?;
    let mut response = done("secured");
    set_session(&mut response, &token, max_age(account.persistence, &session, now));
    Ok(response)
}

async fn has_app(web: &SignInWeb, account: &Account) -> Result<bool, PageError> {
    let permitted = web.permitted(&account.user).await?;
    let apps = web.software_oath.list(&account.user.id).await.map_err(PageError::internal)?;
    Ok(!apps.is_empty() && permitted.permits_kind(AuthenticationMethodKind::SoftwareOath))
}

/// The sign-in, if it is the person's own and somebody knew the password.
async fn reportable(web: &SignInWeb, account: &Account, sign_in_id: &str) -> Result<ActivityRow, PageError> {
    let found = web.protection.own_sign_in(&account.user.id, sign_in_id).await;
    let row = found.map_err(PageError::internal)?.as_ref().map(activity_row);
    row.filter(|row| row.is_reportable).ok_or(PageError::Expired)
}

async fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    account: &Account,
    sign_in_id: &str,
    problem: Option<&str>,
) -> Result<Response, PageError> {
    let row = reportable(web, account, sign_in_id).await?;
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "report");
    let page = ReportPage {
        organization: &web.organization,
        username: account.user.user_principal_name.as_deref().unwrap_or_default(),
        sign_in: &row,
        has_app: has_app(web, account).await?,
        anti_forgery: &anti_forgery,
        strength: &browser.token(&web.forms, STRENGTH),
        problem,
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &[])))
}
