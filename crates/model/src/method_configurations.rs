//! How a single method is configured: a polymorphic set, so every item carries `@odata.type` (Graph contract §1.8).

use serde::{Deserialize, Serialize};

use crate::declare::{graph_enum, graph_type};
use crate::entity::Entity;
use crate::{ALL_USERS, AuthenticationMethodTargetType, BaseAuthenticationMethod, ExcludeTarget};

graph_enum! {
    /// `microsoft.graph.authenticationMethodState`.
    AuthenticationMethodState = "authenticationMethodState" {
        Enabled = "enabled" 0,
        Disabled = "disabled" 1,
    }
}

graph_enum! {
    /// `microsoft.graph.externalEmailOtpState`.
    ExternalEmailOtpState = "externalEmailOtpState" {
        Default = "default" 0,
        Enabled = "enabled" 1,
        Disabled = "disabled" 2,
        UnknownFutureValue = "unknownFutureValue" 3,
    }
}

graph_enum! {
    /// `microsoft.graph.fido2RestrictionEnforcementType`.
    Fido2RestrictionEnforcementType = "fido2RestrictionEnforcementType" {
        Allow = "allow" 0,
        Block = "block" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

graph_enum! {
    /// `microsoft.graph.microsoftAuthenticatorAuthenticationMode`.
    MicrosoftAuthenticatorAuthenticationMode = "microsoftAuthenticatorAuthenticationMode" {
        DeviceBasedPush = "deviceBasedPush" 0,
        Push = "push" 1,
        Any = "any" 2,
    }
}

graph_type! {
    /// `microsoft.graph.authenticationMethodTarget`: a person, a group, or everybody, whom a method is for.
    entity AuthenticationMethodTarget = "authenticationMethodTarget" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            #[serde(default)] is_registration_required: bool = "isRegistrationRequired" [],
            target_type: AuthenticationMethodTargetType = "targetType" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.passkeyAuthenticationMethodTarget`.
    entity PasskeyAuthenticationMethodTarget = "passkeyAuthenticationMethodTarget" : AuthenticationMethodTarget {
        inherit {
            id: String = "id",
            #[serde(default)] is_registration_required: bool = "isRegistrationRequired",
            target_type: AuthenticationMethodTargetType = "targetType",
        }
        own {
        }
    }
}

graph_type! {
    /// `microsoft.graph.microsoftAuthenticatorAuthenticationMethodTarget`.
    entity MicrosoftAuthenticatorAuthenticationMethodTarget = "microsoftAuthenticatorAuthenticationMethodTarget" : AuthenticationMethodTarget {
        inherit {
            id: String = "id",
            #[serde(default)] is_registration_required: bool = "isRegistrationRequired",
            target_type: AuthenticationMethodTargetType = "targetType",
        }
        own {
            #[serde(default = "any_mode")] authentication_mode: MicrosoftAuthenticatorAuthenticationMode = "authenticationMode" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.smsAuthenticationMethodTarget`.
    entity SmsAuthenticationMethodTarget = "smsAuthenticationMethodTarget" : AuthenticationMethodTarget {
        inherit {
            id: String = "id",
            #[serde(default)] is_registration_required: bool = "isRegistrationRequired",
            target_type: AuthenticationMethodTargetType = "targetType",
        }
        own {
            #[serde(default)] is_usable_for_sign_in: bool = "isUsableForSignIn" [],
        }
    }
}

graph_type! {
    /// `microsoft.graph.fido2KeyRestrictions`: which makes of authenticators may be registered.
    complex Fido2KeyRestrictions = "fido2KeyRestrictions" {
        own {
            #[serde(default)] aa_guids: Vec<String> = "aaGuids" [nullable],
            enforcement_type: Option<Fido2RestrictionEnforcementType> = "enforcementType" [nullable],
            is_enforced: Option<bool> = "isEnforced" [nullable],
        }
    }
}

graph_type! {
    /// `microsoft.graph.authenticationMethodConfiguration`: what every configuration has.
    abstract_entity AuthenticationMethodConfiguration = "authenticationMethodConfiguration" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            #[serde(default)] exclude_targets: Vec<ExcludeTarget> = "excludeTargets" [nullable],
            state: Option<AuthenticationMethodState> = "state" [nullable],
        }
    }
}

/// Declares the configuration of one method: its own properties and the type of its targets.
macro_rules! configurations {
    ($($(#[$meta:meta])* $name:ident = $wire:literal of $target:ty { $($field:ident : $type:ty = $fwire:literal [$($flag:ident)*]),* $(,)? })+) => {
        $(graph_type! {
            $(#[$meta])*
            entity $name = $wire : AuthenticationMethodConfiguration {
                inherit {
                    id: String = "id",
                    #[serde(default)] exclude_targets: Vec<ExcludeTarget> = "excludeTargets",
                    state: Option<AuthenticationMethodState> = "state",
                }
                own {
                    $($field: $type = $fwire [$($flag)*]),*
                }
                inline {
                    #[serde(default)] include_targets: Vec<$target> = "includeTargets",
                }
            }
        })+
    };
}

configurations! {
    /// `microsoft.graph.fido2AuthenticationMethodConfiguration`: passkeys.
    Fido2AuthenticationMethodConfiguration = "fido2AuthenticationMethodConfiguration" of PasskeyAuthenticationMethodTarget {
        is_attestation_enforced: Option<bool> = "isAttestationEnforced" [nullable],
        is_self_service_registration_allowed: Option<bool> = "isSelfServiceRegistrationAllowed" [nullable],
        key_restrictions: Option<Fido2KeyRestrictions> = "keyRestrictions" [nullable],
    }
    /// `microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration`: approval on a registered phone.
    MicrosoftAuthenticatorAuthenticationMethodConfiguration = "microsoftAuthenticatorAuthenticationMethodConfiguration" of MicrosoftAuthenticatorAuthenticationMethodTarget {
        is_software_oath_enabled: Option<bool> = "isSoftwareOathEnabled" [nullable],
    }
    /// `microsoft.graph.softwareOathAuthenticationMethodConfiguration`: codes of authenticator apps.
    SoftwareOathAuthenticationMethodConfiguration = "softwareOathAuthenticationMethodConfiguration" of AuthenticationMethodTarget {}
    /// `microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration`. Lifetimes are in minutes.
    TemporaryAccessPassAuthenticationMethodConfiguration = "temporaryAccessPassAuthenticationMethodConfiguration" of AuthenticationMethodTarget {
        default_length: Option<i32> = "defaultLength" [nullable],
        default_lifetime_in_minutes: Option<i32> = "defaultLifetimeInMinutes" [nullable],
        is_usable_once: Option<bool> = "isUsableOnce" [nullable],
        maximum_lifetime_in_minutes: Option<i32> = "maximumLifetimeInMinutes" [nullable],
        minimum_lifetime_in_minutes: Option<i32> = "minimumLifetimeInMinutes" [nullable],
    }
    /// `microsoft.graph.emailAuthenticationMethodConfiguration`: codes by mail, for forgotten passwords.
    EmailAuthenticationMethodConfiguration = "emailAuthenticationMethodConfiguration" of AuthenticationMethodTarget {
        allow_external_id_to_use_email_otp: Option<ExternalEmailOtpState> = "allowExternalIdToUseEmailOtp" [nullable],
    }
    /// `microsoft.graph.smsAuthenticationMethodConfiguration`: codes in text messages.
    SmsAuthenticationMethodConfiguration = "smsAuthenticationMethodConfiguration" of SmsAuthenticationMethodTarget {}
    /// `microsoft.graph.voiceAuthenticationMethodConfiguration`: codes in calls.
    VoiceAuthenticationMethodConfiguration = "voiceAuthenticationMethodConfiguration" of AuthenticationMethodTarget {
        is_office_phone_allowed: Option<bool> = "isOfficePhoneAllowed" [nullable],
    }
}

/// The configuration of any method.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "@odata.type")]
pub enum AnyMethodConfiguration {
    /// Passkeys.
    #[serde(rename = "#microsoft.graph.fido2AuthenticationMethodConfiguration")]
    Fido2(Fido2AuthenticationMethodConfiguration),
    /// Approval on a phone.
    #[serde(rename = "#microsoft.graph.microsoftAuthenticatorAuthenticationMethodConfiguration")]
    MicrosoftAuthenticator(MicrosoftAuthenticatorAuthenticationMethodConfiguration),
    /// Authenticator apps.
    #[serde(rename = "#microsoft.graph.softwareOathAuthenticationMethodConfiguration")]
    SoftwareOath(SoftwareOathAuthenticationMethodConfiguration),
    /// Passes an administrator hands out.
    #[serde(rename = "#microsoft.graph.temporaryAccessPassAuthenticationMethodConfiguration")]
    TemporaryAccessPass(TemporaryAccessPassAuthenticationMethodConfiguration),
    /// Mail.
    #[serde(rename = "#microsoft.graph.emailAuthenticationMethodConfiguration")]
    Email(EmailAuthenticationMethodConfiguration),
    /// Text messages.
    #[serde(rename = "#microsoft.graph.smsAuthenticationMethodConfiguration")]
    Sms(SmsAuthenticationMethodConfiguration),
    /// Calls.
    #[serde(rename = "#microsoft.graph.voiceAuthenticationMethodConfiguration")]
    Voice(VoiceAuthenticationMethodConfiguration),
}

/// The same expression of whichever configuration it is.
macro_rules! of_any {
    ($any:expr, $own:ident => $result:expr) => {
        match $any {
            AnyMethodConfiguration::Fido2($own) => $result,
            AnyMethodConfiguration::MicrosoftAuthenticator($own) => $result,
            AnyMethodConfiguration::SoftwareOath($own) => $result,
            AnyMethodConfiguration::TemporaryAccessPass($own) => $result,
            AnyMethodConfiguration::Email($own) => $result,
            AnyMethodConfiguration::Sms($own) => $result,
            AnyMethodConfiguration::Voice($own) => $result,
        }
    };
}

impl AnyMethodConfiguration {
    /// Its identifier, the name of the method.
    pub fn id(&self) -> &str {
        of_any!(self, own => &own.id)
    }

    /// Whether the method is there at all.
    pub fn is_enabled(&self) -> bool {
        of_any!(self, own => own.state == Some(AuthenticationMethodState::Enabled))
    }

    /// Whom it is not for, whoever else it is for.
    pub fn exclude_targets(&self) -> &[ExcludeTarget] {
        of_any!(self, own => &own.exclude_targets)
    }

    /// Whom it is for: identifier, kind, and whether they are to register it.
    pub fn include_targets(&self) -> Vec<(&str, AuthenticationMethodTargetType, bool)> {
        of_any!(self, own => own
            .include_targets
            .iter()
            .map(|target| (target.id.as_str(), target.target_type, target.is_registration_required))
            .collect())
    }

    /// The method.
    pub fn method(&self) -> BaseAuthenticationMethod {
        match self {
            Self::Fido2(_) => BaseAuthenticationMethod::Fido2,
            Self::MicrosoftAuthenticator(_) => BaseAuthenticationMethod::MicrosoftAuthenticator,
            Self::SoftwareOath(_) => BaseAuthenticationMethod::SoftwareOath,
            Self::TemporaryAccessPass(_) => BaseAuthenticationMethod::TemporaryAccessPass,
            Self::Email(_) => BaseAuthenticationMethod::Email,
            Self::Sms(_) => BaseAuthenticationMethod::Sms,
            Self::Voice(_) => BaseAuthenticationMethod::Voice,
        }
    }

    /// What a tenant has that never changed them.
    pub(crate) fn initial() -> Vec<Self> {
        let (on, off) = (Some(AuthenticationMethodState::Enabled), Some(AuthenticationMethodState::Disabled));
        let (id, target_type) = (|| ALL_USERS.to_owned(), AuthenticationMethodTargetType::Group);
        let everybody =
            || vec![AuthenticationMethodTarget { id: id(), is_registration_required: false, target_type }];
        vec![
            Self::Fido2(Fido2AuthenticationMethodConfiguration {
                id: "Fido2".to_owned(),
                exclude_targets: Vec::new(),
                state: on,
                is_attestation_enforced: Some(false),
                is_self_service_registration_allowed: Some(true),
                key_restrictions: Some(Fido2KeyRestrictions {
                    aa_guids: Vec::new(),
                    enforcement_type: Some(Fido2RestrictionEnforcementType::Block),
                    is_enforced: Some(false),
                }),
                include_targets: vec![PasskeyAuthenticationMethodTarget {
                    id: id(),
                    is_registration_required: false,
                    target_type,
                }],
            }),
            Self::MicrosoftAuthenticator(MicrosoftAuthenticatorAuthenticationMethodConfiguration {
                id: "MicrosoftAuthenticator".to_owned(),
                exclude_targets: Vec::new(),
                state: on,
                is_software_oath_enabled: Some(false),
                include_targets: vec![MicrosoftAuthenticatorAuthenticationMethodTarget {
                    id: id(),
                    is_registration_required: false,
                    target_type,
                    authentication_mode: any_mode(),
                }],
            }),
            Self::Sms(SmsAuthenticationMethodConfiguration {
                id: "Sms".to_owned(),
                exclude_targets: Vec::new(),
                state: off,
                include_targets: vec![SmsAuthenticationMethodTarget {
                    id: id(),
                    is_registration_required: false,
                    target_type,
                    is_usable_for_sign_in: false,
                }],
            }),
            Self::TemporaryAccessPass(TemporaryAccessPassAuthenticationMethodConfiguration {
                id: "TemporaryAccessPass".to_owned(),
                exclude_targets: Vec::new(),
                state: off,
                default_length: Some(8),
                default_lifetime_in_minutes: Some(60),
                is_usable_once: Some(false),
                maximum_lifetime_in_minutes: Some(480),
                minimum_lifetime_in_minutes: Some(60),
                include_targets: everybody(),
            }),
            Self::SoftwareOath(SoftwareOathAuthenticationMethodConfiguration {
                id: "SoftwareOath".to_owned(),
                exclude_targets: Vec::new(),
                state: on,
                include_targets: everybody(),
            }),
            Self::Voice(VoiceAuthenticationMethodConfiguration {
                id: "Voice".to_owned(),
                exclude_targets: Vec::new(),
                state: off,
                is_office_phone_allowed: Some(false),
                include_targets: everybody(),
            }),
            Self::Email(EmailAuthenticationMethodConfiguration {
                id: "Email".to_owned(),
                exclude_targets: Vec::new(),
                state: on,
                allow_external_id_to_use_email_otp: Some(ExternalEmailOtpState::Default),
                include_targets: everybody(),
            }),
        ]
    }
}

fn any_mode() -> MicrosoftAuthenticatorAuthenticationMode {
    MicrosoftAuthenticatorAuthenticationMode::Any
}
