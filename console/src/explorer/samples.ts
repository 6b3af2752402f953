// Requests to begin with: the steps of the tutorial, then the other areas.
import { type GraphRequest, request } from "./request";

/** Names of groups and samples are texts: `text.explorer.samples`. */
export type GroupName = "tutorial" | "risk" | "access" | "signIns" | "directory" | "applications" | "service";

export interface Sample {
  group: GroupName;
  name: string;
  request: GraphRequest;
}

const POLICIES = "/identity/conditionalAccess/policies";
const RISK = "/identityProtection";

function riskPolicy(displayName: string, control: string) {
  return {
    displayName,
    state: "enabled",
    conditions: {
      signInRiskLevels: ["high", "medium"],
      applications: { includeApplications: ["All"] },
      users: { includeUsers: ["{user-id}"] },
    },
    grantControls: { operator: "OR", builtInControls: [control] },
  };
}

const ROWS: [GroupName, string, GraphRequest][] = [
  ["tutorial", "detectionsOfUser", request("GET", `${RISK}/riskDetections?$filter=userDisplayName eq 'MyTestUser1'`)],
  ["tutorial", "mfaPolicy", request("POST", POLICIES, riskPolicy("Policy for risk-based MFA", "mfa"))],
  ["tutorial", "blockPolicy", request("POST", POLICIES, riskPolicy("Policy for risk-based block", "block"))],
  ["tutorial", "dismiss", request("POST", `${RISK}/riskyUsers/dismiss`, { userIds: ["{user-id}"] })],
  ["tutorial", "policies", request("GET", `${POLICIES}?$select=id,displayName,state`)],
  ["tutorial", "deletePolicy", request("DELETE", `${POLICIES}/{policy-id}`)],

  ["risk", "riskyUsers", request("GET", `${RISK}/riskyUsers?$filter=riskState eq 'atRisk'`)],
  ["risk", "riskyUserHistory", request("GET", `${RISK}/riskyUsers/{user-id}/history`)],
  ["risk", "confirmCompromised", request("POST", `${RISK}/riskyUsers/confirmCompromised`, { userIds: ["{user-id}"] })],
  ["risk", "confirmSafe", request("POST", `${RISK}/riskyUsers/confirmSafe`, { userIds: ["{user-id}"] })],
  ["risk", "highDetections", request("GET", `${RISK}/riskDetections?$filter=riskLevel eq 'high'&$top=10`)],
  ["risk", "riskyServicePrincipals", request("GET", `${RISK}/riskyServicePrincipals`)],
  [
    "risk",
    "reportDetection",
    request("POST", "/riskgate/riskDetections", {
      userId: "{user-id}",
      externalId: "alert-1",
      riskEventType: "maliciousIPAddress",
      riskLevel: "medium",
      ipAddress: "192.0.2.1",
    }),
  ],

  ["access", "allPolicies", request("GET", POLICIES)],
  ["access", "disablePolicy", request("PATCH", `${POLICIES}/{policy-id}`, { state: "disabled" })],
  ["access", "namedLocations", request("GET", "/identity/conditionalAccess/namedLocations")],
  [
    "access",
    "createLocation",
    request("POST", "/identity/conditionalAccess/namedLocations", {
      "@odata.type": "#microsoft.graph.ipNamedLocation",
      displayName: "Office",
      isTrusted: true,
      ipRanges: [{ "@odata.type": "#microsoft.graph.iPv4CidrRange", cidrAddress: "203.0.113.0/24" }],
    }),
  ],
  ["access", "strengths", request("GET", "/policies/authenticationStrengthPolicies")],
  ["access", "templates", request("GET", "/identity/conditionalAccess/templates")],
  [
    "access",
    "whatIf",
    request("POST", "/identity/conditionalAccess/evaluate", {
      signInIdentity: { "@odata.type": "#microsoft.graph.userSignIn", userId: "{user-id}" },
      signInContext: { "@odata.type": "#microsoft.graph.applicationContext", includeApplications: ["All"] },
      signInConditions: { signInRiskLevel: "high", clientAppType: "browser", ipAddress: "192.0.2.1", country: "DE" },
    }),
  ],

  ["signIns", "newestSignIns", request("GET", "/auditLogs/signIns?$top=10")],
  ["signIns", "riskySignIns", request("GET", "/auditLogs/signIns?$filter=riskLevelDuringSignIn eq 'high'")],
  ["signIns", "audits", request("GET", "/auditLogs/directoryAudits?$top=10")],

  ["directory", "me", request("GET", "/me")],
  ["directory", "users", request("GET", "/users?$select=id,displayName,userPrincipalName")],
  [
    "directory",
    "createUser",
    request("POST", "/users", {
      accountEnabled: true,
      displayName: "MyTestUser1",
      mailNickname: "MyTestUser1",
      userPrincipalName: "MyTestUser1@contoso.com",
      passwordProfile: { forceChangePasswordNextSignIn: false, password: "" },
    }),
  ],
  ["directory", "methods", request("GET", "/users/{user-id}/authentication/methods")],
  ["directory", "revoke", request("POST", "/users/{user-id}/revokeSignInSessions", {})],
  ["directory", "groups", request("GET", "/groups")],
  ["directory", "devices", request("GET", "/devices")],
  ["directory", "roles", request("GET", "/directoryRoles")],

  ["applications", "applications", request("GET", "/applications?$select=id,appId,displayName")],
  ["applications", "servicePrincipals", request("GET", "/servicePrincipals?$select=id,appId,displayName")],
  ["applications", "grants", request("GET", "/oauth2PermissionGrants")],

  ["service", "metadata", request("GET", "/$metadata")],
  ["service", "operations", request("GET", "/riskgate/operations")],
  ["service", "organization", request("GET", "/organization")],
  [
    "service",
    "batch",
    request("POST", "/$batch", {
      requests: [
        { id: "1", method: "GET", url: "/me" },
        { id: "2", method: "GET", url: "/users?$top=1" },
      ],
    }),
  ],
];

export const SAMPLES: Sample[] = ROWS.map(([group, name, one]) => ({ group, name, request: one }));
