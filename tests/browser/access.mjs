// What a person meets when policies ask for more than a code: a new password after his account was taken over, a device that
// must be registered and compliant, a place from which nothing may be registered, a code from another
// device, terms of use.
import assert from "node:assert/strict";
import { BASE_URL, DOMAIN, HOME, addAuthenticator, authorize, freshCode, graph, newUser, open, redirect, shot, signIn, walk } from "./support.mjs";

const PASSWORD = "Walk-the-line-7";

const policy = (name, user, grantControls, conditions = {}) => ({
  displayName: name, state: "enabled", grantControls,
  conditions: { applications: { includeApplications: ["All"] }, users: { includeUsers: [user.id] }, ...conditions },
});
const enforce = async (...args) => (await graph("POST", "/identity/conditionalAccess/policies", policy(...args))).id;
const lift = (id) => graph("DELETE", `/identity/conditionalAccess/policies/${id}`);

async function aPersonWithAnAuthenticator(name) {
  const user = await newUser(name, PASSWORD);
  const page = await open(HOME);
  await page.goto(`${BASE_URL}/security-info`);
  await signIn(page, user.userPrincipalName, PASSWORD);
  await page.waitForSelector("text=Add an authenticator app");
  return { user, page, secret: await addAuthenticator(page) };
}

async function atApplication(page) {
  await page.waitForURL(`${redirect}/**`);
  assert.match(page.url(), /[?&]code=/);
}

async function newPasswordAtRisk() {
  const { user, secret } = await aPersonWithAnAuthenticator("burnt");
  await graph("POST", "/identityProtection/riskyUsers/confirmCompromised", { userIds: [user.id] });
  const id = await enforce("New password at risk", user, { operator: "AND", builtInControls: ["mfa", "passwordChange"] }, { userRiskLevels: ["high"] });
  const page = await open(HOME);
  await page.goto(authorize());
  await signIn(page, user.userPrincipalName, PASSWORD);
  await page.fill("#code", await freshCode(secret));
  await page.click("button.primary");
  await shot(page, "20-new-password-at-risk");
  await page.fill("#newPassword", "Nobody-knows-9");
  await page.fill("#confirmPassword", "Nobody-knows-9");
  await page.click("button.primary");
  await atApplication(page);
  const risky = await graph("GET", `/identityProtection/riskyUsers/${user.id}`);
  assert.deepEqual([risky.riskState, risky.riskDetail], ["remediated", "userPerformedSecuredPasswordChange"]);
  await lift(id);
  console.log("  new password closes the risk of an account");
}

async function aCompliantDevice() {
  const { user, page, secret } = await aPersonWithAnAuthenticator("device");
  const id = await enforce("Compliant devices", user, { operator: "OR", builtInControls: ["compliantDevice"] });
  const other = await open(HOME);
  await other.goto(authorize());
  await signIn(other, user.userPrincipalName, PASSWORD);
  assert.equal(await other.locator("#error-code").innerText(), "53000");
  await shot(other, "21-device-not-compliant");
  await lift(id);
  await page.goto(`${BASE_URL}/security-info/device`);
  await shot(page, "22-devices");
  await page.click("button.primary");
  await page.waitForSelector("[role=status]");
  await shot(page, "23-device-registered");
  const [device] = (await graph("GET", `/users/${user.id}/registeredDevices`)).value;
  const again = await enforce("Compliant devices", user, { operator: "OR", builtInControls: ["compliantDevice"] });
  await graph("PATCH", `/devices/${device.id}`, { isCompliant: true });
  await page.goto(authorize());
  await atApplication(page);
  await graph("PATCH", `/devices/${device.id}`, { isCompliant: false });
  await page.goto(authorize());
  assert.equal(await page.locator("#error-code").innerText(), "53000", "the mark counts at the next decision");
  await lift(again);
  assert.ok(secret);
  console.log("  a registered browser that is compliant gets in, no other");
}

async function nothingIsRegisteredFromHere() {
  const user = await newUser("outside", PASSWORD);
  const id = await enforce("Register at the office", user, { operator: "OR", builtInControls: ["block"] }, {
    applications: { includeUserActions: ["urn:user:registersecurityinfo"] },
  });
  const page = await open(HOME);
  await page.goto(`${BASE_URL}/security-info/totp`);
  await signIn(page, user.userPrincipalName, PASSWORD);
  assert.equal(await page.locator("#error-code").innerText(), "53010");
  await shot(page, "24-registration-not-allowed");
  await lift(id);
  console.log("  security info is guarded by its user action");
}

async function aCodeFromAnotherDevice() {
  const user = await newUser("television", PASSWORD);
  const tokens = (path, form) => fetch(`${BASE_URL}/${DOMAIN}/oauth2/v2.0/${path}`, { method: "POST", body: new URLSearchParams(form) }).then((answer) => answer.json());
  const client_id = process.env.PUBLIC_CLIENT_ID;
  const asked = await tokens("devicecode", { client_id, scope: "openid User.Read" });
  const redeem = () => tokens("token", { client_id, grant_type: "urn:ietf:params:oauth:grant-type:device_code", device_code: asked.device_code });
  assert.equal((await redeem()).error, "authorization_pending");
  const page = await open(HOME);
  await page.goto(asked.verification_uri);
  await shot(page, "25-device-code");
  await page.fill("#user_code", asked.user_code);
  await page.click("button.primary");
  await page.waitForSelector("#username");
  await signIn(page, user.userPrincipalName, PASSWORD);
  await page.waitForSelector("#application");
  await shot(page, "26-device-code-confirm");
  await page.click("text=Continue >> nth=-1");
  await page.waitForSelector("h1:not(:has-text('another device?'))");
  await shot(page, "27-device-code-done");
  const granted = await until(redeem, (answer) => answer.error !== "slow_down" && answer.error !== "authorization_pending");
  assert.ok(granted.access_token, JSON.stringify(granted));
  const id = await enforce("No codes from elsewhere", user, { operator: "OR", builtInControls: ["block"] }, {
    authenticationFlows: { transferMethods: "deviceCodeFlow" },
  });
  const again = await tokens("devicecode", { client_id, scope: "openid User.Read" });
  await page.goto(again.verification_uri);
  await page.fill("#user_code", again.user_code);
  await page.click("button.primary");
  await page.waitForSelector("#error-code, #application");
  if (await page.locator("#application").count()) await page.click("text=Continue >> nth=-1");
  await page.waitForSelector("#error-code");
  assert.equal(await page.locator("#error-code").innerText(), "53003");
  await lift(id);
  console.log("  a code from another device signs in, and a policy stops it");
}

async function theTermsOfUse() {
  const user = await newUser("newcomer", PASSWORD);
  const pdf = Buffer.from("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>");
  const terms = await graph("POST", "/identityGovernance/termsOfUse/agreements", {
    displayName: "House rules", isViewingBeforeAcceptanceRequired: true,
    files: [{ fileName: "rules.pdf", displayName: "House rules", language: "en", isDefault: true, fileData: { data: pdf.toString("base64") } }],
  });
  const id = await enforce("House rules", user, { operator: "OR", builtInControls: [], termsOfUse: [terms.id] });
  const page = await open(HOME);
  await page.goto(authorize());
  await signIn(page, user.userPrincipalName, PASSWORD);
  await page.waitForSelector("text=Read “House rules”");
  await shot(page, "28-terms-of-use");
  await page.click("button.primary");
  await page.waitForSelector("[role=alert]");
  await shot(page, "29-terms-not-opened");
  const address = await page.locator("a.button").getAttribute("href");
  const file = await page.context().request.get(`${BASE_URL}${address}`);
  assert.deepEqual([file.status(), file.headers()["content-type"]], [200, "application/pdf"]);
  await page.click("button.primary");
  await atApplication(page);
  const again = await open(HOME);
  await again.goto(authorize());
  await signIn(again, user.userPrincipalName, PASSWORD);
  await atApplication(again);
  const [answer] = (await graph("GET", `/identityGovernance/termsOfUse/agreements/${terms.id}/acceptances`)).value;
  assert.deepEqual([answer.state, answer.userId], ["accepted", user.id]);
  await lift(id);
  console.log("  terms are read, accepted once, and kept");
}

// Asks again as a device does: at the interval the server named, at most twelve times.
async function until(ask, isDone) {
  for (let tries = 0; tries < 12; tries += 1) {
    const answer = await ask();
    if (isDone(answer)) return answer;
    await new Promise((go) => setTimeout(go, 1000));
  }
  throw new Error("no answer in time");
}

await walk(async () => {
  await newPasswordAtRisk();
  await aCompliantDevice();
  await nothingIsRegisteredFromHere();
  await aCodeFromAnotherDevice();
  await theTermsOfUse();
});
