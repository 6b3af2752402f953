// A person's path: first sign-in with a password an administrator set, an authenticator app, a risky sign-in that asks for
// a code, one that is blocked, signing out. Pages work without scripts, so most of it runs without them.
import assert from "node:assert/strict";
import { BASE_URL, DOMAIN, HOME, TOR, authorize, freshCode, graph, newUser, open, redirect, shot, signIn, walk } from "./support.mjs";

await walk(async () => {
  const upn = `walker@${DOMAIN}`;
  const user = await newUser("walker", "Temporary1234", {
    passwordProfile: { password: "Temporary1234", forceChangePasswordNextSignIn: true },
  });

  const home = await open(HOME);
  await home.goto(`${BASE_URL}/security-info`);
  await shot(home, "1-sign-in");
  await signIn(home, upn, "Wrong-password1");
  assert.match(await home.locator("#problem").innerText(), /wrong/i);
  await shot(home, "2-wrong-password");
  await home.fill("#password", "Temporary1234");
  await home.click("button.primary");
  await shot(home, "3-new-password");
  await home.fill("#newPassword", "Walk-the-line-7");
  await home.fill("#confirmPassword", "Walk-the-line-7");
  await home.click("button.primary");
  await shot(home, "4-security-info");
  await home.click("text=Add an authenticator app");
  await home.locator("summary").click();
  const secret = await home.locator("#totp-secret").textContent();
  await shot(home, "5-authenticator");
  await home.fill("#code", "000000");
  await home.click("button.primary");
  assert.match(await home.locator("[role=alert]").innerText(), /not right/);
  await home.fill("#code", await freshCode(secret));
  await home.click("button.primary");
  assert.match(await home.locator("[role=status]").innerText(), /set up/);
  await shot(home, "6-registered");
  console.log("  first sign-in, new password, authenticator");

  const policy = (name, control) => ({
    displayName: name, state: "enabled",
    conditions: { signInRiskLevels: ["high", "medium"], applications: { includeApplications: ["All"] }, users: { includeUsers: [user.id] } },
    grantControls: { operator: "OR", builtInControls: [control] },
  });
  const mfa = await graph("POST", "/identity/conditionalAccess/policies", policy("Code at risk", "mfa"));
  const risky = await open(TOR);
  await risky.goto(authorize());
  await signIn(risky, upn, "Walk-the-line-7");
  await shot(risky, "7-code");
  await risky.fill("#code", "000000");
  await risky.click("button.primary");
  await shot(risky, "8-wrong-code");
  await risky.fill("#code", await freshCode(secret));
  await risky.click("button.primary");
  await risky.waitForURL(`${redirect}/**`);
  assert.match(risky.url(), /[?&]code=/);
  const [detection] = (await graph("GET", `/identityProtection/riskDetections?$filter=userId eq '${user.id}'`)).value;
  assert.equal(detection.riskState, "remediated");
  console.log("  risky sign-in, code, back in the application");

  const again = await risky.context().newPage();
  await again.goto(authorize());
  await again.waitForURL(`${redirect}/**`);
  console.log("  single sign-on");

  const block = await graph("POST", "/identity/conditionalAccess/policies", policy("Block at risk", "block"));
  const blocked = await open(TOR);
  await blocked.goto(authorize());
  await signIn(blocked, upn, "Walk-the-line-7");
  assert.equal(await blocked.locator("#error-code").innerText(), "53003");
  assert.ok(!(await blocked.content()).includes("Block at risk"));
  await shot(blocked, "9-blocked");
  await graph("DELETE", `/identity/conditionalAccess/policies/${mfa.id}`);
  await graph("DELETE", `/identity/conditionalAccess/policies/${block.id}`);
  console.log("  blocked");

  await home.goto(`${BASE_URL}/account`);
  await shot(home, "12-account");
  await home.locator("a", { hasText: "This was not me" }).first().click();
  await shot(home, "13-secure-account");
  await home.fill("#password", "Walk-the-line-7");
  await home.fill("#code", await freshCode(secret));
  await home.fill("#newPassword", "Walk-another-line-8");
  await home.fill("#confirmPassword", "Walk-another-line-8");
  await home.click("button.primary");
  assert.match(await home.locator("[role=status]").innerText(), /has a new password/);
  await shot(home, "14-secured");
  const [reported] = (await graph("GET", `/identityProtection/riskDetections?$filter=userId eq '${user.id}' and riskEventType eq 'userReportedSuspiciousActivity'`)).value;
  assert.equal(reported.riskState, "remediated");
  console.log("  this was not me: reported and secured");

  await home.goto(`${BASE_URL}/signin/logout`);
  await shot(home, "10-sign-out");
  await home.click("button.primary");
  await shot(home, "11-signed-out");
  await home.goto(`${BASE_URL}/security-info`);
  assert.equal(await home.locator("#username").count(), 1, "signed out for good");

  // With scripts: the form of response_mode=form_post sends itself.
  const scripted = await open(HOME, { javaScriptEnabled: true });
  await scripted.goto(`${authorize()}&response_mode=form_post`);
  await signIn(scripted, upn, "Walk-another-line-8");
  await scripted.waitForURL(`${redirect}/**`);
  console.log("  signed out, form_post");
});
