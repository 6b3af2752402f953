use serde::Serialize;
use url::Url;

/// How a simulated sign-in ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Outcome {
    /// In one word.
    pub(super) result: SignInResult,
    /// Code of the sign-in log; nothing when granted.
    pub(super) error_code: Option<u32>,
    /// The request that decided.
    pub(super) request_id: Option<String>,
    /// Of the whole visit.
    pub(super) correlation_id: String,
    /// The sign-in: the request with the password.
    pub(super) sign_in_id: Option<String>,
    /// What was asked for besides the password, in order.
    pub(super) challenges: Vec<Challenge>,
}

/// The ways a sign-in ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum SignInResult {
    /// The person is in.
    Granted,
    /// Something is asked for that was not at hand.
    Challenged,
    /// Conditional Access said no.
    Blocked,
    /// Name, password or code were wrong, or something else is.
    Failed,
}

/// What may be asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Challenge {
    /// A one-time code.
    Mfa,
    /// To set up an authenticator app.
    MfaRegistration,
    /// The password once more, because the sign-in is too old.
    SignInAgain,
    /// A password instead of the one an administrator set.
    PasswordChange,
    /// A new password because the account is at risk.
    SecurePasswordChange,
    /// To accept terms of use.
    TermsOfUse,
    /// To accept permissions of the application.
    Consent,
}

impl Challenge {
    /// Its code in the sign-in log.
    pub(super) fn error_code(self) -> u32 {
        match self {
            Self::Mfa => 50_076,
            Self::MfaRegistration => 50_072,
            Self::SignInAgain => 70_043,
            Self::PasswordChange => 50_055,
            Self::SecurePasswordChange => 50_135,
            Self::TermsOfUse => 50_158,
            Self::Consent => 65_001,
        }
    }
}

/// Conditional Access refuses with the codes of its own hundred; every other refusal is somebody's mistake.
pub(super) fn refusal(error_code: Option<u32>) -> SignInResult {
    if matches!(error_code, Some(53_000..=53_099)) { SignInResult::Blocked } else { SignInResult::Failed }
}

/// What the answer to an application says: granted with a code, refused with an error.
pub(super) fn application_answer(url: &Url) -> (SignInResult, Option<u32>) {
    let query = url.query().unwrap_or_default();
    let fragment = url.fragment().unwrap_or_default();
    let parameters: Vec<(String, String)> = [query, fragment]
        .iter()
        .flat_map(|text| url::form_urlencoded::parse(text.as_bytes()).into_owned())
        .collect();
    let value =
        |name: &str| parameters.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
    if value("error").is_none() && value("code").is_some() {
        return (SignInResult::Granted, None);
    }
    let digits = value("error_description").and_then(|text| text.strip_prefix("AADSTS"));
    let code = digits.and_then(|text| text.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok());
    (refusal(code), code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_to_an_application_is_understood() {
        let answer = |url: &str| application_answer(&url.parse().unwrap());
        assert_eq!(answer("http://localhost/?code=x&state=y"), (SignInResult::Granted, None));
        assert_eq!(answer("http://localhost/#code=x"), (SignInResult::Granted, None));
        assert_eq!(
            answer("http://localhost/?error=interaction_required&error_description=AADSTS53003%3A+Blocked."),
            (SignInResult::Blocked, Some(53_003))
        );
        assert_eq!(
            answer("http://localhost/?error=access_denied&error_description=AADSTS65004: declined"),
            (SignInResult::Failed, Some(65_004))
        );
        assert_eq!(answer("http://localhost/?error=server_error"), (SignInResult::Failed, None));
    }
}
