use anyhow::bail;
use riskgate_core::Timestamp;
use secrecy::{ExposeSecret, SecretString};
use totp_rs::{Builder, Secret};
use url::Url;

use super::browser::{Arrival, Browser, Place};
use super::html::{Form, Html};
use super::outcome::{Challenge, Outcome, SignInResult, application_answer, refusal};

/// Most pages of one sign-in: name and password, codes, a new password, terms of use (a tenant has forty), consent.
const MOST_PAGES: usize = 60;
/// How long an authenticator shows a code, in seconds (RFC 6238 §4.1).
const STEP: u64 = 30;

/// Somebody on the way through the pages.
pub(super) struct Walk<'a> {
    pub(super) browser: &'a Browser,
    pub(super) user: &'a str,
    pub(super) password: &'a SecretString,
    /// Codes to answer with, in order.
    pub(super) codes: Vec<String>,
    /// What to choose where a new password is asked for.
    pub(super) new_password: Option<SecretString>,
    /// Whether terms of use are accepted.
    pub(super) accepts_terms: bool,
    pub(super) correlation_id: &'a str,
    pub(super) sign_in_id: Option<String>,
    pub(super) challenges: Vec<Challenge>,
}

impl Walk<'_> {
    /// Goes on from the first address until the sign-in is decided.
    ///
    /// # Errors
    /// If the server does not answer as it should.
    pub(super) async fn go(mut self, start: Url) -> anyhow::Result<Outcome> {
        let mut arrival = self.browser.open(start).await?;
        for _ in 0..MOST_PAGES {
            arrival = match self.step(arrival).await? {
                Step::On(next) => next,
                Step::Decided(result, error_code, request_id) => {
                    return Ok(Outcome {
                        result,
                        error_code,
                        request_id,
                        correlation_id: self.correlation_id.to_owned(),
                        sign_in_id: self.sign_in_id,
                        challenges: self.challenges,
                    });
                }
            };
        }
        bail!("the server shows one page after the other and never decides")
    }

    async fn step(&mut self, arrival: Arrival) -> anyhow::Result<Step> {
        let id = arrival.request_id;
        let (status, url, html) = match arrival.place {
            Place::Elsewhere(url) => {
                let (result, code) = application_answer(&url);
                return Ok(Step::Decided(result, code, id));
            }
            Place::Destination => return Ok(Step::Decided(SignInResult::Granted, None, id)),
            Place::Page { status, url, html } => (status, url, html),
        };
        if let Some(code) = html.text_of("error-code") {
            // The authorization endpoint writes it with the prefix Entra uses.
            let code = code.trim_start_matches("AADSTS").parse().ok();
            return Ok(Step::Decided(refusal(code), code, id));
        }
        if let Some(form) = html.form_with("password") {
            return match form.has("flow") {
                true => self.again(&url, form, id).await,
                false => self.first_factor(&url, &html, form, id).await,
            };
        }
        if let Some(form) = html.form_with("code").filter(|form| !form.has("pending")) {
            return self.code(&url, form, id).await;
        }
        if let Some(form) = html.form_with("newPassword") {
            return self.choose(&url, &html, form, id).await;
        }
        if let Some(form) = html.form_with("shown") {
            return self.terms(&url, form, id).await;
        }
        let challenge = html.form_with("pending").map(|_| Challenge::MfaRegistration);
        match challenge.or_else(|| html.form_with("flow").map(|_| Challenge::Consent)) {
            Some(challenge) => Ok(self.challenged(challenge, id)),
            None => bail!(
                "the server answered {status} with a page that is no part of a sign-in: '{}'",
                html.heading
            ),
        }
    }

    /// Sends the password once more.
    async fn again(&mut self, url: &Url, form: &Form, id: Option<String>) -> anyhow::Result<Step> {
        if self.challenges.contains(&Challenge::SignInAgain) {
            return Ok(Step::Decided(SignInResult::Failed, Some(50_126), id));
        }
        self.challenges.push(Challenge::SignInAgain);
        let values = [("password", self.password.expose_secret())];
        Ok(Step::On(self.browser.send(url, form, &values).await?))
    }

    /// Chooses a new password. When one is asked for again it was refused.
    async fn choose(
        &mut self,
        url: &Url,
        html: &Html,
        form: &Form,
        id: Option<String>,
    ) -> anyhow::Result<Step> {
        let challenge = match html.text_of("at-risk") {
            Some(_) => Challenge::SecurePasswordChange,
            None => Challenge::PasswordChange,
        };
        let Some(new) = self.new_password.take() else {
            return Ok(match self.challenges.contains(&challenge) {
                true => Step::Decided(SignInResult::Failed, Some(challenge.error_code()), id),
                false => self.challenged(challenge, id),
            });
        };
        self.challenges.push(challenge);
        let new = new.expose_secret();
        let values = [("newPassword", new), ("confirmPassword", new)];
        Ok(Step::On(self.browser.send(url, form, &values).await?))
    }

    /// Opens terms of use and accepts them.
    async fn terms(&mut self, url: &Url, form: &Form, id: Option<String>) -> anyhow::Result<Step> {
        if !self.accepts_terms {
            return Ok(self.challenged(Challenge::TermsOfUse, id));
        }
        self.challenges.push(Challenge::TermsOfUse);
        let mut document = url.join("/signin/terms/file")?;
        document.query_pairs_mut().append_pair("shown", form.value("shown").unwrap_or_default());
        self.browser.open(document).await?;
        Ok(Step::On(self.browser.send(url, &form.pressing("decision", "accept"), &[]).await?))
    }

    /// Sends name and password. When they are asked for again they were wrong.
    async fn first_factor(
        &mut self,
        url: &Url,
        html: &Html,
        form: &Form,
        id: Option<String>,
    ) -> anyhow::Result<Step> {
        if self.sign_in_id.is_some() {
            let problem = html.text_of("problem").unwrap_or_default();
            let code = if problem.contains("locked") { 50_053 } else { 50_126 };
            return Ok(Step::Decided(SignInResult::Failed, Some(code), id));
        }
        let values = [("username", self.user), ("password", self.password.expose_secret())];
        let next = self.browser.send(url, form, &values).await?;
        self.sign_in_id = next.request_id.clone();
        Ok(Step::On(next))
    }

    /// Sends the next code.
    async fn code(&mut self, url: &Url, form: &Form, id: Option<String>) -> anyhow::Result<Step> {
        let is_first = !self.challenges.contains(&Challenge::Mfa);
        if self.codes.is_empty() {
            return Ok(match is_first {
                true => self.challenged(Challenge::Mfa, id),
                false => Step::Decided(SignInResult::Failed, Some(500_121), id),
            });
        }
        if is_first {
            self.challenges.push(Challenge::Mfa);
        }
        let code = self.codes.remove(0);
        Ok(Step::On(self.browser.send(url, form, &[("code", &code)]).await?))
    }

    fn challenged(&mut self, challenge: Challenge, request_id: Option<String>) -> Step {
        self.challenges.push(challenge);
        Step::Decided(SignInResult::Challenged, Some(challenge.error_code()), request_id)
    }
}

enum Step {
    On(Arrival),
    Decided(SignInResult, Option<u32>, Option<String>),
}

/// What an authenticator with this secret shows now and next. A code passes once, so the next one, which is accepted a
/// little early, is what helps when this one was used a moment ago.
///
/// # Errors
/// If the secret is not base32.
pub(in crate::commands) fn codes(secret: &str, now: Timestamp) -> anyhow::Result<Vec<String>> {
    let cleaned: String = secret.chars().filter(|c| !c.is_whitespace() && *c != '=').collect();
    let Ok(secret) = Secret::try_from_base32(cleaned.to_ascii_uppercase()) else {
        bail!("--totp-secret is not base32, the form in which the registration page shows it");
    };
    let totp = Builder::new().with_secret(secret).with_step_duration(STEP).build_noncompliant();
    let seconds = u64::try_from(now.as_seconds()).unwrap_or_default();
    Ok([seconds, seconds + STEP].map(|at| totp.generate(at).to_string()).to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_rfc_6238() {
        // The secret of appendix B, "12345678901234567890", in base32 as the registration page shows it.
        let secret = "GEZD GNBV GY3T QOJQ GEZD GNBV GY3T QOJQ";
        assert_eq!(codes(secret, Timestamp::from_seconds(59)).unwrap()[0], "287082");
        assert_eq!(codes(&secret.to_lowercase(), Timestamp::from_seconds(29)).unwrap()[1], "287082");
        assert!(codes("not base32!", Timestamp::from_seconds(59)).is_err());
    }
}
