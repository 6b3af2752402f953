// Passkeys: one is registered on the account's page, signs in without a user name, satisfies a policy that asks for a proof
// that resists phishing, and is the second proof after a password. Chromium's virtual authenticator holds it.
import assert from "node:assert/strict";
import { BASE_URL, HOME, addAuthenticator, authorize, freshCode, graph, newUser, open, redirect, shot, signIn, walk } from "./support.mjs";

const PASSWORD = "Walk-the-line-7";
const PHISHING_RESISTANT = "00000000-0000-0000-0000-000000000004";

async function authenticator(page) {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send("WebAuthn.enable");
  const options = {
    protocol: "ctap2", transport: "internal", hasResidentKey: true, hasUserVerification: true, isUserVerified: true,
    automaticPresenceSimulation: true,
  };
  const { authenticatorId } = await devtools.send("WebAuthn.addVirtualAuthenticator", { options });
  return {
    credentials: async () => (await devtools.send("WebAuthn.getCredentials", { authenticatorId })).credentials,
    touched: (enabled) => devtools.send("WebAuthn.setAutomaticPresenceSimulation", { authenticatorId, enabled }),
  };
}

async function register(page, key) {
  await page.goto(`${BASE_URL}/security-info/passkey`);
  await shot(page, "40-new-passkey");
  await page.fill("#name", "Blue key");
  await page.click("button.primary");
  await page.waitForURL("**/security-info?done=passkey-added");
  assert.match(await page.locator("ul.methods").first().innerText(), /Passkey · Blue key/);
  await shot(page, "41-security-info-with-passkey");
  const [kept] = await key.credentials();
  assert.deepEqual([kept.isResidentCredential, kept.rpId], [true, new URL(BASE_URL).hostname]);
  // The same authenticator does not make a second one.
  await page.goto(`${BASE_URL}/security-info/passkey`);
  await page.click("button.primary");
  await page.waitForSelector("#passkey-there:visible");
  console.log("  a passkey is registered, once per authenticator");
}

async function signOut(page) {
  await page.goto(`${BASE_URL}/signin/logout`);
  await page.click("button.primary");
  await page.waitForLoadState();
}

async function withoutAName(page, key, user) {
  await signOut(page);
  const strength = { operator: "OR", authenticationStrength: { id: PHISHING_RESISTANT } };
  const policy = await graph("POST", "/identity/conditionalAccess/policies", {
    displayName: "Resists phishing", state: "enabled", grantControls: strength,
    conditions: { applications: { includeApplications: ["All"] }, users: { includeUsers: [user.id] } },
  });
  await key.touched(false);
  await page.goto(authorize());
  const button = page.locator("form.passkey button");
  await button.waitFor();
  await shot(page, "42-sign-in-with-passkey");
  await key.touched(true);
  // The offer in the name field may be faster than the button.
  await Promise.all([page.waitForURL(`${redirect}/**`), button.click().catch(() => {})]);
  assert.match(page.url(), /[?&]code=/);
  await graph("DELETE", `/identity/conditionalAccess/policies/${policy.id}`);
  const { value } = await graph("GET", `/auditLogs/signIns?$filter=userId eq '${user.id}'`);
  const applied = value.flatMap((signIn) => signIn.appliedConditionalAccessPolicies ?? []);
  assert.ok(applied.some(({ displayName, result }) => displayName === "Resists phishing" && result === "success"));
  console.log("  it signs in without a name and resists phishing");
}

async function afterAPassword(page, key, user, secret) {
  const policy = await graph("POST", "/identity/conditionalAccess/policies", {
    displayName: "Two proofs", state: "enabled", grantControls: { operator: "OR", builtInControls: ["mfa"] },
    conditions: { applications: { includeApplications: ["All"] }, users: { includeUsers: [user.id] } },
  });
  await page.context().clearCookies();
  await key.touched(false);
  await page.goto(authorize());
  await signIn(page, user.userPrincipalName, PASSWORD);
  await page.waitForSelector("form.passkey");
  await shot(page, "43-use-your-passkey");
  await page.click("button.link");
  await page.waitForSelector("form.ways");
  await shot(page, "44-other-ways");
  await page.click("text=Enter a code from your authenticator app");
  await page.fill("#code", await freshCode(secret));
  await page.click("button.primary");
  await page.waitForURL(`${redirect}/**`);
  await page.context().clearCookies();
  await key.touched(true);
  await page.goto(authorize());
  if (page.url().startsWith(BASE_URL)) {
    await signIn(page, user.userPrincipalName, PASSWORD).catch(() => {});
  }
  await page.waitForURL(`${redirect}/**`);
  await graph("DELETE", `/identity/conditionalAccess/policies/${policy.id}`);
  console.log("  after a password it comes first, and a code is another way");
}

async function withoutScript() {
  const page = await open(HOME);
  await page.goto(authorize());
  assert.match(await page.locator("main").innerText(), /switch on JavaScript/);
  assert.ok(await page.locator("form.passkey").isHidden());
  console.log("  without script the page says what to do");
}

await walk(async () => {
  const user = await newUser("keyholder", PASSWORD);
  const page = await open(HOME, { javaScriptEnabled: true });
  const key = await authenticator(page);
  await page.goto(`${BASE_URL}/security-info`);
  await signIn(page, user.userPrincipalName, PASSWORD);
  await page.waitForSelector("text=Add a passkey");
  const secret = await addAuthenticator(page);
  await register(page, key);
  await withoutAName(page, key, user);
  await afterAPassword(page, key, user, secret);
  await withoutScript();
});
