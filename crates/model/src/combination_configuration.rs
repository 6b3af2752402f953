//! What narrows a combination of an authentication strength: a polymorphic set, so every item carries `@odata.type`
//! (Graph contract §1.2.2 and §2.2).

use serde::{Deserialize, Serialize};

use crate::AuthenticationMethodModes;
use crate::declare::graph_type;
use crate::entity::Entity;

graph_type! {
    /// `microsoft.graph.authenticationCombinationConfiguration`.
    #[derive(Default)]
    abstract_entity AuthenticationCombinationConfiguration = "authenticationCombinationConfiguration" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            applies_to_combinations: Vec<AuthenticationMethodModes> = "appliesToCombinations" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.fido2CombinationConfiguration`: the models of security keys that count.
    #[derive(Default)]
    entity Fido2CombinationConfiguration = "fido2CombinationConfiguration" : AuthenticationCombinationConfiguration {
        inherit {
            id: String = "id",
            #[serde(default)] applies_to_combinations: Vec<AuthenticationMethodModes> = "appliesToCombinations",
        }
        own {
            #[serde(default)] allowed_aaguids: Vec<String> = "allowedAAGUIDs" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.x509CertificateCombinationConfiguration`: the issuers and policies of certificates that count.
    #[derive(Default)]
    entity X509CertificateCombinationConfiguration = "x509CertificateCombinationConfiguration" : AuthenticationCombinationConfiguration {
        inherit {
            id: String = "id",
            #[serde(default)] applies_to_combinations: Vec<AuthenticationMethodModes> = "appliesToCombinations",
        }
        own {
            #[serde(default)] allowed_issuer_skis: Vec<String> = "allowedIssuerSkis" [],
            #[serde(default)] allowed_policy_oids: Vec<String> = "allowedPolicyOIDs" [],
        }
    }
}

/// A configuration of either kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "@odata.type")]
pub enum AnyCombinationConfiguration {
    /// Of security keys.
    #[serde(rename = "#microsoft.graph.fido2CombinationConfiguration")]
    Fido2(Fido2CombinationConfiguration),
    /// Of certificates.
    #[serde(rename = "#microsoft.graph.x509CertificateCombinationConfiguration")]
    X509Certificate(X509CertificateCombinationConfiguration),
}

impl AnyCombinationConfiguration {
    /// Its identifier, unique within the strength.
    pub fn id(&self) -> &str {
        match self {
            Self::Fido2(configuration) => &configuration.id,
            Self::X509Certificate(configuration) => &configuration.id,
        }
    }

    /// The combinations it narrows.
    pub fn applies_to(&self) -> &[AuthenticationMethodModes] {
        match self {
            Self::Fido2(configuration) => &configuration.applies_to_combinations,
            Self::X509Certificate(configuration) => &configuration.applies_to_combinations,
        }
    }
}
