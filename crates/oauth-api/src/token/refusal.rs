//! What a client is told when Conditional Access does not let a grant be used.

use riskgate_access::{BlockReason, Control, Decision, Outcome};
use riskgate_protection::refusing_policies;
use riskgate_store::records::RequestedClaims;
use serde_json::{Value as Json, json};

use crate::error::OAuthError;

/// A page is shown and the user does something on it.
const BASIC_ACTION: &str = "basic_action";
/// Nothing the user does on a page helps.
const MESSAGE_ONLY: &str = "message_only";
/// The session is too old.
const TOKEN_EXPIRED: &str = "token_expired";

/// What a client is told about a decision; `None` if it grants access.
///
/// Always `interaction_required`: MSAL for JavaScript and Node asks for a page on that alone, and not on `invalid_grant`,
/// which Entra uses for some of these as well. `claims` is handed on to the interactive request by MSAL: it repeats what
/// was `wanted`, and names the policies, by identifier and never by name.
pub(super) fn refusal(decision: &Decision, wanted: &RequestedClaims) -> Option<OAuthError> {
    let code = u32::try_from(decision.outcome.error_code()?).unwrap_or(53_003);
    let (message, suberror) = match &decision.outcome {
        Outcome::Grant => return None,
        Outcome::Interrupt { controls } => controls.first().map_or((MULTIFACTOR, BASIC_ACTION), asked),
        Outcome::Block { reason } => (blocked(*reason), MESSAGE_ONLY),
    };
    let error = OAuthError::bad("interaction_required", code, message);
    Some(OAuthError { suberror: Some(suberror), claims: Some(claims(decision, wanted).to_string()), ..error })
}

/// The answer to a challenge that asks for a proof newer than the grant's.
pub(super) fn too_old(wanted: &RequestedClaims) -> OAuthError {
    let message = "The user proved who he is before the moment the parameter 'claims' asks for. \
                   Send an interactive request.";
    let error = OAuthError::bad("interaction_required", 50_173, message);
    let claims = json!({ "access_token": repeated(wanted) }).to_string();
    OAuthError { suberror: Some(BASIC_ACTION), claims: Some(claims), ..error }
}

const MULTIFACTOR: &str = "Due to a configuration change made by your administrator, or because of where or how you \
     sign in, you must use multifactor authentication. Send an interactive request.";

/// What an interrupt asks for.
fn asked(control: &Control) -> (&'static str, &'static str) {
    match control {
        Control::SignInAgain => (
            "The user signed in longer ago than the sign-in frequency of a Conditional Access policy allows. \
             Send an interactive request.",
            TOKEN_EXPIRED,
        ),
        Control::RegisterMfa => {
            ("The user must register multifactor authentication. Send an interactive request.", BASIC_ACTION)
        }
        Control::Mfa => (MULTIFACTOR, BASIC_ACTION),
        Control::AuthenticationStrength { .. } => (
            "A Conditional Access policy asks for stronger authentication methods than the user has used. \
             Send an interactive request.",
            BASIC_ACTION,
        ),
        Control::ChangePassword => (
            "The user must change the password because the account is at risk. Send an interactive request.",
            BASIC_ACTION,
        ),
        Control::AcceptTerms { .. } => {
            ("The user must accept terms of use. Send an interactive request.", BASIC_ACTION)
        }
    }
}

fn blocked(reason: BlockReason) -> &'static str {
    match reason {
        BlockReason::Policy => "Access has been blocked by Conditional Access policies.",
        BlockReason::RegistrationNotAllowed => {
            "Security information cannot be registered from here: Conditional Access policies do not allow it."
        }
        BlockReason::DeviceNotCompliant => {
            "Access needs a device that complies with the organization's rules; this one does not, or is not known."
        }
        BlockReason::DeviceNotDomainJoined => {
            "Access needs a device that is joined to the organization's domain; this one is not, or is not known."
        }
        BlockReason::RegistrationBlockedByRisk => {
            "Multifactor authentication must be registered, which is refused because of risk."
        }
    }
}

/// What the interactive request has to ask for again, with the policies that are not satisfied (`capolids`).
fn claims(decision: &Decision, wanted: &RequestedClaims) -> Json {
    let mut access_token = repeated(wanted);
    access_token["capolids"] = json!({ "essential": true, "values": refusing_policies(decision) });
    let mut claims = json!({ "access_token": access_token });
    if !wanted.id_token_contexts.is_empty() {
        claims["id_token"] = json!({ "acrs": { "essential": true, "values": wanted.id_token_contexts } });
    }
    claims
}

/// The demands of a request that an interactive one can meet.
fn repeated(wanted: &RequestedClaims) -> Json {
    let mut claims = json!({});
    if !wanted.access_token_contexts.is_empty() {
        claims["acrs"] = json!({ "essential": true, "values": wanted.access_token_contexts });
    }
    if let Some(since) = wanted.authenticated_since {
        claims["nbf"] = json!({ "essential": true, "value": since.as_seconds().to_string() });
    }
    claims
}
