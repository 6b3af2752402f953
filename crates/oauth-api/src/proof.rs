use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderMap, header};
use riskgate_core::Timestamp;
use riskgate_tokens::{ClientAuthError, ClientAuthentication, ClientAuthenticationMethod, ClientProof};
use std::net::IpAddr;

use crate::client::Client;
use crate::error::OAuthError;
use crate::parameters::{Parameters, decode};
use crate::state::App;

/// `client_assertion_type` of RFC 7523 §2.2.
const JWT_BEARER: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Who a client says it is, and what it sent to prove it.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SentProof {
    pub(crate) client_id: String,
    pub(crate) proof: Proof,
    /// Whether it came as HTTP Basic.
    pub(crate) is_basic: bool,
}

/// What was sent.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum Proof {
    None,
    Secret(String),
    Assertion(String),
}

impl SentProof {
    /// Reads client and proof from a token request: in the body, or as HTTP Basic, in one way only (RFC 6749 §2.3).
    ///
    /// # Errors
    /// `invalid_request`.
    pub(crate) fn read(headers: &HeaderMap, form: &Parameters) -> Result<Self, OAuthError> {
        let basic = basic(headers)?;
        let assertion = assertion(form)?;
        let secret = form.get("client_secret").map(str::to_owned);
        let ways = [basic.is_some(), assertion.is_some(), secret.is_some()];
        if ways.into_iter().filter(|used| *used).count() > 1 {
            let message = "The client proves itself in more than one way; use one.";
            return Err(OAuthError::invalid_request(90_013, message));
        }
        let named = form.get("client_id");
        if let Some((client_id, secret)) = basic {
            if named.is_some_and(|named| !named.eq_ignore_ascii_case(&client_id)) {
                let message = "'client_id' is not the client of the Authorization header.";
                return Err(OAuthError::invalid_request(90_013, message));
            }
            return Ok(Self { client_id, proof: Proof::Secret(secret), is_basic: true });
        }
        let proof = match (secret, assertion) {
            (Some(secret), _) => Proof::Secret(secret),
            (None, Some(assertion)) => Proof::Assertion(assertion),
            (None, None) => Proof::None,
        };
        let client_id = named.ok_or_else(|| OAuthError::missing("client_id"))?.to_owned();
        Ok(Self { client_id, proof, is_basic: false })
    }
}

fn assertion(form: &Parameters) -> Result<Option<String>, OAuthError> {
    match (form.get("client_assertion"), form.get("client_assertion_type")) {
        (None, None) => Ok(None),
        (Some(assertion), Some(JWT_BEARER)) => Ok(Some(assertion.to_owned())),
        (Some(_), Some(_)) => {
            let message = format!("'client_assertion_type' must be '{JWT_BEARER}'.");
            Err(OAuthError::invalid_request(90_023, message))
        }
        (Some(_), None) => Err(OAuthError::missing("client_assertion_type")),
        (None, Some(_)) => Err(OAuthError::missing("client_assertion")),
    }
}

/// Identifier and secret of HTTP Basic, each escaped like a form value (RFC 6749 §2.3.1).
fn basic(headers: &HeaderMap) -> Result<Option<(String, String)>, OAuthError> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let Some(value) = values.next() else { return Ok(None) };
    let read = || {
        let (scheme, encoded) = value.to_str().ok()?.split_once(' ')?;
        let plain = STANDARD.decode(encoded.trim()).ok()?;
        let (id, secret) = std::str::from_utf8(&plain).ok()?.split_once(':')?;
        let (id, secret) = (decode(id.as_bytes()).ok()?, decode(secret.as_bytes()).ok()?);
        scheme.eq_ignore_ascii_case("basic").then_some((id, secret))
    };
    match (read(), values.next()) {
        (Some(read), None) => Ok(Some(read)),
        _ => {
            let message = "The Authorization header must be HTTP Basic with client_id and client_secret.";
            Err(OAuthError { is_basic: true, ..OAuthError::invalid_client(7_000_218, message) })
        }
    }
}

impl App {
    /// Checks what a client sent to prove itself. `is_public` says whether it may do without.
    ///
    /// # Errors
    /// `invalid_client` with status 401; 429 after too many of them from one address.
    pub(crate) async fn authenticate(
        &self,
        client: &Client,
        sent: &SentProof,
        is_public: bool,
        (address, now): (IpAddr, Timestamp),
    ) -> Result<ClientAuthenticationMethod, OAuthError> {
        self.failures.check(&client.app_id, address, now).map_err(OAuthError::throttled)?;
        let (proof, domains) = match &sent.proof {
            Proof::None => (ClientProof::None, Vec::new()),
            Proof::Secret(secret) => (ClientProof::Secret(secret), Vec::new()),
            Proof::Assertion(assertion) => (ClientProof::Assertion(assertion), self.domains().await?),
        };
        let domains: Vec<&str> = domains.iter().map(String::as_str).collect();
        let request = ClientAuthentication {
            app_id: &client.app_id,
            credentials: &client.credentials,
            is_public,
            proof,
            tenant_domains: &domains,
        };
        match self.api.tokens.authenticate_client(request).await {
            Ok(authenticated) => Ok(authenticated.method),
            Err(error) => {
                let refused = OAuthError { is_basic: sent.is_basic, ..refusal(error) };
                if refused.error == "invalid_client" && sent.proof != Proof::None {
                    self.failures.count(&client.app_id, address, now);
                }
                Err(refused)
            }
        }
    }
}

fn refusal(error: ClientAuthError) -> OAuthError {
    match (error.code(), error) {
        (None, ClientAuthError::Store(error)) => error.into(),
        (code, error) => OAuthError::invalid_client(code.unwrap_or(7_000_215), sentence(&error.to_string())),
    }
}

/// The message of an error as a sentence.
pub(crate) fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).chain(['.']).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(authorization: &str, form: &str) -> Result<(String, bool), u32> {
        let mut headers = HeaderMap::new();
        if !authorization.is_empty() {
            headers.insert(header::AUTHORIZATION, authorization.parse().unwrap());
        }
        let form = Parameters::parse(form.as_bytes()).unwrap();
        let sent = SentProof::read(&headers, &form).map_err(|error| error.code)?;
        let proof = match sent.proof {
            Proof::None => "none".to_owned(),
            Proof::Secret(secret) => secret,
            Proof::Assertion(assertion) => format!("assertion {assertion}"),
        };
        Ok((format!("{} {proof}", sent.client_id), sent.is_basic))
    }

    #[test]
    fn a_client_proves_itself_in_one_way() {
        let basic = format!("Basic {}", STANDARD.encode("a%2Bb:s%3As"));
        let jwt = format!("client_assertion_type={JWT_BEARER}&client_assertion=x");
        for (authorization, form, expected) in [
            ("", "client_id=a", Ok(("a none", false))),
            ("", "client_id=a&client_secret=s", Ok(("a s", false))),
            ("", &format!("client_id=a&{jwt}"), Ok(("a assertion x", false))),
            (&basic, "", Ok(("a+b s:s", true))),
            (&basic, "client_id=A%2BB", Ok(("a+b s:s", true))),
            (&basic, "client_id=c", Err(90_013)),
            (&basic, "client_secret=s", Err(90_013)),
            ("", &format!("client_id=a&client_secret=s&{jwt}"), Err(90_013)),
            ("", "client_id=a&client_assertion=x", Err(900_144)),
            ("", "client_id=a&client_assertion=x&client_assertion_type=saml", Err(90_023)),
            ("", "client_secret=s", Err(900_144)),
            ("Bearer x", "client_id=a", Err(7_000_218)),
            ("Basic !", "client_id=a", Err(7_000_218)),
            ("Basic Og", "client_id=a", Err(7_000_218)),
        ] {
            let expected = expected.map(|(text, is_basic)| (text.to_owned(), is_basic));
            assert_eq!(read(authorization, form), expected, "{authorization} {form}");
        }
    }
}
