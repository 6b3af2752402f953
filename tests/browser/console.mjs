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
  // Other walks leave people at high risk; anna is not one of them.
  await page.getByRole("searchbox", { name: "User" }).fill("anna");
  await page.waitForURL(/user=anna/);
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

async function actsOnTheAccount(user) {
  await page.goto(`${BASE_URL}/admin/users/${user.id}?part=access`);
  await page.getByRole("region", { name: "Authentication methods" }).getByText("Password").waitFor();
  await page.getByRole("region", { name: "Devices" }).getByText("None.").waitFor();
  const dialog = page.getByRole("alertdialog");
  const account = async () => (await graph("GET", `/users/${user.id}?$select=accountEnabled,signInSessionsValidFromDateTime`));
  const before = (await account()).signInSessionsValidFromDateTime;
  await page.getByRole("button", { name: "Revoke sessions" }).click();
  await dialog.getByText("signed out everywhere").waitFor();
  await dialog.getByRole("button", { name: "Revoke sessions" }).click();
  await dialog.getByText("Done for all 1.").waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  assert.notEqual((await account()).signInSessionsValidFromDateTime, before);
  await page.getByRole("button", { name: "Disable account" }).click();
  await dialog.getByRole("button", { name: "Disable account" }).click();
  await dialog.getByText("Done for all 1.").waitFor();
  await dialog.getByRole("button", { name: "Close" }).click();
  await page.getByRole("button", { name: "Enable account" }).waitFor();
  assert.equal((await account()).accountEnabled, false);
  await picture(page, "56-user-access");
  await page.getByRole("link", { name: "Workload identities" }).click();
  await page.getByText("No application is or was at risk").waitFor();
  console.log("  sessions revoked, account disabled");
}

async function speaksGerman() {
  const german = await open(HOME, { javaScriptEnabled: true, locale: "de-DE", viewport: { width: 1280, height: 900 } });
  await german.goto(`${BASE_URL}/admin/`);
  await german.waitForSelector("#username");
  await signIn(german, ADMIN, ADMIN_PASSWORD);
  await german.getByRole("heading", { level: 1, name: "Übersicht" }).waitFor();
  await german.getByRole("link", { name: "Anonyme IP-Adresse" }).waitFor();
  assert.equal(await german.locator("html").getAttribute("lang"), "de");
  await picture(german, "57-german");
  await german.emulateMedia({ forcedColors: "active" });
  await german.goto(`${BASE_URL}/admin/sign-ins`);
  await german.getByRole("row").nth(1).waitFor();
  await picture(german, "58-german-high-contrast");
  await german.getByRole("button", { name: /^Konto von/ }).click();
  await german.getByRole("menuitemradio", { name: "English" }).click();
  await german.getByRole("heading", { level: 1, name: "Sign-ins" }).waitFor();
  await german.context().close();
  console.log("  German as the browser wants it, English as it is chosen, high contrast");
}

async function isBlocked(name) {
  const user = await newUser(name, PASSWORD);
  const office = await graph("POST", "/identity/conditionalAccess/namedLocations", {
    "@odata.type": "#microsoft.graph.ipNamedLocation", displayName: "Office", isTrusted: true,
    ipRanges: [{ "@odata.type": "#microsoft.graph.iPv4CidrRange", cidrAddress: "203.0.113.0/24" }],
  });
  const policy = (displayName, control, conditions) => graph("POST", "/identity/conditionalAccess/policies", {
    displayName, state: "enabled", grantControls: { operator: "OR", builtInControls: [control] },
    conditions: { applications: { includeApplications: ["All"] }, users: { includeUsers: [user.id] }, ...conditions },
  });
  const block = await policy("Block at risk", "block", { signInRiskLevels: ["high", "medium"] });
  await policy("A code outside of the office", "mfa", { locations: { includeLocations: ["All"], excludeLocations: [office.id] } });
  await policy("Nobody on iOS", "block", { platforms: { includePlatforms: ["iOS"] } });
  const blocked = await open(TOR);
  await blocked.goto(authorize());
  await signIn(blocked, user.userPrincipalName, PASSWORD);
  assert.equal(await blocked.locator("#error-code").innerText(), "53003");
  await blocked.context().close();
  return { user, block };
}

async function readsWhy(user) {
  await page.goto(`${BASE_URL}/admin/`);
  await heading("Overview");
  // Other walks may have left some on this server.
  const { value: all } = await graph("GET", "/auditLogs/signIns?$filter=conditionalAccessStatus eq 'failure'&$top=100");
  const stopped = page.getByRole("link", { name: new RegExp(`^Stopped by policies ${all.length}\\b`) });
  await stopped.waitFor();
  await page.getByRole("link", { name: "Anonymous IP address" }).waitFor();
  await page.getByRole("link", { name: /^An enabled policy applied [1-9]/ }).waitFor();
  const places = page.getByRole("region", { name: "Where sign-ins came from" });
  await places.getByText("No sign-in of these days has a known place.").or(places.locator("circle").first()).first().waitFor();
  await page.getByRole("link", { name: /^Up to date [1-9]/ }).waitFor();
  await picture(page, "47-overview");
  await stopped.click();
  await heading("Sign-ins");
  assert.match(page.url(), /access=failure/);
  await row(user.displayName).getByRole("link").first().click();
  await heading(`Sign-in of ${user.displayName}`);
  await page.getByText("Access was blocked.", { exact: true }).waitFor();
  await page.getByText("if it comes from the location “Office” and the risk of the sign-in is at most low").waitFor();
  const detections = page.getByRole("region", { name: "Detections" });
  await detections.getByText("Tor exit").waitFor();
  const policies = page.getByRole("region", { name: "Policies" });
  await policies.getByText("Location: all locations").waitFor();
  assert.equal(await policies.getByLabel("Not satisfied").count(), 1, "the platform");
  await picture(page, "48-sign-in");
  console.log("  an overview whose figures lead to a sign-in, which says why");
}

async function changesPolicies(block, user) {
  await page.getByRole("link", { name: "Block at risk" }).click();
  await heading("Block at risk");
  await page.getByText("Blocks access for 1 user to all resources when the sign-in risk is high or medium.").first().waitFor();
  await picture(page, "49-policy");
  const summary = page.getByRole("region", { name: "What it does" });
  await summary.getByLabel("State").selectOption("enabledForReportingButNotEnforced");
  const dialog = page.getByRole("alertdialog");
  await dialog.getByText("It demands nothing.").waitFor();
  await dialog.getByRole("button", { name: "Switch" }).click();
  await dialog.waitFor({ state: "detached" });
  const stored = () => graph("GET", `/identity/conditionalAccess/policies/${block.id}`);
  assert.equal((await stored()).state, "enabledForReportingButNotEnforced");

  await page.getByRole("tab", { name: "JSON" }).click();
  const editor = page.getByRole("textbox", { name: "Policy as JSON" });
  await editor.fill("{ not JSON");
  await page.getByText(/^This is not JSON/).waitFor();
  const everybody = { ...block, state: "enabled", conditions: { applications: { includeApplications: ["All"] }, users: { includeUsers: ["All"] } } };
  await editor.fill(JSON.stringify(everybody));
  await page.getByText("Blocks access for all users to all resources.").waitFor();
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByText("No administrator could undo this.").waitFor();
  await page.getByRole("button", { name: "Save all the same" }).waitFor();
  assert.ok(await page.getByRole("button", { name: "Save all the same" }).isDisabled(), "until it is said to be meant");
  await picture(page, "50-locked-out");
  assert.deepEqual((await stored()).conditions.users.includeUsers, [user.id], "nothing was changed");
  await editor.fill(JSON.stringify({ ...everybody, displayName: "Block for a while", conditions: { ...everybody.conditions, users: { includeUsers: [user.id] }, userRiskLevels: ["high"] } }));
  await page.getByRole("button", { name: "Save" }).click();
  await heading("Block for a while");
  const { conditions } = await stored();
  assert.deepEqual([conditions.signInRiskLevels, conditions.userRiskLevels], [[], ["high"]], "what was taken out is gone");

  await page.goto(`${BASE_URL}/admin/policies`);
  await row("Nobody on iOS").getByText("Blocks access for 1 user to all resources on iOS.").waitFor();
  await picture(page, "51-policies");
  await page.getByRole("button", { name: "New policy" }).click();
  await heading("New policy");
  await page.getByRole("button", { name: "Begin without a template" }).click();
  await page.getByRole("button", { name: "Save" }).click();
  await heading("Ask for a second factor when a sign-in is risky");
  await page.getByRole("button", { name: "Delete" }).click();
  await dialog.getByRole("button", { name: "Delete" }).click();
  await heading("Policies");
  console.log("  policies are said in words, switched, edited, refused, made and deleted");
}

async function asksWhatIf(user) {
  await page.goto(`${BASE_URL}/admin/what-if`);
  await page.getByRole("combobox", { name: "User", exact: true }).pressSequentially("car");
  await page.getByRole("option", { name: new RegExp(user.userPrincipalName) }).click();
  await page.getByLabel("Device platform").selectOption("iOS");
  await page.getByLabel("IP address").fill("203.0.113.9");
  await page.getByRole("button", { name: "What if?" }).click();
  await page.getByText("Access would be blocked.").waitFor();
  assert.match(page.url(), new RegExp(`userId=${user.id}`));
  await picture(page, "52-what-if");
  await page.getByLabel("Device platform").selectOption("windows");
  await page.getByRole("button", { name: "What if?" }).click();
  await page.getByText("Access would be granted.").waitFor();
  console.log("  What If");
}

async function looksUpTheRest() {
  await page.getByRole("link", { name: "Audit log" }).click();
  await heading("Audit log");
  await row("Update conditional access policy").or(row(/conditional access/i)).first().waitFor();
  await picture(page, "53-audit-log");
  await page.getByRole("link", { name: "Named locations" }).click();
  await row("Office").getByText("203.0.113.0/24").waitFor();
  await picture(page, "54-named-locations");
  await page.getByRole("link", { name: "Risk detections" }).click();
  await row("carl").waitFor();
  await picture(page, "55-risk-detections");
  await page.goto(`${BASE_URL}/admin/nothing/here`);
  await heading("There is no such page");
  console.log("  audit log, named locations, detections, and a page that is not there");
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
  const { user: carl, block } = await isBlocked("carl");
  await readsWhy(carl);
  await changesPolicies(block, carl);
  await asksWhatIf(carl);
  await looksUpTheRest();
  await actsOnTheAccount(bert);
  await speaksGerman();
  await isToldWhatHeMayNot();
  // The browser notes what Graph refuses: here the one policy that would have locked everybody out.
  const unexpected = problems.filter((problem) => !/status of 400/.test(problem));
  assert.deepEqual(unexpected, [], "no error, nothing the content security policy stopped, nothing that left the origin");
  assert.equal(problems.length, 1);
  await signsOut();
});
