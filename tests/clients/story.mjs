// The administrator's side of the story through @azure/msal-node and @microsoft/microsoft-graph-client.
import assert from "node:assert/strict";
import { ConfidentialClientApplication } from "@azure/msal-node";
import { Client } from "@microsoft/microsoft-graph-client";

const { BASE_URL, TENANT, CLIENT_ID, CLIENT_SECRET, DOMAIN } = process.env;
const host = new URL(BASE_URL);

const msal = new ConfidentialClientApplication({
  auth: { clientId: CLIENT_ID, clientSecret: CLIENT_SECRET, authority: `${BASE_URL}/${TENANT}`, knownAuthorities: [host.host] },
});
const authProvider = {
  getAccessToken: async () =>
    (await msal.acquireTokenByClientCredential({ scopes: ["https://graph.microsoft.com/.default"] })).accessToken,
};
const graph = Client.initWithMiddleware({
  authProvider, baseUrl: `${BASE_URL}/`, defaultVersion: "v1.0", customHosts: new Set([host.hostname]),
});

const user = await graph.api("/users").post({
  accountEnabled: true, displayName: "Java Script", mailNickname: "javascript", userPrincipalName: `javascript@${DOMAIN}`,
  passwordProfile: { password: "Contoso1234", forceChangePasswordNextSignIn: false },
});
assert.equal(user.displayName, "Java Script");

const policy = await graph.api("/identity/conditionalAccess/policies").post({
  displayName: "From JavaScript", state: "enabledForReportingButNotEnforced",
  conditions: { signInRiskLevels: ["high", "medium"], applications: { includeApplications: ["All"] }, users: { includeUsers: [user.id] } },
  grantControls: { operator: "OR", builtInControls: ["mfa"] },
});
assert.deepEqual(policy.conditions.signInRiskLevels, ["high", "medium"]);
assert.deepEqual(policy.conditions.clientAppTypes, ["all"]);
assert.equal(policy.sessionControls, null);
await graph.api(`/identity/conditionalAccess/policies/${policy.id}`).patch({ state: "disabled" });
assert.equal((await graph.api(`/identity/conditionalAccess/policies/${policy.id}`).get()).state, "disabled");

const risks = await graph.api("/identityProtection/riskDetections").filter("userDisplayName eq 'MyTestUser1'").top(1).get();
assert.equal(risks.value.length, 1);
assert.equal(risks.value[0].riskEventType, "anonymizedIPAddress");
const next = await graph.api(risks["@odata.nextLink"]).get();
assert.notEqual(next.value[0].id, risks.value[0].id);

const batch = await graph.api("/$batch").post({
  requests: [
    { id: "1", method: "GET", url: `/users/${user.id}` },
    { id: "2", method: "DELETE", url: `/identity/conditionalAccess/policies/${policy.id}`, dependsOn: ["1"] },
    { id: "3", method: "GET", url: `/v1.0/identity/conditionalAccess/policies/${policy.id}`, dependsOn: ["2"] },
  ],
});
const status = Object.fromEntries(batch.responses.map((r) => [r.id, r.status]));
assert.deepEqual(status, { 1: 200, 2: 204, 3: 404 });

await graph.api(`/users/${user.id}`).delete();
await assert.rejects(graph.api(`/users/${user.id}`).get(), (error) => error.statusCode === 404 && error.code === "Request_ResourceNotFound");
console.log("  users, policies, detections, paging and $batch");
