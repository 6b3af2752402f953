// A developer's path through the Explorer: signing in, the tutorial from detection to deleted policies with consent on the way,
// completion with the keyboard, history, links, code. Under the strict content security policy.
import assert from "node:assert/strict";
import { BASE_URL, HOME, TOR, authorize, graph, newUser, open, picture, redirect, signIn, walk } from "./support.mjs";

const { ADMIN, ADMIN_PASSWORD } = process.env;
const PASSWORD = "Walk-the-line-7";
/** What the first page may cost before anything is in the browser's cache, in bytes over the wire. */
const FIRST_LOAD = 400_000;

const page = await open(HOME, { javaScriptEnabled: true, viewport: { width: 1280, height: 900 } });
await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: BASE_URL });
const problems = [];
page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
page.on("pageerror", (error) => problems.push(String(error)));
page.on("request", (request) => {
  const { origin, protocol } = new URL(request.url());
  if (origin !== BASE_URL && protocol.startsWith("http")) problems.push(`a request left the origin: ${request.url()}`);
});
const session = await page.context().newCDPSession(page);
await session.send("Network.enable");
let transferred = 0;
session.on("Network.loadingFinished", ({ encodedDataLength }) => (transferred += encodedDataLength));

const button = (name) => page.getByRole("button", { name, exact: true });
const address = page.getByRole("combobox", { name: "Address" });
const answer = page.getByRole("region", { name: "Response" }).first();
const status = (code) => answer.getByText(`Status ${code}`).waitFor();
const tab = (list, name) => page.getByRole("tablist", { name: list }).getByRole("tab", { name, exact: true }).click();

async function run(code) {
  await button("Run").click();
  await status(code);
}

async function sample(name) {
  await page.getByRole("button", { name: new RegExp(`^(GET|POST|PATCH|DELETE) ?${name}$`) }).click();
}

async function consents() {
  await page.waitForURL(/\/oauth2\/|\/signin/);
  await page.locator("button.primary").click();
  await page.waitForURL(`${BASE_URL}/explorer/`);
  await address.waitFor();
}

async function looksAroundFirst() {
  await page.goto(`${BASE_URL}/explorer/`);
  await address.waitFor();
  await page.waitForLoadState("networkidle");
  assert.ok(transferred > 20_000 && transferred < FIRST_LOAD, `the first load took ${transferred} bytes`);
  await picture(page, "60-explorer");
  await run(401);
  await answer.getByText("Sign in first.").waitFor();
  await picture(page, "61-explorer-signed-out");
  console.log(`  first load ${Math.round(transferred / 1000)} kB; nothing is asked of a visitor`);
}

async function signsIn() {
  await page.getByRole("banner").getByRole("button", { name: "Sign in" }).click();
  await page.waitForSelector("#username");
  await signIn(page, ADMIN, ADMIN_PASSWORD);
  await page.getByRole("button", { name: /^Account of/ }).waitFor();
  await run(200);
  await answer.getByText(ADMIN).first().waitFor();
  console.log("  signed in, /me");
}

async function findsTheDetection(user) {
  await sample("Risk detections of a user");
  await address.fill(`/identityProtection/riskDetections?$filter=userDisplayName eq '${user.displayName}'`);
  await run(403);
  await answer.getByText("Your token lacks IdentityRiskEvent.Read.All.").waitFor();
  await picture(page, "62-explorer-lacks");
  await answer.getByRole("button", { name: "Consent" }).click();
  await consents();
  assert.match(await address.inputValue(), /riskDetections\?\$filter/, "the request is still there");
  await run(200);
  await answer.getByText('"anonymizedIPAddress"').first().waitFor();
  await picture(page, "63-explorer-detection");
  await tab("Request", "Permissions");
  await page.getByText("Your token has what this request needs").waitFor();
  await picture(page, "64-explorer-permissions");
  await tab("Request", "Body");
  const [{ id }] = (await graph("GET", `/identityProtection/riskDetections?$filter=userId eq '${user.id}'`)).value;
  await answer.getByRole("button", { name: `"${id}"` }).first().click();
  await page.waitForFunction((wanted) => document.querySelector("[role=combobox]").value.endsWith(wanted), id);
  await status(200);
  console.log("  consented, found the detection, followed its id");
}

async function makesThePolicies(user) {
  for (const name of ["Create the policy that asks for MFA", "Create the policy that blocks"]) {
    await sample(name);
    const body = page.getByLabel("Request body (JSON)");
    assert.ok((await body.inputValue()).includes(user.id), "filled in from the detection");
    await body.fill((await body.inputValue()).replace('"enabled"', '"enabledForReportingButNotEnforced"'));
    const asked = page.getByRole("tablist", { name: "Request" }).getByRole("tab", { name: "Permissions" });
    await asked.click();
    const consent = page.getByRole("button", { name: /^Consent to Policy/ });
    await page.getByText("Permissions on behalf of a person, any of these").waitFor();
    if (await consent.count()) {
      await consent.first().click();
      await consents();
    }
    await run(201);
  }
  await tab("Request", "Body");
  await page.getByText("Members of conditionalAccessPolicy").waitFor();
  await picture(page, "65-explorer-policy");
  const body = page.getByLabel("Request body (JSON)");
  await body.fill('{ "displayName": "x", "state": "on",');
  await page.getByText(/Line 1, column \d+: the JSON ends too early/).waitFor();
  await body.fill('{ "displayName": "x", "state": "on" }');
  await page.getByText("“on” is not one of the values.", { exact: false }).waitFor();
  await picture(page, "66-explorer-mistake");
  console.log("  made two policies, with help for the body");
}

async function dismissesAndDeletes(user) {
  await sample("Dismiss the risk of a user");
  await run(403);
  await answer.getByRole("button", { name: "Consent" }).click();
  await consents();
  await run(204);
  await answer.getByText("The response has no body.").waitFor();
  assert.equal((await graph("GET", `/identityProtection/riskyUsers/${user.id}`)).riskState, "dismissed");
  for (const name of ["Policy for risk-based MFA", "Policy for risk-based block"]) {
    await sample("List the policies");
    await address.fill(`/identity/conditionalAccess/policies?$filter=displayName eq '${name}'`);
    await run(200);
    await answer.getByText(`"${name}"`).waitFor();
    await sample("Delete a policy");
    assert.match(await address.inputValue(), /policies\/[0-9a-f-]{36}$/, "filled in from the list");
    await run(204);
  }
  const left = (await graph("GET", "/identity/conditionalAccess/policies")).value;
  assert.deepEqual(left.filter((policy) => policy.displayName.startsWith("Policy for risk-based")), []);
  console.log("  dismissed, deleted");
}

async function writesWithTheKeyboard() {
  await address.focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("/identityP");
  const list = page.getByRole("listbox", { name: "Suggestions" });
  await list.getByRole("option", { name: /identityProtection/ }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.keyboard.type("/riskyU");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.type("?$fil");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await list.getByRole("option", { name: /riskState/ }).waitFor();
  await picture(page, "67-explorer-suggestions");
  await address.focus();
  await page.keyboard.press("End");
  await page.keyboard.type("riskState eq 'dis");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.equal(await address.inputValue(), "/identityProtection/riskyUsers?$filter=riskState eq 'dismissed'");
  await page.getByLabel("Method").selectOption("GET");
  await address.focus();
  await page.keyboard.press("Enter");
  await status(200);
  console.log("  wrote an address with the keyboard");
}

async function takesItAlong() {
  await tab("Request", "Code");
  for (const language of ["cURL", "Python", "JavaScript", "C#", "Go", "Java", "PHP", "PowerShell", "Graph CLI"]) {
    await page.getByLabel("Language").selectOption(language);
    assert.ok((await page.getByRole("region", { name: "Code" }).textContent()).includes(BASE_URL), language);
  }
  await page.getByLabel("Language").selectOption("Python");
  await button("Copy").click();
  assert.match(await page.evaluate(() => navigator.clipboard.readText()), /GraphServiceClient/);
  await picture(page, "68-explorer-code");
  await tab("Request", "Headers");
  await button("Add header").click();
  await page.getByLabel("Name of header 1").fill("Prefer");
  await page.getByLabel("Value of header 1").fill('odata.include-annotations="riskgate.*"');
  await picture(page, "69-explorer-headers");
  await button("Copy link").click();
  const link = await page.evaluate(() => navigator.clipboard.readText());
  const other = await page.context().newPage();
  await other.goto(link);
  const shared = other.getByRole("combobox", { name: "Address" });
  await shared.waitFor();
  assert.equal(await shared.inputValue(), await address.inputValue());
  await other.close();
  console.log("  code, headers, link");
}

async function looksBack() {
  await tab("Samples and history", "History");
  await page.getByRole("button", { name: /DELETE ?\/identity\/conditionalAccess\/policies/ }).first().waitFor();
  await picture(page, "70-explorer-history");
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  assert.ok(!/eyJ|Bearer/.test(kept), "no token is kept");
  await button("Erase history").click();
  await page.getByText("Nothing was sent yet").waitFor();
  await tab("Samples and history", "Samples");
  await page.getByRole("searchbox", { name: "Search samples" }).fill("devices");
  await page.getByRole("button", { name: /GET ?Devices/ }).waitFor();
  assert.equal(await page.getByRole("button", { name: /GET ?Users$/ }).count(), 0);
  await page.getByRole("searchbox", { name: "Search samples" }).fill("nothing like it");
  await page.getByText("No sample matches.").waitFor();
  console.log("  history and search");
}

async function speaksGerman() {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitemradio", { name: "Deutsch" }).click();
  await page.getByRole("button", { name: "Ausführen" }).waitFor();
  await picture(page, "71-explorer-german");
  await page.emulateMedia({ forcedColors: "active" });
  await picture(page, "72-explorer-high-contrast");
  await page.emulateMedia({ forcedColors: "none" });
  console.log("  in German, in high contrast");
}

await walk(async () => {
  const user = await newUser("MyTestUser1", PASSWORD);
  const risky = await open(TOR);
  await risky.goto(authorize());
  await signIn(risky, user.userPrincipalName, PASSWORD);
  await risky.waitForURL(`${redirect}/**`);
  await risky.context().close();
  await looksAroundFirst();
  await signsIn();
  await findsTheDetection(user);
  await makesThePolicies(user);
  await dismissesAndDeletes(user);
  await writesWithTheKeyboard();
  await takesItAlong();
  await looksBack();
  await speaksGerman();
  // The browser notes what Graph refuses, which is shown.
  const unexpected = problems.filter((problem) => !/status of (401|403)/.test(problem));
  assert.deepEqual(unexpected, [], "no error, nothing the content security policy stopped, nothing that left the origin");
});
