// Two servers: somebody who is linked signs in to the first one through the second, his second factor there counts here, and
// signing out here signs him out there.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { BASE_URL, HOME, authorize, freshCode, graph, newUser, open, redirect, shot, signIn, walk } from "./support.mjs";

const { UPSTREAM_BASE_URL: THERE, UPSTREAM_TENANT, UPSTREAM_TOKEN, UPSTREAM_DOMAIN } = process.env;
const PASSWORD = "Walk-the-line-8";

async function there(method, path, body) {
  const answer = await fetch(`${THERE}/v1.0${path}`, {
    method, headers: { Authorization: `Bearer ${UPSTREAM_TOKEN}`, "Content-Type": "application/json" }, body: JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path} there: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

function requireMfa(user) {
  return {
    displayName: "Second factor", state: "enabled", grantControls: { operator: "OR", builtInControls: ["mfa"] },
    conditions: { applications: { includeApplications: ["All"] }, users: { includeUsers: [user.id] } },
  };
}

// The provider here, its client there, and the link between the two accounts of the person.
async function setUp() {
  const guest = await newUser("fiona.guest", PASSWORD);
  const fiona = await there("POST", "/users", {
    accountEnabled: true, displayName: "Fiona", mailNickname: "fiona", userPrincipalName: `fiona@${UPSTREAM_DOMAIN}`,
    passwordProfile: { password: PASSWORD, forceChangePasswordNextSignIn: false },
  });
  const provider = await graph("POST", "/identity/identityProviders", {
    "@odata.type": "#microsoft.graph.oidcIdentityProvider", displayName: "Fabrikam", clientId: "not yet",
    issuer: `${THERE}/${UPSTREAM_TENANT}/v2.0`, federatedIdpMfaBehavior: "acceptIfMfaDoneByFederatedIdp",
  });
  const client = JSON.parse(execFileSync(process.env.RISKGATE_BINARY, [
    "app", "create", "--name", "Contoso", "--redirect-uri", `${BASE_URL}/signin/federated/${provider.id}`, "--output", "json",
    "--data-dir", process.env.UPSTREAM_DATA_DIR, "--config", process.env.UPSTREAM_CONFIG,
  ], { encoding: "utf8" }));
  await graph("PATCH", `/identity/identityProviders/${provider.id}`, {
    clientId: client.appId,
    clientAuthentication: { "@odata.type": "#microsoft.graph.oidcClientSecretAuthentication", clientSecret: client.clientSecret },
  });
  await graph("POST", `/riskgate/identityProviders/${provider.id}/links`, { userId: guest.id, subject: fiona.id });
  return { guest, fiona, provider };
}

async function registerThere(page) {
  await page.goto(`${THERE}/security-info`);
  await signIn(page, `fiona@${UPSTREAM_DOMAIN}`, PASSWORD);
  await page.waitForURL(`${THERE}/security-info`);
  await page.goto(`${THERE}/security-info/totp`);
  await page.locator("summary").click();
  const secret = await page.locator("#totp-secret").textContent();
  await page.fill("#code", await freshCode(secret));
  await page.click("button.primary");
  await page.waitForURL("**/security-info**");
  console.log("  an authenticator app is registered at the provider");
  return secret;
}

async function signInThrough(page, secret, guest) {
  await page.goto(authorize());
  await shot(page, "70-sign-in-with-a-provider");
  await page.getByRole("link", { name: /Fabrikam/ }).click();
  await page.waitForURL(`${THERE}/signin**`);
  await signIn(page, `fiona@${UPSTREAM_DOMAIN}`, PASSWORD);
  await page.fill("#code", await freshCode(secret));
  await page.click("button.primary");
  await page.waitForURL(`${redirect}/**`);
  assert.ok(new URL(page.url()).searchParams.get("code"), page.url());
  const { value } = await graph("GET", `/auditLogs/signIns?$filter=userId eq '${guest.id}'`);
  assert.deepEqual(value.map((signIn) => signIn.status.errorCode), [0], "nothing more was asked for here");
  console.log("  the second factor of the provider counts here");
}

async function signOut(page) {
  await page.goto(`${BASE_URL}/signin/logout`);
  await shot(page, "71-sign-out-of-both");
  await page.click("button.primary");
  await page.waitForURL(`${THERE}/signin/logout**`);
  await page.click("button.primary");
  await page.waitForURL(`${BASE_URL}/signin/federated/**`);
  await page.getByRole("heading", { name: "You are signed out" }).waitFor();
  await shot(page, "72-signed-out-of-both");
  for (const server of [BASE_URL, THERE]) {
    await page.goto(`${server}/security-info`);
    await page.waitForSelector("#username");
  }
  console.log("  signing out here signs out there");
}

async function refusedRequest() {
  for (const [locale, title] of [["en", "Sign-in is not possible"], ["de", "Die Anmeldung ist nicht möglich"]]) {
    const page = await open(HOME, { locale });
    await page.goto(`${authorize()}x`.replace("redirect_uri=", "redirect_uri=https%3A%2F%2Fevil.example%2F"));
    await page.getByRole("heading", { name: title }).waitFor();
    await shot(page, `73-refused-request-${locale}`);
  }
  console.log("  a request that cannot be answered is explained in the reader's language");
}

await walk(async () => {
  const { guest, fiona } = await setUp();
  const first = await open(HOME);
  const secret = await registerThere(first);
  await there("POST", "/identity/conditionalAccess/policies", requireMfa(fiona));
  await graph("POST", "/identity/conditionalAccess/policies", requireMfa(guest));
  const page = await open(HOME);
  await signInThrough(page, secret, guest);
  await signOut(page);
  await refusedRequest();
});
