//! What people have registered to prove who they are, as the report shows it (Graph contract §2.6).

use riskgate_core::Timestamp;

use crate::declare::{graph_enum, graph_type};
use crate::entity::Entity;

graph_enum! {
    /// `microsoft.graph.signInUserType`.
    SignInUserType = "signInUserType" {
        Member = "member" 0,
        Guest = "guest" 1,
        UnknownFutureValue = "unknownFutureValue" 3,
    }
}

graph_enum! {
    /// `microsoft.graph.userDefaultAuthenticationMethod`: names of second factors.
    UserDefaultAuthenticationMethod = "userDefaultAuthenticationMethod" {
        Push = "push" 0,
        Oath = "oath" 1,
        VoiceMobile = "voiceMobile" 2,
        VoiceAlternateMobile = "voiceAlternateMobile" 3,
        VoiceOffice = "voiceOffice" 4,
        Sms = "sms" 5,
        None = "none" 6,
        UnknownFutureValue = "unknownFutureValue" 7,
    }
}

graph_type! {
    /// `microsoft.graph.userRegistrationDetails`: what somebody has registered, and what he can do with it.
    entity UserRegistrationDetails = "userRegistrationDetails" : Entity {
        inherit {
            id: String = "id",
        }
        own {
            is_admin: Option<bool> = "isAdmin" [nullable filter],
            is_mfa_capable: bool = "isMfaCapable" [filter],
            is_mfa_registered: bool = "isMfaRegistered" [filter],
            is_passwordless_capable: bool = "isPasswordlessCapable" [filter],
            is_sspr_capable: bool = "isSsprCapable" [filter],
            is_sspr_enabled: bool = "isSsprEnabled" [filter],
            is_sspr_registered: bool = "isSsprRegistered" [filter],
            is_system_preferred_authentication_method_enabled: Option<bool> = "isSystemPreferredAuthenticationMethodEnabled" [nullable filter],
            last_updated_date_time: Timestamp = "lastUpdatedDateTime" [],
            methods_registered: Vec<String> = "methodsRegistered" [nullable filter],
            system_preferred_authentication_methods: Vec<String> = "systemPreferredAuthenticationMethods" [nullable filter],
            user_display_name: String = "userDisplayName" [filter order],
            user_preferred_method_for_secondary_authentication: Option<UserDefaultAuthenticationMethod> = "userPreferredMethodForSecondaryAuthentication" [nullable],
            user_principal_name: String = "userPrincipalName" [filter order],
            user_type: Option<SignInUserType> = "userType" [nullable],
        }
    }
}
