use riskgate_directory::{DirectoryError, is_domain};
use riskgate_model::{FederatedIdpMfaBehavior, OidcIdentityProvider, OidcResponseTypes};

use super::RESOURCE;
use crate::Federation;

/// Most domains of a provider.
const MOST_DOMAINS: usize = 50;
/// Most `acr` values that count as multifactor authentication.
const MOST_ACR_VALUES: usize = 10;

/// Fills in what may be left out, and writes domains in lower case.
pub(super) fn complete(provider: &mut OidcIdentityProvider) {
    if provider.well_known_endpoint.is_none() {
        let issuer = provider.issuer.as_deref().unwrap_or_default().trim_end_matches('/');
        provider.well_known_endpoint = Some(format!("{issuer}/.well-known/openid-configuration"));
    }
    provider.response_type.get_or_insert(OidcResponseTypes::Code);
    provider.scope.get_or_insert_with(|| crate::begin::SCOPE.to_owned());
    // What nobody said is not trusted.
    provider.federated_idp_mfa_behavior.get_or_insert(FederatedIdpMfaBehavior::RejectMfaByFederatedIdp);
    provider.is_enabled.get_or_insert(true);
    provider.is_user_creation_enabled.get_or_insert(false);
    for domain in &mut provider.domains {
        domain.make_ascii_lowercase();
    }
    provider.domains.sort_unstable();
    provider.domains.dedup();
}

impl Federation {
    /// Checks a provider that [`complete`] went over.
    pub(super) fn check(&self, provider: &OidcIdentityProvider) -> Result<(), DirectoryError> {
        check_text("displayName", provider.display_name.as_deref(), 128)?;
        check_text("clientId", provider.client_id.as_deref(), 512)?;
        for (name, value) in
            [("issuer", &provider.issuer), ("wellKnownEndpoint", &provider.well_known_endpoint)]
        {
            check_text(name, value.as_deref(), 512)?;
            let url = self.network.endpoint(value.as_deref().unwrap_or_default());
            if url.is_none_or(|url| name == "issuer" && url.query().is_some()) {
                return Err(invalid(name, "It must be an https address that Riskgate may speak to."));
            }
        }
        if provider.response_type != Some(OidcResponseTypes::Code) {
            return Err(invalid("responseType", "It must be 'code'."));
        }
        check_text("scope", provider.scope.as_deref(), 512)?;
        if !provider.scope.as_deref().unwrap_or_default().split(' ').any(|scope| scope == "openid") {
            return Err(invalid("scope", "It must contain 'openid'."));
        }
        if provider.federated_idp_mfa_behavior == Some(FederatedIdpMfaBehavior::UnknownFutureValue) {
            return Err(invalid("federatedIdpMfaBehavior", "It must be one of the three behaviors."));
        }
        check_lists(provider)?;
        check_mapping(provider)
    }
}

fn check_lists(provider: &OidcIdentityProvider) -> Result<(), DirectoryError> {
    if provider.domains.len() > MOST_DOMAINS || !provider.domains.iter().all(|domain| is_domain(domain)) {
        return Err(invalid("domains", &format!("At most {MOST_DOMAINS} domain names are expected.")));
    }
    let values = &provider.multi_factor_acr_values;
    let is_value = |value: &String| {
        (1..=256).contains(&value.len()) && value.bytes().all(|byte| byte.is_ascii_graphic())
    };
    if values.len() > MOST_ACR_VALUES || !values.iter().all(is_value) {
        let reason = format!("At most {MOST_ACR_VALUES} values without spaces are expected.");
        return Err(invalid("multiFactorAcrValues", &reason));
    }
    Ok(())
}

fn check_mapping(provider: &OidcIdentityProvider) -> Result<(), DirectoryError> {
    let Some(mapping) = &provider.inbound_claim_mapping else { return Ok(()) };
    if mapping.sub.as_deref().is_some_and(|claim| claim != "sub") {
        return Err(invalid("inboundClaimMapping/sub", "People are told apart by 'sub' alone."));
    }
    for claim in
        [&mapping.email, &mapping.email_verified, &mapping.family_name, &mapping.given_name, &mapping.name]
            .into_iter()
            .flatten()
    {
        check_text("inboundClaimMapping", Some(claim), 128)?;
    }
    Ok(())
}

fn check_text(property: &str, text: Option<&str>, longest: usize) -> Result<(), DirectoryError> {
    let text = text.unwrap_or_default();
    if text.trim().is_empty() {
        return Err(DirectoryError::Required { resource: RESOURCE, property: property.to_owned() });
    }
    if text.chars().count() > longest || text.chars().any(char::is_control) {
        let reason = format!("It can have at most {longest} characters, none of them control characters.");
        return Err(invalid(property, &reason));
    }
    Ok(())
}

pub(super) fn invalid(property: &str, reason: &str) -> DirectoryError {
    let (property, reason) = (property.to_owned(), reason.to_owned());
    DirectoryError::InvalidValue { resource: RESOURCE, property, reason }
}
