use axum::response::Response;
use http::HeaderMap;
use riskgate_access::{Control, Outcome};
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationFacts, User};
use riskgate_protection::Judgement;
use riskgate_store::records::Session;
use riskgate_tokens::{ACR_MULTI_FACTOR, acr};

use super::ask::{ask, ask_for_first_password};
use super::finish::finish;
use super::fresh_proof::{lacks_fresh_proof, leads_to_change};
use super::refused::{Refusal, refusal, refused_page};
use super::silent::silent_error;
use crate::SignInWeb;
use crate::attempt::Target;
use crate::error::PageError;
use crate::methods::has_any;

/// Policies ask again for what was just passed.
const ASKED_AGAIN: i32 = 50_131;

/// Somebody on the way in, with what was judged of him.
pub(crate) struct Arrival<'a> {
    pub(crate) user: &'a User,
    pub(crate) target: &'a Target,
    pub(crate) authentication: &'a AuthenticationFacts,
    pub(crate) judgement: &'a Judgement,
    pub(crate) must_change_password: bool,
    /// Whether that is because it is known from breaches.
    pub(crate) is_password_breached: bool,
    /// What policies asked for and he did, in this sign-in.
    pub(crate) passed: &'a [Control],
    /// The session that is used again, if nothing new was proven.
    pub(crate) session: Option<&'a Session>,
}

impl Arrival<'_> {
    pub(crate) fn username(&self) -> &str {
        self.user.user_principal_name.as_deref().unwrap_or_default()
    }
}

/// What follows from the judgement: the first control that is missing is asked for; once it is passed the sign-in is
/// judged again and comes back here, until nothing is missing.
pub(crate) async fn next(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    match &arrival.judgement.decision.outcome {
        Outcome::Block { reason } if arrival.target.is_silent() => {
            Ok(silent_error(arrival.target, "interaction_required", reason.error_code()))
        }
        Outcome::Block { reason } => Ok(refused(web, context, arrival, reason.error_code())),
        Outcome::Interrupt { .. } if arrival.target.is_silent() => {
            let code = arrival.judgement.decision.outcome.error_code().unwrap_or(ASKED_AGAIN);
            Ok(silent_error(arrival.target, "interaction_required", code))
        }
        Outcome::Interrupt { controls } => match controls.first() {
            Some(control) => ask(web, context, headers, arrival, control).await,
            None => refuse(web, context, arrival, ASKED_AGAIN).await,
        },
        Outcome::Grant if arrival.must_change_password && arrival.target.is_silent() => {
            Ok(silent_error(arrival.target, "interaction_required", 50_055))
        }
        Outcome::Grant if arrival.must_change_password => ask_for_first_password(web, headers, arrival).await,
        Outcome::Grant if wants_second_factor(arrival) => step_up(web, context, headers, arrival).await,
        Outcome::Grant
            if leads_to_change(&arrival.target.target)
                && lacks_fresh_proof(web, arrival.user, arrival.authentication).await? =>
        {
            ask(web, context, headers, arrival, &Control::Mfa).await
        }
        Outcome::Grant => finish(web, context, headers, arrival).await,
    }
}

/// Whether the application asks for two factors where policies are content with one (`acr_values`, RFC 9470 §4). One that
/// allows no page gets an error instead.
fn wants_second_factor(arrival: &Arrival<'_>) -> bool {
    let Some(request) = arrival.target.request() else { return false };
    let wanted = &request.claims.acr_values;
    wanted.contains(ACR_MULTI_FACTOR)
        && !wanted.contains(&acr(arrival.authentication))
        && !arrival.passed.contains(&Control::Mfa)
        && !arrival.target.is_silent()
}

/// Asks for the second factor. Who has none goes back, and the application is told that its wish is not met.
async fn step_up(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    if !has_any(web, arrival.user).await? {
        return finish(web, context, headers, arrival).await;
    }
    ask(web, context, headers, arrival, &Control::Mfa).await
}

/// Ends a sign-in in which something is asked for again that was passed a moment ago: it would go on forever.
pub(super) async fn refuse_to_ask_again(
    web: &SignInWeb,
    context: &RequestContext,
    arrival: &Arrival<'_>,
    control: &Control,
) -> Result<Response, PageError> {
    let sign_in_id = &arrival.judgement.sign_in_id;
    tracing::error!(
        sign_in_id,
        ?control,
        "policies ask again for what was just passed; the sign-in has ended"
    );
    refuse(web, context, arrival, ASKED_AGAIN).await
}

/// Ends a sign-in with a code that is not the one of the decision, which the log then shows as well.
pub(super) async fn refuse(
    web: &SignInWeb,
    context: &RequestContext,
    arrival: &Arrival<'_>,
    code: i32,
) -> Result<Response, PageError> {
    web.protection.fail(&arrival.judgement.sign_in_id, code).await.map_err(PageError::internal)?;
    Ok(refused(web, context, arrival, code))
}

/// The page of a refusal.
fn refused(web: &SignInWeb, context: &RequestContext, arrival: &Arrival<'_>, code: i32) -> Response {
    let correlation = arrival.target.request().map(|request| request.correlation_id.as_str());
    let shown = Refusal {
        sign_in_id: Some(&arrival.judgement.sign_in_id),
        correlation_id: correlation,
        application: Some(&arrival.target.application_name),
        ..refusal(code)
    };
    refused_page(web, context, &shown)
}
