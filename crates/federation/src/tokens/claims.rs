use std::collections::BTreeMap;

use riskgate_core::Timestamp;
use riskgate_model::{
    FederatedIdpMfaBehavior, FederationFacts, OidcIdentityProvider, OidcInboundClaimMappingOverride,
};
use serde_json::{Map, Value as Json};

use crate::FederationError;

/// `amr` of multifactor authentication: RFC 8176 §2, and the one of Microsoft Entra.
const MULTI_FACTOR: [&str; 2] = ["mfa", "http://schemas.microsoft.com/claims/multipleauthn"];
/// Most `amr` values that are looked at.
const MOST_AMR: usize = 16;
/// Longest claim that is kept, in characters.
const LONGEST: usize = 256;
/// Most names of claims that are kept.
const MOST_NAMES: usize = 32;
/// Longest name of a claim that is kept, in characters.
const LONGEST_NAME: usize = 40;
/// Claims of the protocol (OpenID Connect Core §2, §3.1.3.6; RFC 7519 §4.1; session management and logout), which depend on
/// what was asked for and say nothing about the person.
const OF_PROTOCOL: [&str; 16] = [
    "iss",
    "sub",
    "aud",
    "exp",
    "nbf",
    "iat",
    "jti",
    "auth_time",
    "nonce",
    "acr",
    "amr",
    "azp",
    "at_hash",
    "c_hash",
    "s_hash",
    "sid",
];
/// Claims by which providers tell a person besides the subject: those of OpenID Connect Core §5.1, tenant and object of
/// Microsoft Entra, hosted domain of Google.
const IDENTIFIERS: [&str; 6] = ["email", "preferred_username", "upn", "tid", "oid", "hd"];

/// What a verified ID token asserts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assertion {
    /// `sub`: at most 255 ASCII characters (OpenID Connect Core §2).
    pub subject: String,
    /// Mail address the provider says it has verified.
    pub verified_mail: Option<String>,
    /// Whether there is a mail address that the provider does not say it has verified.
    pub has_unverified_mail: bool,
    /// `name`.
    pub name: Option<String>,
    /// `given_name`.
    pub given_name: Option<String>,
    /// `family_name`.
    pub family_name: Option<String>,
    /// When the person proved himself there: `auth_time`, or when the token was issued.
    pub proven_at: Timestamp,
    /// Whether multifactor authentication was passed that counts here.
    pub is_multi_factor: bool,
    /// What is kept of it with the sign-in.
    pub facts: FederationFacts,
}

/// The claims of a token.
pub(super) struct Claims(pub(super) Map<String, Json>);

impl Claims {
    pub(super) fn text(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Json::as_str)
    }

    /// A moment in seconds since 1970; fractions are cut off.
    pub(super) fn time(&self, name: &str) -> Option<Timestamp> {
        let number = self.0.get(name)?;
        #[allow(
            clippy::cast_possible_truncation,
            reason = "out of range becomes the limit, which no check lets pass"
        )]
        let seconds = number.as_i64().or_else(|| number.as_f64().map(|seconds| seconds as i64))?;
        // Years 1970 to 9999.
        (0..253_402_300_800).contains(&seconds).then(|| Timestamp::from_seconds(seconds))
    }

    /// `aud`: one or several.
    pub(super) fn audiences(&self) -> Vec<&str> {
        match self.0.get("aud") {
            Some(Json::String(one)) => vec![one],
            Some(Json::Array(several)) => several.iter().filter_map(Json::as_str).collect(),
            _ => Vec::new(),
        }
    }

    fn amr(&self) -> Vec<String> {
        let values = self.0.get("amr").and_then(Json::as_array).into_iter().flatten();
        values.filter_map(Json::as_str).take(MOST_AMR).map(cut).collect()
    }

    /// Names of the claims about the person; a map is sorted.
    fn names(&self) -> Vec<String> {
        let names = self.0.keys().filter(|name| !OF_PROTOCOL.contains(&name.as_str())).take(MOST_NAMES);
        names.map(|name| name.chars().take(LONGEST_NAME).collect()).collect()
    }

    fn identifiers(&self) -> BTreeMap<String, String> {
        let known = IDENTIFIERS.iter().filter_map(|name| Some(((*name).to_owned(), cut(self.text(name)?))));
        known.collect()
    }

    fn mapped<'a>(&'a self, mapping: Option<&'a str>, standard: &'a str) -> Option<String> {
        self.text(mapping.unwrap_or(standard)).map(cut).filter(|text| !text.trim().is_empty())
    }

    /// What the claims assert, once they are known to be the provider's, for us and current.
    pub(super) fn assertion(
        &self,
        provider: &OidcIdentityProvider,
        signed: (&str, Option<String>),
        now: Timestamp,
    ) -> Result<Assertion, FederationError> {
        let invalid = FederationError::InvalidToken;
        let is_subject = |sub: &&str| (1..=255).contains(&sub.len()) && sub.is_ascii();
        let subject = self.text("sub").filter(is_subject).ok_or(invalid("its subject is none"))?;
        let issued_at = self.time("iat").ok_or(invalid("it does not say when it was issued"))?;
        let expires_at = self.time("exp").ok_or(invalid("it does not say when it expires"))?;
        let authenticated_at = self.time("auth_time");
        let empty = OidcInboundClaimMappingOverride::default();
        let mapping = provider.inbound_claim_mapping.as_ref().unwrap_or(&empty);
        let mail = self.mapped(mapping.email.as_deref(), "email");
        let verified = self.0.get(mapping.email_verified.as_deref().unwrap_or("email_verified"));
        // Some providers write the truth as text.
        let is_verified = matches!(verified, Some(Json::Bool(true))) || verified == Some(&Json::from("true"));
        let behavior = provider.federated_idp_mfa_behavior;
        let facts = FederationFacts {
            provider_id: provider.id.clone(),
            issuer: provider.issuer.clone().unwrap_or_default(),
            incoming_token_type: "oidcIdToken".to_owned(),
            amr: self.amr(),
            acr: self.text("acr").map(cut),
            session_id: self.text("sid").filter(|sid| sid.len() <= LONGEST).map(str::to_owned),
            key_id: signed.1.as_deref().map(cut),
            algorithm: signed.0.to_owned(),
            issued_at,
            expires_at,
            authenticated_at,
            received_at: Some(now),
            claims: self.names(),
            identifiers: self.identifiers(),
            is_asked_for_mfa: behavior == Some(FederatedIdpMfaBehavior::EnforceMfaByFederatedIdp),
        };
        let is_claimed = facts.amr.iter().any(|amr| MULTI_FACTOR.contains(&amr.as_str()))
            || facts.acr.as_ref().is_some_and(|acr| provider.multi_factor_acr_values.contains(acr));
        let is_trusted = matches!(
            behavior,
            Some(
                FederatedIdpMfaBehavior::AcceptIfMfaDoneByFederatedIdp
                    | FederatedIdpMfaBehavior::EnforceMfaByFederatedIdp
            )
        );
        Ok(Assertion {
            subject: subject.to_owned(),
            has_unverified_mail: mail.is_some() && !is_verified,
            verified_mail: mail.filter(|_| is_verified),
            name: self.mapped(mapping.name.as_deref(), "name"),
            given_name: self.mapped(mapping.given_name.as_deref(), "given_name"),
            family_name: self.mapped(mapping.family_name.as_deref(), "family_name"),
            proven_at: authenticated_at.unwrap_or(issued_at),
            is_multi_factor: is_claimed && is_trusted,
            facts,
        })
    }
}

fn cut(text: &str) -> String {
    text.chars().take(LONGEST).collect()
}
