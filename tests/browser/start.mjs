// The guided first run: each button pressed, each command copied from the page and run in a shell, until nothing is left of it.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { BASE_URL, DOMAIN, HOME, graph, open, picture, signIn, walk } from "./support.mjs";

const { ADMIN, ADMIN_PASSWORD, RISKGATE_BINARY } = process.env;
const folder = mkdtempSync(join(tmpdir(), "riskgate-start-"));

const page = await open(HOME, { javaScriptEnabled: true, viewport: { width: 1280, height: 900 } });
await page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: BASE_URL });
const problems = [];
page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
page.on("pageerror", (error) => problems.push(String(error)));

const press = (name) => page.getByRole("button", { name, exact: true }).click();
const noticed = (title) => page.getByText(`Done: ${title}`).waitFor();

// As a person does it: copied from the page, run in a folder of his own.
async function runsCommand() {
  await press("Copy");
  const command = await page.evaluate(() => navigator.clipboard.readText());
  const PATH = `${dirname(RISKGATE_BINARY)}:${process.env.PATH}`;
  return execFileSync("bash", ["-c", command], { cwd: folder, env: { ...process.env, PATH }, encoding: "utf8" });
}

async function goesThroughTheSteps() {
  const start = Date.now();
  await page.goto(`${BASE_URL}/admin/start`);
  await page.waitForSelector("#username");
  await signIn(page, ADMIN, ADMIN_PASSWORD);
  await page.getByRole("button", { name: "Create the user" }).waitFor();
  await picture(page, "80-start");
  await press("Create the user");
  await noticed("Create a test user");
  await picture(page, "81-start-sign-in");
  assert.match(await runsCommand(), /^Granted/);
  await noticed("Sign in from Tor");
  await page.getByText(/Anonymous IP address, Medium/).waitFor();
  assert.match(await runsCommand(), /^Granted/);
  await noticed("Set up an authenticator app");
  await picture(page, "82-start-policy");
  await press("Create the policy");
  await noticed("Make a policy");
  await page.reload();
  assert.match(await runsCommand(), /^Granted[^]*Mfa/, "resumed after the page was loaded again");
  await noticed("Sign in from Tor again, with a code");
  await press("Dismiss the risk");
  await noticed("Dismiss the rest");
  await page.getByText("That was all of it").waitFor();
  await picture(page, "83-start-end");
  console.log(`  from nothing to dismissed in ${Math.round((Date.now() - start) / 1000)} s, pictures included`);
}

async function leavesNothing() {
  await press("Remove user and policy");
  await page.getByRole("button", { name: "Create the user" }).waitFor();
  const users = await graph("GET", `/users?$filter=userPrincipalName eq 'first-run@${DOMAIN}'`);
  const conditionalAccess = "/identity/conditionalAccess";
  const policies = [];
  for (const path of ["policies", "deletedItems/policies"]) {
    policies.push(...(await graph("GET", `${conditionalAccess}/${path}`)).value.map((policy) => policy.displayName));
  }
  assert.deepEqual([users.value, policies.filter((name) => name.startsWith("First run"))], [[], []]);
  assert.equal(await page.evaluate(() => localStorage.getItem("riskgate.start")), null, "the password is forgotten");
  console.log("  removed");
}

async function seesWhatOthersDid() {
  await graph("POST", "/users", {
    accountEnabled: true, displayName: "First run", mailNickname: "first-run", userPrincipalName: `first-run@${DOMAIN}`,
    passwordProfile: { password: "Somebody-elses-7", forceChangePasswordNextSignIn: false },
  });
  await noticed("Create a test user");
  await page.getByText("This browser does not know the password of the test user.").waitFor();
  await picture(page, "84-start-resumed");
  await press("Set a new one");
  assert.match(await runsCommand(), /^Granted/);
  await noticed("Sign in from Tor");
  await press("Remove user and policy");
  await page.getByRole("button", { name: "Create the user" }).waitFor();
  await page.evaluate(() => localStorage.setItem("riskgate.language", "de"));
  await page.reload();
  await page.getByRole("button", { name: "Benutzer anlegen" }).waitFor();
  await picture(page, "85-start-german");
  console.log("  notices what was done elsewhere, and speaks German");
}

try {
  await walk(async () => {
    await goesThroughTheSteps();
    await leavesNothing();
    await seesWhatOthersDid();
    // The browser notes what is not there yet: the page asks whether it is.
    assert.deepEqual(problems.filter((problem) => !/status of 404/.test(problem)), []);
  });
} finally {
  rmSync(folder, { recursive: true });
}
