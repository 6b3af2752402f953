//! Enumerations of identity protection (Graph contract §2.8).

use crate::declare::graph_enum;

graph_enum! {
    /// How severe a risk is. The numbers are no order of severity: use `RiskLevel::severity`.
    RiskLevel = "riskLevel" {
        Low = "low" 0,
        Medium = "medium" 1,
        High = "high" 2,
        Hidden = "hidden" 3,
        None = "none" 4,
        UnknownFutureValue = "unknownFutureValue" 5,
    }
}

graph_enum! {
    /// Where a risk stands in its life.
    RiskState = "riskState" {
        None = "none" 0,
        ConfirmedSafe = "confirmedSafe" 1,
        Remediated = "remediated" 2,
        Dismissed = "dismissed" 3,
        AtRisk = "atRisk" 4,
        ConfirmedCompromised = "confirmedCompromised" 5,
        UnknownFutureValue = "unknownFutureValue" 6,
    }
}

graph_enum! {
    /// Why a risk is in the state it is in.
    RiskDetail = "riskDetail" {
        None = "none" 0,
        AdminGeneratedTemporaryPassword = "adminGeneratedTemporaryPassword" 1,
        UserPerformedSecuredPasswordChange = "userPerformedSecuredPasswordChange" 2,
        UserPerformedSecuredPasswordReset = "userPerformedSecuredPasswordReset" 3,
        AdminConfirmedSigninSafe = "adminConfirmedSigninSafe" 4,
        AiConfirmedSigninSafe = "aiConfirmedSigninSafe" 5,
        UserPassedMFADrivenByRiskBasedPolicy = "userPassedMFADrivenByRiskBasedPolicy" 6,
        AdminDismissedAllRiskForUser = "adminDismissedAllRiskForUser" 7,
        AdminConfirmedSigninCompromised = "adminConfirmedSigninCompromised" 8,
        Hidden = "hidden" 9,
        AdminConfirmedUserCompromised = "adminConfirmedUserCompromised" 10,
        UnknownFutureValue = "unknownFutureValue" 11,
        M365DAdminDismissedDetection = "m365DAdminDismissedDetection" 12,
        AdminConfirmedServicePrincipalCompromised = "adminConfirmedServicePrincipalCompromised" 13,
        AdminDismissedAllRiskForServicePrincipal = "adminDismissedAllRiskForServicePrincipal" 14,
        UserChangedPasswordOnPremises = "userChangedPasswordOnPremises" 15,
        AdminDismissedRiskForSignIn = "adminDismissedRiskForSignIn" 16,
        AdminConfirmedAccountSafe = "adminConfirmedAccountSafe" 17,
        MicrosoftRevokedSessions = "microsoftRevokedSessions" 18,
    }
}

graph_enum! {
    /// When a risk was detected, seen from the sign-in.
    RiskDetectionTimingType = "riskDetectionTimingType" {
        NotDefined = "notDefined" 0,
        Realtime = "realtime" 1,
        NearRealtime = "nearRealtime" 2,
        Offline = "offline" 3,
        UnknownFutureValue = "unknownFutureValue" 4,
    }
}

graph_enum! {
    /// `microsoft.graph.riskEventType`.
    RiskEventType = "riskEventType" {
        UnlikelyTravel = "unlikelyTravel" 0,
        AnonymizedIPAddress = "anonymizedIPAddress" 1,
        MaliciousIPAddress = "maliciousIPAddress" 2,
        UnfamiliarFeatures = "unfamiliarFeatures" 3,
        MalwareInfectedIPAddress = "malwareInfectedIPAddress" 4,
        SuspiciousIPAddress = "suspiciousIPAddress" 5,
        LeakedCredentials = "leakedCredentials" 6,
        InvestigationsThreatIntelligence = "investigationsThreatIntelligence" 7,
        Generic = "generic" 8,
        AdminConfirmedUserCompromised = "adminConfirmedUserCompromised" 9,
        McasImpossibleTravel = "mcasImpossibleTravel" 10,
        McasSuspiciousInboxManipulationRules = "mcasSuspiciousInboxManipulationRules" 11,
        InvestigationsThreatIntelligenceSigninLinked = "investigationsThreatIntelligenceSigninLinked" 12,
        MaliciousIPAddressValidCredentialsBlockedIP = "maliciousIPAddressValidCredentialsBlockedIP" 13,
        UnknownFutureValue = "unknownFutureValue" 14,
    }
}

graph_enum! {
    /// What was happening when a risk was detected.
    ActivityType = "activityType" {
        Signin = "signin" 0,
        User = "user" 1,
        UnknownFutureValue = "unknownFutureValue" 2,
        ServicePrincipal = "servicePrincipal" 3,
    }
}

graph_enum! {
    /// Who issued the token.
    TokenIssuerType = "tokenIssuerType" {
        AzureAD = "AzureAD" 0,
        ADFederationServices = "ADFederationServices" 1,
        UnknownFutureValue = "UnknownFutureValue" 2,
        AzureADBackupAuth = "AzureADBackupAuth" 3,
        ADFederationServicesMFAAdapter = "ADFederationServicesMFAAdapter" 4,
        NPSExtension = "NPSExtension" 5,
    }
}
