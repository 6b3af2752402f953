//! Authentication methods as Graph shows them (Graph contract §2.6).

use riskgate_core::Timestamp;

use crate::declare::{graph_enum, graph_type};
use crate::entity::Entity;

graph_type! {
    /// `microsoft.graph.authenticationMethod`: what every method has.
    #[derive(Default)]
    abstract_entity AuthenticationMethodResource = "authenticationMethod" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable filter order],
        }
    }
}

graph_type! {
    /// `microsoft.graph.passwordAuthenticationMethod`; the password is never shown.
    #[derive(Default)]
    entity PasswordAuthenticationMethod = "passwordAuthenticationMethod" : AuthenticationMethodResource {
        inherit {
            id: String = "id",
            created_date_time: Option<Timestamp> = "createdDateTime",
        }
        own {
            password: Option<String> = "password" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.softwareOathAuthenticationMethod`; the secret is never shown.
    #[derive(Default)]
    entity SoftwareOathAuthenticationMethod = "softwareOathAuthenticationMethod" : AuthenticationMethodResource {
        inherit {
            id: String = "id",
            created_date_time: Option<Timestamp> = "createdDateTime",
        }
        own {
            secret_key: Option<String> = "secretKey" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.microsoftAuthenticatorAuthenticationMethod`: a phone that approves sign-ins.
    #[derive(Default)]
    entity MicrosoftAuthenticatorAuthenticationMethod = "microsoftAuthenticatorAuthenticationMethod" : AuthenticationMethodResource {
        inherit {
            id: String = "id",
            created_date_time: Option<Timestamp> = "createdDateTime",
        }
        own {
            device_tag: Option<String> = "deviceTag" [nullable],
            display_name: Option<String> = "displayName" [nullable],
            phone_app_version: Option<String> = "phoneAppVersion" [nullable],
        }
    }
}

graph_enum! {
    /// `microsoft.graph.attestationLevel`: whether the maker of a passkey's authenticator vouched for it.
    AttestationLevel = "attestationLevel" {
        Attested = "attested" 0,
        NotAttested = "notAttested" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

graph_enum! {
    /// `microsoft.graph.passkeyType`: whether a passkey stays on one device.
    PasskeyType = "passkeyType" {
        DeviceBound = "deviceBound" 0,
        Synced = "synced" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

graph_type! {
    /// `microsoft.graph.fido2AuthenticationMethod`: a passkey.
    #[derive(Default)]
    entity Fido2AuthenticationMethod = "fido2AuthenticationMethod" : AuthenticationMethodResource {
        inherit {
            id: String = "id",
            created_date_time: Option<Timestamp> = "createdDateTime",
        }
        own {
            aa_guid: Option<String> = "aaGuid" [nullable],
            #[serde(default)] attestation_certificates: Vec<String> = "attestationCertificates" [nullable],
            attestation_level: Option<AttestationLevel> = "attestationLevel" [nullable],
            display_name: Option<String> = "displayName" [nullable],
            model: Option<String> = "model" [nullable],
            passkey_type: Option<PasskeyType> = "passkeyType" [nullable],
        }
    }
}
