use serde::{Deserialize, Serialize};

/// Why a policy came to its result, beyond its conditions and controls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reason {
    /// The country of the address is not known, so a country location counts against the request.
    LocationUnknown,
    /// A location the policy names does not exist or cannot be read, so it counts against the request.
    LocationMissing,
    /// The level of a risk is not known, so it counts against the request.
    RiskLevelUnknown,
    /// The user agent does not tell the platform, so it counts against the request.
    PlatformUnknown,
    /// No source tells the level of insider risk, so it counts against the request.
    InsiderRiskUnknown,
    /// Nobody says which kind of guest the user is, so it counts against the request.
    GuestKindUnknown,
    /// The tenant a guest comes from is not known, so it counts against the request.
    GuestTenantUnknown,
    /// What the user does is not known, so it counts against the request.
    UserActionUnknown,
    /// The policy asks for an authentication strength that does not exist, which nobody can pass.
    StrengthMissing,
    /// The filter for devices cannot be read, so it counts against the request.
    DeviceFilterUnreadable,
    /// The filter for applications or service principals cannot be read, so it counts against the request.
    ApplicationFilterUnreadable,
    /// The custom security attributes of an application are not known, so a filter counts against the request.
    SecurityAttributesUnknown,
    /// The policy has a control this version does not enforce; it was taken as not passed.
    ControlNotEnforced,
    /// The user passed multifactor authentication in this session.
    MfaPassed,
    /// The user must pass multifactor authentication.
    MfaRequired,
    /// The user must first register a method for multifactor authentication.
    MfaRegistrationRequired,
    /// The user has no method for multifactor authentication, and may not register one while there is risk.
    RegistrationBlockedByRisk,
    /// The client cannot ask its user for anything.
    ClientNotInteractive,
    /// The methods passed in this session are an allowed combination of the authentication strength.
    StrengthPassed,
    /// The user must pass a combination of methods the authentication strength allows.
    StrengthRequired,
    /// No combination the authentication strength allows can be passed with what is registered or can be registered.
    StrengthNotPossible,
    /// The device complies with the rules.
    DeviceCompliant,
    /// No registered device was proven, or it does not comply with the rules.
    DeviceNotCompliant,
    /// The device is joined to a domain.
    DeviceDomainJoined,
    /// No registered device was proven, or it is not joined to a domain.
    DeviceNotDomainJoined,
    /// The user's risk was closed, so no new password is needed.
    UserRiskClosed,
    /// The user must choose a new password.
    NewPasswordRequired,
    /// The user has accepted the terms of use.
    TermsAccepted,
    /// The user must accept terms of use.
    TermsRequired,
    /// The first factor was proven longer ago than the sign-in frequency allows.
    FirstFactorTooOld,
    /// The second factor was proven longer ago than the sign-in frequency allows.
    SecondFactorTooOld,
    /// An application that acts on its own behalf cannot pass a control.
    WorkloadCannotPass,
}
