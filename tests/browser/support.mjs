// What the walks share: Graph, codes, the application they sign in to, Chromium with screenshots and accessibility checks.
import assert from "node:assert/strict";
import { createHash, createHmac, randomBytes } from "node:crypto";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { chromium } from "playwright-core";

const { TENANT, TOKEN, PUBLIC_CLIENT_ID, CHROMIUM } = process.env;
export const { BASE_URL, DOMAIN } = process.env;
export const TOR = "178.17.170.23", HOME = "198.51.100.7";
const shots = new URL("../../artifacts/browser/", import.meta.url).pathname;
mkdirSync(shots, { recursive: true });
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

export async function graph(method, path, body) {
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

const used = new Map();
export async function freshCode(secret) {
  // A code passes once; the next one comes with the clock and with nothing else.
  while (Math.floor(Date.now() / 30000) <= (used.get(secret) ?? 0)) await new Promise((go) => setTimeout(go, 250));
  used.set(secret, Math.floor(Date.now() / 30000));
  return code(secret);
}

// The application: a page on a loopback port, where sign-ins return to.
const app = createServer((_, answer) => answer.end("<!DOCTYPE html><title>App</title><h1>Welcome to the app</h1>"));
await new Promise((ready) => app.listen(0, "127.0.0.1", ready));
export const redirect = `http://localhost:${app.address().port}`;

export function authorize() {
  const verifier = randomBytes(32).toString("base64url");
  const query = new URLSearchParams({
    client_id: PUBLIC_CLIENT_ID, response_type: "code", redirect_uri: redirect, scope: "openid profile User.Read", state: "s",
    nonce: "n", code_challenge: createHash("sha256").update(verifier).digest("base64url"), code_challenge_method: "S256",
  });
  return `${BASE_URL}/${TENANT}/oauth2/v2.0/authorize?${query}`;
}

const browser = await chromium.launch({ executablePath: CHROMIUM, args: ["--no-sandbox", "--disable-gpu", "--disable-quic",
  "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

export async function open(address, options = {}) {
  const context = await browser.newContext({
    ignoreHTTPSErrors: true, javaScriptEnabled: false, viewport: { width: 1100, height: 800 },
    extraHTTPHeaders: { "X-Forwarded-For": address }, ...options,
  });
  return context.newPage();
}

export async function shot(page, name) {
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
  const found = await copy.evaluate(check, RULES);
  await context.close();
  report(found, name);
}

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

// Left out: what Fluent UI keeps around groups of controls to hand the focus on with. Nobody rests there.
function check(runOnly) {
  return window.axe.run({ exclude: ["[data-tabster-dummy]"] }, { runOnly });
}

function report({ violations }, name) {
  assert.deepEqual(violations.map((v) => `${v.id}: ${v.nodes.map((n) => n.html).join(" ")}`), [], name);
}

// The same of a page that scripts made: it is checked where it stands.
export async function picture(page, name) {
  const wide = page.viewportSize();
  for (const [suffix, colorScheme, size] of [["", "light", wide], ["-phone", "light", { width: 360, height: 740 }], ["-dark", "dark", wide]]) {
    await page.setViewportSize(size);
    await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
    await page.screenshot({ path: `${shots}${name}${suffix}.png`, fullPage: true, animations: "disabled" });
    const overflow = await page.locator("html").evaluate((html) => html.scrollWidth - html.clientWidth);
    assert.ok(overflow <= 0, `${name}${suffix} is wider than the screen by ${overflow} pixels`);
    await page.evaluate(axe);
    report(await page.evaluate(check, RULES), `${name}${suffix}`);
  }
  await page.setViewportSize(wide);
  await page.emulateMedia({ colorScheme: "light", reducedMotion: "reduce" });
}

export async function signIn(page, user, password) {
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

export async function newUser(name, password, changes = {}) {
  return graph("POST", "/users", {
    accountEnabled: true, displayName: name, mailNickname: name, userPrincipalName: `${name}@${DOMAIN}`,
    passwordProfile: { password, forceChangePasswordNextSignIn: false }, ...changes,
  });
}

// Sets up an authenticator app on the page of a signed-in person; returns its secret.
export async function addAuthenticator(page) {
  await page.goto(`${BASE_URL}/security-info/totp`);
  await page.locator("summary").click();
  const secret = await page.locator("#totp-secret").textContent();
  await page.fill("#code", await freshCode(secret));
  await page.click("button.primary");
  return secret;
}

// Runs a walk and closes what it used, whatever happens. Of one that fails, pictures show where it stood.
export async function walk(steps) {
  try {
    await steps();
  } catch (error) {
    const pages = browser.contexts().flatMap((context) => context.pages());
    await Promise.allSettled(pages.map((page, index) => page.screenshot({ path: `${shots}failed-${index}.png` })));
    throw error;
  } finally {
    await browser.close();
    app.close();
  }
}
