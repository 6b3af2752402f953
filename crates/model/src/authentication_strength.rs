//! Authentication strengths: which combinations of methods are strong enough (Graph contract §1.2.2 and §2.2).

use riskgate_core::Timestamp;
use serde::{Deserialize, Serialize};

use crate::combination_configuration::AnyCombinationConfiguration;
use crate::declare::{graph_enum, graph_type};
use crate::entity::Entity;

graph_enum! {
    /// `microsoft.graph.authenticationMethodModes`: one combination of methods that are all passed.
    flags AuthenticationMethodModes = "authenticationMethodModes" {
        "password" 1,
        "voice" 2,
        "hardwareOath" 4,
        "softwareOath" 8,
        "sms" 16,
        "fido2" 32,
        "windowsHelloForBusiness" 64,
        "microsoftAuthenticatorPush" 128,
        "deviceBasedPush" 256,
        "temporaryAccessPassOneTime" 512,
        "temporaryAccessPassMultiUse" 1024,
        "email" 2048,
        "x509CertificateSingleFactor" 4096,
        "x509CertificateMultiFactor" 8192,
        "federatedSingleFactor" 16384,
        "federatedMultiFactor" 32768,
        "unknownFutureValue" 65536,
        "qrCodePin" 131072,
    }
}

graph_enum! {
    /// `microsoft.graph.baseAuthenticationMethod`: what a method is, whichever way it is used.
    BaseAuthenticationMethod = "baseAuthenticationMethod" {
        Password = "password" 1,
        Voice = "voice" 2,
        HardwareOath = "hardwareOath" 3,
        SoftwareOath = "softwareOath" 4,
        Sms = "sms" 5,
        Fido2 = "fido2" 6,
        WindowsHelloForBusiness = "windowsHelloForBusiness" 7,
        MicrosoftAuthenticator = "microsoftAuthenticator" 8,
        TemporaryAccessPass = "temporaryAccessPass" 9,
        Email = "email" 10,
        X509Certificate = "x509Certificate" 11,
        Federation = "federation" 12,
        UnknownFutureValue = "unknownFutureValue" 13,
        QrCodePin = "qrCodePin" 14,
    }
}

graph_enum! {
    /// `microsoft.graph.authenticationStrengthPolicyType`.
    AuthenticationStrengthPolicyType = "authenticationStrengthPolicyType" {
        BuiltIn = "builtIn" 0,
        Custom = "custom" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

graph_enum! {
    /// `microsoft.graph.authenticationStrengthRequirements`.
    flags AuthenticationStrengthRequirements = "authenticationStrengthRequirements" {
        "none" 0,
        "mfa" 1,
        "unknownFutureValue" 2,
    }
}

graph_type! {
    /// `microsoft.graph.authenticationStrengthPolicy`.
    entity AuthenticationStrengthPolicy = "authenticationStrengthPolicy" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            #[serde(default)] allowed_combinations: Vec<AuthenticationMethodModes> = "allowedCombinations" [filter],
            created_date_time: Timestamp = "createdDateTime" [filter order],
            description: Option<String> = "description" [nullable filter order],
            display_name: String = "displayName" [filter order],
            modified_date_time: Timestamp = "modifiedDateTime" [filter order],
            policy_type: AuthenticationStrengthPolicyType = "policyType" [filter order],
            requirements_satisfied: AuthenticationStrengthRequirements = "requirementsSatisfied" [filter],
        }
        inline {
            #[serde(default)] combination_configurations: Vec<AnyCombinationConfiguration> = "combinationConfigurations",
        }
    }
}

graph_type! {
    /// `microsoft.graph.authenticationStrengthRoot`.
    entity AuthenticationStrengthRoot = "authenticationStrengthRoot" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            combinations: Vec<AuthenticationMethodModes> = "combinations" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.authenticationMethodModeDetail`: a single method of a combination; `id` is its name there.
    entity AuthenticationMethodModeDetail = "authenticationMethodModeDetail" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            authentication_method: BaseAuthenticationMethod = "authenticationMethod" [filter],
            display_name: String = "displayName" [filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.authenticationStrengthUsage`: leads to the policies that refer to a strength, by what it satisfies.
    #[derive(Default)]
    complex AuthenticationStrengthUsage = "authenticationStrengthUsage" {
        own {
        }
    }
}

graph_type! {
    /// `microsoft.graph.updateAllowedCombinationsResult`.
    complex UpdateAllowedCombinationsResult = "updateAllowedCombinationsResult" {
        own {
            additional_information: Option<String> = "additionalInformation" [nullable],
            conditional_access_references: Vec<String> = "conditionalAccessReferences" [nullable],
            current_combinations: Vec<AuthenticationMethodModes> = "currentCombinations" [],
            previous_combinations: Vec<AuthenticationMethodModes> = "previousCombinations" [],
        }
    }
}

/// The strength a policy asks for. Clients may send the whole object back; the identifier is what counts, and what is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthenticationStrengthReference {
    /// `id` of the [`AuthenticationStrengthPolicy`].
    pub id: String,
}
