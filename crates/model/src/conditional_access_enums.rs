//! Enumerations of Conditional Access (Graph contract §2.8).

use crate::declare::graph_enum;

graph_enum! {
    /// `microsoft.graph.cloudAppSecuritySessionControlType`.
    CloudAppSecuritySessionControlType = "cloudAppSecuritySessionControlType" {
        McasConfigured = "mcasConfigured" 0,
        MonitorOnly = "monitorOnly" 1,
        BlockDownloads = "blockDownloads" 2,
        UnknownFutureValue = "unknownFutureValue" 3,
    }
}

graph_enum! {
    /// `microsoft.graph.conditionalAccessClientApp`.
    ConditionalAccessClientApp = "conditionalAccessClientApp" {
        All = "all" 0,
        Browser = "browser" 1,
        MobileAppsAndDesktopClients = "mobileAppsAndDesktopClients" 2,
        ExchangeActiveSync = "exchangeActiveSync" 3,
        EasSupported = "easSupported" 4,
        Other = "other" 5,
        UnknownFutureValue = "unknownFutureValue" 6,
    }
}

graph_enum! {
    /// `microsoft.graph.conditionalAccessDevicePlatform`.
    ConditionalAccessDevicePlatform = "conditionalAccessDevicePlatform" {
        Android = "android" 0,
        IOS = "iOS" 1,
        Windows = "windows" 2,
        WindowsPhone = "windowsPhone" 3,
        MacOS = "macOS" 4,
        All = "all" 5,
        UnknownFutureValue = "unknownFutureValue" 6,
        Linux = "linux" 7,
    }
}

graph_enum! {
    /// `microsoft.graph.conditionalAccessGrantControl`.
    ConditionalAccessGrantControl = "conditionalAccessGrantControl" {
        Block = "block" 0,
        Mfa = "mfa" 1,
        CompliantDevice = "compliantDevice" 2,
        DomainJoinedDevice = "domainJoinedDevice" 3,
        ApprovedApplication = "approvedApplication" 4,
        CompliantApplication = "compliantApplication" 5,
        PasswordChange = "passwordChange" 6,
        UnknownFutureValue = "unknownFutureValue" 7,
        RiskRemediation = "riskRemediation" 8,
    }
}

graph_enum! {
    /// `microsoft.graph.conditionalAccessGuestOrExternalUserTypes`.
    flags ConditionalAccessGuestOrExternalUserTypes = "conditionalAccessGuestOrExternalUserTypes" {
        "none" 0,
        "internalGuest" 1,
        "b2bCollaborationGuest" 2,
        "b2bCollaborationMember" 4,
        "b2bDirectConnectUser" 8,
        "otherExternalUser" 16,
        "serviceProvider" 32,
        "unknownFutureValue" 64,
    }
}

graph_enum! {
    /// `microsoft.graph.conditionalAccessInsiderRiskLevels`.
    flags ConditionalAccessInsiderRiskLevels = "conditionalAccessInsiderRiskLevels" {
        "minor" 1,
        "moderate" 2,
        "elevated" 4,
        "unknownFutureValue" 8,
    }
}

graph_enum! {
    /// `microsoft.graph.conditionalAccessPolicyState`.
    ConditionalAccessPolicyState = "conditionalAccessPolicyState" {
        Enabled = "enabled" 0,
        Disabled = "disabled" 1,
        EnabledForReportingButNotEnforced = "enabledForReportingButNotEnforced" 2,
    }
}

graph_enum! {
    /// `microsoft.graph.conditionalAccessTransferMethods`.
    flags ConditionalAccessTransferMethods = "conditionalAccessTransferMethods" {
        "none" 0,
        "deviceCodeFlow" 1,
        "authenticationTransfer" 2,
        "unknownFutureValue" 4,
    }
}

graph_enum! {
    /// `microsoft.graph.countryLookupMethodType`.
    CountryLookupMethodType = "countryLookupMethodType" {
        ClientIpAddress = "clientIpAddress" 0,
        AuthenticatorAppGps = "authenticatorAppGps" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

graph_enum! {
    /// `microsoft.graph.filterMode`.
    FilterMode = "filterMode" {
        Include = "include" 0,
        Exclude = "exclude" 1,
    }
}

graph_enum! {
    /// `microsoft.graph.persistentBrowserSessionMode`.
    PersistentBrowserSessionMode = "persistentBrowserSessionMode" {
        Always = "always" 0,
        Never = "never" 1,
    }
}

graph_enum! {
    /// `microsoft.graph.signInFrequencyAuthenticationType`.
    SignInFrequencyAuthenticationType = "signInFrequencyAuthenticationType" {
        PrimaryAndSecondaryAuthentication = "primaryAndSecondaryAuthentication" 0,
        SecondaryAuthentication = "secondaryAuthentication" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

graph_enum! {
    /// `microsoft.graph.signInFrequencyInterval`.
    SignInFrequencyInterval = "signInFrequencyInterval" {
        TimeBased = "timeBased" 0,
        EveryTime = "everyTime" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}

graph_enum! {
    /// `microsoft.graph.signinFrequencyType`.
    SigninFrequencyType = "signinFrequencyType" {
        Days = "days" 0,
        Hours = "hours" 1,
    }
}

graph_enum! {
    /// `microsoft.graph.appliedConditionalAccessPolicyResult`.
    AppliedConditionalAccessPolicyResult = "appliedConditionalAccessPolicyResult" {
        Success = "success" 0,
        Failure = "failure" 1,
        NotApplied = "notApplied" 2,
        NotEnabled = "notEnabled" 3,
        Unknown = "unknown" 4,
        UnknownFutureValue = "unknownFutureValue" 5,
        ReportOnlySuccess = "reportOnlySuccess" 6,
        ReportOnlyFailure = "reportOnlyFailure" 7,
        ReportOnlyNotApplied = "reportOnlyNotApplied" 8,
        ReportOnlyInterrupted = "reportOnlyInterrupted" 9,
    }
}

graph_enum! {
    /// Whether external tenants are named one by one.
    ConditionalAccessExternalTenantsMembershipKind = "conditionalAccessExternalTenantsMembershipKind" {
        All = "all" 0,
        Enumerated = "enumerated" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
    }
}
