use std::sync::Arc;

use axum::response::Response;
use http::HeaderMap;
use riskgate_access::Control;
use riskgate_authentication::NewInteraction;
use riskgate_federation::Demand;
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationFacts, BaseAuthenticationMethod, User, UserAction};
use riskgate_store::records::SignInTarget;

use super::action::{Permission, ask_for_action};
use super::federated::{Departure, leave_by_page};
use super::next::{Arrival, refuse, refuse_to_ask_again};
use super::refused::{Refusal, refusal, refused_page};
use super::shown::{DuringSignIn, new_password_page, register_page, sign_in_again_page};
use super::terms::{Terms, terms_page};
use crate::SignInWeb;
use crate::error::PageError;
use crate::methods::{Asking, choices};
use crate::pages::NewPasswordReason;
use crate::permitted::not_permitted;

/// Registering security information is not allowed from here.
const REGISTRATION_NOT_ALLOWED: i32 = 53_010;
/// A second factor is needed, and registering one is refused because of risk.
const REGISTRATION_BLOCKED_BY_RISK: i32 = 53_004;

/// Nothing the person has would pass what is asked for.
const NOTHING_TO_ASK_FOR: i32 = 50_131;
/// The account is at risk, and its password is kept by an identity provider.
const PASSWORD_IS_ELSEWHERE: i32 = 53_011;

/// Asks for a control with the page that belongs to it. One that was passed in this sign-in is not asked for again.
pub(crate) async fn ask(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
    control: &Control,
) -> Result<Response, PageError> {
    if arrival.passed.contains(control) {
        return refuse_to_ask_again(web, context, arrival, control).await;
    }
    match control {
        Control::SignInAgain => ask_to_sign_in_again(web, context, headers, arrival).await,
        Control::RegisterMfa => ask_to_register(web, context, headers, arrival).await,
        Control::Mfa | Control::AuthenticationStrength { .. } => {
            ask_for_proof(web, context, headers, arrival, control).await
        }
        Control::ChangePassword => ask_for_secure_password(web, context, headers, arrival).await,
        Control::AcceptTerms { agreement_id } => {
            ask_to_accept_terms(web, context, headers, arrival, agreement_id).await
        }
    }
}

async fn ask_to_sign_in_again(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    let flow = begin(web, arrival, Some(&Control::SignInAgain)).await?;
    if let Some(federation) = &arrival.authentication.federation {
        let departure = Departure::waiting(flow, Demand::SignInAgain, arrival);
        return leave_by_page(web, context, headers, &federation.provider_id, departure).await;
    }
    sign_in_again_page(web, headers, arrival.target, arrival.user, &flow, None).await
}

/// Asks for the method of the person that is preferred, of those that would pass the control.
async fn ask_for_proof(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
    control: &Control,
) -> Result<Response, PageError> {
    if let Some(federation) = arrival.authentication.federation.as_ref().filter(|f| f.is_asked_for_mfa) {
        let flow = begin(web, arrival, Some(control)).await?;
        let departure = Departure::waiting(flow, Demand::MultiFactor, arrival);
        return leave_by_page(web, context, headers, &federation.provider_id, departure).await;
    }
    let choices = choices(web, arrival.user, control, arrival.authentication).await?;
    let Some(method) = choices.first() else {
        return refuse(web, context, arrival, NOTHING_TO_ASK_FOR).await;
    };
    let flow = begin(web, arrival, Some(control)).await?;
    let asking = Asking {
        headers,
        target: arrival.target,
        user: arrival.user,
        flow: &flow,
        is_risk_driven: arrival.judgement.decision.has_risk_based_mfa(),
        has_others: choices.len() > 1,
        problem: None,
    };
    method.page(web, &asking).await
}

/// Lets the person set an app up, unless policies about registering say otherwise. What they ask for first is asked for.
async fn ask_to_register(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    match may_register(web, context, headers, arrival.user, arrival.authentication).await? {
        Permission::Granted => register(web, context, headers, arrival).await,
        Permission::Refused(page) => Ok(page),
        Permission::Interrupted(control) if arrival.passed.contains(&control) => {
            refuse_to_ask_again(web, context, arrival, &control).await
        }
        Permission::Interrupted(Control::SignInAgain) => {
            ask_to_sign_in_again(web, context, headers, arrival).await
        }
        Permission::Interrupted(Control::AcceptTerms { agreement_id }) => {
            ask_to_accept_terms(web, context, headers, arrival, &agreement_id).await
        }
        // Everything else needs the second factor he does not have.
        Permission::Interrupted(_) => refuse(web, context, arrival, REGISTRATION_NOT_ALLOWED).await,
    }
}

/// The page that sets an app up, if there are apps for this person.
async fn register(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    let permitted = web.permitted(arrival.user).await?;
    if !permitted.permits(BaseAuthenticationMethod::SoftwareOath) {
        let id = &arrival.judgement.sign_in_id;
        web.protection.fail(id, REGISTRATION_NOT_ALLOWED).await.map_err(PageError::internal)?;
        return Ok(nothing_to_register(web, context, arrival));
    }
    let flow = begin(web, arrival, Some(&Control::RegisterMfa)).await?;
    let enrollment = web.software_oath.begin(arrival.user).map_err(PageError::internal)?;
    let not_permitted = not_permitted(web, arrival.user, &permitted).await?;
    let during = DuringSignIn { flow: &flow, not_permitted: &not_permitted };
    let (target, username) = (arrival.target, arrival.username());
    Ok(register_page(web, headers, target, username, Some(during), &enrollment, None))
}

/// The page for somebody who needs a second proof and whom the authentication methods policy lets set none up here.
fn nothing_to_register(web: &SignInWeb, context: &RequestContext, arrival: &Arrival<'_>) -> Response {
    let shown = Refusal {
        title: "There is nothing you could prove yourself with",
        paragraphs: &[
            "Your organization asks for a second proof that it is you, and lets you use none that could be set up here. \
             What you set up before may no longer be allowed.",
            "That is not your mistake. Give your administrator the details below.",
        ],
        sign_in_id: Some(&arrival.judgement.sign_in_id),
        application: Some(&arrival.target.application_name),
        ..refusal(REGISTRATION_NOT_ALLOWED)
    };
    refused_page(web, context, &shown)
}

/// Whether policies let the person register a method from here, during a sign-in that asks for one.
pub(crate) async fn may_register(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    user: &User,
    authentication: &AuthenticationFacts,
) -> Result<Permission, PageError> {
    let user_action = UserAction::RegisterSecurityInformation;
    let action = SignInTarget::Action { path: "/signin/register".to_owned(), user_action };
    ask_for_action(web, context, headers, user, &action, authentication).await
}

/// Asks for a new password because the account is at risk. Whoever has stolen the old one must not choose it, so a second
/// factor is passed in this very sign-in first, and one that was registered in it proves nothing.
async fn ask_for_secure_password(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    if arrival.authentication.federation.is_some() {
        return refuse(web, context, arrival, PASSWORD_IS_ELSEWHERE).await;
    }
    let is_proof =
        |control: &Control| matches!(control, Control::Mfa | Control::AuthenticationStrength { .. });
    if arrival.passed.iter().any(is_proof) {
        let flow = begin(web, arrival, Some(&Control::ChangePassword)).await?;
        return Ok(new_password_page(
            web,
            headers,
            arrival.target,
            arrival.username(),
            &flow,
            NewPasswordReason::Risk,
            None,
        ));
    }
    let choices = choices(web, arrival.user, &Control::Mfa, arrival.authentication).await?;
    if choices.is_empty() || arrival.passed.contains(&Control::RegisterMfa) {
        return refuse(web, context, arrival, REGISTRATION_BLOCKED_BY_RISK).await;
    }
    ask_for_proof(web, context, headers, arrival, &Control::Mfa).await
}

/// Shows terms of use. Those that are not there anymore cannot be accepted, so nobody gets in by them.
async fn ask_to_accept_terms(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
    agreement_id: &Arc<str>,
) -> Result<Response, PageError> {
    let control = Control::AcceptTerms { agreement_id: agreement_id.clone() };
    let Some(terms) = Terms::load(web, headers, agreement_id).await? else {
        tracing::error!(%agreement_id, "a policy asks for terms of use that do not exist");
        return refuse(web, context, arrival, control.error_code()).await;
    };
    let flow = begin(web, arrival, Some(&control)).await?;
    terms_page(web, headers, arrival.target, arrival.username(), &flow, &terms, None)
}

/// Asks for a password instead of the one an administrator set or that is known from breaches, after everything else was
/// passed.
pub(super) async fn ask_for_first_password(
    web: &SignInWeb,
    headers: &HeaderMap,
    arrival: &Arrival<'_>,
) -> Result<Response, PageError> {
    let flow = begin(web, arrival, None).await?;
    let reason = NewPasswordReason::of(arrival.is_password_breached);
    Ok(new_password_page(web, headers, arrival.target, arrival.username(), &flow, reason, None))
}

/// Lets the sign-in wait for a control, or for what no policy asks for; returns the token of the form.
pub(crate) async fn begin(
    web: &SignInWeb,
    arrival: &Arrival<'_>,
    control: Option<&Control>,
) -> Result<String, PageError> {
    let judgement = arrival.judgement;
    let json = |control: &Control| serde_json::to_value(control).map_err(PageError::internal);
    let new = NewInteraction {
        sign_in_id: &judgement.sign_in_id,
        user_id: &arrival.user.id,
        authentication: arrival.authentication,
        target: &arrival.target.target,
        must_change_password: arrival.must_change_password,
        is_password_breached: arrival.is_password_breached,
        is_risk_driven: judgement.decision.has_risk_based_mfa(),
        waits_for: control.map(json).transpose()?.unwrap_or_default(),
        passed: arrival.passed.iter().map(json).collect::<Result<_, _>>()?,
    };
    web.interactions.begin(new).await.map_err(PageError::internal)
}
