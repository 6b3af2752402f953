use axum::response::Response;
use http::HeaderMap;
use riskgate_http::RequestContext;
use riskgate_model::User;
use riskgate_protection::{Attempt, ContinuedSession, SignInKind};
use riskgate_store::records::Session;

use crate::SignInWeb;
use crate::attempt::Target;
use crate::cookies::session_token;
use crate::error::PageError;
use crate::outcome::next::{Arrival, next};

/// The session of this browser, if the request lets it be used.
pub(super) async fn reusable_session(
    web: &SignInWeb,
    headers: &HeaderMap,
    target: &Target,
) -> Result<Option<(Session, User)>, PageError> {
    let Some(token) = session_token(headers) else { return Ok(None) };
    let Some(session) = web.sessions.load(token).await.map_err(PageError::internal)? else { return Ok(None) };
    let Some(user) = web.directory.find_user(&session.user_id).await.map_err(PageError::internal)? else {
        return Ok(None);
    };
    let Some(request) = target.request() else { return Ok(Some((session, user))) };
    if request.prompt.iter().any(|prompt| prompt == "login" || prompt == "select_account") {
        return Ok(None);
    }
    let proven = session.authentication.methods.iter().map(|used| used.at).max();
    let is_too_old = request
        .max_age
        .is_some_and(|seconds| proven.is_none_or(|at| web.clock.now().since(at).as_secs() > seconds));
    // A claims challenge counts whole seconds.
    let is_before_challenge = request
        .claims
        .authenticated_since
        .is_some_and(|since| proven.is_none_or(|at| at.as_seconds() < since.as_seconds()));
    let is_somebody_else = request.login_hint.as_deref().is_some_and(|hint| {
        !hint.is_empty()
            && !user.user_principal_name.as_deref().is_some_and(|name| name.eq_ignore_ascii_case(hint))
    });
    Ok((!is_too_old && !is_before_challenge && !is_somebody_else).then_some((session, user)))
}

/// The session a browser goes on with.
pub(crate) fn continued(session: &Session) -> Option<ContinuedSession> {
    Some(ContinuedSession {
        id: session.session_id.clone(),
        began_at: session.created_date_time,
        address: session.ip_address.parse().ok()?,
        user_agent: session.user_agent.clone(),
    })
}

/// Decides again with what the session has proven.
pub(super) async fn reuse(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    target: &Target,
    session: &Session,
    user: &User,
) -> Result<Response, PageError> {
    let proven = web.with_device(context, headers, &user.id, &session.authentication).await?;
    let authentication = target.proofs(&proven);
    let attempt = web.attempt(SignInKind::SessionReuse, user, target, &authentication, context, headers);
    let attempt = Attempt { session: continued(session), ..attempt };
    let judgement = web.protection.judge(&attempt).await.map_err(PageError::internal)?;
    let arrival = Arrival {
        user,
        target,
        authentication: &authentication,
        judgement: &judgement,
        must_change_password: false,
        is_password_breached: false,
        passed: &[],
        session: Some(session),
    };
    next(web, context, headers, &arrival).await
}
