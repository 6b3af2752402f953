use axum::response::Response;
use http::HeaderMap;
use riskgate_access::{BlockReason, Control, Outcome, PolicyTrace, Reason, Rule};
use riskgate_http::RequestContext;
use riskgate_model::{AppliedConditionalAccessPolicyResult, AuthenticationFacts, User, UserAction};
use riskgate_protection::SignInKind;
use riskgate_store::records::SignInTarget;

use super::refused::{Refusal, refusal, refused_page};
use crate::SignInWeb;
use crate::error::PageError;

/// What policies say of something a person wants to do.
pub(crate) enum Permission {
    /// He may.
    Granted,
    /// He may once he has done this.
    Interrupted(Control),
    /// He may not; the page that says so.
    Refused(Response),
}

/// Judges a user action, such as registering a method or a device, by the policies that name it. It is judged apart from
/// the sign-in it may happen in, and recorded only when it is not simply allowed.
pub(crate) async fn ask_for_action(
    web: &SignInWeb,
    context: &RequestContext,
    headers: &HeaderMap,
    user: &User,
    action: &SignInTarget,
    authentication: &AuthenticationFacts,
) -> Result<Permission, PageError> {
    let target = web.look_up(action.clone()).await?;
    let mut attempt = web.attempt(SignInKind::Refresh, user, &target, authentication, context, headers);
    // The request itself may have become a sign-in already.
    attempt.request_id = web.rng.guid();
    let judgement = web.protection.judge(&attempt).await.map_err(PageError::internal)?;
    let code = match judgement.decision.outcome {
        Outcome::Grant => return Ok(Permission::Granted),
        Outcome::Block { reason } => reason.error_code(),
        Outcome::Interrupt { controls } => {
            match wanted(attempt.application.user_action, &controls, &judgement.decision.trace) {
                Wanted::Nothing => return Ok(Permission::Granted),
                Wanted::Control(control) => return Ok(Permission::Interrupted(control)),
                Wanted::Impossible => BlockReason::RegistrationNotAllowed.error_code(),
            }
        }
    };
    web.protection.fail(&judgement.sign_in_id, code).await.map_err(PageError::internal)?;
    let shown = Refusal {
        sign_in_id: Some(&judgement.sign_in_id),
        application: Some(&target.application_name),
        ..refusal(code)
    };
    Ok(Permission::Refused(refused_page(web, context, &shown)))
}

/// What is asked for before an action.
enum Wanted {
    Nothing,
    Control(Control),
    Impossible,
}

/// The first of the controls. Whoever is about to register a method is not asked to register one first: a policy about
/// everything waits until he has, and one that names the action cannot be satisfied.
fn wanted(user_action: Option<UserAction>, controls: &[Control], trace: &[PolicyTrace]) -> Wanted {
    let first = controls.first().cloned().map_or(Wanted::Impossible, Wanted::Control);
    if user_action != Some(UserAction::RegisterSecurityInformation)
        || controls.first() != Some(&Control::RegisterMfa)
    {
        return first;
    }
    let is_failed = |policy: &&PolicyTrace| policy.result == AppliedConditionalAccessPolicyResult::Failure;
    let mut naming =
        trace.iter().filter(is_failed).filter(|p| p.include_rules.contains(Rule::UserAction)).peekable();
    if naming.peek().is_none() {
        return Wanted::Nothing;
    }
    if naming.any(|policy| policy.reasons.contains(&Reason::MfaRegistrationRequired)) {
        return Wanted::Impossible;
    }
    controls.get(1).cloned().map_or(Wanted::Nothing, Wanted::Control)
}
