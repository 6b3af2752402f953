// Making a policy in the console: from a template, in the form, tried on nobody and on recorded sign-ins, before it is on.
import assert from "node:assert/strict";
import { BASE_URL, HOME, TOR, authorize, graph, newUser, open, picture, redirect, signIn, walk } from "./support.mjs";

const { ADMIN, ADMIN_PASSWORD } = process.env;
const PASSWORD = "Walk-the-line-7";
const page = await open(HOME, { javaScriptEnabled: true, viewport: { width: 1280, height: 900 } });
const heading = (text) => page.getByRole("heading", { level: 1, name: text }).waitFor();
const region = (name) => page.getByRole("region", { name });

async function signInFrom(address, user) {
  const visitor = await open(address);
  await visitor.goto(authorize());
  await signIn(visitor, user.userPrincipalName, PASSWORD);
  await visitor.waitForURL(`${redirect}/**`);
  await visitor.context().close();
}

async function beginsWithATemplate() {
  await page.goto(`${BASE_URL}/admin/policies`);
  await signIn(page, ADMIN, ADMIN_PASSWORD);
  await heading("Policies");
  await page.getByRole("button", { name: "New policy" }).click();
  await page.getByRole("button", { name: "Use the template “Block sign-ins at high risk”" }).waitFor();
  await picture(page, "70-templates");
  await page.getByRole("button", { name: "Use the template “Block sign-ins at high risk”" }).click();
  await page.getByText("Blocks access for all users to all resources when the sign-in risk is high.").waitFor();
  await region("Edit").getByText(/no account that can change policies is excluded/).first().waitFor();
  console.log("  a template is where a policy begins, and what is probably not meant is told at once");
}

/** With the keyboard alone, as everything on the page. */
async function picksWithTheKeyboard(user, emergency) {
  await page.getByLabel("Name", { exact: true }).fill("Block dora at risk");
  await page.getByRole("button", { name: "Take out All users" }).press("Delete");
  await page.getByText("This was refused").waitFor();
  const [include, exclude] = [0, 1].map((n) => page.getByRole("combobox", { name: "Users", exact: true }).nth(n));
  for (const [box, name] of [[include, user.displayName], [exclude, emergency.displayName]]) {
    await box.focus();
    await page.keyboard.type(name);
    await page.getByRole("menuitemcheckbox", { name: new RegExp(`^${name} `) }).waitFor();
    await page.getByRole("menuitemcheckbox", { name: "All users" }).waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: new RegExp(`^Take out ${name} `) }).waitFor();
  }
  const levels = page.getByRole("group", { name: "Sign-in risk" });
  for (const level of ["Low", "Medium"]) await levels.getByLabel(level).press("Space");
  await page.getByText("Blocks access for 1 user (except 1 user) to all resources when the sign-in risk is high or low or medium.").waitFor();
  await page.getByRole("tab", { name: "JSON" }).click();
  const text = page.getByRole("textbox", { name: "Policy as JSON" });
  const written = JSON.parse(await text.inputValue());
  assert.deepEqual(written.conditions.users, { includeUsers: [user.id], excludeUsers: [emergency.id] });
  await text.fill(JSON.stringify({ ...written, description: "Typed as JSON" }));
  await page.getByRole("tab", { name: "Form" }).click();
  assert.equal(await page.getByLabel("Description").inputValue(), "Typed as JSON");
  console.log("  form and JSON are one thing");
}

async function triesIt(user) {
  const trial = region("Try it");
  await trial.getByRole("combobox", { name: "User", exact: true }).pressSequentially(user.displayName);
  await page.getByRole("option", { name: new RegExp(`^${user.displayName} `) }).click();
  await trial.getByLabel("Sign-in risk").selectOption("high");
  await trial.getByRole("button", { name: "What if?" }).click();
  await trial.getByText("Block dora at risk").first().waitFor();
  const impact = region("Impact");
  await impact.getByRole("button", { name: "Compute" }).click();
  await impact.getByText(/were decided again/).waitFor();
  await impact.getByText("1 user would notice").waitFor();
  await impact.getByText("1 blocked, 0 asked for more").waitFor();
  await picture(page, "71-policy-tried");
  const before = await graph("GET", "/identity/conditionalAccess/policies");
  assert.ok(!before.value.some(({ displayName }) => displayName === "Block dora at risk"), "nothing is stored yet");
  await page.getByRole("button", { name: "Save" }).click();
  await heading("Block dora at risk");
  const { value } = await graph("GET", "/identity/conditionalAccess/policies");
  const made = value.find(({ displayName }) => displayName === "Block dora at risk");
  assert.equal(made.state, "enabledForReportingButNotEnforced");
  await graph("DELETE", `/identity/conditionalAccess/policies/${made.id}`);
  console.log("  an unsaved policy is tried in What If and on recorded sign-ins, then saved as report-only");
}

await walk(async () => {
  const dora = await newUser("dora", PASSWORD);
  const emergency = await newUser("breakglass", PASSWORD);
  await signInFrom(HOME, dora);
  await signInFrom(TOR, dora);
  await beginsWithATemplate();
  await picksWithTheKeyboard(dora, emergency);
  await triesIt(dora);
});
