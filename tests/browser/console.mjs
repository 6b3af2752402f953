// An administrator's path through the console: signing in, finding who is at risk, seeing why, acting on it. With scripts, under
// the strict content security policy, with the keyboard where it says so.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { BASE_URL, HOME, TOR, authorize, graph, newUser, open, picture, redirect, signIn, walk } from "./support.mjs";

const { ADMIN, ADMIN_PASSWORD } = process.env;
const PASSWORD = "Walk-the-line-7";
/** What the first page may cost before anything is in the browser's cache, in bytes over the wire. */
const FIRST_LOAD = 400_000;

const { page, transferred, problems } = await consolePage();

async function consolePage() {
  const page = await open(HOME, { javaScriptEnabled: true, viewport: { width: 1280, height: 900 } });
  const problems = [];
  page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
  page.on("pageerror", (error) => problems.push(String(error)));
  page.on("request", (request) => {
    const { origin, protocol } = new URL(request.url());
    if (origin !== BASE_URL && protocol.startsWith("http")) problems.push(`a request left the origin: ${request.url()}`);
  });
  const session = await page.context().newCDPSession(page);
  await session.send("Network.enable");
  const sizes = [];
  session.on("Network.loadingFinished", ({ encodedDataLength }) => sizes.push(encodedDataLength));
  return { page, problems, transferred: () => sizes.reduce((sum, size) => sum + size, 0) };
}

async function riskySignIn(name) {
  const user = await newUser(name, PASSWORD);
  const risky = await open(TOR);
  await risky.goto(authorize());
  await signIn(risky, user.userPrincipalName, PASSWORD);
  await risky.waitForURL(`${redirect}/**`);
  await risky.context().close();
  return user;
}

const heading = (text) => page.getByRole("heading", { level: 1, name: text }).waitFor();
const row = (name) => page.getByRole("row").filter({ hasText: name });

async function signInToConsole() {
  await page.goto(`${BASE_URL}/admin/risky-users?state=atRisk`);
  await page.waitForSelector("#username");
  const before = transferred();
  await signIn(page, ADMIN, ADMIN_PASSWORD);
  await heading("Risky users");
  await row("anna").waitFor();
  assert.match(page.url(), /\/admin\/risky-users\?state=atRisk$/, "back at the address that was asked for");
  assert.ok(before > 20_000 && before < FIRST_LOAD, `the first load took ${before} bytes`);
  console.log(`  signed in, first load ${Math.round(before / 1000)} kB`);
}

async function findsWhoIsAtRisk() {
  await picture(page, "40-risky-users");
  await page.getByRole("button", { name: /^Risk level: Any/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("menuitemcheckbox", { name: "High" }).waitFor();
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await page.getByText("Nothing matches the filters").waitFor();
  assert.match(page.url(), /level=high/);
  await picture(page, "41-nothing-matches");
  await page.getByRole("button", { name: "Clear filters" }).click();
  await row("anna").waitFor();
  await page.getByRole("searchbox", { name: "User" }).fill("ann");
  await page.waitForURL(/user=ann/);
  await row("bert").waitFor({ state: "detached" });
  await page.goBack();
  await row("bert").waitFor();
  await page.getByRole("columnheader", { name: "User", exact: true }).getByRole("button").click();
  await page.waitForURL(/sort=user%3Aasc/);
  await page.getByRole("row").nth(1).filter({ hasText: "anna" }).waitFor();
  await page.getByRole("button", { name: "Columns" }).click();
  await page.getByRole("menuitemcheckbox", { name: "User ID" }).click();
  await page.keyboard.press("Escape");
  await page.getByRole("columnheader", { name: "User ID" }).waitFor();
  await page.reload();
  await page.getByRole("columnheader", { name: "User ID" }).waitFor();
  console.log("  filters, order and columns are in the address");
}

async function exports(kind) {
  await page.getByRole("button", { name: "Export" }).click();
  const waiting = page.waitForEvent("download");
  await page.getByRole("menuitem", { name: kind }).click();
  return readFileSync(await (await waiting).path(), "utf8");
}

async function takesItAlong(user) {
  const table = await exports(/^CSV/);
  assert.ok(table.startsWith("User,User principal name,Risk level,"), table);
  assert.ok(table.includes(user.id), "the columns that are shown");
  const [first] = JSON.parse(await exports(/^JSON/));
  assert.ok(first.riskLastUpdatedDateTime, "everything Graph says");
  console.log("  exported as CSV and JSON");
}

async function dismissesTwo(users) {
  await page.goto(`${BASE_URL}/admin/risky-users?state=atRisk`);
  for (const user of users) await page.getByRole("checkbox", { name: `Select ${user.displayName}` }).check();
  await page.getByText("2 selected").waitFor();
  await page.getByRole("button", { name: "Dismiss risk" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByText("closed as dismissed").waitFor();
  await picture(page, "42-dismiss");
  await dialog.getByRole("button", { name: "Dismiss risk" }).click();
  await dialog.getByText("Done for all 2.").waitFor();
  await picture(page, "43-dismissed");
  await dialog.getByRole("button", { name: "Close" }).click();
  await row(users[0].displayName).waitFor({ state: "detached" });
  for (const user of users) {
    assert.equal((await graph("GET", `/identityProtection/riskyUsers/${user.id}`)).riskState, "dismissed");
  }
  console.log("  dismissed two with a result for each");
}

async function looksAtOne(user) {
  await page.goto(`${BASE_URL}/admin/risky-users`);
  await page.getByRole("link", { name: user.displayName }).click();
  await heading(user.displayName);
  await row("An administrator dismissed all risk of the user").waitFor();
  await picture(page, "44-user-history");
  await page.getByRole("tab", { name: "Detections" }).click();
  await row("Anonymous IP address").waitFor();
  await page.getByRole("tab", { name: "Sign-ins" }).click();
  await row(TOR).waitFor();
  await picture(page, "45-user-sign-ins");
  await page.getByRole("button", { name: "Confirm compromised" }).click();
  const dialog = page.getByRole("alertdialog");
  await dialog.getByRole("button", { name: "Confirm compromised" }).press("Enter");
  await dialog.getByText("Done for all 1.").waitFor();
  await dialog.getByRole("button", { name: "Close" }).press("Enter");
  await page.getByLabel("Account", { exact: true }).getByText("Confirmed compromised").waitFor();
  console.log("  one user, with history, detections and sign-ins");
}

async function isToldWhatHeMayNot() {
  const user = await newUser("visitor", PASSWORD);
  const visitor = await open(HOME, { javaScriptEnabled: true });
  await visitor.goto(`${BASE_URL}/admin/risky-users`);
  await visitor.waitForSelector("#username");
  await signIn(visitor, user.userPrincipalName, PASSWORD);
  await visitor.getByText("Your account has no directory role that allows this.").waitFor();
  await picture(visitor, "46-no-role");
  await visitor.context().close();
  console.log("  whoever has no role is told so");
}

async function signsOut() {
  await page.getByRole("button", { name: /^Account of/ }).click();
  await page.getByRole("menuitem", { name: "Sign out" }).click();
  await page.waitForURL(/\/signin\/logout/);
  await page.click("button.primary");
  await page.goto(`${BASE_URL}/admin/`);
  await page.waitForSelector("#username");
  console.log("  signed out");
}

await walk(async () => {
  const anna = await riskySignIn("anna");
  const bert = await riskySignIn("bert");
  await signInToConsole();
  await findsWhoIsAtRisk();
  await takesItAlong(anna);
  await dismissesTwo([anna, bert]);
  await looksAtOne(anna);
  await isToldWhatHeMayNot();
  assert.deepEqual(problems, [], "no error, nothing the content security policy stopped, nothing that left the origin");
  await signsOut();
});
