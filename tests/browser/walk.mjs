// A person's path: first sign-in with a password an administrator set, an authenticator app, a risky sign-in that asks for
// a code, one that is blocked, signing out. Pages work without scripts, so most of it runs without them.
import assert from "node:assert/strict";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const { BASE_URL, TENANT, DOMAIN, TOKEN, PUBLIC_CLIENT_ID, CHROMIUM } = process.env;
const TOR = "178.17.170.23", HOME = "198.51.100.7";
const shots = new URL("../../artifacts/browser/", import.meta.url).pathname;
mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

async function graph(method, path, body) {
  const answer = await fetch(`${BASE_URL}/v1.0${path}`, {
    method, headers: { Authorization: `Bearer ${TOKEN}`, "Content-Type": "application/json" }, body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return text ? JSON.parse(text) : null;
}

function code(secret, at = Date.now()) {
  const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  let bits = "";
  for (const c of secret.replace(/\s/g, "")) bits += alphabet.indexOf(c).toString(2).padStart(5, "0");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30000)));
  const digest = createHmac("sha1", key).update(counter).digest();
  const start = digest[19] & 15;
  return String((digest.readUInt32BE(start) & 0x7fffffff) % 1_000_000).padStart(6, "0");
}

let used = 0;
async function freshCode(secret) {
  // A code passes once; the next one comes with the clock and with nothing else.
  while (Math.floor(Date.now() / 30000) <= used) await new Promise((go) => setTimeout(go, 250));
  used = Math.floor(Date.now() / 30000);
  return code(secret);
}

// The application: a page on a loopback port, where sign-ins return to.
const app = createServer((_, answer) => answer.end("<!DOCTYPE html><title>App</title><h1>Welcome to the app</h1>"));
await new Promise((ready) => app.listen(0, "127.0.0.1", ready));
const redirect = `http://localhost:${app.address().port}`;

function authorize() {
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    client_id: PUBLIC_CLIENT_ID, response_type: "code", redirect_uri: redirect, scope: "openid profile User.Read", state: "s",
    nonce: "n", code_challenge: createHash("sha256").update(verifier).digest("base64url"), code_challenge_method: "S256",
  });
  return `${BASE_URL}/${TENANT}/oauth2/v2.0/authorize?${query}`;
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-quic",
  "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

async function open(address, options = {}) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true, javaScriptEnabled: false, viewport: { width: 1100, height: 800 },
    extraHTTPHeaders: { "X-Forwarded-For": address }, ...options,
  });
  return context.newPage();
}

async function shot(page, name) {
  await page.screenshot({ path: `${shots}${name}.png`, fullPage: true });
  const wide = page.viewportSize();
  await page.setViewportSize({ width: 360, height: 740 });
  await page.screenshot({ path: `${shots}${name}-phone.png`, fullPage: true });
  const overflow = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth).catch(() => 0);
  assert.ok(overflow <= 0, `${name} is wider than a phone by ${overflow} pixels`);
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: "dark" });
  await page.screenshot({ path: `${shots}${name}-dark.png`, fullPage: true });
  await accessible(page, `${name} (dark)`);
  await page.emulateMedia({ colorScheme: "light" });
  await accessible(page, name);
}

// axe runs in a second page with scripts, on the same HTML and style: the page itself stays as the person sees it.
async function accessible(page, name) {
  const html = (await page.content()).replace(/<link rel="stylesheet"[^>]*>/, `<style>${readFileSync(new URL("../../crates/sign-in-web/assets/pages.css", import.meta.url))}</style>`);
  const context = await browser.newContext({ colorScheme: name.includes("dark") ? "dark" : "light" });
  const copy = await context.newPage();
  await copy.setContent(html);
  await copy.evaluate(axe);
  const { violations } = await copy.evaluate(() => window.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] }));
  await context.close();
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`), [], name);
}

async function signIn(page, user, password) {
  // With the keyboard alone, from where the page puts the focus.
  await page.locator("#username").focus();
  await page.keyboard.type(user);
  await page.keyboard.press("Tab");
  await page.keyboard.type(password);
  await page.keyboard.press("Tab");
  assert.equal(await page.locator("button.primary:focus").count(), 1, "the button follows the password");
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
}

try {
  const upn = `walker@${DOMAIN}`;
  const user = await graph("POST", "/users", {
    accountEnabled: true, displayName: "Walker", mailNickname: "walker", userPrincipalName: upn,
    passwordProfile: { password: "Temporary1234", forceChangePasswordNextSignIn: true },
  });

  const home = await open(HOME);
  await home.goto(`${BASE_URL}/security-info`);
  await shot(home, "1-sign-in");
  await signIn(home, upn, "Wrong-password1");
  assert.match(await home.locator("[role=alert]").innerText(), /wrong/i);
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

  await home.goto(`${BASE_URL}/signin/logout`);
  await shot(home, "10-sign-out");
  await home.click("button.primary");
  await shot(home, "11-signed-out");
  await home.goto(`${BASE_URL}/security-info`);
  assert.equal(await home.locator("#username").count(), 1, "signed out for good");

  // With scripts: the form of response_mode=form_post sends itself.
  const scripted = await open(HOME, { javaScriptEnabled: true });
  await scripted.goto(`${authorize()}&response_mode=form_post`);
  await signIn(scripted, upn, "Walk-the-line-7");
  await scripted.waitForURL(`${redirect}/**`);
  console.log("  signed out, form_post");
} finally {
  await browser.close();
  app.close();
}
