// English words for decisions: conditions, rules, controls, reasons and changes, by the names the server gives them. A name that is
// missing here is shown spelled out, so a new one never breaks a page.

/** Conditions of policies. */
export const conditions: Record<string, string> = {
  application: "Application",
  users: "User",
  clientType: "Client type",
  location: "Location",
  signInRisk: "Sign-in risk",
  userRisk: "User risk",
  devicePlatform: "Device platform",
  deviceState: "Device",
  servicePrincipals: "Workload identity",
  servicePrincipalRisk: "Risk of the workload identity",
  authenticationFlows: "Authentication flow",
  insiderRisk: "Insider risk",
};

/** How a condition named the request. */
export const rules: Record<string, string> = {
  allApps: "all resources",
  appId: "this resource by name",
  office365: "Office 365",
  microsoftAdminPortals: "the admin portals",
  userAction: "this user action",
  acr: "this authentication context",
  allUsers: "all users",
  guest: "guests and external users",
  groupId: "a group of the user",
  roleId: "a role of the user",
  userId: "this user by name",
  allLocations: "all locations",
  allTrustedLocations: "all trusted locations",
  locationId: "this location by name",
  allDevicePlatforms: "all platforms",
  devicePlatform: "this platform",
  deviceFilter: "the device filter",
  deviceFilterIncludeRuleNotMatched: "a device the filter does not match",
  allServicePrincipals: "all workload identities",
  servicePrincipalId: "this workload identity by name",
  deviceCodeFlow: "the device code flow",
  accountTransfer: "a session handed over from another device",
  insiderRisk: "this level of insider risk",
};

/** Grant and session controls. */
export const controls: Record<string, string> = {
  block: "block access",
  mfa: "multifactor authentication",
  compliantDevice: "a compliant device",
  domainJoinedDevice: "a hybrid joined device",
  approvedApplication: "an approved application",
  compliantApplication: "an application with protection policy",
  passwordChange: "a new password",
  riskRemediation: "remediation of the risk",
  authenticationStrength: "an authentication strength",
  termsOfUse: "terms of use",
  signInFrequency: "signing in again from time to time",
  persistentBrowser: "how long the browser stays signed in",
  applicationEnforcedRestrictions: "restrictions by the application",
  cloudAppSecurity: "session monitoring",
  disableResilienceDefaults: "no resilience defaults",
  continuousAccessEvaluation: "continuous access evaluation",
  secureSignInSession: "a session bound to the device",
};

/** Why a policy came to its result. */
export const reasons: Record<string, string> = {
  locationUnknown: "The country of the address is not known, which counts against the sign-in.",
  locationMissing: "A location the policy names does not exist or cannot be read, which counts against the sign-in.",
  riskLevelUnknown: "The level of a risk is not known, which counts against the sign-in.",
  platformUnknown: "The platform is not known, which counts against the sign-in.",
  insiderRiskUnknown: "No source tells the level of insider risk, which counts against the sign-in.",
  guestKindUnknown: "It is not known which kind of guest the user is, which counts against the sign-in.",
  guestTenantUnknown: "It is not known where the guest comes from, which counts against the sign-in.",
  userActionUnknown: "It is not known what the user is doing, which counts against the sign-in.",
  strengthMissing: "The authentication strength does not exist, so nobody can pass it.",
  deviceFilterUnreadable: "The device filter cannot be read, which counts against the sign-in.",
  attributeFilterUnreadable: "The application filter cannot be read, which counts against the sign-in.",
  conditionNotEnforced: "The policy has a condition this version does not know; it was taken as met.",
  controlNotEnforced: "The policy has a control this version does not know; it was taken as not passed.",
  mfaPassed: "Multifactor authentication was passed in this session.",
  mfaRequired: "Multifactor authentication must be passed.",
  mfaRegistrationRequired: "A method for multifactor authentication must be registered first.",
  registrationBlockedByRisk:
    "There is no method for multifactor authentication, and none may be registered while there is risk.",
  clientNotInteractive: "The client cannot ask its user for anything.",
  strengthPassed: "The methods used satisfy the authentication strength.",
  strengthRequired: "A combination of methods the authentication strength allows must be passed.",
  strengthNotPossible: "No combination the authentication strength allows can be passed with what is registered.",
  deviceCompliant: "The device is compliant.",
  deviceNotCompliant: "No registered device was proven, or it is not compliant.",
  deviceDomainJoined: "The device is joined to a domain.",
  deviceNotDomainJoined: "No registered device was proven, or it is not joined to a domain.",
  userRiskClosed: "The risk of the user was closed, so no new password is needed.",
  newPasswordRequired: "A new password must be chosen.",
  termsAccepted: "The terms of use are accepted.",
  termsRequired: "Terms of use must be accepted.",
  firstFactorTooOld: "The first factor was proven longer ago than the sign-in frequency allows.",
  secondFactorTooOld: "The second factor was proven longer ago than the sign-in frequency allows.",
  workloadCannotPass: "An application that acts on its own behalf cannot pass a control.",
};

/** What would have given access, without what a change says about itself. */
export const changes: Record<string, string> = {
  passMfa: "multifactor authentication is passed",
  signInAgain: "the first factor is proven again",
  acceptTerms: "the terms of use are accepted",
  fromLocation: "it comes from the location",
  compliantDevice: "the device is registered and compliant",
  domainJoinedDevice: "the device is joined to a domain",
  platform: "it is on the platform",
  client: "it is by the kind of client",
  withoutTransfer: "the session does not come from another device",
  signInRisk: "the risk of the sign-in is at most",
  userRisk: "the risk of the user is at most",
  insiderRisk: "the insider risk of the user is at most",
};

/** What evidence of detections is about. */
export const evidence: Record<string, string> = {
  egress: "Kind of address",
  list: "Named by",
  rule: "By the rule",
  trustedLocation: "Trusted location",
  userAgent: "User agent",
  clientIp: "IP address",
  clientLocation: "Country",
  networkOwner: "Network owner",
  country: "Country",
  neighbour: "Neighbouring country",
  from: "The other sign-in",
  distance: "Distance",
  speed: "Speed",
  password: "Password",
  reportedBy: "Reported by",
};
