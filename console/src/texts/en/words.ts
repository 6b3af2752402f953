// English words for what Graph names. Each record is complete: a new member of an enumeration does not compile without its word.
import type {
  ActivityType,
  AppliedConditionalAccessPolicyResult,
  ConditionalAccessPolicyState,
  ConditionalAccessStatus,
  OperationResult,
  RiskDetail,
  RiskDetectionTimingType,
  RiskLevel,
  RiskState,
} from "../../api/types";

export const riskLevel: Record<RiskLevel, string> = {
  low: "Low",
  medium: "Medium",
  high: "High",
  hidden: "Hidden",
  none: "None",
  unknownFutureValue: "Unknown",
};

export const riskState: Record<RiskState, string> = {
  none: "No risk",
  confirmedSafe: "Confirmed safe",
  remediated: "Remediated",
  dismissed: "Dismissed",
  atRisk: "At risk",
  confirmedCompromised: "Confirmed compromised",
  unknownFutureValue: "Unknown",
};

export const riskDetail: Record<RiskDetail, string> = {
  none: "Nothing was done about it",
  adminGeneratedTemporaryPassword: "An administrator set a temporary password",
  userPerformedSecuredPasswordChange: "The user changed the password after a second factor",
  userPerformedSecuredPasswordReset: "The user reset the password",
  adminConfirmedSigninSafe: "An administrator confirmed the sign-in as safe",
  aiConfirmedSigninSafe: "The sign-in turned out to be safe",
  userPassedMFADrivenByRiskBasedPolicy: "The user passed the second factor a risk policy asked for",
  adminDismissedAllRiskForUser: "An administrator dismissed all risk of the user",
  adminConfirmedSigninCompromised: "An administrator confirmed the sign-in as compromised",
  hidden: "Hidden",
  adminConfirmedUserCompromised: "An administrator confirmed the user as compromised",
  unknownFutureValue: "Unknown",
  m365DAdminDismissedDetection: "An administrator dismissed the detection",
  adminConfirmedServicePrincipalCompromised: "An administrator confirmed the application as compromised",
  adminDismissedAllRiskForServicePrincipal: "An administrator dismissed all risk of the application",
  userChangedPasswordOnPremises: "The user changed the password on premises",
  adminDismissedRiskForSignIn: "An administrator dismissed the risk of the sign-in",
  adminConfirmedAccountSafe: "An administrator confirmed the account as safe",
  microsoftRevokedSessions: "Sessions were revoked",
};

export const timing: Record<RiskDetectionTimingType, string> = {
  notDefined: "Not defined",
  realtime: "During the sign-in",
  nearRealtime: "Shortly after the sign-in",
  offline: "Afterwards",
  unknownFutureValue: "Unknown",
};

export const activity: Record<ActivityType, string> = {
  signin: "Sign-in",
  user: "User",
  servicePrincipal: "Application",
  unknownFutureValue: "Unknown",
};

export const conditionalAccessStatus: Record<ConditionalAccessStatus, string> = {
  success: "Passed",
  failure: "Not passed",
  notApplied: "No policy applied",
  unknownFutureValue: "Unknown",
};

export const policyResult: Record<AppliedConditionalAccessPolicyResult, string> = {
  success: "Applied and satisfied",
  failure: "Applied and not satisfied",
  notApplied: "Did not apply",
  notEnabled: "Not enabled",
  unknown: "Unknown",
  unknownFutureValue: "Unknown",
  reportOnlySuccess: "Report-only: would be satisfied",
  reportOnlyFailure: "Report-only: would refuse",
  reportOnlyNotApplied: "Report-only: would not apply",
  reportOnlyInterrupted: "Report-only: would ask for more",
};

export const operationResult: Record<OperationResult, string> = {
  success: "Success",
  failure: "Failure",
  timeout: "Timed out",
  unknownFutureValue: "Unknown",
};

export const policyState: Record<ConditionalAccessPolicyState, string> = {
  enabled: "On",
  disabled: "Off",
  enabledForReportingButNotEnforced: "Report-only",
};

/** What is detected, by `riskEventType`: its name and one sentence on what it means. */
export const detections: Record<string, { name: string; meaning: string }> = {
  anonymizedIPAddress: {
    name: "Anonymous IP address",
    meaning: "The address hides where the person is: Tor, a commercial virtual private network or a hosting range.",
  },
  maliciousIPAddress: {
    name: "Malicious IP address",
    meaning: "The address is known for attacks, or many sign-ins from it failed.",
  },
  unfamiliarFeatures: {
    name: "Unfamiliar sign-in properties",
    meaning: "Place, network, browser or hours differ from what is usual for this user.",
  },
  unlikelyTravel: {
    name: "Atypical travel",
    meaning: "Two sign-ins came from places farther apart than one can travel in the time between them.",
  },
  impossibleTravel: {
    name: "Impossible travel",
    meaning: "Two sign-ins came from places farther apart than one can travel in the time between them.",
  },
  mcasImpossibleTravel: {
    name: "Impossible travel",
    meaning: "Two sign-ins came from places farther apart than one can travel in the time between them.",
  },
  newCountry: {
    name: "Activity from a new country",
    meaning: "The user did not sign in from this country before.",
  },
  passwordSpray: { name: "Password spray", meaning: "The same passwords were tried on many accounts." },
  leakedCredentials: {
    name: "Leaked credentials",
    meaning: "The password of the user is among those that were made public by a breach.",
  },
  anomalousToken: {
    name: "Anomalous token",
    meaning: "A session or token is used unlike before, as if it were stolen.",
  },
  suspiciousBrowser: { name: "Suspicious browser", meaning: "The same browser tries accounts in several places." },
  adminConfirmedUserCompromised: {
    name: "Administrator confirmed user compromised",
    meaning: "An administrator said that somebody else has control of the account.",
  },
  investigationsThreatIntelligence: {
    name: "Threat intelligence",
    meaning: "The activity matches a pattern known from attacks.",
  },
  userReportedSuspiciousActivity: {
    name: "User reported suspicious activity",
    meaning: "The user said of a sign-in or a prompt: this was not me.",
  },
  attackerinTheMiddle: {
    name: "Attacker in the middle",
    meaning: "The sign-in went through a server that passes everything on and keeps the session.",
  },
  anomalousUserActivity: {
    name: "Anomalous user activity",
    meaning: "The user gave power away for the first time, from an unusual network, or did far more than usual.",
  },
  suspiciousAPITraffic: {
    name: "Suspicious API traffic",
    meaning: "The user read far more of the directory than ever before.",
  },
  tokenIssuerAnomaly: {
    name: "Token issuer anomaly",
    meaning: "The token of the identity provider is valid, but unlike those it sends.",
  },
  nationStateIP: {
    name: "Address of somebody acting for a state",
    meaning: "The address is on a watch list of yours for people who act for a state.",
  },
  suspiciousIPAddress: { name: "Suspicious IP address", meaning: "The address showed suspicious activity." },
  malwareInfectedIPAddress: { name: "Malware linked IP address", meaning: "The address talks to servers of malware." },
  generic: { name: "Additional risk detected", meaning: "A risk without a name of its own." },
};
