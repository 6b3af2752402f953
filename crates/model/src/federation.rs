//! Upstream identity providers that people may sign in through, and what one asserted.

use std::collections::BTreeMap;

use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::AuthenticationMethodKind;
use crate::declare::{graph_enum, graph_type};
use crate::entity::Entity;

graph_type! {
    /// `microsoft.graph.identityProviderBase`.
    #[derive(Default)]
    abstract_entity IdentityProviderBase = "identityProviderBase" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            display_name: Option<String> = "displayName" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.oidcIdentityProvider`: an OpenID provider people sign in through. What `domains` and the members
    /// after it say, Graph keeps elsewhere (`internalDomainFederation`) or not at all.
    #[derive(Default)]
    entity OidcIdentityProvider = "oidcIdentityProvider" : IdentityProviderBase {
        inherit {
            id: String = "id",
            #[serde(default)] display_name: Option<String> = "displayName",
        }
        own {
            #[serde(default)] client_authentication: Option<OidcClientSecretAuthentication> = "clientAuthentication" [nullable],
            #[serde(default)] client_id: Option<String> = "clientId" [nullable],
            #[serde(default)] inbound_claim_mapping: Option<OidcInboundClaimMappingOverride> = "inboundClaimMapping" [nullable],
            #[serde(default)] issuer: Option<String> = "issuer" [nullable],
            #[serde(default)] response_type: Option<OidcResponseTypes> = "responseType" [nullable],
            #[serde(default)] scope: Option<String> = "scope" [nullable],
            #[serde(default)] well_known_endpoint: Option<String> = "wellKnownEndpoint" [nullable],
            #[serde(default)] domains: Vec<String> = "domains" [],
            #[serde(default)] federated_idp_mfa_behavior: Option<FederatedIdpMfaBehavior> = "federatedIdpMfaBehavior" [nullable],
            #[serde(default)] is_enabled: Option<bool> = "isEnabled" [nullable],
            #[serde(default)] is_user_creation_enabled: Option<bool> = "isUserCreationEnabled" [nullable],
            #[serde(default)] multi_factor_acr_values: Vec<String> = "multiFactorAcrValues" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.oidcClientAuthentication`: how Riskgate proves itself to the provider.
    #[derive(Default)]
    abstract_complex OidcClientAuthentication = "oidcClientAuthentication" {
        own {
        }
    }
}

graph_type! {
    /// `microsoft.graph.oidcClientSecretAuthentication`. The secret is written and never shown.
    #[derive(Default)]
    complex OidcClientSecretAuthentication = "oidcClientSecretAuthentication" : OidcClientAuthentication {
        own {
            #[serde(default)] client_secret: Option<String> = "clientSecret" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.oidcInboundClaimMappingOverride`: claims of the provider by the standard claim they stand for; a
    /// member that is left out is the claim of its own name. `sub` is always `sub`.
    #[derive(Default)]
    complex OidcInboundClaimMappingOverride = "oidcInboundClaimMappingOverride" {
        own {
            #[serde(default)] email: Option<String> = "email" [nullable],
            #[serde(default)] email_verified: Option<String> = "email_verified" [nullable],
            #[serde(default)] family_name: Option<String> = "family_name" [nullable],
            #[serde(default)] given_name: Option<String> = "given_name" [nullable],
            #[serde(default)] name: Option<String> = "name" [nullable],
            #[serde(default)] sub: Option<String> = "sub" [nullable],
        }
    }
}

graph_enum! {
    /// `microsoft.graph.oidcResponseTypes`; only `code` is done here.
    OidcResponseTypes = "oidcResponseTypes" {
        Code = "code" 1,
        IdToken = "id_token" 2,
        Token = "token" 4,
        UnknownFutureValue = "unknownFutureValue" 8,
    }
}

graph_enum! {
    /// `microsoft.graph.federatedIdpMfaBehavior`: what multifactor authentication at the provider is worth.
    FederatedIdpMfaBehavior = "federatedIdpMfaBehavior" {
        AcceptIfMfaDoneByFederatedIdp = "acceptIfMfaDoneByFederatedIdp" 0,
        EnforceMfaByFederatedIdp = "enforceMfaByFederatedIdp" 1,
        RejectMfaByFederatedIdp = "rejectMfaByFederatedIdp" 2,
        UnknownFutureValue = "unknownFutureValue" 3,
    }
}

/// What an upstream identity provider asserted in a verified ID token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FederationFacts {
    /// Identifier of the `oidcIdentityProvider`.
    pub provider_id: String,
    /// `iss`.
    pub issuer: String,
    /// Kind of the token, by the name of Graph's `incomingTokenType` for it.
    pub incoming_token_type: String,
    /// `amr` as asserted, bounded.
    #[serde(default)]
    pub amr: Vec<String>,
    /// `acr` as asserted, bounded.
    #[serde(default)]
    pub acr: Option<String>,
    /// `kid` of the key that signed.
    #[serde(default)]
    pub key_id: Option<String>,
    /// Signature algorithm.
    pub algorithm: String,
    /// `iat`.
    pub issued_at: Timestamp,
    /// `exp`.
    pub expires_at: Timestamp,
    /// `auth_time`, if asserted.
    #[serde(default)]
    pub authenticated_at: Option<Timestamp>,
    /// Whether the provider is asked for multifactor authentication when a policy wants it.
    #[serde(default)]
    pub is_asked_for_mfa: bool,
    /// `sid`: the session at the provider, which it names when that ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session_id: Option<String>,
    /// When the token came; `None` for what was kept before this was noted.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub received_at: Option<Timestamp>,
    /// Names of the claims that say something about the person, sorted, bounded.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<String>,
    /// By which other names the provider knows the person (mail address, user name, tenant), by claim, bounded.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub identifiers: BTreeMap<String, String>,
}

impl FederationFacts {
    /// The methods whoever came this way has: what the provider can prove again.
    pub fn methods(&self) -> impl Iterator<Item = AuthenticationMethodKind> {
        let multi = self.is_asked_for_mfa.then_some(AuthenticationMethodKind::FederatedMultiFactor);
        [AuthenticationMethodKind::FederatedSingleFactor].into_iter().chain(multi)
    }
}
