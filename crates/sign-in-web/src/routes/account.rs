use axum::response::{IntoResponse, Redirect, Response};
use http::HeaderMap;
use riskgate_access::Outcome;
use riskgate_http::{RequestContext, page_headers};
use riskgate_model::{PersistentBrowserSessionMode, RiskLevel, User, UserAction};
use riskgate_protection::{Attempt, SignInKind};
use riskgate_store::records::{Session, SignInTarget};

use crate::SignInWeb;
use crate::attempt::Target;
use crate::cookies::session_token;
use crate::error::PageError;
use crate::outcome::action::{Permission, ask_for_action};
use crate::outcome::refused::{Refusal, refusal, refused_page};
use crate::routes::sealed;
use crate::routes::sign_in::continued;

/// A signed-in person on a page of Riskgate's own.
pub(crate) struct Account {
    pub(crate) user: User,
    pub(crate) session: Session,
    /// The page.
    pub(crate) target: Target,
    /// Whether policies keep the browser signed in.
    pub(crate) persistence: Option<PersistentBrowserSessionMode>,
}

/// Lets a signed-in person on to a page of his account, or answers what comes first: signing in, a second proof if he has
/// one registered, or a refusal while there is risk.
///
/// `user_action` is what is done there, if policies have a word for it; then both the account and the action must be
/// allowed.
pub(crate) async fn open_account(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    path: &str,
    user_action: Option<UserAction>,
) -> Result<Result<Account, Response>, PageError> {
    let page = SignInTarget::Page(path.to_owned());
    let session = match session_token(headers) {
        Some(token) => web.sessions.load(token).await.map_err(PageError::internal)?,
        None => None,
    };
    let Some(session) = session else { return Ok(Err(to_sign_in(web, &page))) };
    let user = web.directory.find_user(&session.user_id).await.map_err(PageError::internal)?;
    let Some(user) = user else { return Ok(Err(to_sign_in(web, &page))) };
    let authentication = web.with_device(context, headers, &user.id, &session.authentication).await?;
    let session = Session { authentication, ..session };
    let target = web.look_up(page).await?;
    let attempt = web.attempt(SignInKind::Refresh, &user, &target, &session.authentication, context, headers);
    let attempt = Attempt { session: continued(&session), ..attempt };
    let judgement = web.protection.judge(&attempt).await.map_err(PageError::internal)?;
    if judgement.decision.outcome != Outcome::Grant {
        return Ok(Err(to_sign_in(web, &target.target)));
    }
    let has_proven = session.authentication.mfa_at().is_some();
    let is_risky = judgement.sign_in_level.severity() >= RiskLevel::Medium.severity();
    if is_risky && !has_proven {
        let shown = Refusal { application: Some(&target.application_name), ..refusal(53_004) };
        return Ok(Err(refused_page(web, context, &shown)));
    }
    if let Some(user_action) = user_action {
        let done = SignInTarget::Action { path: path.to_owned(), user_action };
        match ask_for_action(web, context, headers, &user, &done, &session.authentication).await? {
            Permission::Granted => {}
            Permission::Refused(page) => return Ok(Err(page)),
            Permission::Interrupted(_) => return Ok(Err(to_sign_in(web, &done))),
        }
    }
    let persistence = judgement.decision.session.persistent_browser;
    Ok(Ok(Account { user, session, target, persistence }))
}

/// Answers with what `page` makes for the person whose account it is, or with what comes first ([`open_account`]).
pub(crate) async fn on_account<F: Future<Output = Result<Response, PageError>>>(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    path: &str,
    user_action: Option<UserAction>,
    page: impl FnOnce(Account) -> F,
) -> Result<Response, PageError> {
    match open_account(web, context, headers, path, user_action).await? {
        Ok(account) => page(account).await,
        Err(first) => Ok(first),
    }
}

/// Back to a page of the account, with a notice.
pub(crate) fn back_to(path: &str, done: &str) -> Response {
    let mut response = Redirect::to(&format!("{path}?done={done}")).into_response();
    page_headers(response.headers_mut(), &[]);
    response
}

/// To the sign-in page, and from there to what was wanted.
pub(crate) fn to_sign_in(web: &SignInWeb, target: &SignInTarget) -> Response {
    let mut response = Redirect::to(&format!("/signin?ctx={}", sealed(web, target))).into_response();
    page_headers(response.headers_mut(), &[]);
    response
}
