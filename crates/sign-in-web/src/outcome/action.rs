use axum::response::Response;
use riskgate_access::{BlockReason, Control, Outcome};
use riskgate_http::RequestContext;
use riskgate_model::{AuthenticationFacts, User, UserAction};
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
    user: &User,
    action: &SignInTarget,
    authentication: &AuthenticationFacts,
) -> Result<Permission, PageError> {
    let target = web.look_up(action.clone()).await?;
    let mut attempt = web.attempt(SignInKind::Refresh, user, &target, authentication, context);
    // The request itself may have become a sign-in already.
    attempt.request_id = web.rng.guid();
    let judgement = web.protection.judge(&attempt).await.map_err(PageError::internal)?;
    let code = match judgement.decision.outcome {
        Outcome::Grant => return Ok(Permission::Granted),
        Outcome::Block { reason } => reason.error_code(),
        Outcome::Interrupt { controls } => match controls.into_iter().next() {
            // To register a method is what he is about to do.
            Some(Control::RegisterMfa)
                if attempt.application.user_action == Some(UserAction::RegisterSecurityInformation) =>
            {
                return Ok(Permission::Granted);
            }
            Some(control) => return Ok(Permission::Interrupted(control)),
            None => BlockReason::Policy.error_code(),
        },
    };
    web.protection.fail(&judgement.sign_in_id, code).await.map_err(PageError::internal)?;
    let shown = Refusal {
        sign_in_id: Some(&judgement.sign_in_id),
        application: Some(&target.application_name),
        ..refusal(code)
    };
    Ok(Permission::Refused(refused_page(web, context, &shown)))
}
