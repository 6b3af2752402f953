use std::time::Duration;

use riskgate_model::{AuthenticationFacts, User, UserAction};
use riskgate_store::records::SignInTarget;

use crate::SignInWeb;
use crate::error::PageError;
use crate::methods::has_any;

/// How old a proof may be with which somebody changes what he proves himself with.
const FRESH: Duration = Duration::from_secs(15 * 60);

/// Whether the person has a method besides his password that he has not used just now: whoever stole a session, or found a
/// browser open, must not add what would let him in again, nor remove what keeps him out.
pub(crate) async fn lacks_fresh_proof(
    web: &SignInWeb,
    user: &User,
    proven: &AuthenticationFacts,
) -> Result<bool, PageError> {
    let is_fresh = proven.mfa_at().is_some_and(|at| web.clock.now().since(at) <= FRESH);
    Ok(!is_fresh && has_any(web, user).await?)
}

/// Whether a sign-in leads to a change of what the person proves himself with, his devices among it.
pub(crate) fn leads_to_change(target: &SignInTarget) -> bool {
    matches!(
        target,
        SignInTarget::Action {
            user_action: UserAction::RegisterSecurityInformation | UserAction::RegisterOrJoinDevices,
            ..
        }
    )
}
