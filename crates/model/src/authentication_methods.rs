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

graph_type! {
    /// `microsoft.graph.temporaryAccessPassAuthenticationMethod`; the pass is shown once, when it is made.
    #[derive(Default)]
    entity TemporaryAccessPassAuthenticationMethod = "temporaryAccessPassAuthenticationMethod" : AuthenticationMethodResource {
        inherit {
            id: String = "id",
            created_date_time: Option<Timestamp> = "createdDateTime",
        }
        own {
            is_usable: Option<bool> = "isUsable" [nullable],
            is_usable_once: Option<bool> = "isUsableOnce" [nullable],
            lifetime_in_minutes: Option<i32> = "lifetimeInMinutes" [nullable],
            method_usability_reason: Option<String> = "methodUsabilityReason" [nullable],
            start_date_time: Option<Timestamp> = "startDateTime" [nullable],
            temporary_access_pass: Option<String> = "temporaryAccessPass" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.emailAuthenticationMethod`.
    #[derive(Default)]
    entity EmailAuthenticationMethod = "emailAuthenticationMethod" : AuthenticationMethodResource {
        inherit {
            id: String = "id",
            created_date_time: Option<Timestamp> = "createdDateTime",
        }
        own {
            email_address: Option<String> = "emailAddress" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.passwordResetResponse`: a password that was generated.
    #[derive(Default)]
    complex PasswordResetResponse = "passwordResetResponse" {
        own {
            new_password: Option<String> = "newPassword" [nullable],
        }
    }
}

graph_enum! {
    /// `microsoft.graph.longRunningOperationStatus`.
    LongRunningOperationStatus = "longRunningOperationStatus" {
        NotStarted = "notStarted" 0,
        Running = "running" 1,
        Succeeded = "succeeded" 2,
        Failed = "failed" 3,
        UnknownFutureValue = "unknownFutureValue" 4,
    }
}

graph_type! {
    /// `microsoft.graph.longRunningOperation`.
    #[derive(Default)]
    entity LongRunningOperation = "longRunningOperation" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            created_date_time: Option<Timestamp> = "createdDateTime" [nullable],
            last_action_date_time: Option<Timestamp> = "lastActionDateTime" [nullable],
            resource_location: Option<String> = "resourceLocation" [nullable],
            status: Option<LongRunningOperationStatus> = "status" [nullable],
            status_detail: Option<String> = "statusDetail" [nullable],
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
