use std::sync::Arc;

use axum::extract::{Form, Query, State};
use axum::response::Response;
use http::{HeaderMap, StatusCode};
use riskgate_core::Timestamp;
use riskgate_http::RequestContext;
use riskgate_model::{ClientFacts, SignInLocation};
use riskgate_store::records::{Session, SignInRecord};
use serde::Deserialize;

use crate::SignInWeb;
use crate::error::{PageError, answer};
use crate::pages::{AccountPage, ActivityRow, SessionRow, render};
use crate::routes::account::{Account, back_to, on_account, open_account};
use crate::routes::consents::consents;

const PATH: &str = "/account";
/// Sign-ins that are shown.
const MAX_SIGN_INS: u64 = 20;

/// What the page is asked with.
#[derive(Deserialize)]
pub(crate) struct Asked {
    #[serde(default)]
    done: String,
}

/// What ending sends: a `sid`, or nothing for all sessions but this one.
#[derive(Deserialize)]
pub(crate) struct Sent {
    anti_forgery: String,
    #[serde(default)]
    session: String,
}

/// `GET /account`: where the person is signed in, and what happened lately.
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

/// `POST /account/end`: signs another browser out, with all applications that were opened in it.
pub(crate) async fn end(
    State(web): State<Arc<SignInWeb>>,
    context: RequestContext,
    headers: HeaderMap,
    Form(sent): Form<Sent>,
) -> Response {
    let result = async {
        web.check_form(&headers, "account", &sent.anti_forgery)?;
        let account = match open_account(&web, &context, &headers, PATH, None).await? {
            Ok(account) => account,
            Err(first) => return Ok(first),
        };
        let sessions = web.sessions.list(&account.user).await.map_err(PageError::internal)?;
        let own = &account.session.session_id;
        let is_meant = |session: &&Session| match sent.session.as_str() {
            "" => session.session_id != *own,
            meant => session.session_id == meant,
        };
        let mut has_ended = false;
        for session in sessions.iter().filter(is_meant) {
            has_ended |= end_session(&web, session).await?;
        }
        Ok(done(if has_ended { "ended" } else { "gone" }))
    };
    answer(&web, &context, result.await)
}

pub(crate) async fn end_session(web: &SignInWeb, session: &Session) -> Result<bool, PageError> {
    let (user, sid) = (&session.user_id, &session.session_id);
    // Without the session no new tokens; without the tokens nothing is left of it.
    let has_ended = web.sessions.end_by_sid(user, sid).await.map_err(PageError::internal)?;
    web.tokens.revoke_session(user, sid).await.map_err(PageError::internal)?;
    Ok(has_ended)
}

/// Back to the page, with a notice.
pub(crate) fn done(what: &str) -> Response {
    back_to(PATH, what)
}

async fn page(
    web: &SignInWeb,
    headers: &HeaderMap,
    account: &Account,
    done: &str,
) -> Result<Response, PageError> {
    let sessions = web.sessions.list(&account.user).await.map_err(PageError::internal)?;
    let own = account.session.session_id.as_str();
    let sessions: Vec<_> = sessions.into_iter().map(|session| session_row(web, session, own)).collect();
    let latest = web.protection.latest_sign_ins(&account.user.id, MAX_SIGN_INS).await;
    let activity: Vec<_> = latest.map_err(PageError::internal)?.iter().map(activity_row).collect();
    let consents = consents(web, &account.user.id).await?;
    let browser = web.browser(headers);
    let anti_forgery = browser.token(&web.forms, "account");
    let page = AccountPage {
        consents: &consents,
        organization: &web.organization,
        username: account.user.user_principal_name.as_deref().unwrap_or_default(),
        sessions: &sessions,
        activity: &activity,
        anti_forgery: &anti_forgery,
        notice: match done {
            "ended" => Some("Signed out there."),
            "gone" => Some("That browser was signed out already."),
            "consent" => Some("The application gets nothing of yours any more."),
            "secured" => Some(
                "Thank you. Your account has a new password, and every browser and application but this one is signed \
                 out. Your administrators can see what you reported.",
            ),
            _ => None,
        },
    };
    Ok(browser.keep(render(StatusCode::OK, &page, &[])))
}

fn session_row(web: &SignInWeb, session: Session, own: &str) -> SessionRow {
    SessionRow {
        is_this: session.session_id == own,
        program: program(&web.protection.client(session.user_agent.as_deref())),
        since: moment(session.created_date_time),
        address: session.ip_address,
        id: session.session_id,
    }
}

/// A sign-in as its owner reads it.
pub(crate) fn activity_row(record: &SignInRecord) -> ActivityRow {
    let (sign_in, facts) = (&record.sign_in, &record.evidence.facts);
    let code = sign_in.status.as_ref().and_then(|status| status.error_code).unwrap_or_default();
    ActivityRow {
        id: sign_in.id.clone(),
        at: moment(sign_in.created_date_time),
        application: sign_in.app_display_name.clone().unwrap_or_else(|| "An application".to_owned()),
        place: facts.network.location.as_ref().map(place).unwrap_or_default(),
        address: facts.network.ip_address.to_string(),
        program: program(&facts.client),
        result: result(code),
        // A wrong password opened nothing, so there is nothing to secure.
        is_reportable: !matches!(code, 50_126 | 50_053 | 50_057),
    }
}

fn result(error_code: i32) -> &'static str {
    match error_code {
        0 => "Signed in",
        50_126 | 50_053 => "Wrong password",
        53_000..=53_999 => "Right password, access refused",
        500_121 => "Right password, wrong code",
        _ => "Right password, not finished",
    }
}

fn place(location: &SignInLocation) -> String {
    // Many a region is called like its capital.
    let state = location.state.as_ref().filter(|state| Some(*state) != location.city.as_ref());
    let parts = [location.city.as_ref(), state, location.country_or_region.as_ref()];
    parts.into_iter().flatten().map(String::as_str).collect::<Vec<_>>().join(", ")
}

fn program(client: &ClientFacts) -> String {
    match (client.browser.as_deref(), client.operating_system.as_deref()) {
        (Some(browser), Some(system)) => format!("{browser}, {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "An unknown program".to_owned(),
    }
}

/// `2026-11-23 09:00 UTC`.
pub(crate) fn moment(at: Timestamp) -> String {
    let text = at.without_zone().replace('T', " ");
    format!("{} UTC", text.get(..16).unwrap_or(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_called_what_it_says_it_is() {
        let text = |text: &str| Some(text.to_owned());
        for (browser, operating_system, expected) in [
            (text("Firefox 140"), text("Windows 10"), "Firefox 140, Windows 10"),
            (text("curl 8"), None, "curl 8"),
            (None, text("Android"), "Android"),
            (None, None, "An unknown program"),
        ] {
            let client = ClientFacts { browser, operating_system, ..ClientFacts::default() };
            assert_eq!(program(&client), expected);
        }
    }

    #[test]
    fn a_moment_is_told_to_the_minute() {
        assert_eq!(moment("2026-11-23T09:05:59.5Z".parse().unwrap()), "2026-11-23 09:05 UTC");
    }
}
