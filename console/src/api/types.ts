// Made from the server's own declarations by crates/console/tests/types.rs; changed there, never here.

/** `appId` of the console. */
export const CLIENT_ID = "17ecaf24-9332-44f2-ae37-90c3b70f6032";

/** Delegated permissions of the console. */
export const SCOPES = [
  "User.Read",
  "User.Read.All",
  "User.ReadWrite.All",
  "User-PasswordProfile.ReadWrite.All",
  "User.RevokeSessions.All",
  "User.EnableDisableAccount.All",
  "UserAuthenticationMethod.ReadWrite.All",
  "Group.Read.All",
  "RoleManagement.Read.Directory",
  "Agreement.Read.All",
  "Application.Read.All",
  "IdentityRiskyUser.ReadWrite.All",
  "IdentityRiskyServicePrincipal.ReadWrite.All",
  "IdentityRiskEvent.Read.All",
  "IdentityRiskEvent.ReadWrite.All",
  "AuditLog.Read.All",
  "Policy.Read.All",
  "Policy.ReadWrite.ConditionalAccess",
  "Policy.ReadWrite.AuthenticationMethod",
  "AuthenticationContext.ReadWrite.All",
  "DelegatedPermissionGrant.ReadWrite.All",
];

/** `appId` of the Explorer. */
export const EXPLORER_CLIENT_ID = "0c7f6a52-59d5-4a0e-9d0b-2f3a8f1e6b47";

/** Delegated permissions of the Explorer. */
export const EXPLORER_SCOPES = [
  "User.Read",
];

export type ActivityType =
  | "signin"
  | "user"
  | "unknownFutureValue"
  | "servicePrincipal";

export type RiskDetectionTimingType =
  | "notDefined"
  | "realtime"
  | "nearRealtime"
  | "offline"
  | "unknownFutureValue";

export type RiskDetail =
  | "none"
  | "adminGeneratedTemporaryPassword"
  | "userPerformedSecuredPasswordChange"
  | "userPerformedSecuredPasswordReset"
  | "adminConfirmedSigninSafe"
  | "aiConfirmedSigninSafe"
  | "userPassedMFADrivenByRiskBasedPolicy"
  | "adminDismissedAllRiskForUser"
  | "adminConfirmedSigninCompromised"
  | "hidden"
  | "adminConfirmedUserCompromised"
  | "unknownFutureValue"
  | "m365DAdminDismissedDetection"
  | "adminConfirmedServicePrincipalCompromised"
  | "adminDismissedAllRiskForServicePrincipal"
  | "userChangedPasswordOnPremises"
  | "adminDismissedRiskForSignIn"
  | "adminConfirmedAccountSafe"
  | "microsoftRevokedSessions";

export type RiskLevel =
  | "low"
  | "medium"
  | "high"
  | "hidden"
  | "none"
  | "unknownFutureValue";

export type RiskState =
  | "none"
  | "confirmedSafe"
  | "remediated"
  | "dismissed"
  | "atRisk"
  | "confirmedCompromised"
  | "unknownFutureValue";

export type TokenIssuerType =
  | "AzureAD"
  | "ADFederationServices"
  | "UnknownFutureValue"
  | "AzureADBackupAuth"
  | "ADFederationServicesMFAAdapter"
  | "NPSExtension";

export type ConditionalAccessPolicyState =
  | "enabled"
  | "disabled"
  | "enabledForReportingButNotEnforced";

export type ConditionalAccessClientApp =
  | "all"
  | "browser"
  | "mobileAppsAndDesktopClients"
  | "exchangeActiveSync"
  | "easSupported"
  | "other"
  | "unknownFutureValue";

/** Names joined by commas: minor, moderate, elevated, unknownFutureValue. */
export type ConditionalAccessInsiderRiskLevels = string;

/** Names joined by commas: none, internalGuest, b2bCollaborationGuest, b2bCollaborationMember, b2bDirectConnectUser, otherExternalUser, serviceProvider, unknownFutureValue. */
export type ConditionalAccessGuestOrExternalUserTypes = string;

export type ConditionalAccessExternalTenantsMembershipKind =
  | "all"
  | "enumerated"
  | "unknownFutureValue";

export type ConditionalAccessDevicePlatform =
  | "android"
  | "iOS"
  | "windows"
  | "windowsPhone"
  | "macOS"
  | "all"
  | "unknownFutureValue"
  | "linux";

export type FilterMode =
  | "include"
  | "exclude";

/** Names joined by commas: none, deviceCodeFlow, authenticationTransfer, unknownFutureValue. */
export type ConditionalAccessTransferMethods = string;

export type ConditionalAccessGrantControl =
  | "block"
  | "mfa"
  | "compliantDevice"
  | "domainJoinedDevice"
  | "approvedApplication"
  | "compliantApplication"
  | "passwordChange"
  | "unknownFutureValue"
  | "riskRemediation";

export type SignInFrequencyAuthenticationType =
  | "primaryAndSecondaryAuthentication"
  | "secondaryAuthentication"
  | "unknownFutureValue";

export type SignInFrequencyInterval =
  | "timeBased"
  | "everyTime"
  | "unknownFutureValue";

export type SigninFrequencyType =
  | "days"
  | "hours";

export type PersistentBrowserSessionMode =
  | "always"
  | "never";

export type CloudAppSecuritySessionControlType =
  | "mcasConfigured"
  | "monitorOnly"
  | "blockDownloads"
  | "unknownFutureValue";

/** Names joined by commas: notSet, notEnoughInformation, invalidCondition, users, workloadIdentities, application, userActions, authenticationContext, devicePlatform, devices, clientApps, location, signInRisk, emptyPolicy, invalidPolicy, policyNotEnabled, userRisk, time, insiderRisk, authenticationFlow, unknownFutureValue. */
export type WhatIfAnalysisReasons = string;

export type InsiderRiskLevel =
  | "none"
  | "minor"
  | "moderate"
  | "elevated"
  | "unknownFutureValue";

/** Names joined by commas: new, secureFoundation, zeroTrust, remoteWork, protectAdmins, emergingThreats, unknownFutureValue. */
export type TemplateScenarios = string;

export type CountryLookupMethodType =
  | "clientIpAddress"
  | "authenticatorAppGps"
  | "unknownFutureValue";

export type ConditionalAccessStatus =
  | "success"
  | "failure"
  | "notApplied"
  | "unknownFutureValue";

export type RiskEventType =
  | "unlikelyTravel"
  | "anonymizedIPAddress"
  | "maliciousIPAddress"
  | "unfamiliarFeatures"
  | "malwareInfectedIPAddress"
  | "suspiciousIPAddress"
  | "leakedCredentials"
  | "investigationsThreatIntelligence"
  | "generic"
  | "adminConfirmedUserCompromised"
  | "mcasImpossibleTravel"
  | "mcasSuspiciousInboxManipulationRules"
  | "investigationsThreatIntelligenceSigninLinked"
  | "maliciousIPAddressValidCredentialsBlockedIP"
  | "unknownFutureValue";

export type AppliedConditionalAccessPolicyResult =
  | "success"
  | "failure"
  | "notApplied"
  | "notEnabled"
  | "unknown"
  | "unknownFutureValue"
  | "reportOnlySuccess"
  | "reportOnlyFailure"
  | "reportOnlyNotApplied"
  | "reportOnlyInterrupted";

export type OperationResult =
  | "success"
  | "failure"
  | "timeout"
  | "unknownFutureValue";

export type GroupType =
  | "unifiedGroups"
  | "azureAD"
  | "unknownFutureValue";

/** Names joined by commas: password, voice, hardwareOath, softwareOath, sms, fido2, windowsHelloForBusiness, microsoftAuthenticatorPush, deviceBasedPush, temporaryAccessPassOneTime, temporaryAccessPassMultiUse, email, x509CertificateSingleFactor, x509CertificateMultiFactor, federatedSingleFactor, federatedMultiFactor, unknownFutureValue, qrCodePin. */
export type AuthenticationMethodModes = string;

export type AuthenticationStrengthPolicyType =
  | "builtIn"
  | "custom"
  | "unknownFutureValue";

/** Names joined by commas: none, mfa, unknownFutureValue. */
export type AuthenticationStrengthRequirements = string;

export type AttestationLevel =
  | "attested"
  | "notAttested"
  | "unknownFutureValue";

export type PasskeyType =
  | "deviceBound"
  | "synced"
  | "unknownFutureValue";

export interface Entity {
  id: string;
}

export interface Identity {
  displayName?: string | null;
  id: string | null;
}

export interface RiskDetection extends Entity {
  activity?: ActivityType | null;
  activityDateTime?: string | null;
  additionalInfo?: string | null;
  correlationId?: string | null;
  detectedDateTime?: string | null;
  detectionTimingType?: RiskDetectionTimingType | null;
  ipAddress?: string | null;
  lastUpdatedDateTime?: string | null;
  location?: SignInLocation | null;
  requestId?: string | null;
  riskDetail?: RiskDetail | null;
  riskEventType?: string | null;
  riskType?: string | null;
  riskLevel?: RiskLevel | null;
  riskState?: RiskState | null;
  source?: string | null;
  tokenIssuerType?: TokenIssuerType | null;
  userDisplayName?: string | null;
  userId?: string | null;
  userPrincipalName?: string | null;
}

export interface RiskyUser extends Entity {
  isDeleted?: boolean | null;
  isProcessing?: boolean | null;
  riskDetail?: RiskDetail | null;
  riskLastUpdatedDateTime?: string | null;
  riskLevel?: RiskLevel | null;
  riskState?: RiskState | null;
  userDisplayName?: string | null;
  userPrincipalName?: string | null;
}

export interface RiskUserActivity {
  detail?: RiskDetail | null;
  riskEventTypes?: string[];
}

export interface RiskyUserHistoryItem extends RiskyUser {
  activity?: RiskUserActivity | null;
  initiatedBy?: string | null;
  userId?: string | null;
}

export interface RiskyServicePrincipal extends Entity {
  appId?: string | null;
  displayName?: string | null;
  isEnabled?: boolean | null;
  isProcessing?: boolean | null;
  riskDetail?: RiskDetail | null;
  riskLastUpdatedDateTime?: string | null;
  riskLevel?: RiskLevel | null;
  riskState?: RiskState | null;
  servicePrincipalType?: string | null;
}

export interface RiskServicePrincipalActivity {
  detail?: RiskDetail | null;
  riskEventTypes?: string[];
}

export interface RiskyServicePrincipalHistoryItem extends RiskyServicePrincipal {
  activity?: RiskServicePrincipalActivity | null;
  initiatedBy?: string | null;
}

export interface SignInLocation {
  city?: string | null;
  countryOrRegion?: string | null;
  geoCoordinates?: GeoCoordinates | null;
  state?: string | null;
}

export interface GeoCoordinates {
  altitude?: number | null;
  latitude?: number | null;
  longitude?: number | null;
}

export interface PolicyDeletableItem {
  deletedDateTime?: string | null;
}

export interface ConditionalAccessPolicy extends PolicyDeletableItem {
  conditions?: ConditionalAccessConditionSet;
  createdDateTime?: string | null;
  description?: string | null;
  displayName?: string;
  grantControls?: ConditionalAccessGrantControls | null;
  id: string;
  modifiedDateTime?: string | null;
  sessionControls?: ConditionalAccessSessionControls | null;
  state?: ConditionalAccessPolicyState;
  templateId?: string | null;
}

export interface ConditionalAccessConditionSet {
  applications?: ConditionalAccessApplications | null;
  authenticationFlows?: ConditionalAccessAuthenticationFlows | null;
  clientApplications?: ConditionalAccessClientApplications | null;
  clientAppTypes?: ConditionalAccessClientApp[];
  devices?: ConditionalAccessDevices | null;
  insiderRiskLevels?: ConditionalAccessInsiderRiskLevels | null;
  locations?: ConditionalAccessLocations | null;
  platforms?: ConditionalAccessPlatforms | null;
  servicePrincipalRiskLevels?: RiskLevel[];
  signInRiskLevels?: RiskLevel[];
  userRiskLevels?: RiskLevel[];
  users?: ConditionalAccessUsers | null;
}

export interface ConditionalAccessApplications {
  applicationFilter?: ConditionalAccessFilter | null;
  excludeApplications?: string[];
  includeApplications?: string[];
  includeAuthenticationContextClassReferences?: string[];
  includeUserActions?: string[];
}

export interface ConditionalAccessUsers {
  excludeGroups?: string[];
  excludeGuestsOrExternalUsers?: ConditionalAccessGuestsOrExternalUsers | null;
  excludeRoles?: string[];
  excludeUsers?: string[];
  includeGroups?: string[];
  includeGuestsOrExternalUsers?: ConditionalAccessGuestsOrExternalUsers | null;
  includeRoles?: string[];
  includeUsers?: string[];
}

export interface ConditionalAccessGuestsOrExternalUsers {
  externalTenants?: ConditionalAccessExternalTenants | null;
  guestOrExternalUserTypes?: ConditionalAccessGuestOrExternalUserTypes;
}

export interface ConditionalAccessExternalTenants {
  membershipKind?: ConditionalAccessExternalTenantsMembershipKind | null;
}

export interface ConditionalAccessAllExternalTenants extends ConditionalAccessExternalTenants {
}

export interface ConditionalAccessEnumeratedExternalTenants extends ConditionalAccessExternalTenants {
  members?: string[];
}

export interface ConditionalAccessClientApplications {
  excludeServicePrincipals?: string[];
  includeServicePrincipals?: string[];
  servicePrincipalFilter?: ConditionalAccessFilter | null;
}

export interface ConditionalAccessLocations {
  excludeLocations?: string[];
  includeLocations?: string[];
}

export interface ConditionalAccessPlatforms {
  excludePlatforms?: ConditionalAccessDevicePlatform[];
  includePlatforms?: ConditionalAccessDevicePlatform[];
}

export interface ConditionalAccessDevices {
  deviceFilter?: ConditionalAccessFilter | null;
}

export interface ConditionalAccessFilter {
  mode?: FilterMode;
  rule?: string;
}

export interface ConditionalAccessAuthenticationFlows {
  transferMethods?: ConditionalAccessTransferMethods;
}

export interface ConditionalAccessGrantControls {
  builtInControls?: ConditionalAccessGrantControl[];
  customAuthenticationFactors?: string[];
  operator?: string | null;
  termsOfUse?: string[];
}

export interface ConditionalAccessSessionControls {
  applicationEnforcedRestrictions?: ApplicationEnforcedRestrictionsSessionControl | null;
  cloudAppSecurity?: CloudAppSecuritySessionControl | null;
  disableResilienceDefaults?: boolean | null;
  persistentBrowser?: PersistentBrowserSessionControl | null;
  secureSignInSession?: SecureSignInSessionControl | null;
  signInFrequency?: SignInFrequencySessionControl | null;
}

export interface ConditionalAccessSessionControl {
  isEnabled?: boolean | null;
}

export interface SignInFrequencySessionControl extends ConditionalAccessSessionControl {
  authenticationType?: SignInFrequencyAuthenticationType | null;
  frequencyInterval?: SignInFrequencyInterval | null;
  type?: SigninFrequencyType | null;
  value?: number | null;
}

export interface PersistentBrowserSessionControl extends ConditionalAccessSessionControl {
  mode?: PersistentBrowserSessionMode | null;
}

export interface CloudAppSecuritySessionControl extends ConditionalAccessSessionControl {
  cloudAppSecurityType?: CloudAppSecuritySessionControlType | null;
}

export interface ApplicationEnforcedRestrictionsSessionControl extends ConditionalAccessSessionControl {
}

export interface SecureSignInSessionControl extends ConditionalAccessSessionControl {
}

export interface WhatIfAnalysisResult extends ConditionalAccessPolicy {
  analysisReasons?: WhatIfAnalysisReasons;
  policyApplies?: boolean;
}

export interface AuthenticationFlow {
  transferMethod?: ConditionalAccessTransferMethods | null;
}

export interface DeviceInfo {
  deviceId?: string | null;
  displayName?: string | null;
  enrollmentProfileName?: string | null;
  extensionAttribute1?: string | null;
  extensionAttribute10?: string | null;
  extensionAttribute11?: string | null;
  extensionAttribute12?: string | null;
  extensionAttribute13?: string | null;
  extensionAttribute14?: string | null;
  extensionAttribute15?: string | null;
  extensionAttribute2?: string | null;
  extensionAttribute3?: string | null;
  extensionAttribute4?: string | null;
  extensionAttribute5?: string | null;
  extensionAttribute6?: string | null;
  extensionAttribute7?: string | null;
  extensionAttribute8?: string | null;
  extensionAttribute9?: string | null;
  isCompliant?: boolean | null;
  manufacturer?: string | null;
  mdmAppId?: string | null;
  model?: string | null;
  operatingSystem?: string | null;
  operatingSystemVersion?: string | null;
  ownership?: string | null;
  physicalIds?: string[];
  profileType?: string | null;
  systemLabels?: string[];
  trustType?: string | null;
}

export interface SignInConditions {
  authenticationFlow?: AuthenticationFlow | null;
  clientAppType?: ConditionalAccessClientApp | null;
  country?: string | null;
  deviceInfo?: DeviceInfo | null;
  devicePlatform?: ConditionalAccessDevicePlatform | null;
  insiderRiskLevel?: InsiderRiskLevel | null;
  ipAddress?: string | null;
  servicePrincipalRiskLevel?: RiskLevel | null;
  signInRiskLevel?: RiskLevel | null;
  userRiskLevel?: RiskLevel | null;
}

export interface ConditionalAccessTemplate extends Entity {
  description?: string;
  details?: ConditionalAccessPolicyDetail;
  name?: string;
  scenarios?: TemplateScenarios;
}

export interface ConditionalAccessPolicyDetail {
  conditions?: ConditionalAccessConditionSet;
  grantControls?: ConditionalAccessGrantControls | null;
  sessionControls?: ConditionalAccessSessionControls | null;
}

export interface NamedLocation extends PolicyDeletableItem {
  createdDateTime?: string | null;
  displayName?: string;
  id: string;
  modifiedDateTime?: string | null;
}

export interface IpNamedLocation extends NamedLocation {
  ipRanges?: IpRange[];
  isTrusted?: boolean;
}

export interface CountryNamedLocation extends NamedLocation {
  countriesAndRegions?: string[];
  countryLookupMethod?: CountryLookupMethodType | null;
  includeUnknownCountriesAndRegions?: boolean;
}

export interface SignIn extends Entity {
  appDisplayName?: string | null;
  appId?: string | null;
  appliedConditionalAccessPolicies?: AppliedConditionalAccessPolicy[];
  clientAppUsed?: string | null;
  conditionalAccessStatus?: ConditionalAccessStatus | null;
  correlationId?: string | null;
  createdDateTime?: string;
  deviceDetail?: DeviceDetail | null;
  homeTenantId?: string | null;
  ipAddress?: string | null;
  isInteractive?: boolean | null;
  location?: SignInLocation | null;
  resourceDisplayName?: string | null;
  resourceId?: string | null;
  resourceTenantId?: string | null;
  riskDetail?: RiskDetail | null;
  riskEventTypes?: RiskEventType[];
  riskEventTypes_v2?: string[];
  riskLevelAggregated?: RiskLevel | null;
  riskLevelDuringSignIn?: RiskLevel | null;
  riskState?: RiskState | null;
  servicePrincipalId?: string | null;
  servicePrincipalName?: string | null;
  status?: SignInStatus | null;
  userAgent?: string | null;
  userDisplayName?: string | null;
  userId?: string;
  userPrincipalName?: string | null;
}

export interface AppliedConditionalAccessPolicy {
  displayName?: string | null;
  enforcedGrantControls?: string[];
  enforcedSessionControls?: string[];
  id: string | null;
  result?: AppliedConditionalAccessPolicyResult | null;
}

export interface SignInStatus {
  additionalDetails?: string | null;
  errorCode?: number | null;
  failureReason?: string | null;
}

export interface DeviceDetail {
  browser?: string | null;
  deviceId?: string | null;
  displayName?: string | null;
  isCompliant?: boolean | null;
  isManaged?: boolean | null;
  operatingSystem?: string | null;
  trustType?: string | null;
}

export interface DirectoryAudit extends Entity {
  activityDateTime?: string;
  activityDisplayName?: string;
  additionalDetails?: KeyValue[];
  category?: string;
  correlationId?: string | null;
  initiatedBy?: AuditActivityInitiator;
  loggedByService?: string | null;
  operationType?: string | null;
  result?: OperationResult | null;
  resultReason?: string | null;
  targetResources?: TargetResource[];
}

export interface AuditActivityInitiator {
  app?: AppIdentity | null;
  user?: UserIdentity | null;
}

export interface UserIdentity extends Identity {
  ipAddress?: string | null;
  userPrincipalName?: string | null;
}

export interface AppIdentity {
  appId?: string | null;
  displayName?: string | null;
  servicePrincipalId?: string | null;
  servicePrincipalName?: string | null;
}

export interface TargetResource {
  displayName?: string | null;
  groupType?: GroupType | null;
  id: string | null;
  modifiedProperties?: ModifiedProperty[];
  type?: string | null;
  userPrincipalName?: string | null;
}

export interface ModifiedProperty {
  displayName?: string | null;
  newValue?: string | null;
  oldValue?: string | null;
}

export interface KeyValue {
  key?: string | null;
  value?: string | null;
}

export interface DirectoryObject extends Entity {
  deletedDateTime?: string | null;
}

export interface User extends DirectoryObject {
  accountEnabled?: boolean | null;
  ageGroup?: string | null;
  businessPhones?: string[];
  city?: string | null;
  companyName?: string | null;
  consentProvidedForMinor?: string | null;
  country?: string | null;
  createdDateTime?: string | null;
  creationType?: string | null;
  department?: string | null;
  displayName?: string | null;
  employeeId?: string | null;
  employeeType?: string | null;
  externalUserState?: string | null;
  externalUserStateChangeDateTime?: string | null;
  faxNumber?: string | null;
  givenName?: string | null;
  imAddresses?: string[];
  jobTitle?: string | null;
  lastPasswordChangeDateTime?: string | null;
  legalAgeGroupClassification?: string | null;
  mail?: string | null;
  mailNickname?: string | null;
  mobilePhone?: string | null;
  officeLocation?: string | null;
  onPremisesExtensionAttributes?: OnPremisesExtensionAttributes | null;
  onPremisesImmutableId?: string | null;
  onPremisesSyncEnabled?: boolean | null;
  otherMails?: string[];
  passwordPolicies?: string | null;
  passwordProfile?: PasswordProfile | null;
  postalCode?: string | null;
  preferredLanguage?: string | null;
  proxyAddresses?: string[];
  securityIdentifier?: string | null;
  signInSessionsValidFromDateTime?: string | null;
  state?: string | null;
  streetAddress?: string | null;
  surname?: string | null;
  usageLocation?: string | null;
  userPrincipalName?: string | null;
  userType?: string | null;
}

export interface PasswordProfile {
  forceChangePasswordNextSignIn?: boolean | null;
  forceChangePasswordNextSignInWithMfa?: boolean | null;
  password?: string | null;
}

export interface Device extends DirectoryObject {
  accountEnabled?: boolean | null;
  alternativeSecurityIds?: AlternativeSecurityId[];
  approximateLastSignInDateTime?: string | null;
  complianceExpirationDateTime?: string | null;
  deviceCategory?: string | null;
  deviceId?: string | null;
  deviceMetadata?: string | null;
  deviceOwnership?: string | null;
  deviceVersion?: number | null;
  displayName?: string | null;
  enrollmentProfileName?: string | null;
  enrollmentType?: string | null;
  extensionAttributes?: OnPremisesExtensionAttributes | null;
  isCompliant?: boolean | null;
  isManaged?: boolean | null;
  isManagementRestricted?: boolean | null;
  isRooted?: boolean | null;
  managementType?: string | null;
  manufacturer?: string | null;
  mdmAppId?: string | null;
  model?: string | null;
  onPremisesLastSyncDateTime?: string | null;
  onPremisesSecurityIdentifier?: string | null;
  onPremisesSyncEnabled?: boolean | null;
  operatingSystem?: string | null;
  operatingSystemVersion?: string | null;
  physicalIds?: string[];
  profileType?: string | null;
  registrationDateTime?: string | null;
  systemLabels?: string[];
  trustType?: string | null;
}

export interface AlternativeSecurityId {
  identityProvider?: string | null;
  key?: string | null;
  type?: number | null;
}

export interface OnPremisesExtensionAttributes {
  extensionAttribute1?: string | null;
  extensionAttribute10?: string | null;
  extensionAttribute11?: string | null;
  extensionAttribute12?: string | null;
  extensionAttribute13?: string | null;
  extensionAttribute14?: string | null;
  extensionAttribute15?: string | null;
  extensionAttribute2?: string | null;
  extensionAttribute3?: string | null;
  extensionAttribute4?: string | null;
  extensionAttribute5?: string | null;
  extensionAttribute6?: string | null;
  extensionAttribute7?: string | null;
  extensionAttribute8?: string | null;
  extensionAttribute9?: string | null;
}

export interface Group extends DirectoryObject {
  classification?: string | null;
  createdDateTime?: string | null;
  description?: string | null;
  displayName?: string | null;
  expirationDateTime?: string | null;
  groupTypes?: string[];
  isAssignableToRole?: boolean | null;
  isFavorite?: boolean | null;
  isManagementRestricted?: boolean | null;
  mail?: string | null;
  mailEnabled?: boolean | null;
  mailNickname?: string | null;
  membershipRule?: string | null;
  membershipRuleProcessingState?: string | null;
  onPremisesSyncEnabled?: boolean | null;
  organizationId?: string | null;
  proxyAddresses?: string[];
  renewedDateTime?: string | null;
  resourceBehaviorOptions?: string[];
  resourceProvisioningOptions?: string[];
  securityEnabled?: boolean | null;
  securityIdentifier?: string | null;
  unseenConversationsCount?: number | null;
  unseenMessagesCount?: number | null;
  visibility?: string | null;
}

export interface DirectoryRole extends DirectoryObject {
  description?: string | null;
  displayName?: string | null;
  roleTemplateId?: string | null;
}

export interface DirectoryRoleTemplate extends DirectoryObject {
  description?: string | null;
  displayName?: string | null;
}

export interface Organization extends DirectoryObject {
  assignedPlans?: AssignedPlan[];
  provisionedPlans?: ProvisionedPlan[];
  securityComplianceNotificationPhones?: string[];
  businessPhones?: string[];
  city?: string | null;
  country?: string | null;
  countryLetterCode?: string | null;
  createdDateTime?: string | null;
  defaultUsageLocation?: string | null;
  displayName?: string | null;
  marketingNotificationEmails?: string[];
  onPremisesSyncEnabled?: boolean | null;
  postalCode?: string | null;
  preferredLanguage?: string | null;
  securityComplianceNotificationMails?: string[];
  state?: string | null;
  street?: string | null;
  technicalNotificationMails?: string[];
  tenantType?: string | null;
  verifiedDomains?: VerifiedDomain[];
}

export interface VerifiedDomain {
  capabilities?: string | null;
  isDefault?: boolean | null;
  isInitial?: boolean | null;
  name?: string | null;
  type?: string | null;
}

export interface Application extends DirectoryObject {
  addIns?: AddIn[];
  api?: ApiApplication | null;
  appId?: string | null;
  appRoles?: AppRole[];
  createdDateTime?: string | null;
  description?: string | null;
  disabledByMicrosoftStatus?: string | null;
  displayName?: string | null;
  groupMembershipClaims?: string | null;
  identifierUris?: string[];
  isDisabled?: boolean | null;
  isFallbackPublicClient?: boolean | null;
  keyCredentials?: KeyCredential[];
  passwordCredentials?: PasswordCredential[];
  publicClient?: PublicClientApplication | null;
  publisherDomain?: string | null;
  requiredResourceAccess?: RequiredResourceAccess[];
  signInAudience?: string | null;
  spa?: SpaApplication | null;
  tags?: string[];
  uniqueName?: string | null;
  web?: WebApplication | null;
}

export interface ServicePrincipal extends DirectoryObject {
  addIns?: AddIn[];
  alternativeNames?: string[];
  notificationEmailAddresses?: string[];
  resourceSpecificApplicationPermissions?: ResourceSpecificPermission[];
  accountEnabled?: boolean | null;
  appDisplayName?: string | null;
  appId?: string | null;
  appOwnerOrganizationId?: string | null;
  appRoleAssignmentRequired?: boolean;
  appRoles?: AppRole[];
  customSecurityAttributes?: CustomSecurityAttributeValue | null;
  disabledByMicrosoftStatus?: string | null;
  displayName?: string | null;
  homepage?: string | null;
  isDisabled?: boolean | null;
  keyCredentials?: KeyCredential[];
  oauth2PermissionScopes?: PermissionScope[];
  passwordCredentials?: PasswordCredential[];
  replyUrls?: string[];
  servicePrincipalNames?: string[];
  servicePrincipalType?: string | null;
  signInAudience?: string | null;
  tags?: string[];
}

export interface CustomSecurityAttributeValue {
}

export interface AppRole {
  allowedMemberTypes?: string[];
  description?: string | null;
  displayName?: string | null;
  id: string;
  isEnabled?: boolean;
  origin?: string | null;
  value?: string | null;
}

export interface PermissionScope {
  adminConsentDescription?: string | null;
  adminConsentDisplayName?: string | null;
  id: string;
  isEnabled?: boolean;
  origin?: string | null;
  type?: string | null;
  userConsentDescription?: string | null;
  userConsentDisplayName?: string | null;
  value?: string | null;
}

export interface ApiApplication {
  acceptMappedClaims?: boolean | null;
  knownClientApplications?: string[];
  oauth2PermissionScopes?: PermissionScope[];
  preAuthorizedApplications?: PreAuthorizedApplication[];
  requestedAccessTokenVersion?: number | null;
}

export interface WebApplication {
  homePageUrl?: string | null;
  implicitGrantSettings?: ImplicitGrantSettings | null;
  logoutUrl?: string | null;
  redirectUris?: string[];
  redirectUriSettings?: RedirectUriSettings[];
}

export interface SpaApplication {
  redirectUris?: string[];
}

export interface PublicClientApplication {
  redirectUris?: string[];
}

export interface RequiredResourceAccess {
  resourceAccess?: ResourceAccess[];
  resourceAppId?: string;
}

export interface ResourceAccess {
  id: string;
  type?: string | null;
}

export interface PasswordCredential {
  customKeyIdentifier?: string | null;
  displayName?: string | null;
  endDateTime?: string | null;
  hint?: string | null;
  keyId?: string | null;
  secretText?: string | null;
  startDateTime?: string | null;
}

export interface KeyCredential {
  customKeyIdentifier?: string | null;
  displayName?: string | null;
  endDateTime?: string | null;
  key?: string | null;
  keyId?: string | null;
  startDateTime?: string | null;
  type?: string | null;
  usage?: string | null;
}

export interface OAuth2PermissionGrant extends Entity {
  clientId?: string;
  consentType?: string | null;
  principalId?: string | null;
  resourceId?: string;
  scope?: string | null;
}

export interface AppRoleAssignment extends DirectoryObject {
  appRoleId?: string;
  createdDateTime?: string | null;
  principalDisplayName?: string | null;
  principalId?: string | null;
  principalType?: string | null;
  resourceDisplayName?: string | null;
  resourceId?: string | null;
}

export interface AuthenticationContextClassReference extends Entity {
  description?: string | null;
  displayName?: string | null;
  isAvailable?: boolean | null;
}

export interface PolicyBase extends DirectoryObject {
  description?: string | null;
  displayName?: string | null;
}

export interface IdentitySecurityDefaultsEnforcementPolicy extends PolicyBase {
  isEnabled?: boolean;
}

export interface AuthenticationStrengthPolicy extends Entity {
  allowedCombinations?: AuthenticationMethodModes[];
  createdDateTime?: string;
  description?: string | null;
  displayName?: string;
  modifiedDateTime?: string;
  policyType?: AuthenticationStrengthPolicyType;
  requirementsSatisfied?: AuthenticationStrengthRequirements;
}

export interface AuthenticationMethod extends Entity {
  createdDateTime?: string | null;
}

export interface PasswordAuthenticationMethod extends AuthenticationMethod {
  password?: string | null;
}

export interface SoftwareOathAuthenticationMethod extends AuthenticationMethod {
  secretKey?: string | null;
}

export interface Fido2AuthenticationMethod extends AuthenticationMethod {
  aaGuid?: string | null;
  attestationCertificates?: string[];
  attestationLevel?: AttestationLevel | null;
  displayName?: string | null;
  model?: string | null;
  passkeyType?: PasskeyType | null;
}

export interface TemporaryAccessPassAuthenticationMethod extends AuthenticationMethod {
  isUsable?: boolean | null;
  isUsableOnce?: boolean | null;
  lifetimeInMinutes?: number | null;
  methodUsabilityReason?: string | null;
  startDateTime?: string | null;
  temporaryAccessPass?: string | null;
}

export interface EmailAuthenticationMethod extends AuthenticationMethod {
  emailAddress?: string | null;
}

export interface MicrosoftAuthenticatorAuthenticationMethod extends AuthenticationMethod {
  deviceTag?: string | null;
  displayName?: string | null;
  phoneAppVersion?: string | null;
}

export interface PreAuthorizedApplication {
  appId?: string | null;
  delegatedPermissionIds?: string[];
}

export interface ImplicitGrantSettings {
  enableAccessTokenIssuance?: boolean | null;
  enableIdTokenIssuance?: boolean | null;
}

export interface RedirectUriSettings {
  index?: number | null;
  uri?: string | null;
}

export interface AddIn {
  id: string | null;
  properties?: KeyValue[];
  type?: string;
}

export interface ResourceSpecificPermission {
  description?: string | null;
  displayName?: string | null;
  id: string;
  isEnabled?: boolean;
  value?: string | null;
}

export interface Agreement extends Entity {
  displayName?: string | null;
  isPerDeviceAcceptanceRequired?: boolean | null;
  isViewingBeforeAcceptanceRequired?: boolean | null;
  termsExpiration?: TermsExpiration | null;
  userReacceptRequiredFrequency?: string | null;
}

export interface TermsExpiration {
  frequency?: string | null;
  startDateTime?: string | null;
}

export interface AssignedPlan {
  assignedDateTime?: string | null;
  capabilityStatus?: string | null;
  service?: string | null;
  servicePlanId?: string | null;
}

export interface ProvisionedPlan {
  capabilityStatus?: string | null;
  provisioningStatus?: string | null;
  service?: string | null;
}

export interface IpRange {
}

export interface IPv4CidrRange extends IpRange {
  cidrAddress?: string;
}

export interface IPv6CidrRange extends IpRange {
  cidrAddress?: string;
}

export interface IPv4Range extends IpRange {
  lowerAddress?: string;
  upperAddress?: string;
}

export interface IPv6Range extends IpRange {
  lowerAddress?: string;
  upperAddress?: string;
}
