//! What tokens say about how a user signed in.

use riskgate_core::Timestamp;
use riskgate_model::AuthenticationFacts;

/// `acr` of a sign-in with one factor.
pub const ACR_SINGLE_FACTOR: &str = "urn:riskgate:aal1";
/// `acr` of a sign-in with two kinds of factor.
pub const ACR_MULTI_FACTOR: &str = "urn:riskgate:aal2";

/// The client capability (`xms_cc`) to handle claims challenges.
pub const CLAIMS_CHALLENGES: &str = "cp1";

/// `acr` of a sign-in that proved this.
pub fn acr(facts: &AuthenticationFacts) -> String {
    if facts.mfa_at().is_some() { ACR_MULTI_FACTOR } else { ACR_SINGLE_FACTOR }.to_owned()
}

pub(crate) fn amr(facts: &AuthenticationFacts) -> Vec<String> {
    facts.amr().into_iter().map(str::to_owned).collect()
}

/// `auth_time` (OpenID Connect Core §2): when the user last proved anything.
pub(crate) fn auth_time(facts: &AuthenticationFacts) -> Option<i64> {
    facts.methods.iter().map(|used| used.at).max().map(Timestamp::as_seconds)
}
